"""The parts of something as bars: how many each is, and its share of all of them."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from kpi.definitions import Kpi
from layouts.leagues import bar
from layouts.tables import Column, data_table
from layouts.wording import counted, exact

MOST_BARS = 8
_NONE = "Nothing was reported of its parts."


def with_shares(parts: pd.DataFrame) -> pd.DataFrame:
    """The parts, each with its `share` (0 to 1) of all. parts: group, value, largest first."""
    total = parts["value"].sum()
    return parts.assign(share=parts["value"] / total if total else 0.0)


def share_bars(parts: pd.DataFrame, kpi: Kpi) -> Component:
    """A bar for each of the largest parts; what the others come to in one line below.

    parts: group, value; largest first.
    """
    if parts.empty:
        return html.P(_NONE, className="empty")
    rows = with_shares(parts)
    most = float(rows["value"].max())
    bars = [_bar(row, most, kpi) for _, row in rows.head(MOST_BARS).iterrows()]
    others = rows.iloc[MOST_BARS:]
    inside: list[Component] = [html.Ol(bars, className="journey")]
    if len(others):
        said = f"{counted(len(others), 'other')}: {others['share'].sum():.0%} together"
        inside.append(html.P(said, className="of"))
    return html.Div(inside)


def _bar(row: pd.Series, most: float, kpi: Kpi) -> html.Li:
    reach = row["value"] / most if most else 0
    return html.Li(
        [
            html.Span(str(row["group"]), className="stage"),
            html.Span([bar(reach), html.B(f"{row['share']:.0%}")], className="reach"),
            html.Span(exact(row["value"], kpi), className="drop"),
        ]
    )


def shares_table(parts: pd.DataFrame, kpi: Kpi, what: str, caption: str) -> html.Div:
    """All parts: how many, and which share. what: the heading of the parts."""
    columns = [
        Column(what),
        Column(kpi.unit.capitalize(), numeric=True),
        Column("Share", numeric=True),
    ]
    rows = with_shares(parts) if len(parts) else parts.assign(share=0.0)
    cells = [
        [str(row["group"]), exact(row["value"], kpi), f"{row['share']:.1%}"]
        for _, row in rows.iterrows()
    ]
    return data_table(columns, cells, caption, empty=_NONE)
