"""Makes docs/api.md from the tables by which the API works.

``python -m api.documentation`` writes it; a test holds that it is up to date.
"""

from __future__ import annotations

from collections.abc import Iterable

from api import documentation_data_sets, documentation_declarations, documentation_records
from api.columns import COLUMNS
from api.markdown import code, table
from api.parameters import PARAMETERS, parameters_of
from api.routes import ROUTES, Route
from config import ROOT

FILE = ROOT / "docs" / "api.md"
_INTRODUCTION = """# The API

Everything that the pages show can be read as JSON or CSV, by anyone, without a token. This page
is made from the tables that the API itself works by: `python -m api.documentation` writes it. The
running platform has the same at `/api`, where each address can be tried out, and for programs as
OpenAPI 3.1 at `/api/openapi.json`.

- [Figures](#figures): KPIs and what is behind them.
- [Records](#records): what was sent, as it was sent, and how to send it.
- [Data types](#data-types): what records have.
- [Data sets](#data-sets): made, changed and removed by admins.
- [Declarations](#declarations): annotations, targets, own KPIs and dashboards of services.

    curl 'http://127.0.0.1:8050/api/kpis?period=year&start_at=2016-10-01&end_at=2017-10-01'

## Figures

### Answers

- A list is `{"data": [...], "total": n, "limit": n, "offset": n}`, where `total` counts the rows
  of all pages; one thing is `{"data": {...}}`.
- What is missing is `null`, and never 0. Proportions are 0 to 1. Days are ISO dates; the end of
  a period is the day after its last.
- With `format=csv` the same rows come as CSV, with the fields' names as a header; what is
  missing is empty. Each KPI in the field `kpis` has columns of its own there:
  `transactions` (its value), `transactions_status`, `transactions_start_at` and so on.
- Text in CSV that begins with `=`, `+`, `-`, `@`, a tab or a carriage return has an apostrophe in
  front of it, as a spreadsheet would run it as a formula; so has text that begins so after
  apostrophes of its own. Numbers are never touched. An upload takes that apostrophe away.
- `format=xlsx` is an Excel workbook: the rows on the sheet 'Figures', numbers as numbers and days
  as days, and on 'About these figures' what they are. What a sheet cannot hold (1,048,576 rows,
  32,767 characters in a cell) is refused with 400, and more cells than `WORKBOOK_CELLS_MOST` with
  413, as a workbook is made whole before it is sent.
- `format=csvw` says what the CSV of the same question holds, as CSV on the Web metadata: title,
  what was asked, each column's meaning, kind and unit, source, licence, when the figures last
  changed, and the permanent address. The CSV names it in its header: `Link: <...>;
  rel="describedby"; type="application/csvm+json"`.
- CSV and Excel hold every row of the question unless a `limit` is given. A list says in
  `X-Total-Count` how many rows there are, and where rows are left, `Link: <...>; rel="next"` has
  the next ones. A long CSV is sent while it is made: if something goes wrong on the way, the
  connection is cut, so that it cannot be taken for a whole file.
- Every answer has an `ETag`. Send it back as `If-None-Match`, and the answer is 304 without a
  body for as long as no figure changes.
- Any web page may read the API: `Access-Control-Allow-Origin` is `*`.

### Errors

`{"status": "error", "message": "..."}`, always as JSON, where the message is a sentence that says
what to change: 400 for a parameter that is unknown or is not what it may be, 403 for a `link` that
does not show this service, or not any more, 404 for an unknown slug or address, 405 for a method
other than GET. 429 is for a client that asks too often, 503 for
an answer that takes too long or a database that is away; both say in `Retry-After` in how many
seconds to try again. With 500, something went wrong on the server: `request_id` is what its log
knows it by, as is the header `X-Request-ID` of every answer.
"""
_OPENAPI = """## OpenAPI

### `GET /api/openapi.json`

All of this as OpenAPI 3.1, with example requests that name what the platform holds.
"""


def text() -> str:
    """The whole page."""
    figures = [_INTRODUCTION, "### Parameters\n", _parameters(), *map(_route, ROUTES)]
    others = [
        documentation_records.text(),
        documentation_data_sets.text(),
        documentation_declarations.text(),
        _OPENAPI,
    ]
    return "\n".join([*figures, *others])


def write() -> None:
    """Write the page."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")


def _parameters() -> str:
    rows = [
        (
            code(item.name),
            item.help + (" May be repeated." if item.repeatable else ""),
            item.kind.words,
            item.unset,
        )
        for item in PARAMETERS
    ]
    return table(("parameter", "what it does", "what it may be", "without it"), rows)


def _route(route: Route) -> str:
    names = ", ".join(f"`{name}`" for name in parameters_of(route))
    parts = [f"### `GET /api{route.path}`\n", f"{route.summary}\n", f"Parameters: {names}.\n"]
    if route.sortable:
        parts.append(f"`sort_by`: {', '.join(f'`{name}`' for name in route.sortable)}.\n")
    parts.append(_fields(route.columns))
    if route.nested:
        parts += ["Each KPI in `kpis` has:\n", _fields(route.nested)]
    return "\n".join(parts)


def _fields(columns: Iterable[str]) -> str:
    return table(("field", "what it is"), [(code(name), COLUMNS[name].help) for name in columns])


if __name__ == "__main__":
    write()
