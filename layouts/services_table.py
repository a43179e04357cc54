"""The table of services: a row a service, each KPI with its period and its trend line."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from kpi.definitions import Kpi, kpi
from kpi.frames import period_of
from kpi.listings import Listing, commonest_period, period_of_figure
from kpi.periods import Period
from kpi.trends import with_gaps
from layouts import ids
from layouts.addresses import service_address
from layouts.aria import aria
from layouts.marks import marks
from layouts.services_address import BY_NAME, DESCENDING, ServicesAddress
from layouts.sparkline import trend_in_words, trend_line
from layouts.wording import NOT_REPORTED, exact, missing

ALWAYS = (
    "transactions",
    "cost-per-transaction",
    "user-satisfaction",
    "completion-rate",
    "digital-take-up",
)
ON_DEMAND = "total-cost"
Row = Mapping[Any, Any]


@dataclass
class _Line:
    """The points of a trend line, in order: what each is of, its first day, its end, its value."""

    names: list[str] = field(default_factory=list)
    starts: list[datetime] = field(default_factory=list)
    ends: list[datetime] = field(default_factory=list)
    values: list[float] = field(default_factory=list)

    def label(self, place: int) -> str:
        """The period of a point, in few letters."""
        return period_of(self.names[place], pd.Timestamp(self.starts[place])).short_label


Lines = dict[tuple[int, str], _Line]


def columns(wanted: ServicesAddress) -> tuple[str, ...]:
    """The KPIs of the table: total cost where it is sorted or filtered by, too."""
    asked = {wanted.sort_by, *(one.kpi for one in wanted.ranges)}
    return (*ALWAYS, ON_DEMAND) if ON_DEMAND in asked else ALWAYS


def services_table(wanted: ServicesAddress, listing: Listing) -> html.Div:
    """The services of a page of the listing; its headers sort.

    On a phone each row becomes a block (assets/services.css), and browsers would then forget
    that it is a table: hence the roles.
    """
    kpis = tuple(kpi(slug) for slug in columns(wanted))
    usual = commonest_period(listing.frame, tuple(one.slug for one in kpis))
    lines = _lines(listing.trends)
    rows = [_row(row, kpis, lines, usual) for row in listing.frame.to_dict("records")]
    headers = [_header(wanted, BY_NAME, "Service")]
    headers += [_header(wanted, one.slug, one.name) for one in kpis]
    head = html.Thead(html.Tr(headers, role="row"), role="rowgroup", **marks(stay="true"))
    inside = [html.Caption(_caption(usual)), head, html.Tbody(rows, role="rowgroup")]
    name = "figures services wide" if len(kpis) > len(ALWAYS) else "figures services"
    table = html.Table(inside, className=name, role="table")
    reach = {"role": "region", "tabIndex": 0, **aria(label="Services and their figures")}
    return html.Div(table, className="table-region", **reach)


def _caption(usual: Period | None) -> str:
    if usual is None:
        return "Services; none of these has reported a year’s figures."
    return f"Figures are for {usual.label}, unless they say otherwise."


def _header(wanted: ServicesAddress, order: str, words: str) -> html.Th:
    current = order == wanted.sort_by
    down = not wanted.descending if current else order != BY_NAME
    link = wanted.ordered(order + (DESCENDING if down else ""))
    inside: list[Component | str] = [words, _arrow(wanted) if current else "", _sorts(order, down)]
    given = aria(sort="descending" if wanted.descending else "ascending") if current else {}
    name = "number" if order != BY_NAME else None
    sort = dcc.Link([part for part in inside if part], href=link.href)
    # The id is what the focus is kept by.
    return html.Th(
        sort,
        id=f"{ids.SERVICES_SORT}-{order}",
        scope="col",
        role="columnheader",
        className=name,
        **given,
    )


def _arrow(wanted: ServicesAddress) -> html.Span:
    return html.Span(" ▼" if wanted.descending else " ▲", **aria(hidden="true"))


def _sorts(order: str, down: bool) -> html.Span:
    ways = ("Z to A", "A to Z") if order == BY_NAME else ("highest first", "lowest first")
    return html.Span(f", sort {ways[0] if down else ways[1]}", className="visually-hidden")


def _row(row: Row, kpis: tuple[Kpi, ...], lines: Lines, usual: Period | None) -> html.Tr:
    name = dcc.Link(row["name"], href=service_address(row["slug"]))
    run_by = html.Span(row["agency_name"] or row["department_name"], className="of")
    first = html.Th([name, run_by], scope="row", role="rowheader")
    cells = [_cell(row, one, lines.get((row["service"], one.slug)), usual) for one in kpis]
    return html.Tr([first, *cells], role="row")


def _cell(row: Row, one: Kpi, line: _Line | None, usual: Period | None) -> html.Td:
    value = row[one.slug]
    label = marks(label=one.name)
    if missing(value):
        absent = html.Span(NOT_REPORTED, className="empty")
        return html.Td(absent, role="cell", className="number", **label)
    period = period_of_figure(row, one.slug)
    older = bool(period and usual and period.end < usual.end)
    inside = [
        html.Span(exact(value, one), className="amount older" if older else "amount"),
        _doubt(value, one),
        html.Span(period.short_label, className="of") if period and period != usual else None,
        _trend(line, one) if line else None,
    ]
    shown = [part for part in inside if part is not None]
    return html.Td(shown, role="cell", className="number", **label)


def _doubt(value: float, one: Kpi) -> html.Span | None:
    if one.format != "percentage" or value <= 1:
        return None
    return html.Span("over 100%: check the data", className="doubt")


def _trend(line: _Line, one: Kpi) -> html.Img | None:
    if len(line.values) < 2:
        return None
    values = with_gaps(line.ends, line.values)
    return trend_line(values, trend_in_words(values, one, line.label(0), line.label(-1)))


def _lines(trends: pd.DataFrame) -> Lines:
    found: Lines = {}
    # As plain values: a frame gives its Timestamps one by one, and slowly.
    starts, ends = (
        trends[name].to_numpy().astype("M8[us]").tolist() for name in ("start_at", "end_at")
    )
    rest = (trends[name].tolist() for name in ("service", "kpi", "period", "value"))
    for start, end, service, slug, name, value in zip(starts, ends, *rest, strict=True):
        line = found.setdefault((service, slug), _Line())
        line.names.append(name)
        line.starts.append(start)
        line.ends.append(end)
        line.values.append(value)
    return found
