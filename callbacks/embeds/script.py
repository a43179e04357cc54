"""The script that other pages take from here, to give embeds the height of what they show."""

from __future__ import annotations

from dash import Dash
from flask import Response, send_from_directory

from config import ROOT
from layouts.embed_snippet import SIZING_SCRIPT

FOLDER, NAME = ROOT / "assets" / "embed", "embed.js"
# Seconds: its address stays, so that pages need not be changed when it is.
_KEPT = 3600


def register(app: Dash) -> None:
    """Register the address."""

    @app.server.get(SIZING_SCRIPT)
    def sizing_script() -> Response:
        response = send_from_directory(FOLDER, NAME, mimetype="text/javascript")
        response.headers["Cache-Control"] = f"public, max-age={_KEPT}"
        # So that pages may hold it to a hash, and those that are isolated may load it.
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response
