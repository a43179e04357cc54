"""Headers that every answer carries: what browsers may do with it, and how long they keep it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from flask import Flask, Response, request
from werkzeug.datastructures import Headers

from kpi.views import LINK
from layouts.embed_addresses import EMBED

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
    def of_all(*, is_framed: bool, is_secure: bool) -> Headers:
        made = Headers(_OF_ALL)
        made["Content-Security-Policy"] = allowed(_framers(ancestors) if is_framed else NOBODY)
        if not is_framed:
            made["X-Frame-Options"] = "DENY"
        if is_secure:
            made["Strict-Transport-Security"] = f"max-age={_YEAR}"
        return made

    @server.after_request
    def _headers(response: Response) -> Response:
        # What only a link shows is no more for other pages than what is not published at all.
        is_framed = is_embedded(request.path) and LINK not in request.args
        known = of_all(is_framed=is_framed, is_secure=request.is_secure)
        given = {name.lower() for name, _ in response.headers}
        # All at once: each by itself is looked for among all that there are.
        response.headers.extend(item for item in known if item[0].lower() not in given)
        is_static = request.path.startswith(_STATIC)
        if is_static and "m" in request.args and response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={_YEAR}, immutable"
        return response


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
