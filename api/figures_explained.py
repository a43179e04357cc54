"""What stands beside the figures of a route: made of the tables that its answers are made of."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pandas as pd
from flask import request

from api.addresses import asked_as, root
from api.answers import Answer
from api.catalogue import selected
from api.cells import FrameRows
from api.columns import COLUMNS, FIGURE_OR_TERM, OF_ROW, Column
from api.explanations import Asked, Explanation, ExportColumn, Kind
from api.kinds import Sorting
from api.openapi.summaries import summary
from api.parameters import parameters_of
from api.questions import Call
from api.routes import DEFINITION_ROW, Route
from data.datatypes import INSTANT
from data.licences import licence_of
from data.organisations import OrganisationQuery
from data.queries import CatalogueQuery
from kpi.definitions import SLUGS, kpi
from kpi.measures import MEASURES
from kpi.views import LINK

_NOT_ASKED = ("format", "limit", "offset")
NOTES = (
    "What is missing is empty, which is not 0.",
    "Proportions are 0 to 1. The end of a period is the day after its last.",
)
APOSTROPHES = (
    "In the CSV, text that a spreadsheet would run as a formula has an apostrophe before it; in "
    "the workbook it is as it was sent."
)


def explanation(answer: Answer, route: Route, call: Call) -> Explanation:
    """What an answer of a route holds, of what, and since when."""
    revision = call.reader.revision()
    named = request.view_args or {}
    return Explanation(
        title=_title(route, call, named.get("slug", "")),
        description=route.summary.replace("`", ""),
        asked=tuple(_asked(route, call)),
        columns=tuple(export_columns(route, call)),
        source=f"{root()}{_page(route, named.get('slug', ''))}",
        publisher=call.settings.site_name,
        licence=licence_of(call.settings, revision),
        modified=_modified(answer, revision.updated_at, is_moments=_is_of_moments(route, call)),
        address=asked_as("csv"),
        notes=(*NOTES, APOSTROPHES),
    )


def export_columns(route: Route, call: Call) -> Iterator[ExportColumn]:
    """The columns of a route's CSV, in order."""
    is_moments = _is_of_moments(route, call)
    for name in route.columns:
        if route.nested and name == "kpis":
            yield from _nested(route)
        else:
            unit = _unit(route, call, name)
            yield _column(name, COLUMNS[name], _kind(route, name, is_moments=is_moments), unit)


def _kind(route: Route, name: str, *, is_moments: bool = False) -> Kind:
    column = COLUMNS[name]
    if column.schema is FIGURE_OR_TERM:
        # Of a definition it is what is divided, not how much.
        return "text" if set(DEFINITION_ROW) <= set(route.columns) else "number"
    return "moment" if column.kind == "day" and is_moments else column.kind


def _column(name: str, column: Column, kind: Kind, unit: str, about: str = "") -> ExportColumn:
    words = f"{about}{column.help}".replace("`", "")
    return ExportColumn(name, words, kind, not column.may_be_null, unit.replace("`", ""))


def _nested(route: Route) -> Iterator[ExportColumn]:
    for slug in SLUGS:
        item = kpi(slug)
        for name in ("value", *(one for one in route.nested if one != "value")):
            header = slug if name == "value" else f"{slug}_{name}"
            unit = item.unit if COLUMNS[name].unit == OF_ROW else COLUMNS[name].unit
            yield _column(header, COLUMNS[name], _kind(route, name), unit, f"{item.name}: ")


def _unit(route: Route, call: Call, name: str) -> str:
    column = COLUMNS[name]
    if column.unit != OF_ROW or "unit" in route.columns:
        return column.unit
    measure = MEASURES.get(call.question.get("measure", ""))
    return measure.as_kpi.unit if measure else ""


def _title(route: Route, call: Call, slug: str) -> str:
    words = summary(route.summary)
    name = _name(route, call, slug) if slug else ""
    return f"{name}: {words[:1].lower()}{words[1:]}" if name else words


def _name(route: Route, call: Call, slug: str) -> str:
    if route.path.startswith("/services/"):
        found = call.reader.run(CatalogueQuery(selected(call.reader, slug)))
    else:
        found = call.reader.run(OrganisationQuery())
        found = found[found["slug"] == slug]
    return str(found["name"].iloc[0])


def _page(route: Route, slug: str) -> str:
    """The page that shows such figures."""
    first = route.path.split("/")[1]
    if slug:
        return f"/{first}/{slug}"
    return f"/{first}" if first in ("services", "compare") else "/"


def _asked(route: Route, call: Call) -> Iterator[Asked]:
    for name, item in parameters_of(route).items():
        value = call.question[name]
        if (name in _NOT_ASKED and name not in request.args) or name in ("format", LINK):
            continue
        if value in (None, "", ()):
            continue
        words = re.split(r"[.:;] ", item.help.rstrip("."))[0].replace("`", "")
        for one in value if isinstance(value, tuple) else (value,):
            yield Asked(name, _text(one), words)


def _text(value: Any) -> str:
    if isinstance(value, Sorting):
        return f"{value.column}:descending" if value.descending else value.column
    return str(value)


def _is_of_moments(route: Route, call: Call) -> bool:
    return route.live or call.question.get("period") == INSTANT


def _modified(answer: Answer, updated_at: int, *, is_moments: bool) -> datetime | None:
    """When the figures last changed; of counts of who is there, the newest of them."""
    if is_moments and isinstance(answer.rows, FrameRows) and len(answer.rows):
        newest: pd.Timestamp = answer.rows.frame["start_at"].max()
        return newest.to_pydatetime().replace(tzinfo=UTC)
    return datetime.fromtimestamp(updated_at, UTC) if updated_at else None
