"""What a child says to its parent: lines of a few bytes, with no name, no text and nobody's number in them.

A page may have taken the child over. So the parent believes nothing that it cannot check at a glance: whose request it is
the parent knows by the pipe, and whatever is no word ends the child that said it, and no other.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass, field

READ = 4096  # Bytes at a time, so that one who never stops keeps nobody waiting.
ROOM = 4096  # Bytes that a child may say at once.
RATE = 1024  # Bytes a second that it may say on top: a download tells of itself four times a second, in some forty.
LONGEST = 64
MOST = 10**15  # Of a number; a source that tells of more tells nothing.
PROGRESS = re.compile(rb"P(\d{1,15}) (\d{1,15}|-) (\d{1,15}|-)")
LAST = {b"F1": True, b"F0": False}


class Nonsense(Exception):
    """Somebody else speaks out of the child, or nobody does."""


@dataclass
class Progress:
    bytes: int
    total: int | None
    speed: int | None


@dataclass
class Heard:
    """What one child has said."""

    may_report: bool  # A look-up has nothing to tell before its last word.
    began: float = field(default_factory=time.monotonic)
    bytes: int = 0
    rest: bytes = b""
    succeeded: bool | None = None  # None until its last word.

    def hear(self, chunk: bytes) -> Progress | None:
        """Returns the newest report. What is said after the last word is nonsense, too."""
        self.bytes += len(chunk)
        if self.bytes > ROOM + RATE * (time.monotonic() - self.began):
            raise Nonsense
        *lines, self.rest = (self.rest + chunk).split(b"\n")
        newest = None
        for line in lines:
            if self.succeeded is not None:
                raise Nonsense
            if line in LAST:
                self.succeeded = LAST[line]
            elif self.may_report and (found := PROGRESS.fullmatch(line)):
                newest = found
            else:
                raise Nonsense
        if len(self.rest) > LONGEST or self.rest and self.succeeded is not None:
            raise Nonsense
        return newest and Progress(int(newest[1]), number(newest[2]), number(newest[3]))


def number(text: bytes) -> int | None:
    return None if text == b"-" else int(text)


def write_number(value: float | None) -> str:
    return str(int(value)) if value is not None and 0 <= value < MOST else "-"


def write_progress(fetched: int, total: float | None, speed: float | None) -> bytes:
    return f"P{min(fetched, MOST - 1)} {write_number(total)} {write_number(speed)}\n".encode()


def write_last(succeeded: bool) -> bytes:
    return b"F1\n" if succeeded else b"F0\n"
