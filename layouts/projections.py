"""The coming year on a chart, in a sentence and in a table: dashed, and never as if reported."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash.development.base_component import Component

from kpi.definitions import Kpi
from kpi.frames import period_of
from kpi.periods import day_in_words
from kpi.spans import TWELVE_MONTHS
from layouts import colours
from layouts.spans import during
from layouts.tables import Column, data_table
from layouts.wording import capitalised, exact, value_and_unit

# At most so many times as high as what is reported does an interval make a chart.
MOST_HIGH = 1.5
DASH = {"dash": "4px,4px", "width": 2}


def with_projection(
    figure: go.Figure, rows: pd.DataFrame, kpi: Kpi, line: str = "", *, banded: bool = True
) -> go.Figure:
    """A trend that goes on dashed, within its 80% interval.

    figure: as build_trend makes it, of the line of that name. rows: kpi.projections.COLUMNS, the
    periods of one KPI; without any the figure stays as it is. banded: whether to draw the interval.
    """
    last = _last_point(figure, line)
    if rows.empty or last is None:
        return figure
    x, y = last
    times = [x, *rows["start_at"].dt.to_pydatetime()]
    band = _band(times, y, rows) if banded else []
    coming = _dashed(times, [y, *rows["value"]], _hovers(rows, kpi, banded), line)
    coming["line"] = {**DASH, "color": _colour(figure, line)}
    # As plain values and unchecked, like the figure itself: to check it again takes far longer.
    drawn = [trace.to_plotly_json() for trace in figure.data]
    layout = _widened(_in_order(figure.layout.to_plotly_json()), rows, banded)
    return go.Figure([*band, *drawn, coming], layout, _validate=False)


def _in_order(properties: Any) -> Any:
    """Properties by name and without those that are empty, as Plotly has what it has checked."""
    if isinstance(properties, list):
        return [_in_order(one) for one in properties]
    if not isinstance(properties, dict):
        return properties
    told = {name: one for name, one in sorted(properties.items()) if one not in (None, [])}
    return {name: _in_order(one) for name, one in told.items()}


def _last_point(figure: go.Figure, line: str) -> tuple[Any, float] | None:
    """Where the reported line of that name ends."""
    for trace in figure.data:
        if trace.name == line and "lines" in (trace.mode or ""):
            known = [(x, y) for x, y in zip(trace.x, trace.y, strict=True) if pd.notna(y)]
            return (known[-1][0], float(known[-1][1])) if known else None
    return None


def _colour(figure: go.Figure, line: str) -> str:
    return next(str(trace.line.color) for trace in figure.data if trace.name == line)


def _band(times: list[Any], start: float, rows: pd.DataFrame) -> list[dict[str, Any]]:
    """The interval, which opens at the last reported figure."""
    plain: dict[str, Any] = {
        "type": "scatter",
        "x": times,
        "mode": "lines",
        "line": {"width": 0},
        "hoverinfo": "skip",
        "text": [""] * len(times),
    }
    low = {**plain, "y": [start, *rows["low"]], "name": "projected low"}
    filled = {"fill": "tonexty", "fillcolor": colours.COMING}
    return [low, {**plain, "y": [start, *rows["high"]], "name": "projected high", **filled}]


def _dashed(times: list[Any], values: list[float], hovers: list[str], line: str) -> dict[str, Any]:
    # The first point is the last reported one, which says what it is by itself.
    return {
        "type": "scatter",
        "x": times,
        "y": values,
        "mode": "lines",
        "name": f"{line} projected".strip(),
        "customdata": ["", *hovers],
        "text": [""] * len(times),
        "hovertemplate": "%{customdata}<extra></extra>",
    }


def _hovers(rows: pd.DataFrame, kpi: Kpi, banded: bool) -> list[str]:
    found = []
    for value, low, high in zip(rows["value"], rows["low"], rows["high"], strict=True):
        interval = f"<br>80% interval: {exact(low, kpi)} to {exact(high, kpi)}" if banded else ""
        found.append(f"Projected: <b>{exact(value, kpi)}</b>{interval}")
    return found


def _widened(layout: dict[str, Any], rows: pd.DataFrame, banded: bool) -> dict[str, Any]:
    """A layout as far as the projection goes, and as high, within reason."""
    along, upward = layout["xaxis"], layout["yaxis"]
    if "range" in along:
        along["range"] = [along["range"][0], rows["start_at"].iloc[-1].to_pydatetime()]
    most = float((rows["high"] if banded else rows["value"]).max()) * 1.03
    low, high = upward["range"]
    upward["range"] = [low, max(high, min(most, MOST_HIGH * high))]
    return layout


def periods_alone(rows: pd.DataFrame) -> pd.DataFrame:
    """The projected periods, without their total."""
    return rows[rows["period"] != TWELVE_MONTHS]


def projection_in_words(rows: pd.DataFrame, kpi: Kpi) -> str:
    """'At this rate 14.2 million transactions in the year to September 2018 (80% interval: …).'

    Of a rate, what it is in the last of the projected periods. '' without a projection.
    """
    if rows.empty:
        return ""
    row = rows.iloc[-1]
    number, unit = value_and_unit(_rounded(float(row["value"]), kpi), kpi)
    interval = f"80% interval: {_between(float(row['low']), float(row['high']), kpi)}"
    if kpi.denominator is None:
        return f"At this rate {number}{unit} {kpi.unit} in the year to {_end(row)} ({interval})."
    when = during(period_of(str(row["period"]), row["start_at"]))
    return f"At this rate {number}{unit} {when} ({interval})."


def _between(low: float, high: float, kpi: Kpi) -> str:
    """'13.1 to 15.4 million', '84.0 to 89.9%': what both end with is said once."""
    least, unit = value_and_unit(_rounded(low, kpi), kpi)
    most, other = value_and_unit(_rounded(high, kpi), kpi)
    return f"{least}{'' if unit == other else unit} to {most}{other}"


def _rounded(value: float, kpi: Kpi) -> float:
    """An amount to three figures: a projection is no more exact than that."""
    return float(f"{value:.3g}") if kpi.denominator is None else value


def _end(row: pd.Series) -> str:
    """The last month of a projected year; of weeks its last day."""
    last = row["end_at"].date() - timedelta(days=1)
    if (last + timedelta(days=1)).day == 1:
        return f"{last:%B} {last.year}"
    return day_in_words(last)


def projection_table(rows: pd.DataFrame, kpi: Kpi) -> Component:
    """What is projected in full, period by period, with the ends of its interval."""
    columns = [
        Column("Period"),
        *(Column(name, numeric=True) for name in ("Projected", "From", "To")),
    ]
    cells = [
        [_label(row), *(exact(float(row[name]), kpi) for name in ("value", "low", "high"))]
        for _, row in rows.iterrows()
    ]
    return data_table(columns, cells, f"{kpi.name}: projected, with 80% intervals")


def _label(row: pd.Series) -> str:
    if str(row["period"]) == TWELVE_MONTHS:
        return f"Year to {_end(row)}"
    return capitalised(period_of(str(row["period"]), row["start_at"]).label)
