"""What is served beside pages and API: scripts and styles from here alone, headers, 404s."""

from __future__ import annotations

from pathlib import Path

import flask_bootstrap
from dash import Dash
from dash._pages import _path_to_page
from flask import Flask, Response, request, send_from_directory

from callbacks.pages import is_known
from config import ROOT

_YEAR = 365 * 24 * 3600
BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css"
BASIC_BUNDLE = ROOT / "assets" / "vendor" / "plotly-basic.min.js"
# No request ever leaves for another host; Plotly and Dash set styles on elements.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline'; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; object-src 'none'; base-uri 'self'"
)


def serve_bundles(app: Dash) -> None:
    """Serve Bootstrap's CSS, and Plotly's basic bundle where set-up could fetch it."""
    version = int((BOOTSTRAP / "bootstrap.min.css").stat().st_mtime)
    app.config.external_stylesheets = [f"/bootstrap.min.css?v={version}"]

    @app.server.get("/bootstrap.min.css")
    def bootstrap() -> Response:
        return send_from_directory(BOOTSTRAP, "bootstrap.min.css", max_age=_YEAR)


def set_headers(server: Flask) -> None:
    """Headers that every answer carries."""

    @server.after_request
    def _headers(response: Response) -> Response:
        response.headers.setdefault("Content-Security-Policy", _POLICY)
        response.headers.setdefault("X-Content-Type-Options", "nosniff")
        response.headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        return response


def tell_missing_pages(server: Flask) -> None:
    """Answer 404 for an address without a page: Dash serves every address alike."""

    @server.after_request
    def _missing(response: Response) -> Response:
        is_page = request.endpoint in ("/", "/<path:path>") and response.status_code == 200
        if is_page and not is_known(*_path_to_page(request.path.strip("/"))):
            response.status_code = 404
        return response
