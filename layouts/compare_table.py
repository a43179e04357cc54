"""Services side by side: a row a KPI, each figure beside the medians; and a KPI over time."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import html
from dash.development.base_component import Component

from kpi.comparisons import KPIS, Comparison, period_beside
from kpi.definitions import Kpi
from kpi.frames import period_of
from layouts import colours
from layouts.aria import aria
from layouts.compare_findings import median_in_words, place_in_words, when
from layouts.marks import marks
from layouts.tables import Cell, Column, data_table
from layouts.wording import NOT_REPORTED, capitalised, exact, missing, parts_in_words

CAPTION = (
    "Under each figure the median of its department, with how many of its services that is of."
)
ALL = "Median of all services"
Row = Mapping[Any, Any]


def names_of(shown: Comparison) -> dict[str, str]:
    """By slug the name of each service."""
    rows = shown.services
    return dict(zip(rows["slug"].astype(str), rows["name"].astype(str), strict=True))


def swatch(place: int) -> html.Span:
    """The colour of the service at that place in the order, wherever it is drawn."""
    return html.Span(className="swatch", style={"background": colours.SERVICES[place]})


def side_by_side_table(shown: Comparison) -> html.Div:
    """Every KPI of the services, in the one period of each that is compared.

    On a phone each row becomes a block (assets/services.css), and browsers would then forget
    that it is a table: hence the roles.
    """
    headers = [_header("KPI"), *_services(shown), _header(ALL)]
    inside = [
        html.Caption(CAPTION),
        html.Thead(html.Tr(headers, role="row"), role="rowgroup"),
        html.Tbody([_row(shown, kpi) for kpi in KPIS], role="rowgroup"),
    ]
    table = html.Table(inside, className="figures services beside", role="table")
    reach = {"role": "region", "tabIndex": 0, **aria(label="Services side by side")}
    return html.Div(table, className="table-region", **reach)


def _header(*inside: Component | str) -> html.Th:
    return html.Th(list(inside), scope="col", role="columnheader")


def _services(shown: Comparison) -> list[html.Th]:
    found = shown.services.to_dict("records")
    return [
        _header(swatch(place), str(one["name"]), " ", _run_by(one))
        for place, one in enumerate(found)
    ]


def _run_by(service: Row) -> Component:
    """The department, in as few letters as it has."""
    name, short = str(service["department_name"]), str(service["department_abbreviation"] or "")
    return (
        html.Abbr(short, title=name, className="of") if short else html.Span(name, className="of")
    )


def _row(shown: Comparison, kpi: Kpi) -> html.Tr:
    rows = shown.beside(kpi.slug)
    period = period_beside(rows)
    under = [html.Span(f" {when(kpi, period)}", className="of")] if period else []
    head = html.Th([kpi.name, *under], scope="row", role="rowheader")
    cells = [_cell(_figure(kpi, slug, rows), name) for slug, name in names_of(shown).items()]
    return html.Tr([head, *cells, _cell(_median_of_all(kpi, rows), ALL)], role="row")


def _cell(inside: list[Component], label: str) -> html.Td:
    # In one part, so that on a phone it stands beside the label as a whole.
    return html.Td(html.Div(inside), role="cell", **marks(label=label))


def _figure(kpi: Kpi, slug: str, rows: pd.DataFrame) -> list[Component]:
    if rows.empty:
        return [html.Span(NOT_REPORTED, className="empty")]
    row = rows[rows["service"] == slug].iloc[0]
    own = median_in_words(kpi, row["department_median"], int(row["department_reporting"]))
    best = [html.Span(capitalised(place_in_words(kpi, rows)), className="of better")]
    return [
        _value(kpi, row),
        *_doubts(row),
        *(best if row["best"] else []),
        html.Span(f"Department: {own}", className="of"),
    ]


def _value(kpi: Kpi, row: pd.Series) -> html.Span:
    if missing(row["value"]):
        return html.Span(str(row["status"]), className="empty")
    return html.Span(exact(row["value"], kpi), className="amount")


def _doubts(row: pd.Series) -> list[Component]:
    """Why a figure is not compared."""
    if row["status"] == "partial":
        words = parts_in_words(int(row["parts"]), int(row["expected"]), str(row["part"]))
        return [html.Span(f"Partial, not compared: {words}", className="of")]
    if row["unit"] == "proportion" and row["value"] > 1:
        return [html.Span("over 100%: check the data", className="doubt")]
    return []


def _median_of_all(kpi: Kpi, rows: pd.DataFrame) -> list[Component]:
    if rows.empty or missing(rows["median"].iloc[0]):
        return [html.Span(median_in_words(kpi, float("nan"), 0), className="empty")]
    services = html.Span(f"of {int(rows['reporting'].iloc[0]):,}", className="of")
    return [html.Span(exact(rows["median"].iloc[0], kpi), className="amount"), services]


def history_table(shown: Comparison, kpi: Kpi) -> html.Div:
    """All that a KPI's charts draw, the latest period first."""
    names, departments = names_of(shown), _departments(shown)
    columns = [Column("Period"), *(Column(name, numeric=True) for name in names.values())]
    columns += [Column(f"Median of {name}", numeric=True) for name in departments.values()]
    columns.append(Column(ALL, numeric=True))
    # As plain values: a frame gives them one by one, and slowly.
    by_start: dict[pd.Timestamp, list[Row]] = {}
    for row in shown.of(kpi.slug).to_dict("records"):
        by_start.setdefault(row["start_at"], []).append(row)
    found = [
        _history_row(kpi, by_start[start], list(departments))
        for start in sorted(by_start, reverse=True)
    ]
    return data_table(columns, found, f"{kpi.name}, period by period")


def _departments(shown: Comparison) -> dict[str, str]:
    rows = shown.services.drop_duplicates("department")
    return dict(zip(rows["department"], rows["department_name"], strict=True))


def _history_row(kpi: Kpi, rows: list[Row], departments: list[str]) -> list[Cell]:
    """rows: one a service, in order, of one period."""
    period = period_of(str(rows[0]["period"]), rows[0]["start_at"])
    own = {row["department"]: row["department_median"] for row in rows}
    cells = [_history_cell(kpi, row) for row in rows]
    cells += [_median_cell(kpi, own[slug]) for slug in departments]
    return [capitalised(when(kpi, period)), *cells, _median_cell(kpi, rows[0]["median"])]


def _history_cell(kpi: Kpi, row: Row) -> str:
    if missing(row["value"]):
        return str(row["status"])
    return exact(row["value"], kpi) + (" (partial)" if row["status"] == "partial" else "")


def _median_cell(kpi: Kpi, median: float) -> str:
    return "too few" if missing(median) else exact(median, kpi)
