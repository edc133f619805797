"""Download media through a Decant server: one call submits, follows, fetches with resume and verifies."""

from ._client import Decant, Downloaded, Progress
from ._errors import DecantError
from ._types import Accepted, Clip, Job, JobPage, MediaInfo, Subtitles, Transcript
from ._webhooks import verify_webhook

__all__ = [
    "Accepted",
    "Clip",
    "Decant",
    "DecantError",
    "Downloaded",
    "Job",
    "JobPage",
    "MediaInfo",
    "Progress",
    "Subtitles",
    "Transcript",
    "verify_webhook",
]
