"""Searching YouTube Music and YouTube with yt-dlp."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from yt_dlp.utils import parse_duration, traverse_obj

from extraction import configure
from reporting import Reporter

# A search needs none of what stands in the site's home page.
WITHOUT_PAGE = {"youtubetab": {"skip": ["webpage"]}}
# As it is, and as it would be without its typing error. Without either only titles are known, and no song scores.
LINE_READERS = ("_music_reponsive_list_entry", "_music_responsive_list_entry")
LENGTH = re.compile(r"(\d+:)?\d{1,2}:\d\d")
DOT = "•"  # What YouTube Music puts between a song's performers, its album and its length.
PERFORMER = {"MUSIC_PAGE_TYPE_ARTIST", "MUSIC_PAGE_TYPE_USER_CHANNEL"}
ALBUM = "MUSIC_PAGE_TYPE_ALBUM"
RUNS = ("flexColumns", slice(1, None), ..., "text", "runs", ..., {dict})
PAGE_TYPE = ("navigationEndpoint", "browseEndpoint", ..., "browseEndpointContextMusicConfig", "pageType", any)


def search(request: dict[str, Any], _reporter: Reporter) -> dict[str, Any]:
    ydl = configure(request, playlistend=request["max_entries"], extractor_args=WITHOUT_PAGE)
    query = request["query"]
    if request["place"] == "songs":
        keep_whole_lines(ydl.get_info_extractor("YoutubeMusicSearchURL"))
        page = f"https://music.youtube.com/search?q={quote(query, safe='')}#songs"
    else:
        page = f"ytsearch{request['max_entries']}:{query}"
    found = ydl.extract_info(page, download=False) or {}
    return {"found": ydl.sanitize_info({"rows": list(rows(found))})["rows"]}


def keep_whole_lines(extractor: Any) -> None:
    """The extractor reads a song's title and drops the rest of its line, which is what tells one song from another."""
    for name in LINE_READERS:
        if read := getattr(extractor, name, None):
            setattr(extractor, name, lambda line, read=read: (entry := read(line)) and {**entry, **describe(line)})


def rows(found: dict[str, Any]) -> Iterator[dict[str, Any]]:
    for entry in filter(None, found.get("entries") or ()):
        artists = entry.get("artists") or [name for name in (entry.get("channel"),) if name]
        yield {**{key: entry.get(key) for key in ("id", "url", "title", "album", "duration")}, "artists": artists}


def describe(line: dict[str, Any]) -> dict[str, Any]:
    """Performers, album and length, by what their texts lead to; by their places where they lead nowhere."""
    runs = [(run.get("text") or "", traverse_obj(run, PAGE_TYPE)) for run in traverse_obj(line, RUNS)]
    texts = [text.strip() for text, _ in runs]
    linked = [text for text, page in runs if page in PERFORMER]
    before_dot = texts[: texts.index(DOT)] if DOT in texts else texts[:1]
    return {
        "artists": linked or [text for text in before_dot if text not in ("", "&", ",")],
        "album": next((text for text, page in runs if page == ALBUM), None),
        "duration": parse_duration(next(filter(LENGTH.fullmatch, texts), None)),
    }
