"""DASH manifests that an extractor comes across.

yt-dlp lists and names their formats, each from an element of its own, so that nothing which is odd about one stream hides another.
What a format is and where its segments are the host reads from the manifest itself, which goes along as it stands.
"""

from __future__ import annotations

import copy
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin

from yt_dlp.extractor.common import InfoExtractor
from yt_dlp.utils import parse_duration

MOST_LINKS = 20
SEGMENTS = ("SegmentTemplate", "SegmentList")
HREF = "{http://www.w3.org/1999/xlink}href"
NOTHING = "urn:mpeg:dash:resolve-to-zero:2013"

# A child answers one request.
seen: list[dict[str, Any]] = []
has_formats = False
parse = InfoExtractor._parse_mpd_periods


def install() -> None:
    InfoExtractor._parse_mpd_periods = periods


def periods(
    extractor: InfoExtractor, document: ET.Element, mpd_id: str | None = None, mpd_base_url: str = "", mpd_url: str | None = None
) -> Iterator[dict[str, Any]]:
    base = f"{mpd_base_url.rstrip('/')}/" if mpd_base_url else mpd_url
    global has_formats
    resolve_links(extractor, document, base)
    number = len(seen)
    text = ET.tostring(document, encoding="unicode")
    seen.append({"number": number, "url": base or "https://manifest.invalid/", "text": text})
    at, chosen = longest(document)
    formats: list[dict[str, Any]] = []
    subtitles: dict[str, list[Any]] = {}
    for set_at, adaptation_set in enumerate(named(chosen, "AdaptationSet")):
        for place, representation in enumerate(named(adaptation_set, "Representation")):
            levels = (document, chosen, adaptation_set, representation)
            is_text = "text" in f"{adaptation_set.get('contentType')} {kind(adaptation_set, representation)}"
            for period in parse(extractor, alone(levels, whole=is_text), mpd_id, mpd_base_url, mpd_url):
                for row in period["formats"]:
                    row["dash"] = f"{number} {at} {set_at} {place}"
                    if any(True for level in levels for name in SEGMENTS for _ in named(level, name)):
                        row |= {"url": mpd_url or base or row["url"], "protocol": "http_dash_segments"}
                    formats.append(row)
                for language, files in period["subtitles"].items():
                    subtitles.setdefault(language, []).extend(files)
    has_formats = has_formats or bool(formats)
    yield {"id": "all", "formats": formats, "subtitles": subtitles}


def behind(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The manifests that formats are of; a post of several media has met others."""
    numbers = {int(row["dash"].split()[0]) for row in rows if "dash" in row}
    return [seen[number] for number in sorted(numbers)]


def alone(levels: tuple[ET.Element, ...], whole: bool) -> ET.Element:
    """A manifest of one representation; without its segments, unless it is wanted whole."""
    root = inner = None
    for level in levels:
        last = level is levels[-1]
        if last and whole:
            element = copy.deepcopy(level)
        else:
            element = ET.Element(level.tag, dict(level.attrib))
            kept = ("BaseURL", "ContentProtection", *(SEGMENTS if whole else ()))
            element.extend(child for child in level if local(child) in kept)
        if last and "mimeType" not in {**levels[-2].attrib, **element.attrib}:
            element.set("mimeType", f"{levels[-2].get('contentType') or 'video'}/mp4")
        if inner is not None:
            inner.append(element)
        root, inner = (element if root is None else root), element
    assert root is not None
    return root


def longest(document: ET.Element) -> tuple[int, ET.Element]:
    """The period whose streams are listed: the programme, and not what is shown before it."""
    all_periods = named(document, "Period")
    lengths: list[float] = []
    start = 0.0
    for at, period in enumerate(all_periods):
        start = first(parse_duration(period.get("start")), start)
        following = parse_duration(all_periods[at + 1].get("start")) if at + 1 < len(all_periods) else None
        whole = parse_duration(document.get("mediaPresentationDuration")) if at + 1 == len(all_periods) else None
        end = first(following, whole, start)
        lengths.append(first(parse_duration(period.get("duration")), end - start))
        start += lengths[-1]
    candidates = [at for at, period in enumerate(all_periods) if named(period, "AdaptationSet")]
    if document.get("type") == "dynamic":
        at = candidates[-1] if candidates else 0
    else:
        at = max(candidates, key=lengths.__getitem__, default=0)
    return at, (all_periods[at] if all_periods else ET.Element("Period"))


def first(*values: float | None) -> float:
    return next(value for value in values if value is not None)


def resolve_links(extractor: InfoExtractor, document: ET.Element, base: str | None) -> None:
    """Puts remote elements (section 5.5) in their places. One that cannot be had leaves what stands in its place."""
    left, namespace = MOST_LINKS, document.tag.rpartition("}")[0].lstrip("{")
    for parent in (document, *named(document, "Period")):
        for index, element in reversed(list(enumerate(parent))):
            href = element.get(HREF)
            if href is None or left == 0:
                continue
            left -= 1
            parent.remove(element)
            for remote in reversed([] if href == NOTHING else fetch(extractor, href, base, namespace) or [element]):
                parent.insert(index, remote)


def fetch(extractor: InfoExtractor, href: str, base: str | None, namespace: str) -> list[ET.Element]:
    text = extractor._download_webpage(urljoin(base or "", href), None, "Downloading remote element", fatal=False)
    if not text:
        return []
    try:
        # Several periods may stand side by side, which is no document.
        start = text.index("?>") + 2 if text.lstrip().startswith("<?xml") else 0
        return list(ET.fromstring(f'<all xmlns="{namespace}">{text[start:]}</all>'))
    except ET.ParseError:
        return []


def named(element: ET.Element, name: str) -> list[ET.Element]:
    return [child for child in element if local(child) == name]


def local(element: ET.Element) -> str:
    return element.tag.rpartition("}")[2] if isinstance(element.tag, str) else ""


def kind(*levels: ET.Element) -> str:
    return " ".join(level.get("mimeType") or "" for level in levels)
