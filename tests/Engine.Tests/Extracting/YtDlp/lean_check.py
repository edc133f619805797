"""lean_check.py WORKER: what a process of one look-up defers is there when it is used. See LeanStartTests."""

import json
import sys

sys.path.append(sys.argv[1])

import lean  # noqa: E402

lean.leave_out_unused()
lean.defer_ciphers()
lean.quicken()

import yt_dlp.utils._utils as utils  # noqa: E402
from yt_dlp import aes  # noqa: E402
from yt_dlp.dependencies import Cryptodome  # noqa: E402

early = [name for name in ("Cryptodome", "mutagen", "secretstorage") if sys.modules.get(name)]
# NIST SP 800-38A, F.2.1.
key = bytes.fromhex("2b7e151628aed2a6abf7158809cf4f3c")
cipher = bytes.fromhex("7649abac8119b246cee98e9b12e9197d")
said = {
    "early": early,
    "opened": aes.aes_cbc_decrypt_bytes(cipher, key, bytes(range(16))).hex(),
    "mac": bool(not Cryptodome.CMAC or Cryptodome.CMAC.new(key, b"", Cryptodome.AES).hexdigest()),
    "different": utils.orderedSet([3, 1, 3, 2, 1]) + utils.orderedSet([[1], [2], [1]]),
    "first": next(utils.orderedSet(iter([5, 6]), lazy=True)),
}
print(json.dumps(said))
