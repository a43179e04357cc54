"""The line charts of a service's page, on which a span of time can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pandas as pd
import plotly.graph_objects as go
from dash.development.base_component import Component

from kpi.definitions import Kpi
from kpi.spans import ends
from layouts import ids
from layouts.charts import build_trend, chart
from layouts.wording import named

SMALL = 220
# Figures of rolling years belong where their twelve months end, not where they began.
TO_LAST_MONTH = pd.DateOffset(months=11)


def build_selectable(frame: pd.DataFrame, kpi: Kpi, height: int) -> go.Figure:
    """A trend in which dragging selects a span. frame: as build_trend takes it.

    The text of each point is its period, from and to (exclusive): '2016-10-01/2017-10-01'.
    """
    figure, spans = build_trend(frame, kpi, height), _spans(frame)
    for trace in figure.data:
        trace.text = [spans.get(day, "") for day in trace.x.astype("M8[D]").tolist()]
    if any(day.month > 1 for day in spans) and str(frame["period"].iloc[0]) == "year":
        _move_to_ends(figure)
    return figure.update_layout(dragmode="select", selectdirection="h", clickmode="event")


def _spans(frame: pd.DataFrame) -> dict[date, str]:
    """What the points of each start say: from when to when they are."""
    both = (frame["start_at"].to_numpy(), ends(frame["period"], frame["start_at"]))
    days, after = (times.astype("M8[D]").tolist() for times in both)
    return {day: f"{day}/{end}" for day, end in zip(days, after, strict=True)}


def build_channels(frame: pd.DataFrame, kpi: Kpi, height: int) -> go.Figure:
    """Transactions by line, of which each can be clicked. frame: as build_trend takes it."""
    figure = build_selectable(frame, kpi, height)
    # Only the nearest line is told of, so that a click says which was meant.
    return figure.update_layout(hovermode="closest")


def _move_to_ends(figure: go.Figure) -> None:
    for trace in figure.data:
        trace.x = pd.Series(trace.x, dtype="datetime64[us]") + TO_LAST_MONTH
        trace.marker.size = [size or 6 for size in _sizes(trace)]
    for label in figure.layout.annotations:
        label.x = pd.Timestamp(label.x) + TO_LAST_MONTH
    span = figure.layout.xaxis.range
    if span:
        span = [pd.Timestamp(end) + TO_LAST_MONTH for end in span]
    figure.update_xaxes(range=span, hoverformat="Twelve months to %B %Y")


def _sizes(trace: Any) -> list[float]:
    size = trace.marker.size
    return [size] * len(trace.x) if isinstance(size, int | float) else list(size or ())


def curves(figure: go.Figure, kinds: Mapping[str, str]) -> list[str]:
    """The kind of channel of each of a figure's curves, partial ones included, in their order."""
    by_name = {named(line): kind for line, kind in kinds.items()}
    return [by_name.get(trace.name.removesuffix(" partial"), "") for trace in figure.data]


def trend_chart(figure: go.Figure, module: str, summary: str) -> Component:
    """A chart of which a selected span narrows the page."""
    return chart(figure, {"type": ids.SERVICE_CHART, "module": module}, summary)
