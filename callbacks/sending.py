"""Wiring of the page on sending data: it shows the files of examples/, and what a record holds."""

from __future__ import annotations

import json
from collections.abc import Mapping

from dash import Dash
from dash.development.base_component import Component
from flask import Response, send_from_directory

from callbacks import pages
from config import ROOT
from data.datatypes import STANDARD_TYPES
from data.rules import DataType
from layouts.record_types import RecordField, RecordType
from layouts.sending import DESCRIPTION, FILES, TITLE, build_sending

PATH = "/sending-data"
_FOLDER = ROOT / "examples"


def register(app: Dash) -> None:
    """Register the page, and the files that it offers."""
    page = pages.Page(
        name="sending",
        path=PATH,
        section=PATH,
        content=_content,
        title=TITLE,
        description=DESCRIPTION,
    )
    pages.register(page)

    @app.server.get(f"/examples/<any({', '.join(map(repr, FILES))}):name>")
    def example(name: str) -> Response:
        return send_from_directory(_FOLDER, name, as_attachment=True, mimetype="text/plain")


def _content(**_others: object) -> list[Component]:
    return build_sending(_files(), [_kind(item) for item in STANDARD_TYPES])


def _files() -> Mapping[str, str]:
    return {name: (_FOLDER / name).read_text(encoding="utf-8").rstrip() for name in FILES}


def _kind(item: DataType) -> RecordType:
    fields = [RecordField(one.name, one.help, one.unit, one.required) for one in item.fields]
    example = json.dumps(item.example, indent=2)
    return RecordType(item.slug, item.title, item.notes, fields, example, item.aliases)
