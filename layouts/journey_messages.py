"""The errors that people met most, and the help that they opened, at each stage of a journey."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from layouts.journey import stage_name
from layouts.modules import actions
from layouts.tables import Column, data_table
from layouts.wording import counted

ID = "journey-messages"
TITLES = {
    "errors-by-stage": "Errors people met most",
    "help-by-stage": "Help people opened most",
}


def messages_section(frame: pd.DataFrame, span: str, csv_href: str) -> html.Div | None:
    """The three most frequent of each stage. frame: as kpi.stage_messages returns it.

    span: '4 to 24 September 2017'. None where there are none.
    """
    if frame.empty:
        return None
    lists = [_list(frame[frame["measure"] == kind], title) for kind, title in TITLES.items()]
    found = [part for part in lists if part is not None]
    title = "Errors and help at each stage"
    below = actions(title, messages_table(frame, f"{title}, {span}"), csv_href)
    parts = html.Div(found, className="two") if len(found) > 1 else found[0]
    return html.Div([parts, below], id=ID)


def _list(rows: pd.DataFrame, title: str) -> html.Div | None:
    if rows.empty:
        return None
    stages = [_stage(one) for _, one in rows.groupby("stage", sort=False)]
    return html.Div([html.H3(title), html.Ul(stages, className="messages")])


def _stage(rows: pd.DataFrame) -> html.Li:
    items: list[Component] = [html.Li(_said(row)) for _, row in rows.iterrows()]
    return html.Li([html.B(stage_name(rows.iloc[0])), html.Ol(items)])


def _said(row: pd.Series) -> list[str | Component]:
    times = counted(round(row["count"]), "time")
    return [f"{row['message']} ", html.Span(f"{times}{_rate(row)}", className="of")]


def _rate(row: pd.Series) -> str:
    rate = row["per_hundred"]
    if pd.isna(rate):
        return ""
    return f", {_number(rate)} per 100 people"


def _number(rate: float) -> str:
    return f"{rate:,.0f}" if rate >= 9.95 else f"{rate:.1f}" if rate >= 0.05 else "under 0.1"


def messages_table(frame: pd.DataFrame, caption: str) -> html.Div:
    """The same as a table."""
    columns = [
        *(Column(name) for name in ("Stage", "Kind", "Which")),
        *(Column(name, numeric=True) for name in ("Times", "People there", "For every 100")),
    ]
    kinds = {"errors-by-stage": "error", "help-by-stage": "help"}
    rows = [
        [
            stage_name(row),
            kinds[row["measure"]],
            str(row["message"]),
            f"{row['count']:,.0f}",
            "not reported" if pd.isna(row["people"]) else f"{row['people']:,.0f}",
            "" if pd.isna(row["per_hundred"]) else _number(row["per_hundred"]),
        ]
        for _, row in frame.iterrows()
    ]
    return data_table(columns, rows, caption)
