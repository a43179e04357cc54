"""Makes docs/api.md from the tables of routes, parameters and fields.

``python -m api.documentation`` writes it; a test holds that it is up to date.
"""

from __future__ import annotations

from collections.abc import Iterable

from api.columns import COLUMNS
from api.parameters import PARAMETERS, parameters_of
from api.routes import ROUTES, Route
from config import ROOT

FILE = ROOT / "docs" / "api.md"
_INTRODUCTION = """# The API

Everything that the pages show can be read as JSON or CSV, by anyone, without a token. This page
is made from the tables that the API itself works by: `python -m api.documentation` writes it.

    curl 'http://127.0.0.1:8050/api/kpis?period=year&start_at=2016-10-01&end_at=2017-10-01'

## Answers

- A list is `{"data": [...], "total": n, "limit": n, "offset": n}`, where `total` counts the rows
  of all pages; one thing is `{"data": {...}}`.
- What is missing is `null`, and never 0. Proportions are 0 to 1. Days are ISO dates; the end of
  a period is the day after its last.
- With `format=csv` the same rows come as CSV, with the fields' names as a header; what is
  missing is empty. Each KPI in the field `kpis` has columns of its own there:
  `transactions` (its value), `transactions_status`, `transactions_start_at` and so on. Text that
  a spreadsheet would run as a formula has an apostrophe in front of it.
- Every answer has an `ETag`. Send it back as `If-None-Match`, and the answer is 304 without a
  body for as long as no figure changes.
- Any web page may read the API: `Access-Control-Allow-Origin` is `*`.

## Errors

`{"status": "error", "message": "..."}`, always as JSON, where the message is a sentence that says
what to change: 400 for a parameter that is unknown or is not what it may be, 404 for an unknown
slug or address, 405 for a method other than GET, 500 when something went wrong on the server.
"""


def text() -> str:
    """The whole page."""
    parts = [_INTRODUCTION, "## Parameters\n", _parameters(), "## Routes\n"]
    return "\n".join([*parts, *map(_route, ROUTES)])


def write() -> None:
    """Write the page."""
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text(text(), encoding="utf-8")


def _parameters() -> str:
    rows = [
        (
            f"`{item.name}`",
            item.help + (" May be repeated." if item.repeatable else ""),
            item.kind.words,
            item.unset,
        )
        for item in PARAMETERS
    ]
    return _table(("parameter", "what it does", "what it may be", "without it"), rows)


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
    return _table(("field", "what it is"), [(f"`{name}`", COLUMNS[name].help) for name in columns])


def _table(header: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [header, ("---",) * len(header), *rows]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


if __name__ == "__main__":
    write()
