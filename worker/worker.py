"""The extractor process: a warm parent (``parent``) that forks a child for each request.

It speaks JSON, one line each way, over stdin and stdout; ``src/Engine/Extracting/YtDlp`` is the other end.
The parent has imported yt-dlp, compiled the patterns that most look-ups need and loaded the certificate authorities, so a child starts
at the work itself, and whatever it does to that state dies with it. Requests and answers pass it by (``children.collect``):
in its memory they would be in that of every later child. The parent has one thread, because only then
is forking safe. What asks nobody (``plain``) it answers itself. It ends, and takes its children along, when stdin
closes: that is how it notices its host's death.
"""

from __future__ import annotations

import gc

gc.disable()  # A collection while a thousand modules are imported finds nothing, and all of them took a fifth of the time.

import argparse  # noqa: E402
import json  # noqa: E402
import os  # noqa: E402
import platform  # noqa: E402
import signal  # noqa: E402
import sys  # noqa: E402
from contextlib import suppress  # noqa: E402

# Isolated mode (-I) leaves the script's own directory out.
sys.path.append(os.path.dirname(os.path.abspath(__file__)))

import held  # noqa: E402
import lean  # noqa: E402
from children import STDIN  # noqa: E402
from parent import Parent, say  # noqa: E402
from sandbox import Sandbox  # noqa: E402

def detach() -> None:
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    with suppress(PermissionError):
        os.setsid()  # A Ctrl-C meant for the host is the host's to pass on.


def hear() -> list[str]:
    """Waits for the rest of the command line, and moves to where it belongs."""
    line = b""
    while not line.endswith(b"\n"):
        part = os.read(STDIN, 1 << 16)
        if not part:
            os._exit(0)  # Nothing is to be looked up.
        line += part
    settings = json.loads(line)
    os.chdir(settings["directory"])
    os.environ.update(settings["environment"])
    return settings["arguments"]


def main() -> None:
    detach()
    parser = argparse.ArgumentParser()
    parser.add_argument("--extractor", help="a folder with a yt_dlp package that goes before the machine's own")
    parser.add_argument("--js-runtime", help="deno or Node, by path; looked for otherwise")
    parser.add_argument("--js-folder", help="what ./decant brought: deno, and packages for it")
    parser.add_argument("--sandbox", help="the library with which a child puts a sandbox around itself")
    parser.add_argument("--index", help="a folder for what is worked out once for each version of yt-dlp")
    parser.add_argument("--once", action="store_true", help="one look-up and done: nothing is made ready for the next")
    parser.add_argument("--ahead", action="store_true", help="the rest of this is not known yet, and comes by stdin")
    asked = parser.parse_args()
    sys.path[:0] = [asked.extractor] if asked.extractor else []
    lean.leave_out_unused()
    if asked.once:
        lean.defer_ciphers()
        lean.defer_loop()
    files = {} if asked.once else held.hold()
    try:
        lean.quicken()
        import claims
        import downloading
        import extraction
        import plain
        import searching

        extraction.shared()
        asked = parser.parse_args(hear()) if asked.ahead else asked
        runtime = extraction.prepare(asked.js_runtime, asked.js_folder, asked.index, asked.extractor)
        sandbox = Sandbox(asked.sandbox, runtime.path, asked.js_folder) if asked.sandbox else None
        if not asked.once:
            extraction.warm_up()
            plain.warm_up()
    except Exception as error:  # Whatever is wrong with the package; the host says it to whoever can mend it.
        reason = f"{sys.executable}: {type(error).__name__}: {error}"
        say(json.dumps({"event": "failed", "message": reason}).encode())
        sys.exit(1)
    if not asked.once:
        gc.collect()
    gc.freeze()  # A child's collector leaves these objects alone, so their pages stay shared.
    gc.enable()
    ready = {"yt_dlp": extraction.VERSION, "python": platform.python_version()}
    ready |= {"js_runtime": runtime.name, "js_missing": runtime.missing}
    ready |= {"path": os.path.dirname(sys.modules[held.PACKAGE].__file__ or ""), "files": files}
    ready |= {"headers": claims.headers(extraction.shared()), "stays_root": bool(sandbox and sandbox.stays_root)}
    say(json.dumps({"event": "ready", **ready}).encode())
    operations = {"inspect": extraction.inspect, "download": downloading.download, "search": searching.search}
    Parent(operations, {"recognize": plain.recognize}, None if asked.once else extraction.rehearse, sandbox).run()
    sys.stderr.flush()
    os._exit(0)  # Taking a thousand modules down takes as long as a tenth of them took to load, and its host waits for it.


if __name__ == "__main__":
    main()
