"""An answer in the format that was asked for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from urllib.parse import urlencode

from flask import Response, request

from api import csvw, workbooks
from api.addresses import asked_as, here
from api.answers import Answer, json_response
from api.cells import Row
from api.csv_text import pieces
from api.figures_explained import explanation
from api.file_names import file_name
from api.questions import Call
from api.routes import Route
from kpi.definitions import SLUGS

# So many rows of a CSV are text at a time.
_PIECE = 2000


def respond(answer: Answer, route: Route, call: Call) -> Response:
    """An answer in the format that was asked for, with what stands beside it."""
    response = _FORMATS[call.question["format"]](answer, route, call)
    if answer.total is not None:
        response.headers["X-Total-Count"] = str(answer.total)
        end = call.question["offset"] + len(answer.rows)
        if end < answer.total and len(answer.rows):
            response.headers.add("Link", f'<{_next(end)}>; rel="next"')
    return response


def _next(offset: int) -> str:
    """The same question, from a row on."""
    pairs = [(name, text) for name, text in request.args.items(multi=True) if name != "offset"]
    return f"{here()}?{urlencode([*pairs, ('offset', offset)], safe=':,')}"


def _json(answer: Answer, _route: Route, call: Call) -> Response:
    rows = list(answer.rows)
    if answer.total is None:
        return json_response({"data": rows[0]})
    paged = {name: call.question[name] for name in ("limit", "offset")}
    return json_response({"data": rows, "total": answer.total, **paged})


def _csv(answer: Answer, route: Route, _call: Call) -> Response:
    made = pieces(flat_columns(route), map(flat, answer.rows), _PIECE)
    body = made if len(answer.rows) > _PIECE else "".join(made)
    response = Response(body, content_type="text/csv; charset=utf-8")
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name("csv")}"'
    csvw.link(response, asked_as("csvw"))
    return response


def _csvw(answer: Answer, route: Route, call: Call) -> Response:
    return csvw.response(explanation(answer, route, call))


def _xlsx(answer: Answer, route: Route, call: Call) -> Response:
    most = call.settings.workbook_cells_most
    workbooks.check_size(len(answer.rows), len(flat_columns(route)), most)
    rows = map(flat, answer.rows)
    return workbooks.response(explanation(answer, route, call), rows, file_name("xlsx"), most)


def flat(row: Row) -> Row:
    """A row without its field `kpis`, and each KPI's fields in its own: `transactions_status`."""
    if "kpis" not in row:
        return row
    plain = {name: value for name, value in row.items() if name != "kpis"}
    for slug, figure in row["kpis"].items():
        plain[slug] = figure["value"]
        plain |= {f"{slug}_{name}": cell for name, cell in figure.items() if name != "value"}
    return plain


def flat_columns(route: Route) -> list[str]:
    """The header of a route's CSV."""
    if not route.nested:
        return list(route.columns)
    nested = {slug: dict.fromkeys(route.nested) for slug in SLUGS}
    return list(flat({**dict.fromkeys(route.columns), "kpis": nested}))


_FORMATS: Mapping[str, Callable[[Answer, Route, Call], Response]] = {
    "json": _json,
    "csv": _csv,
    "csvw": _csvw,
    "xlsx": _xlsx,
}
