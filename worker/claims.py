"""Prefilter of yt-dlp's extractors: which of them may have to do with an address, or with a page.

yt-dlp asks 1,700 extractors in turn whether an address is theirs, which compiles every pattern (0.25 s of processor
time), and whether a page of nobody's embeds something of theirs, which imports most of the package (0.3 s). Whatever a
pattern matches contains one of a few texts, mostly a domain: its required literals, by which grep and RE2 skip lines.
They are read off the patterns once for each version of yt-dlp and kept in a file; an extractor none of whose literals is
there is not asked. Without the file every extractor is asked, as yt-dlp does it.
"""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from typing import Any

from yt_dlp import YoutubeDL, extractor as extractors
from yt_dlp.extractor.common import InfoExtractor
from yt_dlp.version import __version__ as VERSION

if sys.version_info >= (3, 11):
    from re import _constants as constants
    from re import _parser as parser
else:
    import sre_constants as constants
    import sre_parse as parser

FORMAT = 1  # Of the file.
PREFIX = "extractors-"
SHORTEST = 3
# These are in every address or page, so that they tell nothing.
EVERYWHERE = ("http", "https", "://", "www.", "href", "src=", "iframe", "<iframe", "script", "<script", "data-", "div")

Literals = list[str] | None  # None where every text may match.


def required(pattern: str) -> frozenset[str] | None:
    """Texts in lower case, of which each match of the pattern contains at least one; None where it has none."""
    return of_sequence(parser.parse(pattern))


def of_sequence(parts: Iterable[tuple[Any, Any]]) -> frozenset[str] | None:
    best: frozenset[str] | None = None
    run = ""
    for code, value in [*parts, (None, None)]:
        if code is constants.LITERAL and chr(value).isascii():  # Others may match in a case of another length.
            run += chr(value).lower()
            continue
        best, run = better(best, frozenset([run]) if len(run) >= SHORTEST else None), ""
        if code is constants.SUBPATTERN:
            best = better(best, of_sequence(value[3]))
        elif code is constants.BRANCH:
            branches = [of_sequence(branch) for branch in value[1]]
            if all(branches):
                best = better(best, frozenset[str]().union(*filter(None, branches)))
        elif code in (constants.MAX_REPEAT, constants.MIN_REPEAT) and value[0] > 0:
            best = better(best, of_sequence(value[2]))
    return best


def better(one: frozenset[str] | None, other: frozenset[str] | None) -> frozenset[str] | None:
    """The set of which a text contains one more seldom: the one whose least telling member tells more."""
    if one is None or other is None:
        return one or other
    return max(one, other, key=lambda texts: min(0 if text in EVERYWHERE else len(text) for text in texts))


def required_of_all(patterns: Iterable[str]) -> Literals:
    literals = [required(pattern) for pattern in patterns]
    return sorted(frozenset[str]().union(*filter(None, literals))) if all(literals) else None


class Claims:
    """The index in use. Empty, it lets every extractor be asked."""

    def __init__(self, addresses: dict[str, Literals], pages: dict[str, Literals]) -> None:
        self._addresses = addresses
        self._pages = pages
        self._page = self._lowered = ""

    def owner(self, ydl: YoutubeDL, url: str) -> str | None:
        """Key of the extractor that yt-dlp would take."""
        lowered = url.lower()
        for key, extractor in ydl._ies.items():
            if contains(lowered, self._addresses.get(key)) and extractor.suitable(url):
                return key
        return None

    def may_embed(self, key: str, page: str) -> bool:
        if page is not self._page:
            self._page, self._lowered = page, page.lower()
        return contains(self._lowered, self._pages.get(key))


def contains(text: str, literals: Literals) -> bool:
    return literals is None or any(literal in text for literal in literals)


def install(ydl: YoutubeDL, folder: str | None) -> Claims:
    """Returns what uses the index of this yt-dlp that lies in the folder; makes it where there is none."""
    if folder is None:
        return Claims({}, {})
    index = load(path_in(folder)) or make(ydl, folder)
    claims = Claims(index["addresses"], index["pages"])

    def extract_from_webpage(cls: Any, ydl: YoutubeDL, url: str, webpage: str) -> Iterator[dict[str, Any]]:
        if claims.may_embed(cls.ie_key(), webpage):
            yield from cls.real_class.extract_from_webpage(ydl, url, webpage)

    # An extractor is a small stand-in until it is wanted, and asking it for this would import it.
    for stand_in in {base for one in ydl._ies.values() for base in bases(one) if base.__name__ == "LazyLoadExtractor"}:
        stand_in.extract_from_webpage = classmethod(extract_from_webpage)
    return claims


def bases(extractor: Any) -> Iterable[type]:
    return extractor.__mro__ if isinstance(extractor, type) else ()


def path_in(folder: str) -> str:
    """Named by the version and by when a file of it was changed last, since a version may be mended in place."""
    changed = max(entry.stat().st_mtime_ns for entry in os.scandir(os.path.dirname(extractors.__file__)))
    return os.path.join(folder, f"{PREFIX}{VERSION}-{changed}.json")


def load(path: str) -> dict[str, Any] | None:
    with suppress(FileNotFoundError, ValueError, KeyError), open(path, encoding="utf-8") as file:
        index = json.load(file)
        return index if index["format"] == FORMAT else None
    return None


def make(ydl: YoutubeDL, folder: str) -> dict[str, Any]:
    """Reads the index off the patterns, which takes half a second, and keeps it for the next start."""
    index: dict[str, Any] = {"format": FORMAT, "addresses": {}, "pages": {}}
    for key, extractor in ydl._ies.items():
        real = getattr(extractor, "real_class", extractor)
        index["addresses"][key] = required_of_address(real)
        index["pages"][key] = required_of_page(real)
    try:
        keep(index, path_in(folder))
    except OSError as error:
        print(f"The index of extractors is made anew at every start: {error}", file=sys.stderr)
    return index


def keep(index: dict[str, Any], path: str) -> None:
    folder = os.path.dirname(path)
    os.makedirs(folder, 0o700, exist_ok=True)
    for entry in os.listdir(folder):
        if entry.startswith(PREFIX):
            with suppress(FileNotFoundError):  # Another start does the same.
                os.unlink(os.path.join(folder, entry))
    unfinished = f"{path}.{os.getpid()}"
    with open(unfinished, "w", encoding="utf-8") as file:
        json.dump(index, file)
    os.replace(unfinished, path)


def required_of_address(extractor: type[InfoExtractor]) -> Literals:
    """An extractor with a rule of its own, of which there are 75, is always asked."""
    return None if overrides(extractor, "suitable") else required_of_all(patterns(extractor._VALID_URL))


def required_of_page(extractor: type[InfoExtractor]) -> Literals:
    if any(overrides(extractor, name) for name in ("extract_from_webpage", "_extract_from_webpage", "_extract_embed_urls")):
        return None
    return required_of_all(patterns(extractor._EMBED_REGEX))


def overrides(extractor: type[InfoExtractor], name: str) -> bool:
    own, common = (getattr(cls, name) for cls in (extractor, InfoExtractor))
    return getattr(own, "__func__", own) is not getattr(common, "__func__", common)


def patterns(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else list(given or ())
