"""A target in words: 'Target 82% by April 2018: on course'."""

from __future__ import annotations

from datetime import date

import plotly.graph_objects as go

from kpi.periods import day_in_words
from kpi.targets import OFF_COURSE, ON_COURSE, Verdict
from layouts import colours
from layouts.wording import said

# Above this share there is no room for the name over its rule.
ROOM_ABOVE = 0.85


def with_target(figure: go.Figure, found: Verdict | None) -> go.Figure:
    """A chart with the target as a thin rule across it, named; as it is without one."""
    if found is None or not figure.data:
        return figure
    value = found.target.value
    rule = {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": value, "y1": value}
    rule["line"] = {"color": colours.SOFT, "width": 1, "dash": "dash"}
    name = {"xref": "paper", "x": 0, "y": value, "text": target_named(found), "showarrow": False}
    name |= {"xanchor": "left", "yanchor": "bottom" if value < ROOM_ABOVE else "top"}
    made = go.Figure(figure)
    made.add_shape(rule)
    made.add_annotation({**name, "font": {"color": colours.SOFT}})
    return made


def target_in_words(found: Verdict | None) -> str:
    """The target and its verdict; '' without one.

    Off course says where it is heading. A verdict on a date that is over, of which there are no
    figures yet, says that it was given when figures were last reported.
    """
    if found is None:
        return ""
    return f"{target_named(found)} by {_day(found.target.date)}: {_verdict(found)}"


def target_named(found: Verdict) -> str:
    """'Target 82%', '82.5%' or '£25.00': as people say it."""
    return f"Target {said(found.target.value, found.kpi).replace('.0%', '%')}"


def _verdict(found: Verdict) -> str:
    words = found.verdict
    if found.verdict == OFF_COURSE:
        words += f", heading for {said(found.projected, found.kpi)}"
    if found.passed and found.verdict in (ON_COURSE, OFF_COURSE):
        words += ", when figures were last reported"
    return words


def _day(day: date) -> str:
    return f"{day:%B} {day.year}" if day.day == 1 else day_in_words(day)
