"""Looking a URL up with yt-dlp."""

from __future__ import annotations

import _strptime
import functools
import re
import time
from collections.abc import Iterable, Iterator
from http.cookiejar import Cookie
from typing import Any

import yt_dlp.networking.common
from yt_dlp import YoutubeDL
from yt_dlp.utils import DownloadError, ExtractorError, unified_timestamp, unsmuggle_url
from yt_dlp.version import __version__ as VERSION

import claims
import dash
import javascript
import vimeo_player
from lists import SHARE, Reader, describe_list, is_list
from reporting import Failure, Reporter, causes

MINIMUM_VERSION = "2025.11.12"
# Bulky, and of no use to the host.
DROPPED = {"formats", "entries", "thumbnails", "heatmap", "comments", "_format_sort_fields"}
DROPPED |= {"subtitles", "automatic_captions"}
# What the host reads, best first. A language may come in seven formats.
SUBTITLES = ("vtt", "webvtt", "srt", "ttml", "dfxp")
# Modules worth having in memory before the first fork.
FAMILIAR = "Generic Youtube YoutubeTab TikTok Instagram Vimeo Twitter Facebook TwitchVod Dailymotion Soundcloud".split()
UPCOMING = re.compile(
    r"will begin|premier|scheduled|upcoming|starts? (in|at)|(not|n't) (yet )?(started|begun)|no video formats found", re.I
)


class QuietLog:
    def debug(self, message: str) -> None:
        """What matters to anyone comes back as an exception."""

    info = warning = error = debug


OPTIONS: dict[str, Any] = {
    "quiet": True,
    "noprogress": True,
    "logger": QuietLog(),
    "cachedir": False,
    "compat_opts": ["no-certifi"],  # SSL_CERT_FILE counts only then.
    "extract_flat": "in_playlist",
    "noplaylist": True,  # A video's address that also names a list is that video.
    "format": lambda _: [{}],  # The host chooses; all formats stay, none is copied into the medium's own fields.
    "ffmpeg_location": "/nonexistent",
    "geo_bypass": False,
    "socket_timeout": 20,
    "extractor_retries": 1,
    "js_runtimes": {},
}


@functools.cache
def shared() -> Reader:
    """The one instance. A child changes its copy of it, which nobody else sees."""
    return Reader(OPTIONS, auto_init="no_verbose_header")


def prepare(js_runtime: str | None, js_folder: str | None, index: str | None, own: str | None) -> javascript.Runtime:
    """Returns the JavaScript runtime that can be used, or why none."""
    if VERSION < MINIMUM_VERSION:
        raise RuntimeError(f"yt-dlp {VERSION} is too old, {MINIMUM_VERSION} or newer is needed")
    dash.install()
    shared().claims = claims.install(shared(), index, own)
    return javascript.prepare(shared(), js_runtime, js_folder)


def warm_up() -> None:
    """Does once what every look-up would do again."""
    # Loading the authorities costs 25 ms, and each look-up has a proxy, hence an opener, of its own.
    common = yt_dlp.networking.common
    common.make_ssl_context = functools.cache(common.make_ssl_context)
    # A date is tried against fifty patterns, and Python keeps five of them: 20 ms of compiling for each file's date.
    _strptime._CACHE_MAX_SIZE = 256
    for day_first in (True, False):
        unified_timestamp("no date", day_first)
    ydl = shared()
    for key in FAMILIAR:
        ydl.get_info_extractor(key)
    # These pages are in their addresses. On the way to the answer the patterns of a look-up are compiled.
    ydl.params["proxy"] = ""
    for page in ("text/html,<video src='https://warm.invalid/a.mp4'></video>", "video/mp4,"):
        ydl.extract_info(f"data:{page}", download=False)
    for made_for_this_proxy in ("proxies", "_request_director"):
        del ydl.__dict__[made_for_this_proxy]


def rehearse() -> Iterator[None]:
    """Touches what every look-up touches: reading an object counts its readers, which copies the page it is on."""
    for url in ("https://warm.invalid/", "https://www.youtube.com/watch?v=warm"):
        yield
        shared().claims.owner(shared(), url)


