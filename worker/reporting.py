"""How a child answers its parent, and what an exception is called on the way."""

from __future__ import annotations

import errno
import json
import os
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from typing import Any

from yt_dlp import utils
from yt_dlp.networking import exceptions as net

from words import write_last, write_progress

# The first that occurs anywhere behind a failure names it.
KINDS: tuple[tuple[str, tuple[type[BaseException], ...]], ...] = (
    ("memory", (MemoryError,)),
    ("geo", (utils.GeoRestrictedError,)),
    ("not_live", (utils.UserNotLive,)),
    ("unsupported", (utils.UnsupportedError,)),
    ("http", (net.HTTPError,)),
    ("dns", (socket.gaierror,)),
    ("timeout", (TimeoutError,)),
    ("tls", (ssl.SSLError, net.SSLError)),
    ("proxy", (net.ProxyError,)),
    ("incomplete", (net.IncompleteRead, utils.ContentTooShortError)),
    ("network", (net.TransportError,)),
    ("changed", (utils.RegexNotFoundError,)),
    ("request", (net.RequestError,)),
    ("extractor", (utils.ExtractorError,)),
    ("incomplete", (utils.DownloadError,)),  # A downloader gave up, and kept to itself why.
)
DISK_KINDS = {errno.EFBIG: "too_large", errno.ENOSPC: "disk", errno.EDQUOT: "disk"}


class Failure(Exception):
    """A failure that already knows its name."""

    def __init__(self, kind: str, message: str, **details: Any) -> None:
        super().__init__(message)
        self.details = {"kind": kind, "message": message, **details}


class Reporter:
    def __init__(self, request_id: int, pipe: int, line: socket.socket) -> None:
        self._id, self._pipe, self._line, self._lock = request_id, pipe, line, threading.Lock()

    def progress(self, fetched: int, total: float | None, speed: float | None) -> None:
        self._write(write_progress(fetched, total, speed))

    def answer(self, operation: Callable[..., dict], request: dict[str, Any]) -> None:
        try:
            succeeded, text = True, self._text("result", operation(request, self))
        except Exception as error:  # Every failure of an extractor is an answer; the host decides what it means.
            succeeded, text = False, self._text("error", describe(error))
        # To the host alone: cookies are in it. The parent hears that it is there.
        self._line.sendall(text)
        self._write(write_last(succeeded))

    def _write(self, word: bytes) -> None:
        view = memoryview(word)
        with self._lock:
            while view:
                view = view[os.write(self._pipe, view) :]

    def _text(self, event: str, values: dict[str, Any]) -> bytes:
        text = json.dumps({"id": self._id, "event": event, **values}, ensure_ascii=False, allow_nan=False)
        return f"{text}\n".encode(errors="replace")  # Half a surrogate pair has no place in UTF-8.


def describe(error: BaseException) -> dict[str, Any]:
    chain = list(causes(error))
    report: dict[str, Any] = {"message": str(error)}
    report["kind"] = next((name for name, types in KINDS if any(isinstance(e, types) for e in chain)), "crashed")
    for cause in reversed(chain):
        if isinstance(cause, OSError) and cause.errno in DISK_KINDS:
            report["kind"] = DISK_KINDS[cause.errno]
        if isinstance(cause, net.HTTPError):
            report |= {"status": cause.status, "retry_after": cause.response.headers.get("Retry-After")}
        if isinstance(cause, utils.ExtractorError):
            report |= {"message": cause.orig_msg, "expected": bool(cause.expected), "extractor": cause.ie}
        if isinstance(cause, utils.GeoRestrictedError):
            report["countries"] = list(cause.countries or ())
        if isinstance(cause, Failure):
            report |= cause.details
    return {**report, "message": report["message"][:2000]}


def causes(error: BaseException) -> Iterator[BaseException]:
    """The error and what it came from, nearest first; yt-dlp and urllib keep that in six places."""
    seen: list[BaseException] = []
    queue: list[Any] = [error]
    while queue:
        current = queue.pop(0)
        if isinstance(current, BaseException) and current not in seen:
            seen.append(current)
            yield current
            queue += [current.__cause__, current.__context__, *(getattr(current, "exc_info", None) or ())]
            queue += [getattr(current, "cause", None), getattr(current, "reason", None)]
            queue += getattr(current, "unexpected_errors", ())
