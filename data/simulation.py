"""Numbers that look like life and add up to what was published: shapes of days, and sharing out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from zlib import crc32

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Counts = npt.NDArray[np.int64]

SEED = 20171001
FIRST, END = date(2014, 10, 1), date(2017, 10, 1)
DAYS: tuple[date, ...] = tuple(FIRST + timedelta(days=n) for n in range((END - FIRST).days))
# The published year, 0 to 2, that each day lies in.
YEAR_OF: Counts = np.array([day.year - 2014 - (day.month < 10) for day in DAYS])
FIRST_MONDAY = FIRST - timedelta(days=FIRST.weekday())
# The week, from 0, that each day lies in; the first and the last week are cut short.
WEEK_OF: Counts = (np.arange(len(DAYS)) + FIRST.weekday()) // 7
MONDAYS: tuple[date, ...] = tuple(
    FIRST_MONDAY + timedelta(weeks=n) for n in range(int(WEEK_OF[-1]) + 1)
)
QUIET_DAYS = {(12, 24): 0.5, (12, 25): 0.15, (12, 26): 0.3, (12, 31): 0.6, (1, 1): 0.4}
# A series that all but ends keeps this much of its highest level, so that its shape stays.
LEAST_LEVEL = 0.02


@dataclass(frozen=True)
class Peak:
    """A rush to a day: ``height`` times as many more, after ``rise`` days, gone in ``fall``."""

    day: date
    height: float
    rise: float = 7.0
    fall: float = 1.0


def generator(name: str) -> np.random.Generator:
    """A source of chance that gives the same numbers for the same name, each time."""
    return np.random.default_rng([SEED, crc32(name.encode())])


def shared_out(total: int, weights: Floats) -> Counts:
    """Whole numbers in proportion to weights (not negative) that add up to ``total`` exactly.

    Cumulative sums are rounded rather than the shares, so the error never grows beyond one.
    """
    running = np.cumsum(weights)
    edges = np.rint(running / running[-1] * total).astype(np.int64)
    return np.diff(edges, prepend=0)


def shared_out_by_year(totals: Sequence[int], weights: Floats) -> Counts:
    """``shared_out`` for each of the three published years; weights are one a day."""
    counts = np.zeros(len(DAYS), dtype=np.int64)
    for year, total in enumerate(totals):
        inside = year == YEAR_OF
        counts[inside] = shared_out(total, weights[inside])
    return counts


def levels(totals: Sequence[int], weights: Floats) -> Floats:
    """The smoothest level a day that makes weights × level add up to each year's total.

    Denton's proportional method (Denton 1971, J. Am. Stat. Assoc. 66): the least sum of squared
    steps, here between knots a month apart, so that growth runs through the years instead of
    jumping between them. Never below a fiftieth of its highest.
    """
    knots = _knots()
    sums = np.array([(weights * (year == YEAR_OF)) @ knots for year in range(len(totals))])
    steps = np.diff(np.eye(knots.shape[1]), axis=0)
    zero = np.zeros((len(totals), len(totals)))
    left = np.block([[2 * steps.T @ steps, sums.T], [sums, zero]])
    right = np.concatenate([np.zeros(knots.shape[1]), np.asarray(totals, dtype=np.float64)])
    level = knots @ np.linalg.solve(left, right)[: knots.shape[1]]
    return np.maximum(level, LEAST_LEVEL * level.max())


def _knots() -> Floats:
    position = np.linspace(0, 36, len(DAYS))
    return np.maximum(0, 1 - np.abs(position[:, None] - np.arange(37)[None, :]))


def seasons(months: Sequence[float]) -> Floats:
    """A factor a day, drawn smoothly through twelve factors (January first) at mid-month."""
    position = np.array([day.month - 1 + (day.day - 15) / 30.5 for day in DAYS])
    return np.interp(position, np.arange(12), months, period=12)


def week_days(factors: Sequence[float]) -> Floats:
    """A factor a day by day of the week (Monday first), lower around Christmas."""
    return np.array(
        [factors[day.weekday()] * QUIET_DAYS.get((day.month, day.day), 1) for day in DAYS]
    )


def rushes(peaks: Iterable[Peak]) -> Floats:
    """A factor a day: 1, and more towards each peak."""
    factor = np.ones(len(DAYS))
    for peak in peaks:
        distance = np.arange(len(DAYS)) - (peak.day - FIRST).days
        scale = np.where(distance <= 0, peak.rise, peak.fall)
        factor += peak.height * np.exp(-np.abs(distance) / scale)
    return factor


def month_ends(height: float) -> Floats:
    """A factor a day that rises by ``height`` at the turn of each month."""
    distance = np.array([min(day.day - 1, (_next_month(day) - day).days) for day in DAYS])
    return 1 + height * np.exp(-distance / 2.5)


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=32)).replace(day=1)


def in_weeks(mondays: Iterable[date]) -> npt.NDArray[np.bool_]:
    """Whether each day lies in one of the weeks."""
    return np.isin(WEEK_OF, [(monday - FIRST_MONDAY).days // 7 for monday in mondays])


def by_week(days: Floats) -> Floats:
    """Weekly sums, with the first and last week made up to seven days."""
    sums = np.bincount(WEEK_OF, weights=days).astype(np.float64)
    return sums * 7 / np.bincount(WEEK_OF)


def wandering(rng: np.random.Generator, steps: int, size: float) -> Floats:
    """Chance that remembers: about ``size`` either side of nought, close to the step before."""
    shocks = rng.normal(0, size, steps)
    for step in range(1, steps):
        shocks[step] = 0.8 * shocks[step - 1] + 0.6 * shocks[step]
    return shocks
