"""What the parent forks: a child for one request, and the one that waits for the next."""

from __future__ import annotations

import ctypes
import json
import os
import resource
import select
import signal
import socket
import traceback
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sandbox import Sandbox, move_in
from words import Heard

STDIN, STDOUT, STDERR = 0, 1, 2
PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)
INSPECT_FILE_SIZE = 16 << 20  # A look-up writes no file of its own; a JavaScript runtime may want a little room.

Operations = dict[str, Callable[..., dict[str, Any]]]
Rehearsal = Callable[[], Iterator[None]]


@dataclass
class Spare:
    """A child that waits for its request."""

    pid: int
    requests: int
    answers: int


@dataclass
class Child:
    id: int
    pid: int
    pipe: int
    deadline: float
    path: str | None
    heard: Heard
    answered: bool = False
    killed: str | None = None

    def kill(self, why: str) -> None:
        self.killed = self.killed or why
        kill_group(self.pid)


def kill_group(pid: int) -> None:
    """The child itself apart: where no sandbox holds it, it may have left its group, and whoever waits for it would wait for ever."""
    for kill in (os.killpg, os.kill):
        with suppress(ProcessLookupError):
            kill(pid, signal.SIGKILL)


def send(spare: Spare, line: bytes) -> None:
    view = memoryview(line)
    try:
        while view:
            view = view[os.write(spare.requests, view) :]
    finally:
        os.close(spare.requests)


def receive(requests: int) -> dict[str, Any]:
    line = bytearray()
    while not line.endswith(b"\n"):
        line += os.read(requests, 1 << 16) or b"\n"
    os.close(requests)
    return json.loads(line)


def collect(token: str) -> tuple[dict[str, Any], socket.socket]:
    """The request itself, which the parent never has: whatever is in its memory, every later child begins with."""
    line = socket.socket(socket.AF_UNIX)
    line.connect("host")
    line.sendall(token.encode())
    request = bytearray()
    while not request.endswith(b"\n"):
        part = line.recv(1 << 16)
        if not part:
            raise EOFError("The host took the request back.")
        request += part
    return json.loads(request), line


def close_others(mine: set[int]) -> None:
    """What the parent has open is its own affair: other children's pipes, and its host's."""
    lowest = 3
    for one in sorted(mine):
        os.closerange(lowest, one)
        lowest = one + 1
    os.closerange(lowest, os.sysconf("SC_OPEN_MAX"))


def run_child(
    operations: Operations, rehearse: Rehearsal | None, sandbox: Sandbox | None, requests: int, writer: int
) -> None:
    """Does one request and never returns."""
    try:
        os.setpgid(0, 0)
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
        os.dup2(os.open(os.devnull, os.O_RDONLY), STDIN)
        os.dup2(STDERR, STDOUT)  # Whatever prints goes to the log, never between two messages.
        close_others({requests, writer})
        for _ in rehearse() if rehearse else ():
            if select.select([requests], [], [], 0)[0]:
                break
        request, line = collect(receive(requests)["token"])
        file_size = request.get("max_bytes", INSPECT_FILE_SIZE)
        limits = {resource.RLIMIT_FSIZE: file_size, resource.RLIMIT_CORE: 0}
        for what, value in limits.items():
            resource.setrlimit(what, (value, value))
        # Only held back where it starts a JavaScript runtime, which reserves more addresses than the machine has memory.
        most = resource.getrlimit(resource.RLIMIT_AS)[1]
        most = request["memory"] if sandbox and (not sandbox.may_start or request.get("path")) else most
        resource.setrlimit(resource.RLIMIT_AS, (request["memory"], most))
        from reporting import Reporter

        if sandbox:
            directory = os.path.join(os.getcwd(), f"run-{os.getpid()}")
            os.mkdir(directory, 0o700)
            move_in(request, directory)
            sandbox.close(request, directory)
        Reporter(request["id"], writer, line).answer(operations[request["op"]], request)
    except BaseException:  # The parent tells the host; the log tells why.
        traceback.print_exc()
    finally:
        os._exit(0)
