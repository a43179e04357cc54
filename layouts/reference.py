"""The reference of the API: what it is, and a place that Swagger UI fills (assets/reference.js)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from layouts import ids
from layouts.frame import title_row

TITLE = "API"
DESCRIPTION = (
    "Every address of the API with its parameters, answers and examples, to be tried out: read "
    "all figures and records, or send your own."
)
LEDE = "Read every figure and every record as JSON or CSV, or send your own."
DOCUMENT = "/api/openapi.json"


@dataclass(frozen=True)
class Drawing:
    """Where the script and the styles are that draw the reference; later styles go first."""

    script: str
    styles: Sequence[str]


def build_reference(drawing: Drawing) -> list[Component]:
    """The page."""
    given: dict[str, Any] = {
        "data-script": drawing.script,
        "data-styles": " ".join(drawing.styles),
        "data-document": DOCUMENT,
    }
    return [
        title_row(TITLE, LEDE),
        html.P(
            [
                "Reading needs no key. Writing needs the token of a data set: ",
                dcc.Link("how to send us data", href="/sending-data"),
                ". The same as this page for programs, as OpenAPI 3.1: ",
                html.A(html.Code(DOCUMENT), href=DOCUMENT),
                ".",
            ]
        ),
        html.H2("Every address"),
        html.Div(id=ids.API_REFERENCE, **given),
    ]
