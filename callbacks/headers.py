"""Headers that every answer carries: what browsers may do with it, and how long they keep it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

from flask import Flask, Request, Response, request

from kpi.views import LINK
from layouts.embed_addresses import EMBED

if TYPE_CHECKING:
    from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Header = tuple[str, str]
_YEAR = 365 * 24 * 3600
# Files that pages name with their time of change.
_STATIC = ("/assets/", "/bootstrap.min.css", "/swagger-ui/")
NOBODY = "'none'"
# No page asks for any of it, so no script that got in may either.
_PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"

_OF_ALL = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": _PERMISSIONS,
}


def set_headers(server: Flask, scripts: Callable[[], Sequence[str]], ancestors: str) -> None:
    """Set the headers of every answer.

    scripts: gives the hashes of the scripts that stand in pages; no other inline script runs. Dash
    knows its own from the first request on. ancestors: who may frame what is under `/embed`, in
    the words of `frame-ancestors`; nobody frames the rest.
    """

    @cache
    def allowed(framers: str) -> str:
        return policy(scripts(), framers)

    @cache
    def of_all(*, is_framed: bool, is_secure: bool) -> tuple[Header, ...]:
        made = dict(_OF_ALL)
        made["Content-Security-Policy"] = allowed(_framers(ancestors) if is_framed else NOBODY)
        if not is_framed:
            made["X-Frame-Options"] = "DENY"
        if is_secure:
            made["Strict-Transport-Security"] = f"max-age={_YEAR}"
        return tuple(made.items())

    def of_answer(environ: WSGIEnvironment) -> tuple[Header, ...]:
        is_secure = environ["wsgi.url_scheme"] == "https"
        return of_all(is_framed=_is_framed(environ), is_secure=is_secure)

    with_headers = _WithHeaders(server.wsgi_app, of_answer)
    server.wsgi_app = with_headers  # type: ignore[method-assign,assignment]

    @server.after_request
    def _keep(response: Response) -> Response:
        is_static = request.path.startswith(_STATIC)
        if is_static and "m" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response


class _WithHeaders:
    """An application whose answers have headers, each but for those that it sets itself.

    They come last of all, where they cost next to nothing: Flask looks at each header of an answer
    twice, and there are as many of these as of all others.
    """

    def __init__(
        self, answer: WSGIApplication, headers: Callable[[WSGIEnvironment], Iterable[Header]]
    ) -> None:
        self._answer, self._headers = answer, headers

    def __call__(self, environ: WSGIEnvironment, start: StartResponse) -> Iterable[bytes]:
        def started(status: str, own: list[Header], *error: Any) -> Callable[[bytes], object]:
            names = {name.lower() for name, _ in own}
            more = (header for header in self._headers(environ) if header[0].lower() not in names)
            return start(status, [*own, *more], *error)

        return self._answer(environ, started)


def _is_framed(environ: WSGIEnvironment) -> bool:
    # What only a link shows is no more for other pages than what is not published at all.
    return is_embedded(environ.get("PATH_INFO", "")) and LINK not in Request(environ).args


def _framers(ancestors: str) -> str:
    """Those who may, and our own pages, which show what an embed looks like."""
    return ancestors if ancestors in ("*", NOBODY) else f"'self' {ancestors}"


def is_embedded(path: str) -> bool:
    """Whether a path is of a page that others may frame."""
    return path.startswith(f"{EMBED}/")


def policy(scripts: Sequence[str], ancestors: str) -> str:
    """The Content-Security-Policy: no request ever leaves for another host.

    Plotly and Dash set styles on elements, so styles may stand in pages; scripts may not, but for
    those that are named by their hash.
    """
    return "; ".join(
        (
            "default-src 'self'",
            " ".join(("script-src 'self'", *scripts)),
            "style-src 'self' 'unsafe-inline'",
            "img-src 'self' data: blob:",
            "object-src 'none'",
            "base-uri 'self'",
            "form-action 'self'",
            f"frame-ancestors {ancestors}",
        )
    )
