"""A start of yt-dlp without what a look-up has no use for: half of the time that it takes."""

from __future__ import annotations

import functools
import sys
from collections.abc import Iterable
from importlib.machinery import PathFinder
from importlib.util import module_from_spec
from types import ModuleType
from typing import Any

# Tags of finished files, browsers' passwords, attributes of files: yt-dlp does without where a package is missing.
UNUSED = ("mutagen", "secretstorage", "xattr")
PACKAGE = "yt_dlp.dependencies"
CIPHERS = f"{PACKAGE}.Cryptodome"


def leave_out_unused() -> None:
    sys.modules.update(dict.fromkeys(UNUSED))  # type: ignore[arg-type]  # None is how Python notes what cannot be had.


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
