"""Line charts: a KPI or its channels over time, and live users. Figures in, no ids, no clock."""

from math import ceil
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import plotly.graph_objects as go
from dash import dcc, html

from kpi.definitions import Kpi
from kpi.rows import Rows
from kpi.spans import Array, ordinals
from layouts import colours
from layouts.aria import aria
from layouts.durations import duration_ticks
from layouts.endlabels import end_labels, label_width, line_ends
from layouts.template import TEMPLATE
from layouts.timeline import Points, live_gaps, times, with_gaps
from layouts.wording import exact, named

Trace = dict[str, Any]
Axis = dict[str, Any]
Floats = npt.NDArray[np.float64]

TEMPLATE_PROPERTIES = TEMPLATE.to_plotly_json()
MOST_LINES = 4
LINE_WIDTH = 3
END_DOT, LONE_DOT, PARTIAL_DOT = 10, 6, 10
HEIGHT, LIVE_HEIGHT = 320, 200
BAND_MOST = 1.3
YEARLY_FROM, MOST_YEARS = 2.5, 6
HOVER_FORMATS = {
    "day": "%-d %B %Y",
    "week": "Week of %-d %B %Y",
    "month": "%B %Y",
    "quarter": "Three months from %B %Y",
    "year": "Twelve months from %B %Y",
}
NOTHING = "No figures reported for this time"
CONFIG: Any = {"displayModeBar": False, "responsive": True, "showTips": False, "scrollZoom": False}
TICKS = [
    {"dtickrange": [None, 86_400_000], "value": "%H:%M"},
    {"dtickrange": [86_400_000, 1_209_600_000], "value": "%-d %b\n%Y"},
    {"dtickrange": ["M1", "M12"], "value": "%b\n%Y"},
    {"dtickrange": ["M12", None], "value": "%Y"},
]


def lines_of(frame: pd.DataFrame) -> list[str]:
    """Names of the lines to draw: at most four, those with the largest totals, largest first.

    frame: line, value, …; without a `line` column there is one line, named ''.
    """
    if frame.empty:
        return []
    if "line" not in frame:
        return [""]
    totals = frame.groupby("line", observed=True)["value"].sum()
    return [str(name) for name in totals.sort_values(ascending=False).index[:MOST_LINES]]


def _sizes(values: Floats) -> list[int]:
    """Dots only at the line's end and where a figure stands alone between two gaps."""
    known = np.pad(~np.isnan(values), 1)
    alone = known[1:-1] & ~known[:-2] & ~known[2:]
    sizes: list[int] = np.where(alone, LONE_DOT, 0).tolist()
    for last in np.flatnonzero(known[1:-1])[-1:]:
        sizes[last] = END_DOT
    return sizes


def _hover(line: str) -> str:
    name = f"{named(line)}: " if line else ""
    return f"{name}<b>%{{customdata}}</b><extra></extra>"


def _scatter(start_at: Array, values: Floats, **style: Any) -> Trace:
    return {"type": "scatter", "x": times(start_at), "y": values, **style}


def _figure(traces: list[Trace], x: Axis, y: Axis, **layout: Any) -> go.Figure:
    """All of a figure at once and unchecked, ten times as fast; its tests check it."""
    layout |= {"template": TEMPLATE_PROPERTIES, "xaxis": x, "yaxis": y}
    return go.Figure(traces, layout, _validate=False)


def _reported(points: Points, line: str, colour: str, kpi: Kpi) -> Trace:
    values = np.where(points.status == "reported", points.value, np.nan)
    return _scatter(
        points.start_at,
        values,
        customdata=[exact(value, kpi) for value in values.tolist()],
        name=named(line),
        mode="lines+markers",
        line={"color": colour, "width": LINE_WIDTH},
        marker={"size": _sizes(values), "color": colour, "opacity": 1},
        cliponaxis=False,
        connectgaps=False,
        hovertemplate=_hover(line),
    )


def _partial(points: Points, line: str, colour: str, kpi: Kpi) -> Trace | None:
    part = points.where((points.status == "partial") & ~np.isnan(points.value))
    if not len(part):
        return None
    ring = {"color": colours.WHITE, "size": PARTIAL_DOT, "line": {"color": colour, "width": 2}}
    return _scatter(
        part.start_at,
        part.value,
        customdata=[f"{exact(value, kpi)} (partial)" for value in part.value.tolist()],
        name=f"{named(line)} partial".strip(),
        mode="markers",
        marker=ring,
        cliponaxis=False,
        hovertemplate=_hover(line),
    )


def _band(rows: Rows) -> list[Trace]:
    """What is normal, as grey bands with gaps where it is not known: needs columns low and high."""
    if not {"low", "high"} <= set(rows.frame.columns):
        return []
    rows = rows.in_order_of("start_at")
    known = ~np.isnan(rows["low"]) & ~np.isnan(rows["high"])
    place = np.flatnonzero(known)
    pieces = np.split(place, np.flatnonzero(np.diff(place) > 1) + 1)
    return [trace for piece in pieces if len(piece) for trace in _piece(rows, piece)]


def _piece(rows: Rows, places: npt.NDArray[np.intp]) -> list[Trace]:
    """The lower and the upper edge of one band, filled between."""
    plain: dict[str, Any] = {"mode": "lines", "line": {"width": 0}, "hoverinfo": "skip"}
    filled = {"fill": "tonexty", "fillcolor": colours.BAND}
    start_at, low, high = (rows[name][places] for name in ("start_at", "low", "high"))
    low_edge = _scatter(start_at, low, name="low", **plain)
    return [low_edge, _scatter(start_at, high, name="high", **filled, **plain)]