def configure(request: dict[str, Any], **params: Any) -> Reader:
    ydl = shared()
    ydl.read_until = time.monotonic() + SHARE * request["timeout"]
    ydl.params.update(proxy=request["proxy"] or "", **params)  # None would mean "ask the environment".
    return ydl


def inspect(request: dict[str, Any], _reporter: Reporter) -> dict[str, Any]:
    ydl = configure(request, playlistend=request["max_entries"])
    for cookie in request["cookies"] or ():
        set_cookie(ydl, **cookie)
    renewed = note_renewals(ydl, request["cookies"] or ())
    url, _ = unsmuggle_url(request["url"])  # What is smuggled behind the fragment would be options from a user.
    found = look_up_entry(ydl, request["entry"]) if request["entry"] else look_up(ydl, url)
    if request["from_start"] and found and found.get("is_live"):
        found = from_start(ydl, url) or found
    if found is None:
        raise Failure("unsupported", f"Unsupported URL: {url}")
    if is_list(found):
        info = describe_list(ydl, found, request["max_entries"], DROPPED, describe_medium)
    else:
        info = describe_medium(ydl, found)
    return {"info": info, "renewed": list(renewed.values())}


def from_start(ydl: YoutubeDL, url: str) -> dict[str, Any] | None:
    """YouTube tells of a stream's past only to who asks for that alone; not every stream has one."""
    ydl.params["live_from_start"] = True
    try:
        found = look_up(ydl, url)
    except (DownloadError, Failure):
        return None  # What was found before is good enough.
    finally:
        ydl.params["live_from_start"] = False
    formats = [row for row in (found or {}).get("formats") or () if row.get("is_from_start")]
    for row in formats:
        del row["fragments"]  # A generator of yt-dlp's own, which would download at its own pace.
    return {**(found or {}), "formats": formats} if formats else None


def set_cookie(ydl: YoutubeDL, domain: str, path: str, name: str, value: str, secure: bool) -> None:
    """Somebody's own, for this look-up. It dies with the child."""
    below = domain.startswith(".")
    where: dict[str, Any] = {"domain": domain, "domain_specified": below, "domain_initial_dot": below}
    where |= {"path": path, "path_specified": True, "port": None, "port_specified": False}
    about: dict[str, Any] = {"expires": None, "discard": True, "comment": None, "comment_url": None, "rest": {}}
    ydl.cookiejar.set_cookie(Cookie(version=0, name=name, value=value, secure=secure, **where, **about))


def note_renewals(ydl: YoutubeDL, given: Iterable[dict[str, Any]]) -> dict[tuple[str, str, str], dict[str, Any]]:
    """Which of somebody's cookies the answers set anew. What an extractor sets of its own accord is none of it."""
    jar, renewed = ydl.cookiejar, {}
    extract, keep = jar.extract_cookies, jar.set_cookie
    own = {(cookie["domain"], cookie["path"], cookie["name"]) for cookie in given}

    def set_cookie_of_answer(cookie: Cookie) -> None:
        if (key := (cookie.domain, cookie.path, cookie.name)) in own and cookie.value is not None:
            fields = {name: getattr(cookie, name) for name in ("domain", "path", "name", "value", "secure")}
            renewed[key] = {"cookie": fields, "expires": cookie.expires}
        keep(cookie)

    def extract_cookies(response: Any, request: Any) -> None:
        jar.set_cookie = set_cookie_of_answer
        try:
            extract(response, request)
        finally:
            jar.set_cookie = keep

    jar.extract_cookies = extract_cookies
    return renewed


def look_up(ydl: YoutubeDL, url: str) -> dict[str, Any] | None:
    try:
        return unwrap(ydl, ydl.extract_info(url, download=False))
    except DownloadError as error:
        raise_if_upcoming(ydl, url, error)
        raise_if_given_up(ydl, url, error)
        raise_if_empty(url, error)
        player = vimeo_player.player_of(url, error)
        if player is None:
            raise
    film = look_up(ydl, player)
    return film and vimeo_player.complete(ydl, url, film)


