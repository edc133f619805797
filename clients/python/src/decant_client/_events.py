from __future__ import annotations

import json
import time
from typing import Iterator, List

from ._calls import CONNECTION_ERRORS, Calls
from ._errors import DecantError
from ._types import Job

JOBS = "video/video-download/jobs"

# Streams that break off before the job is asked for instead.
_MOST_BREAKS = 3
_ASK_EVERY = 2.0
# Seconds. The server says something every 15 s; a stream that something between holds back is worth nothing.
_SILENCE = 45.0


def watch(calls: Calls, job_id: int) -> Iterator[Job]:
    """The job whenever it has changed; the last one has ended."""
    breaks = 0
    while True:
        if breaks < _MOST_BREAKS:
            for job in _events(calls, job_id):
                yield job
                if job["status"] != "PROCESSING":
                    return
            breaks += 1
        asked: Job = calls.json("GET", f"{JOBS}/{job_id}")
        yield asked
        if asked["status"] != "PROCESSING":
            return
        time.sleep(_ASK_EVERY)


def _events(calls: Calls, job_id: int) -> Iterator[Job]:
    """One stream of server-sent events, until it is over, broken or silent."""
    try:
        headers = {"Accept": "text/event-stream"}
        with calls.open("GET", f"{JOBS}/{job_id}/events", headers=headers, timeout=_SILENCE) as answer:
            if not (answer.headers.get("Content-Type") or "").startswith("text/event-stream"):
                return
            data: List[str] = []
            for line in answer:
                text = line.decode().rstrip("\r\n")
                if text.startswith("data:"):
                    data.append(text[5:].lstrip())
                elif not text and data:
                    event, data = "\n".join(data), []
                    # The last event of a credential that is good no more has no data; the next call is refused, and says why.
                    if event and event != "null":
                        job: Job = json.loads(event)
                        yield job
    except (DecantError, ValueError) + CONNECTION_ERRORS:
        # The job itself is asked next, and says what is wrong.
        return
