"""Wiring of the API's reference: the page, and Swagger UI's files served from here."""

from __future__ import annotations

from pathlib import Path

import flask_swagger_ui
from dash import Dash, get_asset_url
from dash.development.base_component import Component
from flask import Response, send_from_directory

from callbacks import pages
from config import ROOT
from layouts.reference import DESCRIPTION, TITLE, Drawing, build_reference

PATH = "/api"
_FILES = Path(flask_swagger_ui.__file__).parent / "dist"
_SCRIPT, _STYLE = "swagger-ui-bundle.js", "swagger-ui.css"
# Our own look of it, which no other page needs.
_LOOK = "reference/swagger.css"


def register(app: Dash) -> None:
    """Register the page and the two files that it needs."""
    page = pages.Page(
        name="reference",
        path=PATH,
        section=PATH,
        content=_content,
        title=TITLE,
        description=DESCRIPTION,
    )
    pages.register(page)

    @app.server.get(f"/swagger-ui/<any('{_SCRIPT}', '{_STYLE}'):name>")
    def swagger_ui(name: str) -> Response:
        return send_from_directory(_FILES, name)


def _content(**_others: object) -> list[Component]:
    look = ROOT / "assets" / _LOOK
    styles = [_dated(f"/swagger-ui/{_STYLE}", _FILES / _STYLE), _dated(get_asset_url(_LOOK), look)]
    return build_reference(Drawing(_dated(f"/swagger-ui/{_SCRIPT}", _FILES / _SCRIPT), styles))


def _dated(address: str, file: Path) -> str:
    """The address with the file's time of change, by which browsers keep it for a year."""
    return f"{address}?m={int(file.stat().st_mtime)}"
