"""Lists as the host reads them: flat. A channel may be a list of lists, and who asks for it means what is in them."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from typing import Any

from yt_dlp import YoutubeDL
from yt_dlp.utils import ExistingVideoReached, YoutubeDLError, sanitize_url, unsmuggle_url

from claims import Claims
from playlists import Playlists
from reporting import describe
from sandbox import PROCESSOR

# Of each, its entries are read with one look-up or more; a platform is not asked for hundreds on one person's behalf.
MOST_LISTS = 50
# Of the time and of the processor's that the whole look-up has: what is not read by then is left away or stays as it is.
SHARE = 0.5
KNOWN = ("id", "title", "duration")
# What a medium in a post is told by the post, where it says nothing itself.
SHARED = ("uploader", "channel", "creator", "artist", "artists", "album", "album_artist", "album_artists", "genre", "genres")
SHARED += ("upload_date", "timestamp", "release_date", "release_timestamp", "release_year", "description", "thumbnail")

Describe = Callable[[YoutubeDL, dict[str, Any]], dict[str, Any]]


class Reader(YoutubeDL):
    """An entry that cannot be had does not end its list: it is one that says why."""

    claims = Claims({}, {})
    # When a list has been read for long enough (of time.monotonic).
    read_until = float("inf")
    # A child's own: it answers one request.
    playlists = Playlists()

    def urlopen(self, req: Any) -> Any:
        return self.playlists.open(req, super().urlopen)

    def extract_info(self, url: str, download: bool = True, ie_key: str | None = None, **further: Any) -> Any:
        return super().extract_info(url, download, ie_key or self.claims.owner(self, url), **further)

    def has_read_enough(self) -> bool:
        return time.monotonic() > self.read_until or time.process_time() > SHARE * PROCESSOR

    def _match_entry(self, info_dict: dict[str, Any], incomplete: bool = False, silent: bool = False) -> str | None:
        """Asked of each entry as it is read. The first part of a slow platform's list is worth more than no answer."""
        if silent and self.has_read_enough():
            raise ExistingVideoReached
        return None  # There are no filters.

    def process_ie_result(
        self, ie_result: dict[str, Any], download: bool = True, extra_info: Any = None
    ) -> dict[str, Any] | None:
        if extra_info and "playlist" in extra_info and ie_result.get("_type") in ("url", "url_transparent"):
            # Flat. yt-dlp would name a file and draw a table of thumbnails for each of thousands, to print neither.
            return {**ie_result, "url": sanitize_url(ie_result["url"], scheme="https")}
        if not extra_info or "playlist_index" not in extra_info or ie_result.get("_type", "video") != "video":
            return super().process_ie_result(ie_result, download, extra_info)
        if not ie_result.get("title") and (title := extra_info.get("playlist_title")):
            ie_result["title"] = f"{title} #{extra_info['playlist_index']}"
        try:
            return super().process_ie_result(ie_result, download, extra_info)
        except YoutubeDLError as error:
            failure = describe(error)
            if not ie_result.get("formats") and not ie_result.get("url") and not ie_result.get("_has_drm"):
                failure["kind"] = "no_media"  # A photo among videos.
            return {key: ie_result.get(key) for key in KNOWN} | {"failure": failure}


def is_list(found: dict[str, Any]) -> bool:
    return found.get("_type") in ("playlist", "multi_video", "compat_list")


def describe_list(
    ydl: Reader, found: dict[str, Any], most: int, dropped: set[str], medium: Describe
) -> dict[str, Any]:
    clean = ydl.sanitize_info({k: v for k, v in found.items() if k not in dropped}, remove_private_keys=True)
    clean.setdefault("thumbnail", (found.get("thumbnails") or [{}])[-1].get("url"))
    entries: list[dict[str, Any]] = []
    expanded = 0
    for index, entry in enumerate(raw_entries(found), 1):
        left = most - len(entries)
        if left <= 0:
            break
        inner = None
        if expanded < MOST_LISTS and not ydl.has_read_enough() and leads_to_list(ydl, entry):
            expanded += 1
            inner = look_into(ydl, entry, left, medium)
        entries += [describe_entry(ydl, found, entry, index, medium)] if inner is None else inner[:left]
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


def look_into(ydl: YoutubeDL, entry: dict[str, Any], most: int, medium: Describe) -> list[dict[str, Any]] | None:
    """One level: lists in there stay entries, so that lists that hold each other come to an end."""
    ydl.params["playlistend"] = most
    try:
        found = ydl.extract_info(entry["url"], download=False, ie_key=entry.get("ie_key"))
    except YoutubeDLError:
        return None  # Whoever wants that entry will hear why.
    if not found or not is_list(found):
        return None
    page, _ = unsmuggle_url(entry["url"])
    rows = enumerate(raw_entries(found), 1)
    return [{**describe_entry(ydl, found, one, index, medium), "page": page} for index, one in rows]


def describe_entry(
    ydl: YoutubeDL, found: dict[str, Any], entry: dict[str, Any], index: int, medium: Describe
) -> dict[str, Any]:
    """An entry has a page of its own (``url``), or is what its list says of it: a ``medium``, a ``record``, a ``failure``."""
    known: dict[str, Any] = {"index": index, **{key: entry.get(key) for key in KNOWN}}
    if failure := entry.get("failure"):
        return known | {"failure": failure}
    if "url" not in entry.get("_type", "video"):
        shared = {key: found[key] for key in SHARED if found.get(key)}
        return known | {"medium": medium(ydl, shared | {k: v for k, v in entry.items() if v is not None})}
    url, smuggled = unsmuggle_url(entry["url"], {})
    if not smuggled and (entry["_type"] == "url" or entry.get("ie_key") not in (None, "Generic")):
        return known | {"url": url}
    # Without an identifier it is told from the others by its address, of which the query may change.
    identifier = known["id"] or smuggled.get("force_videoid") or url.partition("?")[0]
    record = ydl.sanitize_info({k: v for k, v in entry.items() if v is not None}, remove_private_keys=True)
    return known | {"id": identifier, "record": record}
