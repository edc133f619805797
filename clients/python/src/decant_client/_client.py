from __future__ import annotations

import asyncio
import json
import os
import re
import urllib.parse
import uuid
from pathlib import Path
from typing import Any, AsyncIterator, BinaryIO, Callable, Iterator, Mapping, NamedTuple, Optional, Union, cast

from ._calls import Calls
from ._errors import DecantError
from ._events import JOBS, watch
from ._fetching import ensure_free, fetch_into, head_of, keep, part_of, target_of
from ._types import Accepted, Job, JobPage, MediaInfo, Transcript

Destination = Union[str, "os.PathLike[str]", BinaryIO]


class Progress(NamedTuple):
    """The job as last seen, and the bytes of its file that have arrived here: 0 while the server is at work."""

    job: Job
    bytes_received: int


class Downloaded(NamedTuple):
    """A file that has arrived whole. `path` is None where it was written into a file object."""

    job: Job
    path: Optional[Path]
    length: int
    content_type: Optional[str]
    name: str


class Decant:
    """A client of one Decant server. Of use to many threads at once.

    `server` is its address, with or without /api/v1. `token` may be what gives one for each call.
    """

    def __init__(
        self,
        server: str,
        *,
        api_key: Optional[str] = None,
        token: Union[None, str, Callable[[], str]] = None,
        timeout: float = 100,
    ) -> None:
        def credential() -> Mapping[str, str]:
            if api_key is not None:
                return {"X-API-Key": api_key}
            if token is None:
                return {}
            return {"Authorization": f"Bearer {token() if callable(token) else token}"}

        self._calls = Calls(server, credential, timeout)

    def info(self, url: str, *, include_formats: bool = False) -> MediaInfo:
        """Looks a URL up; nothing is fetched, and nothing charged."""
        body = {"url": url, "include_formats": include_formats}
        return cast(MediaInfo, self._calls.json("POST", "video/info", body))

    def transcript(self, url: str, *, language: Optional[str] = None) -> Transcript:
        """What is said in a medium, from its subtitles; free."""
        return cast(Transcript, self._calls.json("GET", "video/transcript", query={"url": url, "language": language}))

    def submit(self, url: str, *, idempotency_key: Optional[str] = None, **wishes: Any) -> Accepted:
        """Queues a download, once however often it has to be sent. Wishes are the API's: format, quality, clip …"""
        headers = {"Idempotency-Key": idempotency_key or str(uuid.uuid4())}
        body = {**wishes, "url": url}
        return cast(Accepted, self._calls.json("POST", "video/download", body, headers=headers))

    def watch(self, job_id: int) -> Iterator[Job]:
        """The job whenever it changes; the last one has ended. By events, or by asking where those do not come through."""
        return watch(self._calls, job_id)

    async def events(self, job_id: int) -> AsyncIterator[Job]:
        """The same for asyncio: `async for job in decant.events(42)`. The waiting is done in a thread."""
        jobs = self.watch(job_id)
        while True:
            job = await asyncio.to_thread(lambda: next(jobs, None))
            if job is None:
                return
            yield job

    def job(self, job_id: int) -> Job:
        return cast(Job, self._calls.json("GET", f"{JOBS}/{job_id}"))

    def jobs(self, **query: Any) -> JobPage:
        """The caller's jobs, page by page; filters are the API's: status, platform, format, search, limit, cursor …"""
        return cast(JobPage, self._calls.json("GET", JOBS, query=query))

    def cancel(self, job_id: int) -> Job:
        """Stops a job, which then costs nothing; a live recording is closed and kept."""
        return cast(Job, self._calls.json("POST", f"{JOBS}/{job_id}/cancel"))

    def download(
        self,
        url: str,
        to: Destination = ".",
        *,
        progress: Optional[Callable[[Progress], None]] = None,
        replace: bool = False,
        idempotency_key: Optional[str] = None,
        **wishes: Any,
    ) -> Downloaded:
        """Downloads a URL to a file: queues the job, follows it, fetches the file with resume and verifies its length.

        `to` is a path, a directory (the file gets the server's name in it) or an open file. What is raised meanwhile
        (KeyboardInterrupt, for one) stops the job.
        """
        if re.search("[,-]", str(wishes.get("playlist_items") or "")):
            raise ValueError("This brings one file, and playlist_items picks several: submit them, and fetch each.")
        if not hasattr(to, "write"):
            ensure_free(Path(cast(str, to)), replace)
        job = self.submit(url, idempotency_key=idempotency_key, **{"playlist_items": "1", **wishes})["job"]
        try:
            for job in self.watch(job["id"]):
                if progress:
                    progress(Progress(job, 0))
        except DecantError:
            raise
        except BaseException:
            self._stop(job["id"])
            raise
        if job["status"] != "COMPLETED":
            raise _failure_of(job)
        return self.fetch(job, to, progress=progress, replace=replace)

    def fetch(
        self,
        job: Job,
        to: Destination = ".",
        *,
        progress: Optional[Callable[[Progress], None]] = None,
        replace: bool = False,
    ) -> Downloaded:
        """Fetches the file of a completed job."""

        def fresh_link() -> str:
            link = self.job(job["id"]).get("download_url")
            if not link:
                raise DecantError("file_gone", f"Job {job['id']} has no file, or none any more.", job=job)
            return link

        def tell(received: int) -> None:
            if progress:
                progress(Progress(job, received))

        head = head_of(self._calls, f"video_{job['id']}.{job['format']}", fresh_link)
        if hasattr(to, "write"):
            length = fetch_into(self._calls, head, cast(BinaryIO, to), fresh_link, tell)
            _ensure_length(job, length)
            return Downloaded(job, None, length, head.content_type, head.name)
        target = target_of(cast(str, to), head.name, replace)
        part = part_of(target)
        try:
            with open(part, "xb") as file:
                length = fetch_into(self._calls, head, file, fresh_link, tell)
            _ensure_length(job, length)
            keep(part, target, replace)
        finally:
            if part.exists():
                part.unlink()
        return Downloaded(job, target, length, head.content_type, head.name)

    def call(
        self,
        method: str,
        path: str,
        body: Optional[Mapping[str, Any]] = None,
        *,
        idempotency_key: Optional[str] = None,
        **query: Any,
    ) -> Any:
        """Any other call of the API, with the same retries: `decant.call("GET", "api-wallet/balance")`."""
        headers = {"Idempotency-Key": idempotency_key} if idempotency_key else None
        return self._calls.json(method, path, body, query, headers)

    def sign_in(self, username: str, password: str) -> Any:
        """A pair of tokens: `access_token` for Decant(token=…), `refresh_token` for the next pair. Tried once: it is counted."""
        form = urllib.parse.urlencode({"username": username, "password": password}).encode()
        with self._calls.post_form("auth/token", form) as answer:
            return json.loads(answer.read())

    def _stop(self, job_id: int) -> None:
        try:
            self.cancel(job_id)
        except DecantError:
            # It ended meanwhile, or the server is out of reach: that the caller has given up is all there is to say.
            pass


def _ensure_length(job: Job, length: int) -> None:
    announced = job.get("file_size")
    if announced is not None and announced != length:
        raise DecantError(
            "wrong_length",
            f"The file of job {job['id']} has {length} bytes, and {announced} were announced.",
            job=job,
        )


def _failure_of(job: Job) -> DecantError:
    error = job.get("error")
    if job["status"] == "FAILED" and error:
        return DecantError(error["code"], error["message"], job=job)
    return DecantError("job_cancelled", f"Job {job['id']} was cancelled before anything was delivered.", job=job)
