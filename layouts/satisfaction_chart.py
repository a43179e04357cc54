"""User satisfaction over time, with how many answers it rests on in a strip below."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

import pandas as pd
import plotly.graph_objects as go

from kpi.definitions import Kpi
from kpi.periods import Period
from layouts import colours
from layouts.normal_range import banded
from layouts.service_charts import build_selectable
from layouts.wording import count_said, counted

HEIGHT = 300
# The line above and the strip below, as shares of the height; the strip's name stands between.
LINE, STRIP = (0.36, 1.0), (0.0, 0.2)
ROOM = 1.15


def build_satisfaction(
    frame: pd.DataFrame, kpi: Kpi, looked_at: Period | None = None, height: int = HEIGHT
) -> go.Figure:
    """The score as a line and, on an axis of its own below it, a bar of answers a period.

    frame: rows of a KPI frame, whose denominator is how many answered. What is suppressed has
    neither a point nor a bar. looked_at: the period whose bar stands out.
    """
    figure = build_selectable(banded(frame), kpi, height)
    known = frame[frame["value"].notna()]
    if known.empty:
        return figure
    starts = known["start_at"].dt.date.astype(str)
    answers = dict(zip(starts, known["denominator"], strict=True))
    for trace in figure.data:
        if trace.customdata is not None:
            trace.customdata = _with_answers(trace, answers)
    figure.add_trace(_strip(figure, answers, str(looked_at.start) if looked_at else ""))
    _lay_out(figure, float(known["denominator"].max()))
    return figure


def _start(text: str) -> str:
    """The first day of a point's period: its text is '2017-09-01/2017-10-01'."""
    return text.split("/", maxsplit=1)[0]


def _with_answers(trace: Any, answers: Mapping[str, float]) -> list[str]:
    """What the hover box says of each point: '84.10% of 9,204 answers'."""
    return [
        f"{said} of {counted(round(answers[start]), 'answer')}"
        if (start := _start(text)) in answers
        else str(said)
        for said, text in zip(trace.customdata, trace.text, strict=True)
    ]


def _strip(figure: go.Figure, answers: Mapping[str, float], looked_at: str) -> go.Bar:
    """A bar for each point that is drawn, where it is drawn."""
    points = {
        _start(text): (x, text)
        for trace in figure.data
        for x, text in zip(trace.x, trace.text, strict=True)
        if text
    }
    drawn = {start: point for start, point in points.items() if start in answers}
    return go.Bar(
        x=[pd.Timestamp(x) for x, _ in drawn.values()],
        y=[answers[start] for start in drawn],
        text=[text for _, text in drawn.values()],
        name="Answers",
        yaxis="y2",
        marker_color=[
            colours.DARK_BLUE if start == looked_at else colours.ANSWERS for start in drawn
        ],
        # The hover box of the line says them already.
        hoverinfo="skip",
        textposition="none",
        cliponaxis=False,
    )


def _lay_out(figure: go.Figure, most: float) -> None:
    """Line above, strip below, one axis of time at the bottom of both."""
    figure.update_layout(
        yaxis_domain=list(LINE),
        yaxis2={"domain": list(STRIP), "range": [0, most * ROOM], **_ticks(most), "anchor": "x"},
        bargap=0.25,
    )
    figure.update_xaxes(anchor="y2", range=_padded(figure))
    figure.add_annotation(
        text="Answers",
        xref="paper",
        yref="paper",
        x=0,
        y=STRIP[1] + 0.01,
        xanchor="left",
        yanchor="bottom",
        showarrow=False,
        font={"color": colours.SOFT},
    )


def _ticks(most: float) -> dict[str, Any]:
    """Nought and the most there were: the strip has room for no more."""
    return {"tickvals": [0, most], "ticktext": ["0", count_said(most)]}


def _padded(figure: go.Figure) -> list[Any]:
    """The axis of time with half a bar's room at either end, so that no bar is cut."""
    times = sorted({pd.Timestamp(x) for trace in figure.data for x in trace.x})
    steps = pd.Series(times).diff().dropna()
    half = (steps.min() if len(steps) else timedelta(days=1)) / 2
    return [(times[0] - half).to_pydatetime(), (times[-1] + half).to_pydatetime()]
