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

FORMAT = 2  # Of the file, which the host reads, too (SiteClaims).
PREFIX = "extractors-"
SHORTEST = 3
MOST = 3  # Sets of a pattern; the fourth would tell little.
# These are in every address or page, so that they tell nothing.
EVERYWHERE = ("http", "https", "://", "www.", "href", "src=", "iframe", "<iframe", "script", "<script", "data-", "div")

# Addresses of files as they are often named: an extractor whose literals are in one of them is told apart by its pattern.
COMMONPLACE = [
    f"https://www.media.{domain}/watch/episodes/season/videos/audio/article/player/live/news/2024-11-29/{name}?id=1&v=2"
    for domain in ("com", "co.uk", "org", "net", "edu", "gov", "info", "tv", "fm", "io", "de", "fr", "nl", "ru", "jp", "pl")
    for name in ("video.mp4", "podcast.mp3", "stream.webm")
]

Texts = frozenset[str]
Literals = list[list[str]] | None  # Of each set a text has one. None where every text may match.


def required(pattern: str) -> list[Texts]:
    """Sets of texts in lower case, of each of which every match of the pattern contains one; the most telling first."""
    return telling(of_sequence(parser.parse(pattern)))


def of_sequence(parts: Iterable[tuple[Any, Any]]) -> list[Texts]:
    sets: list[Texts] = []
    run = ""
    for code, value in [*parts, (None, None)]:
        if code is constants.LITERAL and chr(value).isascii():  # Others may match in a case of another length.
            run += chr(value).lower()
            continue
        sets += [frozenset([run])] if len(run) >= SHORTEST else []
        run = ""
        if code is constants.SUBPATTERN:
            sets += of_sequence(value[3])
        elif code is constants.BRANCH:
            branches = [telling(of_sequence(branch)) for branch in value[1]]
            if all(branches):
                sets.append(frozenset[str]().union(*(branch[0] for branch in branches)))
        elif code in (constants.MAX_REPEAT, constants.MIN_REPEAT) and value[0] > 0:
            sets += of_sequence(value[2])
    return sets


def telling(sets: list[Texts]) -> list[Texts]:
    """Those that not every text has one of, and first the set whose least telling member tells most."""
    told = [texts for texts in dict.fromkeys(sets) if not texts.intersection(EVERYWHERE)]
    return sorted(told, key=lambda texts: -min(map(len, texts)))[:MOST]


def required_of_all(patterns: list[str]) -> Literals:
    sets = [required(pattern) for pattern in patterns]
    if not all(sets):
        return None
    # Of several patterns one has to match; of none, none does.
    needed = sets[0] if len(sets) == 1 else [frozenset[str]().union(*(one[0] for one in sets))]
    return [sorted(texts) for texts in needed]


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
    return literals is None or all(any(literal in text for literal in texts) for texts in literals)


def install(ydl: YoutubeDL, folder: str | None, own: str | None) -> Claims:
    """Returns what uses the index of this yt-dlp that lies in the folder; makes it where there is none.

    The other folder is the one that this yt-dlp was asked for in; the host asks whether the index is of the same.
    """
    if folder is None:
        return Claims({}, {})
    index = load(path_in(folder))
    if index is None or index["own"] != own:
        index = make(ydl, folder, own)
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
    return os.path.join(folder, f"{PREFIX}{VERSION}-{changed()}.json")


def headers(ydl: YoutubeDL) -> dict[str, str]:
    """What yt-dlp sends with every request."""
    return dict(ydl._calc_headers({"url": "https://any.invalid/"}))


def package() -> str:
    return os.path.dirname(extractors.__file__)


def changed() -> int:
    return max(entry.stat().st_mtime_ns for entry in os.scandir(package()))


def load(path: str) -> dict[str, Any] | None:
    with suppress(FileNotFoundError, ValueError, KeyError), open(path, encoding="utf-8") as file:
        index = json.load(file)
        return index if index["format"] == FORMAT else None
    return None


def make(ydl: YoutubeDL, folder: str, own: str | None) -> dict[str, Any]:
    """Reads the index off the patterns, which takes half a second, and keeps it for the next start."""
    index: dict[str, Any] = {"format": FORMAT, "own": own, "package": package(), "changed": changed()}
    index |= {"headers": headers(ydl), "addresses": {}, "pages": {}, "patterns": {}}
    for key, extractor in ydl._ies.items():
        real = getattr(extractor, "real_class", extractor)
        index["addresses"][key] = required_of_address(real)
        index["pages"][key] = required_of_page(real)
        if is_bounded(real) and any(contains(address, index["addresses"][key]) for address in COMMONPLACE):
            index["patterns"][key] = [numbered(pattern) for pattern in patterns(real._VALID_URL)]
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
    """An extractor with a rule of its own that may claim more than its pattern does is always asked."""
    return required_of_all(patterns(extractor._VALID_URL)) if is_bounded(extractor) else None


def is_bounded(extractor: type[InfoExtractor]) -> bool:
    """True where it claims nothing but what its pattern matches. The 75 rules of their own in 2026.11 leave some of that to others."""
    if not overrides(extractor, "suitable"):
        return True
    asks = {"super", "suitable"} <= set(extractor.suitable.__func__.__code__.co_names)  # type: ignore[attr-defined]
    return asks or "_match_valid_url" in extractor.suitable.__func__.__code__.co_names  # type: ignore[attr-defined]


def numbered(pattern: str) -> str:
    """The pattern as .NET reads it: its named groups as plain ones, which are numbered as here, and no count without a beginning."""
    numbers = re.compile(pattern).groupindex
    plain = re.sub(r"(?<!\\)\{,", "{0,", re.sub(r"\(\?P<\w+>", "(", pattern))
    plain = re.sub(r"\(\?P=(\w+)\)", lambda name: f"(?:\\{numbers[name[1]]})", plain)
    return re.sub(r"\(\?\(([A-Za-z_]\w*)\)", lambda name: f"(?({numbers[name[1]]})", plain)


def required_of_page(extractor: type[InfoExtractor]) -> Literals:
    if any(overrides(extractor, name) for name in ("extract_from_webpage", "_extract_from_webpage", "_extract_embed_urls")):
        return None
    return required_of_all(patterns(extractor._EMBED_REGEX))


def overrides(extractor: type[InfoExtractor], name: str) -> bool:
    own, common = (getattr(cls, name) for cls in (extractor, InfoExtractor))
    return getattr(own, "__func__", own) is not getattr(common, "__func__", common)


def patterns(given: Any) -> list[str]:
    return [given] if isinstance(given, str) else list(given or ())