def _axis_of(kpi: Kpi, highest: float) -> dict[str, Any]:
    """From zero, percentages to 100 (or past it, where the figures do), times in their units."""
    if kpi.format == "percentage":
        top = max(1.0, highest * 1.02)
        return {"range": [0, top * 1.03], "tickformat": ".0%", "dtick": 0.2 if top < 1.5 else None}
    if kpi.format == "duration":
        ticks, texts = duration_ticks(highest)
        return {"range": [0, highest * 1.08 or 1], "tickvals": ticks, "ticktext": texts}
    prefix = {"tickprefix": "£"} if kpi.format == "pounds" else {}
    pence = {"tickformat": ",.2f"} if kpi.format == "pounds" and highest < 4 else {}
    return {"range": [0, highest * 1.08 or 1], **prefix, **pence}


def _highest(known: Rows) -> float:
    """The highest figure, or the top of the band, if that leaves the figures their room."""
    highest = float(known["value"].max())
    if "high" not in known.frame or np.isnan(known["high"]).all():
        return highest
    return min(max(highest, float(np.nanmax(known["high"]))), BAND_MOST * highest)


def _time_axis(start_at: Array) -> dict[str, Any]:
    """From the first figure to the last; whole years as ticks where there are enough of them."""
    first, last = pd.Timestamp(start_at.min()), pd.Timestamp(start_at.max())
    axis: dict[str, Any] = {"type": "date", "tickformatstops": TICKS}
    if first < last:
        axis["range"] = [first.to_pydatetime(), last.to_pydatetime()]
    years = (last - first).days / 365
    if years >= YEARLY_FROM:
        step = f"M{12 * ceil(years / MOST_YEARS)}"
        axis |= {"dtick": step, "tick0": "2000-01-01", "tickformat": "%Y", "tickformatstops": []}
    return axis


def _empty(height: int) -> go.Figure:
    note: dict[str, Any] = {"text": NOTHING, "showarrow": False, "xref": "paper", "yref": "paper"}
    note["font"] = {"size": 17, "color": colours.SOFT}
    hidden: Axis = {"visible": False}
    return _figure([], hidden, hidden, height=height, annotations=[note])


def _hover_format(rows: Rows) -> str:
    """How the hover box names a period, as near to its label as a date format can come."""
    name = str(rows["period"][0])
    if name == "year" and not (ordinals(name, rows["start_at"]) % 12).any():
        return "%Y"
    return HOVER_FORMATS[name]


def _points_of(rows: Rows, known: Rows) -> dict[str, Points]:
    """The points of each line to draw, its gaps included. known: the rows with a figure."""
    if "line" not in rows.frame:
        return {"": with_gaps(rows)}
    lines = lines_of(known.taken())
    return {line: with_gaps(rows.where(rows["line"] == line)) for line in lines}


def build_trend(frame: pd.DataFrame, kpi: Kpi, height: int = HEIGHT) -> go.Figure:
    """A line (or up to four) over time, broken where nothing was reported.

    frame: period, start_at (datetime64), value (proportions 0 to 1), status; and, where wanted,
    line (a name a line; the four largest are drawn) and low, high (what is normal). One period
    name a frame. Partial figures are hollow dots that the line does not join.
    """
    rows = Rows.of(frame)
    known = rows.where(~np.isnan(rows["value"]))
    if not len(known):
        return _empty(height)
    points = _points_of(rows, known)
    traces = _band(rows)
    for (line, drawn), colour in zip(points.items(), colours.LINES, strict=False):
        made = [part(drawn, line, colour, kpi) for part in (_reported, _partial)]
        traces += [trace for trace in made if trace is not None]
    axis = _axis_of(kpi, _highest(known))
    labels = end_labels(line_ends(points), axis["range"][1], height)
    along = {**_time_axis(known["start_at"]), "hoverformat": _hover_format(rows)}
    margin = {"r": label_width(list(points))}
    return _figure(traces, along, axis, height=height, annotations=labels, margin=margin)


def build_live(frame: pd.DataFrame, height: int = LIVE_HEIGHT) -> go.Figure:
    """Users over the last hours. frame: start_at (datetime64 with time), value (people)."""
    known = frame.dropna(subset=["value"]) if not frame.empty else frame
    if known.empty:
        return _empty(height)
    rows = live_gaps(known)
    values = rows["value"].to_numpy(dtype=float)
    trace = _scatter(
        rows["start_at"].to_numpy(),
        values,
        mode="lines+markers",
        line={"color": colours.TURQUOISE, "width": LINE_WIDTH},
        marker={"size": _sizes(values), "color": colours.TURQUOISE, "opacity": 1},
        cliponaxis=False,
        hovertemplate="<b>%{y:,.0f}</b><extra></extra>",
    )
    people = {"range": [0, float(known["value"].max()) * 1.08 or 1], "nticks": 4}
    along = {**_time_axis(known["start_at"].to_numpy()), "hoverformat": "%-d %B, %H:%M"}
    return _figure([trace], along, people, height=height)


def chart(figure: go.Figure, id: str | dict[str, Any], summary: str) -> html.Div:
    """The figure on a page: as wide as there is room, no tool bar, its summary as its name."""
    graph = dcc.Graph(
        figure=figure,
        id=id,
        responsive=True,
        config=CONFIG,
        style={"height": f"{figure.layout.height}px"},
    )
    return html.Div(graph, className="chart", role="img", **aria(label=f"Chart. {summary}"))
