"""The process that forks a child for each request, one of them ahead of time, and says how each ended."""

from __future__ import annotations

import json
import os
import selectors
import signal
import time
from contextlib import suppress
from typing import Any

from children import STDIN, STDOUT, Child, Operations, Rehearsal, Spare, kill_group, run_child, send
from sandbox import PROCESSOR, Sandbox, clear
from words import READ, Heard, Nonsense, Progress


class Parent:
    def __init__(
        self, operations: Operations, own: Operations, rehearse: Rehearsal | None, sandbox: Sandbox | None
    ) -> None:
        self._operations = operations
        self._own = own  # What takes a few milliseconds and asks nobody is answered without a child.
        self._rehearse = rehearse  # None where nothing is worth doing ahead of time.
        self._sandbox = sandbox
        self._spare: Spare | None = None
        self._selector = selectors.DefaultSelector()
        self._children: dict[int, Child] = {}
        self._requests = b""
        self._clearing: list[int] = []  # Processes that remove what children left behind.

    def run(self) -> None:
        self._selector.register(STDIN, selectors.EVENT_READ)
        try:
            listening = True
            while listening:
                self._keep_a_spare()
                living = [child for child in self._children.values() if child.killed is None]
                wait = min((child.deadline for child in living), default=None)
                for key, _ in self._selector.select(wait and max(0.0, wait - time.monotonic())):
                    if key.data is None:
                        listening = self._read_requests()
                    else:
                        self._read_child(key.data)
                for child in living:
                    if child.id in self._children and child.deadline <= time.monotonic():
                        child.kill("timeout")
                self._clearing = [pid for pid in self._clearing if os.waitpid(pid, os.WNOHANG) == (0, 0)]
        finally:
            for child in list(self._children.values()):
                child.kill("cancelled")
                self._bury(child)
            if self._spare:
                self._discard(self._spare)

    def _read_requests(self) -> bool:
        chunk = os.read(STDIN, 1 << 16)
        *lines, self._requests = (self._requests + chunk).split(b"\n")
        for request in map(json.loads, lines):
            if own := self._own.get(request["op"]):
                say_of(request["id"], "result", **own(request))
            elif request["op"] != "cancel":
                self._start(request)
            elif child := self._children.get(request["id"]):
                child.kill("cancelled")
        return bool(chunk)

    def _start(self, request: dict[str, Any]) -> None:
        line = json.dumps(request).encode() + b"\n"
        try:
            taker = self._hand_over(line)
        except OSError as error:
            say_failed(request["id"], "overloaded", f"No process could be started: {error.strerror}")
            return
        deadline = time.monotonic() + request["timeout"]
        path = request.get("path")
        child = Child(request["id"], taker.pid, taker.answers, deadline, path, Heard(may_report=path is not None))
        self._children[child.id] = child
        self._selector.register(child.pipe, selectors.EVENT_READ, child)

    def _hand_over(self, line: bytes) -> Spare:
        if spare := self._spare:
            self._spare = None
            with suppress(BrokenPipeError):  # Something ended it while it waited.
                return self._send(spare, line)
        return self._send(self._fork(), line)

    def _send(self, spare: Spare, line: bytes) -> Spare:
        try:
            send(spare, line)
        except OSError:
            self._discard(spare)
            raise
        return spare

    def _keep_a_spare(self) -> None:
        """Forking and first touching what is shared with the parent take half of a look-up: done while nothing else is."""
        if self._rehearse and self._spare is None and not self._children:
            with suppress(OSError):  # Then the request itself forks, and says so if that fails too.
                self._spare = self._fork()

    def _fork(self) -> Spare:
        pipes = [*os.pipe(), *os.pipe()]
        requests, handing, answers, writer = pipes
        try:
            pid = os.fork()
        except OSError:
            for pipe in pipes:
                os.close(pipe)
            raise
        if pid == 0:
            run_child(self._operations, self._rehearse, self._sandbox, requests, writer)
        os.close(requests)
        os.close(writer)
        os.set_blocking(answers, False)
        with suppress(OSError):
            os.setpgid(pid, pid)  # The child says the same: whoever is first, the group is there before it is needed.
        return Spare(pid, handing, answers)

    def _discard(self, spare: Spare) -> None:
        kill_group(spare.pid)
        os.close(spare.answers)
        os.waitpid(spare.pid, 0)

    def _read_child(self, child: Child) -> None:
        """Once, whatever else it has to say: others have something to say, too."""
        with suppress(BlockingIOError):
            chunk = os.read(child.pipe, READ)
            if not chunk:
                self._bury(child)
            elif child.killed is None:
                try:
                    self._pass_on(child, child.heard.hear(chunk))
                except Nonsense:
                    child.kill("nonsense")

    def _pass_on(self, child: Child, progress: Progress | None) -> None:
        if progress:
            say_of(child.id, "progress", bytes=progress.bytes, total=progress.total, speed=progress.speed)
        # Nobody waits until a child's memory is taken down, unless it leaves a file.
        if child.heard.succeeded is not None and child.path is None and not child.answered:
            child.answered = True
            say_of(child.id, "apart")

    def _bury(self, child: Child) -> None:
        self._selector.unregister(child.pipe)
        os.close(child.pipe)
        del self._children[child.id]
        kill_group(child.pid)  # Whatever it started goes with it.
        _, status, used = os.wait4(child.pid, 0)
        if self._sandbox and (clearing := clear(f"run-{child.pid}")):
            self._clearing.append(clearing)
        if child.path and (child.killed or not child.heard.succeeded):
            remove_partial(child.path)
        if child.answered:
            return
        if child.heard.succeeded is not None and child.killed is None:
            say_of(child.id, "apart")
        else:
            code = os.waitstatus_to_exitcode(status)
            # The kernel ends it, and kills it where it does not listen.
            spent = code == -signal.SIGXCPU or code == -signal.SIGKILL and used.ru_utime + used.ru_stime >= PROCESSOR
            say_failed(child.id, child.killed or ("processor" if spent else "crashed"), f"Exit status {code}")


def remove_partial(path: str) -> None:
    directory, name = os.path.split(path)
    for entry in os.listdir(directory) if os.path.isdir(directory) else ():
        if entry == name or entry.startswith((f"{name}.part", f"{name}-Frag", f"{name}.ytdl")):
            with suppress(OSError):  # A directory of that name, say, which goes with the job's own.
                os.unlink(os.path.join(directory, entry))


def say(line: bytes | bytearray) -> None:
    view = memoryview(bytes(line) + b"\n")
    with suppress(BrokenPipeError):  # A host that is gone has closed stdin too; until that is read, tidying goes on.
        while view:
            view = view[os.write(STDOUT, view) :]


def say_of(request_id: int, event: str, **values: Any) -> None:
    say(json.dumps({"id": request_id, "event": event, **values}).encode())


def say_failed(request_id: int, kind: str, message: str) -> None:
    say_of(request_id, "error", kind=kind, message=message)
