"""Lists as the host reads them: flat. A channel may be a list of lists, and who asks for it means what is in them."""

from __future__ import annotations

import time
from collections.abc import Iterator
from typing import Any

from yt_dlp import YoutubeDL
from yt_dlp.utils import YoutubeDLError, unsmuggle_url

# Of each, its entries are read with one look-up or more; a platform is not asked for hundreds on one person's behalf.
MOST_LISTS = 50
# Of the time that the whole look-up has: what is not read by then stays as it is.
SHARE_OF_TIME = 0.5
KNOWN = ("id", "title", "duration")


def is_list(found: dict[str, Any]) -> bool:
    return found.get("_type") in ("playlist", "multi_video", "compat_list")


def describe_list(ydl: YoutubeDL, found: dict[str, Any], most: int, seconds: float, dropped: set[str]) -> dict[str, Any]:
    clean = ydl.sanitize_info({k: v for k, v in found.items() if k not in dropped}, remove_private_keys=True)
    clean.setdefault("thumbnail", (found.get("thumbnails") or [{}])[-1].get("url"))
    entries: list[dict[str, Any]] = []
    deadline = time.monotonic() + seconds * SHARE_OF_TIME
    expanded = 0
    for entry in raw_entries(found):
        left = most - len(entries)
        if left <= 0:
            break
        inner = None
        if expanded < MOST_LISTS and time.monotonic() < deadline and leads_to_list(ydl, entry):
            expanded += 1
            inner = look_into(ydl, entry, left)
        entries += [describe_entry(found, entry)] if inner is None else inner[:left]
    if expanded:
        clean["playlist_count"] = len(entries)  # The platform counts the lists in it.
    return {**clean, "entries": entries}


def raw_entries(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in filter(None, found.get("entries") or ()):
        if is_list(entry):
            yield from raw_entries(entry)
        else:
            yield entry


def leads_to_list(ydl: YoutubeDL, entry: dict[str, Any]) -> bool:
    """By what its extractor is for: asking would take a look-up of every entry. YouTube's tabs have one for everything."""
    key, url = entry.get("ie_key"), entry.get("url")
    if not url or not str(entry.get("_type", "video")).startswith("url"):
        return False
    if not key:
        key = next((name for name, one in ydl._ies.items() if name != "Generic" and one.suitable(url)), None)
    return key is not None and (key == "YoutubeTab" or ydl.get_info_extractor(key).is_single_video(url) is False)


def look_into(ydl: YoutubeDL, entry: dict[str, Any], most: int) -> list[dict[str, Any]] | None:
    """One level: lists in there stay entries, so that lists that hold each other come to an end."""
    ydl.params["playlistend"] = most
    try:
        found = ydl.extract_info(entry["url"], download=False, ie_key=entry.get("ie_key"))
    except YoutubeDLError:
        return None  # Whoever wants that entry will hear why.
    if not found or not is_list(found):
        return None
    return [describe_entry(found, one) for one in raw_entries(found)]


def describe_entry(found: dict[str, Any], entry: dict[str, Any]) -> dict[str, Any]:
    page = entry.get("url") if "url" in entry.get("_type", "video") else entry.get("webpage_url")
    if not page or page == found.get("webpage_url"):
        # A medium without a page of its own: its best rendition is its address.
        best = (entry.get("formats") or [entry])[-1]
        page = best.get("manifest_url") or best.get("url")
    return {"url": unsmuggle_url(page or "")[0], **{key: entry.get(key) for key in KNOWN}}
