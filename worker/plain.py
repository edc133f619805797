"""What an address is that leads to a media file itself: said by yt-dlp, without a child and without the network.

The host has asked the origin already. yt-dlp's own extractor is given that answer in place of one it would have asked for,
so what it makes of it is what it would have made of it. Where it wants to know more, the host looks the page up instead.
"""

from __future__ import annotations

import base64
import io
import signal
import traceback
from typing import Any

from yt_dlp.networking import Request, Response

from extraction import describe_medium, shared
from lists import Reader


class Doubt(BaseException):
    """This is not as plain as it looked. No mistake of an extractor's, so none may handle it."""


class Beginning(io.RawIOBase):
    """The first bytes of a file. Who wants more than them takes it for a page."""

    def __init__(self, data: bytes) -> None:
        self._data: bytes | None = data

    def read(self, size: int = -1) -> bytes:
        if self._data is None or size is None or size < len(self._data):
            raise Doubt
        data, self._data = self._data, None
        return data


class Alarm:
    """Ends what takes too long: the parent has one thread, and everybody waits for it."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds  # Of processor time.
        self._set = False

    def __enter__(self) -> None:
        signal.signal(signal.SIGVTALRM, self._ring)
        self._set = True
        signal.setitimer(signal.ITIMER_VIRTUAL, self._seconds)

    def __exit__(self, *_: object) -> None:
        self._set = False  # First: what rings from here on interrupts nothing.
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)

    def _ring(self, *_: object) -> None:
        if self._set:
            raise Doubt


def warm_up() -> None:
    """The first one would take longer than any may."""
    address = "https://warm.invalid/a.mp4"
    describe(shared(), {"asked": address, "url": address, "headers": {"Content-Type": "video/mp4"}, "beginning": ""})


def recognize(request: dict[str, Any]) -> dict[str, Any]:
    """Null for all that is not plainly a media file which no site's own extractor knows."""
    try:
        with Alarm(request["seconds"]):
            return {"info": describe(shared(), request)}
    except Doubt:
        return {"info": None}
    except Exception:  # Whatever is wrong with it, an extractor of its own says so to whoever asked.
        traceback.print_exc()
        return {"info": None}


def describe(ydl: Reader, request: dict[str, Any]) -> dict[str, Any]:
    asked, url = request["asked"], request["url"]
    for address in {asked, url}:
        if "#" in address or Request(address).url != address or ydl.claims.owner(ydl, address) != "Generic":
            raise Doubt
    answers = [Response(Beginning(base64.b64decode(request["beginning"])), url, request["headers"])]

    def urlopen(wanted: Request) -> Response:
        if not answers or wanted.url != url:
            raise Doubt
        return answers.pop()

    ydl.__dict__["urlopen"] = urlopen
    try:
        found = ydl.extract_info(url, download=False, ie_key="Generic")
    finally:
        del ydl.__dict__["urlopen"]
    if not found or not found.get("direct"):
        raise Doubt
    return describe_medium(ydl, found)

