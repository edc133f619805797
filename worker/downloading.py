"""Fetching one format with yt-dlp's own downloaders, in this process alone."""

from __future__ import annotations

import os
import time
from typing import Any, NoReturn

from yt_dlp.downloader import bunnycdn, dash, external, f4m, get_suitable_downloader, hls, http, ism, soop

from extraction import configure
from reporting import Failure, Reporter

# The others start programs of their own, which would go round the gate.
TRUSTED = {http.HttpFD, hls.HlsFD, dash.DashSegmentsFD, ism.IsmFD, f4m.F4mFD, bunnycdn.BunnyCdnFD, soop.SoopVodFD}
PROGRESS_INTERVAL = 0.25


def refuse(*_: Any) -> NoReturn:
    raise Failure("unsupported_protocol", "This stream can only be fetched by a program that is kept off the network")


external.FFmpegFD.real_download = refuse


def download(request: dict[str, Any], reporter: Reporter) -> dict[str, Any]:
    path, max_bytes = request["path"], request["max_bytes"]
    ydl = configure(
        request,
        nopart=True,
        overwrites=True,
        continuedl=False,
        updatetime=False,
        hls_prefer_native=True,
        concurrent_fragment_downloads=8,
        # A hole in the middle is a broken file, not a smaller one.
        skip_unavailable_fragments=False,
        retries=3,
        fragment_retries=3,
        file_access_retries=0,
        retry_sleep_functions=dict.fromkeys(("http", "fragment"), lambda n: min(0.25 * 2**n, 2)),
        # yt-dlp renders a status line for every block otherwise.
        progress_delta=3600,
        _no_ytdl_file=True,
    )
    format_ = {"id": "", "title": "", "ext": "bin", **request["format"]}
    kind = get_suitable_downloader(format_, ydl.params)
    downloader = kind(ydl, ydl.params) if kind in TRUSTED else refuse()
    last = 0.0

    def on_progress(status: dict[str, Any]) -> None:
        nonlocal last
        fetched = status.get("downloaded_bytes") or 0
        if fetched > max_bytes:
            raise Failure("too_large", f"More than {max_bytes} bytes came")
        now = time.monotonic()
        if now - last >= PROGRESS_INTERVAL:
            last = now
            total = status.get("total_bytes") or status.get("total_bytes_estimate")
            reporter.progress(int(fetched), total, status.get("speed"))

    downloader._progress_hooks[:] = [on_progress]
    format_["http_headers"] = ydl._calc_headers(format_, load_cookies=True)
    succeeded, _ = downloader.download(path, format_)
    size = os.path.getsize(path) if os.path.exists(path) else 0
    if not succeeded or not size:
        raise Failure("incomplete", "The source sent nothing, or not all of it")
    if size > max_bytes:
        raise Failure("too_large", f"More than {max_bytes} bytes came")
    return {"bytes": size}
