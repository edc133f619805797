"""A start of yt-dlp without what a look-up has no use for: half of the time that it takes."""

from __future__ import annotations

import functools
import os
import re
import sys
from collections.abc import Iterable
from importlib import import_module
from importlib.machinery import ModuleSpec, PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any

# Tags of finished files, browsers' passwords, attributes of files: yt-dlp does without where a package is missing.
UNUSED = ("mutagen", "secretstorage", "xattr")
# Debian 12's are too old for yt-dlp, which imports them for a tenth of its start before it says so.
SENDERS = ("requests", "urllib3")
PACKAGE = "yt_dlp.dependencies"
CIPHERS = f"{PACKAGE}.Cryptodome"
# A downloader's event loop.
LOOP = "asyncio"


def leave_out_unused() -> None:
    unused = (*UNUSED, *SENDERS) if are_refused() else UNUSED
    sys.modules.update(dict.fromkeys(unused))  # type: ignore[arg-type]  # None is how Python notes what cannot be had.


def are_refused() -> bool:
    """True where yt-dlp, by its own words, does not send by the urllib3 that is here; without that it does not by requests."""
    oldest = version_in("yt_dlp", "networking/_requests.py", r"if urllib3_version < \((\d+), (\d+), (\d+)\):")
    here = version_in("urllib3", "_version.py", r"""__version__ = (?:version = )?["'](\d+)\.(\d+)\.(\d+)["']""")
    return bool(oldest and here and here < oldest)


def version_in(package: str, name: str, pattern: str) -> tuple[int, ...] | None:
    """Reads it without importing anything."""
    spec = PathFinder.find_spec(package)
    if spec is None or spec.origin is None:
        return None
    try:
        with open(os.path.join(os.path.dirname(spec.origin), name), encoding="utf-8") as file:
            found = re.search(pattern, file.read())
    except OSError:
        return None
    return tuple(map(int, found.groups())) if found else None


def quicken() -> None:
    """yt-dlp puts the names of 1,700 extractors in a list of different ones, twice, and compares each with all before it."""
    from yt_dlp.utils import _utils

    slow = _utils.orderedSet

    def ordered_set(iterable: Iterable[Any], *, lazy: bool = False) -> Any:
        if lazy:
            return slow(iterable, lazy=True)
        items = list(iterable)
        try:
            return list(dict.fromkeys(items))
        except TypeError:  # Some of them have no hash.
            return slow(items)

    _utils.orderedSet = ordered_set


def defer_loop() -> None:
    """A process of one look-up imports it when something of its is asked for."""
    if LOOP not in sys.modules and (spec := PathFinder.find_spec(LOOP)):
        sys.modules[LOOP] = DeferredLoop(spec)


class DeferredLoop(ModuleType):
    """Stands in for the package until anything of its is wanted, a module included."""

    def __init__(self, spec: ModuleSpec) -> None:
        super().__init__(spec.name)
        self.__spec__ = spec

    def __getattr__(self, name: str) -> Any:
        if sys.modules.get(LOOP) is self:
            del sys.modules[LOOP]
        return getattr(import_module(LOOP), name)


def defer_ciphers() -> None:
    """A handful of sites encipher something. For a process of one look-up their ciphers are imported when they are used."""
    if PathFinder.find_spec("Cryptodome"):
        sys.modules[CIPHERS] = Deferred(CIPHERS)


class Deferred(ModuleType):
    """Stands in for yt-dlp's module of ciphers, each of whose names is a module or None."""

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(ciphers(), name) if name.startswith("_") else Cipher(name)


class Cipher:
    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        return getattr(getattr(ciphers(), self._name), name)


@functools.cache
def ciphers() -> ModuleType:
    spec = PathFinder.find_spec(CIPHERS, sys.modules[PACKAGE].__path__)
    if spec is None or spec.loader is None:
        raise ImportError(CIPHERS)
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
