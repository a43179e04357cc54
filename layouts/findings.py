"""Headings that say what the figures show, by rules; a plain title where they show nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from kpi.definitions import Kpi
from kpi.journeys import Stretch
from kpi.periods import Period
from kpi.rows import Rows
from layouts.journey import heading_stage
from layouts.spans import during
from layouts.wording import change_in_words, missing, named

JOURNEY, CHANNELS, SATISFACTION = "Where people leave", "How people use it", "User satisfaction"
LEAST_AFTER = 3
STEADY = 0.01


def journey_heading(found: Stretch) -> str:
    """Where most people give up, if one stage has more leavers than every other.

    'Most' only if it has more than half of all leavers; otherwise 'More people'.
    """
    worst = heading_stage(found)
    if worst is None:
        return JOURNEY
    stage, is_most = worst
    if is_most:
        return f"Most people who give up do so at ‘{stage}’"
    return f"More people give up at ‘{stage}’ than anywhere else"


def _crossing(ahead: Mapping[date, float]) -> date | None:
    """When the lead turned from below to above nought, if once and for three periods or more."""
    leads = [(start, lead > 0) for start, lead in sorted(ahead.items()) if lead]
    since = [start for start, leading in leads if leading]
    is_once = [leading for _, leading in leads] == sorted(leading for _, leading in leads)
    is_crossed = is_once and len(leads) > len(since) >= LEAST_AFTER
    return since[0] if is_crossed else None


def _by_line(frame: pd.DataFrame) -> dict[str, dict[date, float]]:
    """What was reported of each line, in the order of their names, by the start of its period."""
    rows = Rows.of(frame)
    rows = rows.where(rows.reported)
    found: dict[str, dict[date, float]] = {line: {} for line in sorted(set(rows["line"]))}
    days = rows["start_at"].astype("M8[D]").tolist()
    for line, start, value in zip(rows["line"], days, rows["value"].tolist(), strict=True):
        found[line][start] = value
    return found


def channels_heading(frame: pd.DataFrame) -> str:
    """'Digital overtook paper in 2015', if the largest channel now passed the second once.

    frame: start_at, value, status and line (the channel's slug). Only reported figures count.
    """
    figures = _by_line(frame)
    last = max((start for line in figures.values() for start in line), default=None)
    now = {line: each[last] for line, each in figures.items() if last in each}
    if len(now) < 2:
        return CHANNELS
    first, second = sorted(now, key=lambda line: -now[line])[:2]
    other = figures[second]
    ahead = {
        start: value - other[start] for start, value in figures[first].items() if start in other
    }
    crossed = _crossing(ahead)
    if crossed is None:
        return CHANNELS
    return f"{named(first)} overtook {named(second).lower()} in {crossed.year}"


def satisfaction_heading(value: float | None, year_before: float | None) -> str:
    """Whether people are more or less satisfied than a year before (proportions 0 to 1).

    A difference under one percentage point is about the same.
    """
    if value is None or year_before is None or missing(value) or missing(year_before):
        return SATISFACTION
    if abs(value - year_before) < STEADY:
        return "People are about as satisfied as a year before"
    return f"People are {'more' if value > year_before else 'less'} satisfied than a year before"


def dissatisfied_heading(verdict: str, earlier: Period | None = None) -> str:
    """What is out of the ordinary; '' where nothing is clear.

    verdict: 'more', 'fewer' or ''. earlier: the period, where it is not the newest.
    """
    if not verdict:
        return ""
    if earlier is None:
        return f"{named(verdict)} people are dissatisfied than usual"
    return f"{named(verdict)} people were dissatisfied than usual {during(earlier)}"


def kpi_heading(kpi: Kpi, value: float | None, year_before: float | None) -> str:
    """'Completion rate is up 2.1 percentage points on the year before', or the KPI's name."""
    if value is None or year_before is None or missing(value) or missing(year_before):
        return kpi.name
    return f"{kpi.name}: {change_in_words(value, year_before, kpi)} on the year before"
