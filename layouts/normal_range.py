"""What is usual, in words, as a band behind a line, and as a column of a table."""

from __future__ import annotations

from datetime import timedelta
from math import isnan

import pandas as pd
from dash import html
from dash.development.base_component import Component

from kpi.dashboard import Latest
from kpi.definitions import Kpi
from kpi.normal import HIGHER, LOWER, NORMAL, Usual
from kpi.periods import Period
from layouts.spans import during
from layouts.wording import exact, said

WITHIN, UNKNOWN = "within its normal range", "too little history to say what is normal"
UNUSUAL = {LOWER: "lower than usual", HIGHER: "higher than usual"}
ON_CHART = "The grey band is where it normally lies at that time of year."
ENDS = {"normal_low": "low", "normal_high": "high"}
Words = str | list[str | Component]


def banded(frame: pd.DataFrame) -> pd.DataFrame:
    """A judged frame as charts take it, with its ranges as a band."""
    return frame.rename(columns=ENDS)


def has_ranges(frame: pd.DataFrame) -> bool:
    """Whether a range is known for any of its rows."""
    return "normal_low" in frame and bool(frame["normal_low"].notna().any())


def range_in_words(usual: Usual, value: float | None, kpi: Kpi) -> str:
    """'82 to 88%': as few digits as tell the figure from the ends, where it lies outside."""
    low, high = usual.low, usual.high
    if low is None or high is None:
        return ""
    for write in (_whole, said, exact):
        ends = [write(end, kpi) for end in (low, high)]
        if usual.verdict == NORMAL or write(value, kpi) not in ends:
            break
    first, last = ends
    return f"{first.removesuffix('%') if last.endswith('%') else first} to {last}"


def _whole(value: float | None, kpi: Kpi) -> str:
    """A percentage without decimals, if it is one."""
    if value is None or kpi.format != "percentage":
        return said(value, kpi)
    return f"{value * 100:,.0f}%"


def verdict_in_words(found: Latest) -> Words:
    """What a card says: 'within its normal range', 'lower than usual: expected 82 to 88%'.

    Of a cost over twelve months it is said of its last period alone. Nothing where figures of
    that length are not judged.
    """
    usual, value = found.usual, found.usual_of
    if usual is None:
        return ""
    if usual.low is None:
        return UNKNOWN
    alone = f" {during(found.usual_in)}" if found.window and found.usual_in else ""
    if usual.verdict == NORMAL:
        return f"{WITHIN}{alone}"
    if usual.verdict not in UNUSUAL:
        return ""
    expected = range_in_words(usual, value, found.kpi)
    return [html.Strong(UNUSUAL[usual.verdict]), f"{alone}: expected {expected}"]


def volume_in_words(found: Latest | None) -> str:
    """The same of a volume, as a sentence; '' where figures of that length are not judged."""
    if found is None or found.usual is None:
        return ""
    usual = found.usual
    if usual.low is None:
        return "There is too little history to say whether that is normal."
    span = range_in_words(usual, found.usual_of, found.kpi)
    if usual.verdict == NORMAL:
        return f"That is within the normal range for the time of year, {span}."
    return f"That is {UNUSUAL[usual.verdict]}: expected {span}."


def as_usual(verdict: object, period: Period) -> str:
    """'as usual for November', 'lower than usual for November'; '' without a verdict."""
    word = "as usual" if verdict == NORMAL else UNUSUAL.get(str(verdict), "")
    # A week belongs to whatever holds its Thursday.
    day = period.start + timedelta(days=3 if period.name == "week" else 0)
    return f"{word} for {day:%B}" if word else ""


def normal_cell(low: float, high: float, verdict: object, kpi: Kpi) -> str:
    """A table's cell: '82.10% to 88.20%', and whether the figure is outside of it."""
    if isnan(low):
        return ""
    word = UNUSUAL.get(str(verdict), "")
    return f"{exact(low, kpi)} to {exact(high, kpi)}{f' ({word})' if word else ''}"
