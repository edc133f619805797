"""HLS playlists, each asked for once in a look-up.

yt-dlp reads one to see what it is, again for its formats, and for its length once more, every time with a request on a
connection of its own. Behind 30 ms a request that was a tenth of the time in which two minutes of film come.
"""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from dataclasses import dataclass

from yt_dlp.networking import Request, Response

LONGEST = 4 << 20
LONGEST_HANDED = 256 << 10  # Bytes; a list of a day's segments is asked for again.
END = b"#EXT-X-ENDLIST"
FRESH = 2.0  # Seconds: that of a stream on air is another one soon.
UNUSUAL = {"range", "cookie", "authorization"}

Send = Callable[[Request], Response]


@dataclass
class Held:
    answer: Response
    body: bytes
    until: float

    def again(self) -> Response:
        one = self.answer
        return Response(io.BytesIO(self.body), one.url, dict(one.headers), one.status, one.reason, one.extensions)


class Playlists:
    def __init__(self) -> None:
        self._held: dict[str, Held] = {}

    def open(self, wanted: Request | str, send: Send) -> Response:
        request = Request(wanted) if isinstance(wanted, str) else wanted
        if not is_plain(request):
            return send(request)
        address = request.url
        held = self._held.get(address)
        if held and time.monotonic() < held.until:
            return held.again()
        response = send(request)
        if not is_playlist(response):
            return response
        held = Held(response, response.read(), time.monotonic() + FRESH)
        self._held[address] = self._held[response.url] = held
        return held.again()

    def ended(self, address: str) -> dict[str, str] | None:
        """A medium's whole list of segments, which its fetch need not ask for again; None for what is none or was not read."""
        held = self._held.get(address)
        if held is None or len(held.body) > LONGEST_HANDED or END not in held.body:
            return None
        try:
            return {"url": held.answer.url, "text": held.body.decode()}
        except UnicodeDecodeError:
            return None


def is_plain(request: Request) -> bool:
    return request.method == "GET" and request.data is None and not UNUSUAL & {name.lower() for name in request.headers}


def is_playlist(response: Response) -> bool:
    """True for one of a known and small size that was answered to nobody in particular."""
    length = response.get_header("Content-Length") or ""
    return (
        response.status == 200
        and "mpegurl" in (response.get_header("Content-Type") or "").lower()
        and length.isdecimal()
        and int(length) <= LONGEST
        and not response.get_header("Content-Encoding")
        and not response.get_header("Set-Cookie")
    )
