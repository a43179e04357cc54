"""Headers that every answer carries: what browsers may do with it, and how long they keep it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

from flask import Flask, Response, request

from kpi.views import LINK
from layouts.embed_addresses import EMBED

_YEAR = 365 * 24 * 3600
# Files that pages name with their time of change.
_STATIC = ("/assets/", "/bootstrap.min.css", "/swagger-ui/")
NOBODY = "'none'"
# No page asks for any of it, so no script that got in may either.
_PERMISSIONS = "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()"


def set_headers(server: Flask, scripts: Callable[[], Sequence[str]], ancestors: str) -> None:
    """Set the headers of every answer.

    scripts: gives the hashes of the scripts that stand in pages; no other inline script runs. Dash
    knows its own from the first request on. ancestors: who may frame what is under `/embed`, in
    the words of `frame-ancestors`; nobody frames the rest.
    """

    @cache
    def allowed(framers: str) -> str:
        return policy(scripts(), framers)

    @server.after_request
    def _headers(response: Response) -> Response:
        is_embed = is_embedded(request.path)
        # What only a link shows is no more for other pages than what is not published at all.
        is_framed = is_embed and LINK not in request.args
        framers = _framers(ancestors) if is_framed else NOBODY
        response.headers.setdefault("Content-Security-Policy", allowed(framers))
        if not is_framed:
            response.headers.setdefault("X-Frame-Options", "DENY")
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        response.headers.setdefault("Permissions-Policy", _PERMISSIONS)
        if request.is_secure:
            response.headers.setdefault("Strict-Transport-Security", f"max-age={_YEAR}")
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
