"""The JavaScript runtime in which yt-dlp runs YouTube's player script, and what it may do there.

The script answers the page's challenges (a link's signature, and its ``n``). It comes from outside, so only a runtime
that keeps it off the network and the disk will do: deno as yt-dlp starts it, and Node from 25, whose permissions cover
the network. The others yt-dlp knows cannot.
"""

from __future__ import annotations

import importlib.util
import os
import re
import resource
import shutil
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from yt_dlp import YoutubeDL
from yt_dlp.utils import Popen

from sandbox import RESERVE

try:  # yt-dlp's own affair, so that another one may have it elsewhere; all but these formats works without.
    from yt_dlp.extractor.youtube.jsc._builtin import deno, node, vendor
    from yt_dlp.globals import supported_js_runtimes
    from yt_dlp.utils._jsruntime import JsRuntime, JsRuntimeInfo
except ImportError as error:
    UNKNOWN: str | None = f"this yt-dlp starts them in a way that is not known here ({error})"
else:
    UNKNOWN = None

USUAL_PLACES = "/usr/local/bin:/usr/bin:/bin"
OLDEST_SAFE = {"deno": (2, 3, 0), "node": (25, 0, 0)}
WANTED = "YouTube offers fewer formats without. ./decant brings all of it where npm is; or install deno 2.3 and yt-dlp-ejs"


@dataclass
class Runtime:
    """Name and version of what can be used, or what is missing and what to do."""

    name: str | None
    missing: str | None
    path: str | None = None


def prepare(ydl: YoutubeDL, named: str | None, folder: str | None) -> Runtime:
    """Looks for a runtime, and for the solver that yt-dlp runs in it, once and before the first fork."""
    if UNKNOWN:
        return Runtime(None, f"No JavaScript runtime: {UNKNOWN}.")
    settle_in(folder)
    deno.Popen = node.Popen = RoomyPopen
    # Else deno is started once more in every look-up, to hear that the packages are there.
    deno.DenoJCP._npm_packages_cached = lambda *_: True
    problems = []
    for path in candidates(named, folder):
        runtime = runtime_at(path)
        found = runtime.info
        if found is None:
            problems.append(f"{os.path.basename(path)} does not run")
        elif found.version_tuple < OLDEST_SAFE[found.name]:
            oldest = OLDEST_SAFE[found.name][0]
            problems.append(f"{found.name} {found.version} is too old ({oldest} keeps a script off the network)")
        elif lacking := packages_missing(found):
            problems.append(f"{found.name} {found.version} is here without yt-dlp's solver ({lacking})")
        else:
            ydl.params["js_runtimes"] = {found.name: {"path": path}}
            # It has been asked for its version, and is not again by each look-up.
            ydl.__dict__["_js_runtimes"] = {found.name: runtime}
            return Runtime(f"{found.name} {found.version}", None, path)
    return Runtime(None, f"No JavaScript runtime: {'; '.join(problems) or 'none was found'}. {WANTED}.")


def settle_in(folder: str | None) -> None:
    """deno finds the solver's packages here, and asks nobody for newer ones."""
    os.environ["DENO_NO_UPDATE_CHECK"] = "1"
    cache = os.path.join(folder or "", "cache")
    if not os.path.isdir(cache):
        return
    os.environ["DENO_DIR"] = cache
    with suppress(FileNotFoundError), open(os.path.join(folder or "", "registry"), encoding="utf-8") as file:
        os.environ["NPM_CONFIG_REGISTRY"] = file.read().strip()  # The packages lie under its name.


def candidates(named: str | None, folder: str | None) -> list[str]:
    if named:
        return [named]
    brought = os.path.join(folder or "", "deno")
    usual = [shutil.which(name, path=USUAL_PLACES) for name in OLDEST_SAFE]
    return [path for path in (brought if os.path.exists(brought) else None, *usual) if path]


def runtime_at(path: str) -> JsRuntime:
    name = "node" if os.path.basename(path).startswith("node") else "deno"
    return supported_js_runtimes.value[name](path=path)


def packages_missing(found: JsRuntimeInfo) -> str | None:
    """The solver comes with the Python package yt_dlp_ejs; for deno it may be put together of npm packages instead."""
    if importlib.util.find_spec("yt_dlp_ejs"):
        return None
    if found.name != "deno":
        return "the Python package yt_dlp_ejs"
    wanted = re.findall(r"'npm:([^@']+)@([^']+)'", vendor.load_script(deno.DenoJCP.DENO_NPM_LIB_FILENAME) or "")
    cache = os.path.join(os.environ.get("DENO_DIR", "/nonexistent"), "npm")
    registries = os.listdir(cache) if os.path.isdir(cache) else []
    lacking = [
        f"{name} {version}"
        for name, version in wanted
        if not any(os.path.isdir(os.path.join(cache, registry, name, version)) for registry in registries)
    ]
    return ", ".join(lacking) or None


class RoomyPopen(Popen):
    """V8 reserves far more addresses than it uses, so a runtime is held by what it writes to instead."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, preexec_fn=limit_by_data, **options)


def limit_by_data() -> None:
    memory, most = resource.getrlimit(resource.RLIMIT_AS)
    if memory != resource.RLIM_INFINITY:
        resource.setrlimit(resource.RLIMIT_DATA, (memory + RESERVE, memory + RESERVE))
        resource.setrlimit(resource.RLIMIT_AS, (most, most))

