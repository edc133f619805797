from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from typing import Any, Dict, Mapping, Optional, Union

from ._errors import DecantError


def verify_webhook(
    secret: str,
    headers: Mapping[str, str],
    body: Union[bytes, str],
    *,
    tolerance: float = 300,
    now: Optional[float] = None,
) -> Dict[str, Any]:
    """Checks a delivery by Standard Webhooks (standardwebhooks.com) and reads it.

    `body` is the request's body exactly as it came: not parsed and written again. Raises DecantError bad_signature where the
    delivery is forged, changed or too old.
    """
    raw = body.encode() if isinstance(body, str) else body
    known = {name.lower(): value for name, value in headers.items()}
    try:
        name, stamp, signatures = known["webhook-id"], known["webhook-timestamp"], known["webhook-signature"]
    except KeyError as missing:
        raise DecantError("bad_signature", f"The header {missing.args[0]} is missing.") from None
    if not stamp.isdigit() or abs((time.time() if now is None else now) - int(stamp)) > tolerance:
        raise DecantError("bad_signature", "The delivery is too old, or from the future.")
    wanted = hmac.new(_key(secret), f"{name}.{stamp}.".encode() + raw, hashlib.sha256).digest()
    given = "v1," + base64.b64encode(wanted).decode()
    if not any(hmac.compare_digest(given, one) for one in signatures.split(" ")):
        raise DecantError("bad_signature", "No signature of the delivery is by this secret.")
    event: Dict[str, Any] = json.loads(raw)
    return event


def _key(secret: str) -> bytes:
    """Secrets of one's own choosing may be any text; those that the server makes are base64 behind whsec_."""
    if not secret.startswith("whsec_"):
        return secret.encode()
    try:
        return base64.b64decode(secret[len("whsec_") :], validate=True)
    except binascii.Error:
        raise DecantError("bad_signature", "The secret is not base64.") from None
