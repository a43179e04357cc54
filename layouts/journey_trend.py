"""One stage of a journey over time, inside the journey's module."""

from __future__ import annotations

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.definitions import kpi as known_kpi
from kpi.journeys import Trend
from layouts.journey import stage_name
from layouts.modules import actions
from layouts.service_addresses import stage_csv
from layouts.service_charts import SMALL, build_selectable, trend_chart
from layouts.spans import during
from layouts.tables import Column, data_table
from layouts.timeline import periods_of
from layouts.wording import capitalised, exact, named

ID = "journey-stage"
PEOPLE, SHARE = "journey-people", "journey-went-on"


def stage_section(shown: Dashboard, trend: Trend, close_href: str) -> html.Div:
    """People at a stage over what is shown, and the share of them that went on to the next."""
    names = {str(row["stage"]): stage_name(row) for _, row in shown.journey.frame.iterrows()}
    name, after = (names.get(slug, named(slug)) for slug in (trend.stage, trend.next_stage))
    title = f"People at ‘{name}’ over time"
    heading = html.H3(title, id=f"{ID}-heading")
    close = dcc.Link(["Close", html.Span(f": {title}", className="visually-hidden")], close_href)
    table = stage_table(trend, f"‘{name}’, each {trend.length}", after)
    below = actions(title, table, csv_href=stage_csv(shown, trend))
    return html.Div([heading, *_charts(trend, name, after), below, html.P(close)], id=ID)


def _charts(trend: Trend, name: str, after: str) -> list[Component]:
    people = trend.frame.rename(columns={"people": "value"})
    summary = f"People at ‘{name}’: {_last(people, 'transactions')}"
    drawn = _drawn(people, "transactions", PEOPLE, summary)
    if not after or trend.frame["share"].isna().all():
        return [drawn]
    share = trend.frame.drop(columns="status").rename(
        columns={"share": "value", "share_status": "status"}
    )
    summary = f"Went on to ‘{after}’: {_last(share, 'completion-rate')}"
    return [html.Div([drawn, _drawn(share, "completion-rate", SHARE, summary)], className="two")]


def _drawn(frame: pd.DataFrame, slug: str, module: str, summary: str) -> html.Div:
    figure = build_selectable(frame, known_kpi(slug), SMALL)
    return html.Div([html.P(summary, className="of"), trend_chart(figure, module, summary)])


def _last(frame: pd.DataFrame, slug: str) -> str:
    known = frame[(frame["status"] == "reported") & frame["value"].notna()].tail(1)
    if known.empty:
        return "not reported in full in what is shown."
    value = exact(float(known["value"].iloc[0]), known_kpi(slug))
    return f"{value} {during(periods_of(known)[0])}."


def stage_table(trend: Trend, caption: str, after: str) -> html.Div:
    """The same as a table, the latest first."""
    rate = [f"Went on to ‘{after}’", "Share"] if after else []
    columns = [Column("Period"), *(Column(name, numeric=True) for name in ("People", *rate))]
    rows = trend.frame.iloc[::-1]
    periods = periods_of(rows)
    cells = [
        _cells(row, period.label, bool(after))
        for period, (_, row) in zip(periods, rows.iterrows(), strict=True)
    ]
    return data_table(columns, cells, caption)


def _cells(row: pd.Series, label: str, goes_on: bool) -> list[str]:
    number, rate = known_kpi("transactions"), known_kpi("completion-rate")
    marks = [" (partial)" if row[one] == "partial" else "" for one in ("status", "share_status")]
    found = [capitalised(label), exact(row["people"], number) + marks[0]]
    if goes_on:
        found += [exact(row["went_on"], number), exact(row["share"], rate) + marks[1]]
    return found
