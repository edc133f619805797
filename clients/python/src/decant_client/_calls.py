from __future__ import annotations

import http.client
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from typing import Any, Callable, Dict, Mapping, Optional, TypeVar

from ._errors import DecantError, refusal_of

T = TypeVar("T")

_ATTEMPTS = 4
# Seconds; a longer Retry-After is raised to the caller.
_LONGEST_WAIT = 60.0
# What breaks below HTTP. urllib's own errors are OSErrors.
CONNECTION_ERRORS = (OSError, http.client.HTTPException)


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A redirect would take the credential along, and no Decant server sends one."""

    def redirect_request(self, *_: Any, **__: Any) -> None:
        return None


class Calls:
    """Calls of the API with the credential."""

    def __init__(self, server: str, credential: Callable[[], Mapping[str, str]], timeout: float) -> None:
        root = server.rstrip("/")
        if root.lower().endswith("/api/v1"):
            root = root[: -len("/api/v1")]
        if urllib.parse.urlsplit(root).scheme not in ("http", "https"):
            raise ValueError(f"'{server}' is no http or https address.")
        self._api = root + "/api/v1/"
        self._credential = credential
        self._timeout = timeout
        self._opener = urllib.request.build_opener(_NoRedirect)

    def json(
        self,
        method: str,
        path: str,
        body: Optional[Mapping[str, Any]] = None,
        query: Optional[Mapping[str, Any]] = None,
        headers: Optional[Mapping[str, str]] = None,
    ) -> Any:
        """Sends a call, and again where that is of use. Only for what may come twice."""

        def once() -> Any:
            with self.open(method, path, body, query, headers) as answer:
                text = answer.read()
            try:
                return json.loads(text)
            except ValueError:
                raise DecantError("unexpected_answer", f"{path} did not answer with JSON.") from None

        return retrying(once)

    def open(
        self,
        method: str,
        path: str,
        body: Optional[Mapping[str, Any]] = None,
        query: Optional[Mapping[str, Any]] = None,
        headers: Optional[Mapping[str, str]] = None,
        timeout: Optional[float] = None,
    ) -> http.client.HTTPResponse:
        """Sends a call, once."""
        said = {name: value for name, value in (query or {}).items() if value is not None}
        url = self._api + path.lstrip("/") + ("?" + urllib.parse.urlencode(said) if said else "")
        sent: Dict[str, str] = {**self._credential(), **(headers or {})}
        data = None
        if body is not None:
            data = json.dumps(body).encode()
            sent["Content-Type"] = "application/json"
        return self._send(urllib.request.Request(url, data, sent, method=method), timeout)

    def post_form(self, path: str, form: bytes) -> http.client.HTTPResponse:
        """Sends a form, once, without a credential."""
        return self._send(urllib.request.Request(self._api + path, form), None)

    def follow(self, method: str, link: str, headers: Mapping[str, str], timeout: float) -> http.client.HTTPResponse:
        """Follows a signed link, which needs no credential and is shown none."""
        return self._send(urllib.request.Request(link, None, dict(headers), method=method), timeout)

    def _send(self, request: urllib.request.Request, timeout: Optional[float]) -> http.client.HTTPResponse:
        try:
            answer: http.client.HTTPResponse = self._opener.open(request, timeout=timeout or self._timeout)
            return answer
        except urllib.error.HTTPError as refused:
            with refused:
                raise refusal_of(refused.code, dict(refused.headers.items()), refused.read()) from None


def retrying(call: Callable[[], T]) -> T:
    """Tries again what may come twice: what failed below HTTP, and what the server asks to be tried later."""
    attempt = 0
    while True:
        attempt += 1
        try:
            return call()
        except DecantError as refused:
            error = refused
        except CONNECTION_ERRORS as broken:
            error = unreachable(broken)
        wait = error.retry_after if error.retry_after is not None else usual_wait(attempt)
        if attempt == _ATTEMPTS or not _is_for_us(error) or wait > _LONGEST_WAIT:
            raise error
        time.sleep(wait)


def unreachable(cause: BaseException) -> DecantError:
    return DecantError("unreachable", f"The server does not answer: {cause}", retryable=True)


def usual_wait(attempt: int) -> float:
    """0.5, 1, 2 … seconds, 10 at most."""
    return float(min(10.0, 0.25 * 2**attempt))


def _is_for_us(error: DecantError) -> bool:
    """Failures of the source are not tried again here: the server has done that itself."""
    if error.code == "unreachable":
        return True
    return (
        error.retryable
        and error.status in (409, 429, 500, 502, 503, 504)
        and error.code != "not_started"
        and not error.code.startswith("source_")
    )
