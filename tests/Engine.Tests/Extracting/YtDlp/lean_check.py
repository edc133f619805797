"""lean_check.py WORKER: what a process of one look-up defers is there when it is used. See LeanStartTests."""

import json
import os
import sys
import tempfile

sys.path.append(sys.argv[1])

import lean  # noqa: E402



def refuses(least: str, here: str) -> bool:
    """Of packages that are there for this alone, and go before the machine's."""
    with tempfile.TemporaryDirectory() as folder:
        for name, text in {
            "yt_dlp/__init__.py": "",
            "yt_dlp/networking/_requests.py": least,
            "urllib3/__init__.py": "",
            "urllib3/_version.py": here,
        }.items():
            os.makedirs(os.path.dirname(os.path.join(folder, name)), exist_ok=True)
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        sys.path.insert(0, folder)
        try:
            return lean.are_refused()
        finally:
            sys.path.remove(folder)


LEAST = "if urllib3_version < (2, 0, 2):"
refused = {
    "older": refuses(LEAST, '__version__ = "1.26.12"'),
    "that": refuses(LEAST, "__version__ = version = '2.0.2'"),
    "newer": refuses(LEAST, "__version__ = version = '10.0.1'"),
    "unsaid": refuses("import urllib3", '__version__ = "1.26.12"'),
}
lean.leave_out_unused()
lean.defer_ciphers()
lean.defer_loop()
lean.quicken()

import yt_dlp.utils._utils as utils  # noqa: E402
import yt_dlp  # noqa: E402
from yt_dlp import aes  # noqa: E402
from yt_dlp.dependencies import Cryptodome  # noqa: E402

early = [name for name in ("Cryptodome", "mutagen", "secretstorage", "asyncio.events") if sys.modules.get(name)]
left_out = lean.are_refused() and sys.modules["requests"] is None
senders = sorted(yt_dlp.YoutubeDL({"quiet": True})._request_director.handlers)
import asyncio  # noqa: E402

import asyncio.subprocess  # noqa: E402
from asyncio import sleep  # noqa: E402
# NIST SP 800-38A, F.2.1.
key = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
cipher = bytes.fromhex("7649abac8119b246cee98e9b12e9197d")
said = {
    "early": early,
    "refused": refused,
    "left_out": left_out,
    "senders": senders,
    "slept": asyncio.run(sleep(0, 7)),
    "loop": asyncio.subprocess is sys.modules["asyncio"].subprocess,
    "opened": aes.aes_cbc_decrypt_bytes(cipher, key, bytes(range(16))).hex(),
    "mac": bool(not Cryptodome.CMAC or Cryptodome.CMAC.new(key, b"", Cryptodome.AES).hexdigest()),
    "different": utils.orderedSet([3, 1, 3, 2, 1]) + utils.orderedSet([[1], [2], [1]]),
    "first": next(utils.orderedSet(iter([5, 6]), lazy=True)),
}
print(json.dumps(said))
