"""Pages as big screens that stay open ask for them again (assets/screen.js)."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from dash import Dash
from dash._pages import _parse_query_string, _path_to_page
from flask import Response, request

from callbacks.pages import nowhere
from layouts.screen import SCREEN_PATH


def register(app: Dash) -> None:
    """Register the address that big screens ask."""

    @app.server.get(SCREEN_PATH)
    def screen() -> Response:
        return answer(request.args.get("of", ""))


def answer(of: str) -> Response:
    """The page at an address of ours as Dash draws it; whoever has it already is told just that."""
    where = urlsplit(of)
    page, parts = _path_to_page(where.path.strip("/"))
    state = {**(parts or {}), **_parse_query_string(f"?{where.query}")}
    drawn = page["answer"](**state) if page.get("screen") else nowhere()
    response = Response(drawn.text, drawn.status, mimetype="application/json")
    response.set_etag(hashlib.sha256(drawn.text).hexdigest()[:32])
    response.headers["Cache-Control"] = "no-cache"
    response.make_conditional(request)
    return response
