"""A line of quarters continued for a year, and how far it may go wrong: numbers in, numbers out.

Lines are on a scale on which they are added to and taken from: logarithms of amounts, log-odds
of proportions (`kpi.scales`). They have at least two years, and begin with any quarter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Method = Callable[[Numbers], Numbers]

QUARTERS = 4
# Two years: each season is there twice.
LEAST = 2 * QUARTERS
_SMOOTHINGS = np.arange(1, 11) / 10


@dataclass(frozen=True)
class Calibration:
    """How far lines of a kind strayed from their continuations, in typical steps of their own.

    quarters: the 80% quantile of the error of each of the four quarters; total: of the year's
    total. usual: the typical step of such lines, which counts for as many steps as ``weight``.
    All were measured by `python -m bench.forecasting` on the year before the last of each service.
    """

    quarters: tuple[float, float, float, float]
    total: float
    usual: float
    weight: int


def same_quarter_last_year(line: Numbers) -> Numbers:
    """The last four quarters over again."""
    return line[-QUARTERS:]


def latest_quarter(line: Numbers) -> Numbers:
    """The latest quarter four times over."""
    return np.repeat(line[-1], QUARTERS)


def seasons(line: Numbers) -> Numbers:
    """What each quarter of the line stands above or below its year, as long as the line.

    The mean distance from the centred mean of a year, by quarter, adding up to nought over a year.
    """
    kernel = np.array([0.5, 1.0, 1.0, 1.0, 0.5]) / QUARTERS
    apart = line[2:-2] - np.convolve(line, kernel, "valid")
    which = (np.arange(len(apart)) + 2) % QUARTERS
    each = np.array([apart[which == quarter].mean() for quarter in range(QUARTERS)])
    return (each - each.mean())[np.arange(len(line)) % QUARTERS]


def theta(line: Numbers) -> Numbers:
    """The Theta method: the smoothed level, half the trend, and the season.

    Source: Assimakopoulos and Nikolopoulos (2000), in the form that Hyndman and Billah (2003)
    give it; the smoothing is the one of ten that erred least from each quarter to the next.
    """
    season = seasons(line)
    plain = line - season
    level, smoothing = _smoothed(plain)
    count = len(plain)
    slope = np.polyfit(np.arange(count), plain, 1)[0]
    ahead = np.arange(QUARTERS) + (1 - (1 - smoothing) ** count) / smoothing
    return level + slope / 2 * ahead + season[-QUARTERS:]


def _smoothed(plain: Numbers) -> tuple[float, float]:
    """The last level of a line without its season, and how much of each step it took up."""
    level = np.full(len(_SMOOTHINGS), plain[0])
    squares = np.zeros(len(_SMOOTHINGS))
    for value in plain[1:]:
        error = value - level
        squares += error**2
        level = level + _SMOOTHINGS * error
    best = int(np.argmin(squares))
    return float(level[best]), float(_SMOOTHINGS[best])


def continued(line: Numbers) -> Numbers:
    """The coming four quarters: of three ways to continue the line, the one in the middle."""
    ways = (same_quarter_last_year(line), latest_quarter(line), theta(line))
    return np.median(np.stack(ways), axis=0)


def typical_step(line: Numbers, usual: float, weight: int) -> float:
    """The mean step from a quarter to the next, season apart, either way.

    It is drawn towards what is usual, the more the shorter the line is.
    """
    steps = np.abs(np.diff(line - seasons(line)))
    return float((weight * usual + steps.sum()) / (weight + len(steps)))
