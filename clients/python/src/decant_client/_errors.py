from __future__ import annotations

import email.utils
import json
import time
from typing import Any, Dict, Mapping, Optional

from ._types import Job

_NAMED = ("type", "title", "status", "detail", "code", "retryable", "trace_id")


class DecantError(Exception):
    """The one way in which this client fails, arguments aside.

    `code` is stable, for programs: of the server's table (insufficient_api_balance, private_content …), or unreachable,
    unexpected_answer, job_cancelled, file_gone, wrong_length, file_exists, bad_signature. `status` is the HTTP status, None
    where no answer came or a job failed; `retry_after` the seconds that the server asks to wait; `figures` what applies, by
    wire name; `job` the job that failed.
    """

    def __init__(
        self,
        code: str,
        message: str,
        *,
        status: Optional[int] = None,
        retryable: bool = False,
        retry_after: Optional[float] = None,
        trace_id: Optional[str] = None,
        figures: Optional[Mapping[str, Any]] = None,
        job: Optional[Job] = None,
    ) -> None:
        super().__init__(f"{code}: {message}")
        self.code = code
        self.message = message
        self.status = status
        self.retryable = retryable
        self.retry_after = retry_after
        self.trace_id = trace_id
        self.figures: Dict[str, Any] = dict(figures or {})
        self.job = job


def refusal_of(status: int, headers: Mapping[str, str], body: bytes) -> DecantError:
    """Reads a refusal (RFC 9457)."""
    retry_after = _seconds(headers.get("Retry-After"))
    try:
        problem = json.loads(body)
    except ValueError:
        problem = None
    if not isinstance(problem, dict) or not isinstance(problem.get("code"), str):
        return DecantError(
            "unexpected_answer",
            f"The server answered {status}, and not as a Decant server does.",
            status=status,
            retryable=status >= 500,
            retry_after=retry_after,
        )
    return DecantError(
        problem["code"],
        str(problem.get("detail")),
        status=status,
        retryable=problem.get("retryable") is True,
        retry_after=retry_after,
        trace_id=problem.get("trace_id"),
        figures={name: value for name, value in problem.items() if name not in _NAMED},
    )


def _seconds(header: Optional[str]) -> Optional[float]:
    if header is None:
        return None
    try:
        return float(header)
    except ValueError:
        pass
    try:
        return max(0.0, email.utils.parsedate_to_datetime(header).timestamp() - time.time())
    except (TypeError, ValueError):
        return None
