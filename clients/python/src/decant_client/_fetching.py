from __future__ import annotations

import http.client
import os
import re
import time
import urllib.parse
import uuid
from pathlib import Path
from typing import BinaryIO, Callable, Dict, NamedTuple, Optional, Union

from ._calls import CONNECTION_ERRORS, Calls, retrying, unreachable, usual_wait
from ._errors import DecantError

# Attempts in a row that bring nothing.
_ATTEMPTS = 5
# Seconds without a byte, after which a connection is given up.
_SILENCE = 30.0
_PIECE = 64 * 1024


class FileHead(NamedTuple):
    """What is known of a file before its bytes come. Without a tag (ETag) nothing is resumed."""

    length: Optional[int]
    tag: Optional[str]
    name: str
    content_type: Optional[str]


def head_of(calls: Calls, otherwise: str, fresh_link: Callable[[], str]) -> FileHead:
    def once() -> FileHead:
        with calls.follow("HEAD", fresh_link(), {}, _SILENCE) as answer:
            return _read_head(answer, otherwise)

    return retrying(once)


def fetch_into(
    calls: Calls, head: FileHead, file: BinaryIO, fresh_link: Callable[[], str], received: Callable[[int], None]
) -> int:
    """Writes a file into another: goes on where a connection broke off, begins anew where the file is another one."""
    start = file.tell() if file.seekable() else 0
    length = fruitless = 0
    while True:
        before = length
        try:
            headers: Dict[str, str] = {}
            if length and head.tag is not None:
                headers = {"Range": f"bytes={length}-", "If-Range": head.tag}
            if length == 0 or length != head.length:
                with calls.follow("GET", fresh_link(), headers, _SILENCE) as answer:
                    goes_on = answer.status == 206 and (answer.headers.get("Content-Range") or "").startswith(
                        f"bytes {length}-"
                    )
                    if not goes_on and length:
                        if not file.seekable():
                            raise DecantError("file_gone", "The file has changed while it was fetched.")
                        file.seek(start)
                        file.truncate()
                        length = 0
                    head = _read_head(answer, head.name)
                    for piece in iter(lambda: answer.read(_PIECE), b""):
                        file.write(piece)
                        length += len(piece)
                        received(length)
            if head.length is None or length == head.length:
                return length
            raise OSError(f"It ended after {length} of {head.length} bytes.")
        except DecantError as refused:
            error = refused
        except CONNECTION_ERRORS as broken:
            error = unreachable(broken)
        fruitless = 1 if length > before else fruitless + 1
        if not error.retryable or fruitless == _ATTEMPTS:
            raise error
        time.sleep(error.retry_after if error.retry_after is not None else usual_wait(fruitless))


def target_of(path: "Union[str, os.PathLike[str]]", name: str, replace: bool) -> Path:
    """The file's own path: in a directory, under the server's name for it."""
    target = Path(path)
    if target.is_dir():
        target = target / name
    ensure_free(target, replace)
    return target


def ensure_free(target: Path, replace: bool) -> None:
    if target.is_file() and not replace:
        raise DecantError("file_exists", f"There is a file at {target} already; say replace, or name another.")


def part_of(target: Path) -> Path:
    return target.with_name(f"{target.name}.{uuid.uuid4().hex[:8]}.part")


def keep(part: Path, target: Path, replace: bool) -> None:
    """Gives a whole file its name. A link, unlike a rename, replaces nothing that came meanwhile."""
    if replace:
        os.replace(part, target)
        return
    try:
        os.link(part, target)
    except FileExistsError:
        ensure_free(target, replace=False)
        raise


def _read_head(answer: http.client.HTTPResponse, otherwise: str) -> FileHead:
    whole = (answer.headers.get("Content-Range") or "/").split("/")[-1] or answer.headers.get("Content-Length")
    tag = answer.headers.get("ETag")
    return FileHead(
        int(whole) if whole and whole.isdigit() else None,
        tag if tag and not tag.startswith("W/") else None,
        _name_of(answer.headers.get("Content-Disposition") or "") or otherwise,
        (answer.headers.get("Content-Type") or "").split(";")[0] or None,
    )


def _name_of(disposition: str) -> Optional[str]:
    """A name and never a path, whatever was answered."""
    encoded = re.search(r"filename\*=UTF-8''([^;]+)", disposition, re.IGNORECASE)
    plain = re.search(r'filename="?([^";]+)"?', disposition, re.IGNORECASE)
    name = urllib.parse.unquote(encoded.group(1)) if encoded else plain.group(1) if plain else ""
    name = re.split(r"[/\\]", name)[-1].strip()
    return None if name in ("", ".", "..") else re.sub(r'[<>:"|?*\x00-\x1f\x7f]', "_", name)