def look_up_entry(ydl: YoutubeDL, record: dict[str, Any]) -> dict[str, Any] | None:
    """An entry of which its list says more than an address, as an earlier look-up of the list described it."""
    return unwrap(ydl, ydl.process_ie_result(record, download=False))


def raise_if_upcoming(ydl: YoutubeDL, url: str, error: DownloadError) -> None:
    """A second look tells when a stream begins. Never the first: it hides private and deleted media."""
    if any(UPCOMING.search(str(cause)) for cause in causes(error)):
        ydl.params["ignore_no_formats_error"] = True
        found = ydl.extract_info(url, download=False) or {}
        if found.get("live_status") == "is_upcoming":
            known = {"title": found.get("fulltitle") or found.get("title"), "video_id": found.get("id")}
            key = found.get("extractor_key")
            raise Failure("not_started", str(error), starts_at=found.get("release_timestamp"), extractor_key=key, **known)


def raise_if_given_up(ydl: YoutubeDL, url: str, error: DownloadError) -> None:
    """What an extractor cannot read that yt-dlp itself marks as broken (a profile of Instagram's) no later try will."""
    names = {cause.ie for cause in causes(error) if isinstance(cause, ExtractorError) and not cause.expected}
    if any(not extractor.working() for extractor in ydl._ies.values() if extractor.IE_NAME in names):
        raise Failure("unsupported", f"Unsupported URL: {url}")


def raise_if_empty(url: str, error: DownloadError) -> None:
    """A manifest without a stream in it will have none later, either."""
    if dash.seen and not dash.has_formats and "No video formats found" in str(error):
        raise Failure("unsupported", f"Unsupported URL: {url}")


def unwrap(ydl: YoutubeDL, found: dict[str, Any] | None) -> dict[str, Any] | None:
    """A page that embeds one medium is that medium; a platform's own list of one stays a list."""
    while found and is_list(found):
        entries = [entry for entry in found.get("entries") or () if entry]
        if found.get("extractor_key") != "Generic" or len(entries) > 1:
            return found
        if entries and "failure" in entries[0]:
            raise Failure(**entries[0]["failure"])
        found = ydl.process_ie_result(entries[0], download=False, extra_info={}) if entries else None
    return found


def describe_medium(ydl: YoutubeDL, found: dict[str, Any]) -> dict[str, Any]:
    shared_fields = {"extractor_key": found.get("extractor_key"), "is_live": bool(found.get("is_live"))}
    # Where a site offers one format, the medium and the format are one record.
    formats = found.get("formats") or ([found] if found.get("url") else [])
    rows = [{k: v for k, v in row.items() if k not in DROPPED} | shared_fields for row in formats]
    for row in rows:
        row["cookie_header"] = ydl.cookiejar.get_cookie_header(row["url"]) or None
        row["playlist"] = ydl.playlists.ended(row["url"])
    medium = {k: v for k, v in found.items() if k not in DROPPED}
    subtitles = [*describe_subtitles(ydl, found, "subtitles"), *describe_subtitles(ydl, found, "automatic_captions")]
    medium |= {"formats": rows, "subtitles": subtitles, "manifests": dash.behind(rows)}
    return ydl.sanitize_info(medium, remove_private_keys=True)


def describe_subtitles(ydl: YoutubeDL, found: dict[str, Any], kind: str) -> Iterator[dict[str, Any]]:
    """One file for each language: hundreds of translations in every format would outweigh all else."""
    for language, files in (found.get(kind) or {}).items():
        readable = [file for file in files if file.get("url") and file.get("ext") in SUBTITLES]
        if readable:
            best = min(readable, key=lambda file: SUBTITLES.index(file["ext"]))
            cookies = ydl.cookiejar.get_cookie_header(best["url"]) or None
            automatic = kind == "automatic_captions"
            yield {**best, "language": language, "automatic": automatic, "cookie_header": cookies}
