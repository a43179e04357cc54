"""Empty templates of the data types, for everyone."""

from __future__ import annotations

from dash import Dash
from flask import Response, abort

from data.datatypes import DATA_TYPES
from data.publishing.templates import csv_template, xlsx_template

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_KEPT = "public, max-age=3600"


def register(app: Dash) -> None:
    """Register the two files of each data type."""

    @app.server.get("/publish/templates/<type>.<any(csv, xlsx):ending>")
    def template(type: str, ending: str) -> Response:
        kind = DATA_TYPES.get(type) or abort(404)
        if ending == "csv":
            response = Response(csv_template(kind), content_type="text/csv; charset=utf-8")
        else:
            response = Response(xlsx_template(kind), content_type=_XLSX)
        response.headers["Content-Disposition"] = f'attachment; filename="{kind.slug}.{ending}"'
        response.headers["Cache-Control"] = _KEPT
        return response
