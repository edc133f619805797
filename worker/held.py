"""The extractor's modules as they were when this process began.

yt-dlp imports most of its extractors only when a page wants one, here in a child. After an update has replaced the
files, that child would put a new extractor on old foundations. So the whole package is read once (12 MB, 40 ms), and what
is imported later comes from memory.
"""

from __future__ import annotations

import errno
import os
import struct
import sys
from collections.abc import Iterator
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec, PathFinder, SourceFileLoader
from importlib.util import MAGIC_NUMBER, cache_from_source, spec_from_file_location
from typing import Any

PACKAGE = "yt_dlp"
# What an update replaces; a file that is replaced changes its directory, whatever time it brings along itself.
UPDATED = (PACKAGE, f"{PACKAGE}/version.py", f"{PACKAGE}/extractor", f"{PACKAGE}_ejs")


def hold() -> dict[str, int | None]:
    """Reads the package, and returns when what an update replaces was changed last, as it was before the reading."""
    seen = {place: changed_at(place) for place in watched_places()}
    spec = PathFinder.find_spec(PACKAGE)
    if spec and spec.origin:
        sys.meta_path.insert(0, HeldModules(os.path.dirname(spec.origin)))
    return seen


def watched_places() -> Iterator[str]:
    """Also where there is nothing yet: what is put there goes before what is there now."""
    for entry in sys.path:
        yield from (os.path.join(entry, name) for name in UPDATED)
        if os.path.exists(os.path.join(entry, PACKAGE)):
            return


def changed_at(path: str) -> int | None:
    """In units of 100 ns since 1970."""
    try:
        return os.stat(path).st_mtime_ns // 100
    except OSError:
        return None


class HeldModules(MetaPathFinder):
    def __init__(self, folder: str) -> None:
        self._sources: dict[str, str] = {}
        self._files: dict[str, bytes] = {}
        self._stats: dict[str, dict[str, Any]] = {}
        self._read(PACKAGE, folder)

    def find_spec(self, fullname: str, path: Any = None, target: Any = None) -> ModuleSpec | None:
        source = self._sources.get(fullname)
        return source and spec_from_file_location(fullname, source, loader=HeldLoader(fullname, source, self))

    def data(self, path: str) -> bytes:
        if path not in self._files:
            raise FileNotFoundError(errno.ENOENT, "not among what was read at the start", path)
        return self._files[path]

    def stats(self, path: str) -> dict[str, Any]:
        return self._stats[path]

    def _read(self, package: str, folder: str) -> None:
        for entry in os.scandir(folder):
            name, kind = os.path.splitext(entry.name)
            if entry.is_dir():
                if entry.name != "__pycache__":
                    self._read(f"{package}.{entry.name}", entry.path)
            elif kind == ".py":
                self._sources[package if name == "__init__" else f"{package}.{name}"] = entry.path
                self._read_module(entry.path, entry.stat())

    def _read_module(self, source: str, stat: os.stat_result) -> None:
        self._stats[source] = {"mtime": stat.st_mtime, "size": stat.st_size}
        compiled = cache_from_source(source)
        try:
            content = read(compiled)
        except OSError:
            content = b""
        # One of another time or another Python is no use; then the text itself is wanted.
        if content[:16] == MAGIC_NUMBER + struct.pack("<III", 0, int(stat.st_mtime), stat.st_size):
            self._files[compiled] = content
        else:
            self._files[source] = read(source)


class HeldLoader(SourceFileLoader):
    def __init__(self, fullname: str, path: str, held: HeldModules) -> None:
        super().__init__(fullname, path)
        self._held = held

    def get_data(self, path: str) -> bytes:
        return self._held.data(path)

    def path_stats(self, path: str) -> dict[str, Any]:
        return self._held.stats(path)


def read(path: str) -> bytes:
    with open(path, "rb") as file:
        return file.read()
