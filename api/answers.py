"""Answers: rows as JSON or CSV, with what lets a client keep and share them."""

from __future__ import annotations

import csv
import hashlib
import io
import json
import re
from dataclasses import dataclass
from typing import Any

from flask import Response, request

from api.cells import Row
from api.questions import Question
from api.routes import Route
from config import Settings
from data.reader import Reader
from kpi.definitions import SLUGS

# Move on when answers change without the figures changing, so that nobody keeps an old one.
_EDITION = 1
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_UNNAMED = ("format", "limit", "offset")


@dataclass(frozen=True)
class Answer:
    """Some rows of `total`, or the only row where `total` is None.

    ``personal``: only for whoever asked, as it is of a service that is not published.
    """

    rows: list[Row]
    total: int | None = None
    personal: bool = False


def respond(answer: Answer, route: Route, question: Question) -> Response:
    """An answer in the format that was asked for."""
    if question["format"] == "csv":
        return _csv_response(answer, route)
    if answer.total is None:
        return json_response({"data": answer.rows[0]})
    paged = {name: question[name] for name in ("limit", "offset")}
    return json_response({"data": answer.rows, "total": answer.total, **paged})


def json_response(body: Any, status: int = 200) -> Response:
    """A body as JSON; NaN would be an error here, as it is no JSON."""
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(text + "\n", status, mimetype="application/json")


def tag(reader: Reader, settings: Settings, *, live: bool) -> str:
    """What names the answer to this request: another revision, day or question has another.

    Only a ``live`` answer is another one after every count of live users.
    """
    revision = reader.revision()
    asked = request.full_path.rstrip("?")
    limits = (settings.api_limit, settings.api_limit_most, settings.complete_enough_percent)
    number = (revision.number, revision.updated_at, revision.live if live else 0)
    parts = (_EDITION, number, reader.now().date(), limits, asked)
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def is_kept(own: str) -> bool:
    """Whether the client says that it has the answer of this tag already."""
    known = request.if_none_match.as_set(include_weak=True)
    # Compression on the way out adds its own name after a colon.
    return any(given.partition(":")[0] == own for given in known)


def csv_text(rows: list[Row], columns: list[str]) -> str:
    """Rows as CSV with a header, lines ended by CRLF as RFC 4180 has it."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(columns)
    writer.writerows([[_cell(row[name]) for name in columns] for row in rows])
    return out.getvalue()


def flat(row: Row) -> Row:
    """A row without its field `kpis`, and each KPI's fields in its own: `transactions_status`."""
    plain = {name: value for name, value in row.items() if name != "kpis"}
    for slug, figure in row.get("kpis", {}).items():
        plain[slug] = figure["value"]
        plain |= {f"{slug}_{name}": cell for name, cell in figure.items() if name != "value"}
    return plain


def flat_columns(route: Route) -> list[str]:
    """The header of a route's CSV."""
    if not route.nested:
        return list(route.columns)
    nested = {slug: dict.fromkeys(route.nested) for slug in SLUGS}
    return list(flat({**dict.fromkeys(route.columns), "kpis": nested}))


def _cell(value: Any) -> Any:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    # A spreadsheet would run such text as a formula.
    if isinstance(value, str) and value.startswith(_FORMULA) and not _is_number(value):
        return f"'{value}"
    return value


def _is_number(text: str) -> bool:
    return re.fullmatch(r"[+-]?\d+(\.\d+)?", text) is not None


def _csv_response(answer: Answer, route: Route) -> Response:
    text = csv_text([flat(row) for row in answer.rows], flat_columns(route))
    response = Response(text, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{_file_name()}"'
    return response


def _file_name() -> str:
    """The question in a name: 'kpis-year-2016-10-01-2017-10-01.csv'."""
    asked = [text for name, text in request.args.items(multi=True) if name not in _UNNAMED]
    words = "-".join([request.path.removeprefix("/api/"), *asked])
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")[:100].strip("-") + ".csv"
