"""Vimeo's player, for films whose own page says nothing to a visitor without an account.

Vimeo gives the film's page no configuration any more, its API is for members, and robots are often stopped before either;
yet the player that other sites embed is open to everybody. What the player leaves out, the description and the date,
Vimeo tells through oEmbed.
"""

from __future__ import annotations

import json
import re
from typing import Any
from urllib.parse import quote

from yt_dlp import YoutubeDL
from yt_dlp.networking.exceptions import RequestError
from yt_dlp.utils import str_or_none, unified_strdate

from reporting import causes

PAGE = re.compile(r"https?://(?:www\.)?vimeo\.com/(?:[^?#]*/)?(\d{5,})(?:/([\da-f]{10}))?/?(?:[?#]|$)")
CLOSED = re.compile(r"client only works when logged-in|blocked due to its TLS fingerprint")


def player_of(url: str, error: BaseException) -> str | None:
    """The player's address, where the film's page is closed to whoever is no member or no browser."""
    page = PAGE.match(url)
    if not page or not any(CLOSED.search(str(cause)) for cause in causes(error)):
        return None
    film, unlisted = page.groups()
    return f"https://player.vimeo.com/video/{film}" + (f"?h={unlisted}" if unlisted else "")


def complete(ydl: YoutubeDL, url: str, found: dict[str, Any]) -> dict[str, Any]:
    """The player's film under the address that was asked for, with what only oEmbed tells."""
    facts = embed_facts(ydl, url)
    told = {
        "description": str_or_none(facts.get("description")),
        "upload_date": unified_strdate(str_or_none(facts.get("upload_date"))),
    }
    return {**found, "webpage_url": url, **{key: value for key, value in told.items() if value}}


def embed_facts(ydl: YoutubeDL, url: str) -> dict[str, Any]:
    try:
        facts = json.loads(ydl.urlopen(f"https://vimeo.com/api/oembed.json?url={quote(url, safe='')}").read())
    except (RequestError, ValueError):
        return {}  # An owner may forbid it; the film is there all the same.
    return facts if isinstance(facts, dict) else {}
