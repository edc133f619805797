"""What the server answers, as it stands on the wire. Fields that are not listed here are there all the same."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, TypedDict


class JobError(TypedDict):
    code: str
    message: str


class SubtitleFile(TypedDict):
    language: str
    format: Optional[str]
    automatic: bool
    url: Optional[str]


class Job(TypedDict, total=False):
    """A job. `status` is PROCESSING until it has ended: COMPLETED, FAILED or CANCELLED."""

    id: int
    status: str
    progress: float
    stage: str
    queue_position: Optional[int]
    url: str
    platform: str
    video_id: Optional[str]
    title: Optional[str]
    format: str
    quality: str
    audio_only: bool
    created_at: str
    started_at: Optional[str]
    completed_at: Optional[str]
    expires_at: Optional[str]
    task_id: str
    batch_id: Optional[str]
    error: Optional[JobError]
    download_url: Optional[str]
    thumbnail_url: Optional[str]
    subtitles: List[SubtitleFile]
    file_size: Optional[int]
    duration: Optional[float]
    resolution: Optional[str]
    credits_used: int
    cost_usd: Optional[float]


class Accepted(TypedDict, total=False):
    """The answer to a download: its job; of a list, all of them."""

    job: Job
    jobs: List[Job]
    batch_id: str
    estimated_credits: int
    errors: List[Dict[str, Any]]
    message: str


class JobPage(TypedDict):
    items: List[Job]
    total: int
    limit: int
    skip: int
    next_cursor: Optional[str]


class MediaInfo(TypedDict, total=False):
    """What is at a URL."""

    title: str
    description: Optional[str]
    uploader: Optional[str]
    duration: Optional[float]
    platform: str
    video_id: str
    webpage_url: str
    is_live: bool
    is_playlist: bool
    playlist_count: Optional[int]
    estimated_credits: int
    estimated_usd: str
    thumbnail_url: Optional[str]
    formats: List[Dict[str, Any]]
    subtitles: List[Dict[str, Any]]
    options: List[Dict[str, Any]]
    entries: List[Dict[str, Any]]


class TranscriptCue(TypedDict):
    start: float
    end: float
    text: str


class Transcript(TypedDict, total=False):
    """What is said in a medium."""

    title: str
    platform: str
    video_id: str
    webpage_url: str
    duration: Optional[float]
    language: str
    automatic: bool
    text: str
    cues: List[TranscriptCue]
    subtitles: List[Dict[str, Any]]


class Clip(TypedDict, total=False):
    """The part of a medium: seconds, or hh:mm:ss."""

    start: Any
    end: Any


class Subtitles(TypedDict, total=False):
    """Subtitles to deliver: `mode` is embed or files, `format` srt or vtt."""

    languages: List[str]
    mode: str
    format: str
