"""The sandbox that a child puts around itself before it looks at a page: docs/adr/0033, forkserver/sandbox.h."""

from __future__ import annotations

import ctypes
import glob
import os
import resource
import stat
import sys
import tempfile
from contextlib import suppress
from typing import Any
from urllib.parse import urlsplit

PR_SET_DUMPABLE = 4
RESERVE = 512 << 20  # V8 counts this much as its data before it has any.
PROCESSOR = 20  # Seconds; a look-up takes one or two, and a page may be made to take any number.
FETCHED = 1_000_000  # Bytes that a download brings in a second of the processor, at the least; decrypted, in Python.
PROCESSES = 256  # Of a user of its own: a JavaScript runtime has a thread for each core, and some.


class Sandbox:
    """Made by the parent, once; each child closes its own."""

    def __init__(self, library: str, runtime: str | None, folder: str | None) -> None:
        self._close = ctypes.CDLL(library, use_errno=True).decant_sandbox
        self._close.argtypes = [ctypes.c_char_p, ctypes.c_size_t]
        ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0)  # Nobody reads the memory from which every child begins.
        places = [entry for entry in sys.path if os.path.isdir(entry)]
        certificates = os.environ.get("SSL_CERT_FILE")
        self._texts = [f"r{place}" for place in (*places, certificates, folder) if place]
        self.may_start = bool(runtime)
        if runtime:
            loaders = (*glob.glob("/lib64/ld-linux-*"), *glob.glob("/lib/ld-linux-*"))
            self._texts += ["X1", *(f"x{program}" for program in (os.path.realpath(runtime), *loaders))]
            self._texts += [f"r{place}" for place in ("/proc/sys/kernel/osrelease", os.path.dirname(runtime))]
        # A program is started as the user one is: what it needs must be there for everybody.
        needed = [os.path.realpath(place) for place in (runtime, folder) if place and os.path.exists(place)]
        self._has_users = os.geteuid() == 0 and all(map(is_for_everybody, needed))
        self.stays_root = os.geteuid() == 0 and not self._has_users

    def close(self, request: dict[str, Any], directory: str) -> None:
        wanted = [text for text in request["box"] if self._has_users or text[0] not in "UK"]
        # Programs are for look-ups, which somebody waits for: of one that starts others without an end, each has time of its own.
        wanted += [text for text in self._texts if text[0] not in "Xx" or not request.get("path")]
        wanted += [f"D{directory}", f"d{directory}", f"p{PROCESSES if self._has_users else 0}"]
        if path := request.get("path"):
            wanted += [f"w{os.path.dirname(path)}", f"s{PROCESSOR + request['max_bytes'] // FETCHED}"]
        else:
            wanted.append(f"s{min(int(request['timeout']) + 1, PROCESSOR)}")
        # Without a proxy, in tests alone, it goes straight to the page.
        if port := urlsplit(request["proxy"] or request.get("url") or "").port:
            wanted.append(f"c{port}")
        # Addresses may be had without limit where a runtime needs them; what is written to may not.
        written = request["memory"] + RESERVE
        resource.setrlimit(resource.RLIMIT_DATA, (written, written))
        texts = "".join(f"{text}\0" for text in wanted).encode()
        held = self._close(ctypes.create_string_buffer(texts, len(texts)), len(texts))
        if held < 0:
            raise OSError(-held, "The sandbox could not be closed")


def is_for_everybody(place: str) -> bool:
    while place != "/":
        mode = os.stat(place).st_mode
        if not mode & stat.S_IXOTH or not mode & stat.S_IROTH and not stat.S_ISDIR(mode):
            return False
        place = os.path.dirname(place)
    return True


def move_in(request: dict[str, Any], directory: str) -> None:
    """The directory is the child's own: nothing else is for writing but where it downloads to."""
    user = next((int(text[1:]) for text in request["box"] if text.startswith("U")), None)
    if user is not None:
        # What it starts is that user; itself it opens files by root's number and group, with no right to more. A container
        # may not have that user: then nobody becomes it, either.
        with suppress(OSError):
            os.chown(directory, user, 0)
            os.chmod(directory, 0o770)
    os.environ["HOME"] = os.environ["TMPDIR"] = tempfile.tempdir = directory


def clear(directory: str) -> int | None:
    """A look-up mostly leaves nothing in its directory. Where it does, that may be any number of files in any depth, for which
    nobody waits: returns the process that removes them."""
    nowhere = [(os.POSIX_SPAWN_OPEN, one, os.devnull, os.O_RDWR, 0) for one in (0, 1)]
    try:
        os.rmdir(directory)
    except FileNotFoundError:
        pass  # It never moved in.
    except OSError:
        with suppress(OSError):  # The system's own tidying gets what is left.
            return os.posix_spawn("/bin/rm", ["rm", "-rf", "--", directory], {}, file_actions=nowhere)
    return None
