"""Whether more people are dissatisfied than usual: a share against the twelve periods before it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

import numpy as np
import pandas as pd

from kpi.periods import Period

# So many periods before are looked at, and at least so many of them must be reported.
BEFORE, LEAST = 12, 10
# How many times the noise a share must be away from the middle for anything to be claimed.
CLEAR = 3.0
# The spread of twelve values with their lowest and highest drawn in, as a standard deviation.
_DRAWN_IN = 1.2


@dataclass(frozen=True)
class Usual:
    """What share of people was dissatisfied in the periods before, 0 to 1.

    low, high: the second lowest and the second highest, so that one odd period makes nothing
    usual. least, most: the lowest and the highest. middle: the median. spread: their standard
    deviation, one outlier on either side left out. expected: the share of all answers together.
    """

    low: float
    high: float
    least: float
    most: float
    middle: float
    spread: float
    expected: float


def shares(answers: pd.DataFrame) -> pd.Series:
    """The share of answers of 1 and 2. answers: columns '1', '2', answers; NaN without any."""
    return (answers["1"] + answers["2"]) / answers["answers"].where(answers["answers"] > 0)


def usual(answers: pd.DataFrame, period: Period) -> Usual | None:
    """What was usual in the twelve periods before one; None where too few were reported.

    answers: as kpi.ratings.by_period makes them. Only whole periods count, whose answers may be
    told of; years are those of the same twelve months.
    """
    starts = [pd.Timestamp(one.start) for one in _before(period)]
    rows = answers[answers["start_at"].isin(starts) & (answers["status"] == "reported")]
    found = np.sort(shares(rows).dropna().to_numpy(dtype=np.float64))
    if len(found) < LEAST:
        return None
    drawn_in = np.clip(found, found[1], found[-2])
    dissatisfied, total = rows[["1", "2"]].sum().sum(), rows["answers"].sum()
    return Usual(
        float(found[1]),
        float(found[-2]),
        float(found[0]),
        float(found[-1]),
        float(np.median(found)),
        float(drawn_in.std(ddof=1)) * _DRAWN_IN,
        # One more of each, so that nobody dissatisfied so far is not taken for never.
        float((dissatisfied + 1) / (total + 2)),
    )


def _before(period: Period) -> list[Period]:
    found = []
    for _ in range(BEFORE):
        period = period.year_before if period.name == "year" else period.previous
        found.append(period)
    return found


def compared(share: float, answers: float, known: Usual | None) -> str:
    """'more' or 'fewer' people are dissatisfied than usual; '' where that is not clear.

    share: 0 to 1, of so many answers. It is clear where the share lies beyond every one of the
    periods before, in whole percent beyond what was usual, and at least three times the noise
    away from their middle. The noise is the spread from period to period, or what chance makes of
    so few answers (the standard error of a share), whichever is larger.
    """
    if known is None or answers <= 0:
        return ""
    chance = sqrt(known.expected * (1 - known.expected) / answers)
    away = share - known.middle
    if abs(away) <= CLEAR * max(chance, known.spread):
        return ""
    if share > known.most and round(share, 2) > round(known.high, 2):
        return "more"
    if share < known.least and round(share, 2) < round(known.low, 2):
        return "fewer"
    return ""
