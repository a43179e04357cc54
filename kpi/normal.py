"""Whether a figure is as usual for its service at this time of year, and what would be."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.beginnings import begun
from kpi.definitions import KPIS, Kpi
from kpi.even_scales import even, is_share, least_noise, noise_of_chance, range_around
from kpi.expectations import Expected, expectations
from kpi.frames import series
from kpi.seasons import YEAR, Dates, calendar, days_in
from kpi.spans import STEPS, ordinals, starts

Floats = npt.NDArray[np.float64]
Turn = Callable[[Floats, Kpi], Floats]

NORMAL, LOWER, HIGHER = "normal", "lower", "higher"
VERDICTS = pd.CategoricalDtype([NORMAL, LOWER, HIGHER])
COLUMNS = ("normal_low", "normal_high", "verdict")
# How many periods have to be looked back on before one is judged: two years, most of them known.
HISTORY = {"week": 104, "month": 24}
ENOUGH = 0.75
# Where what is not known yet is so much of what is expected, nothing is called usual.
MOST_VAGUE = 4.0
_DAYS = {"week": 7.0, "month": YEAR / 12}
# A year's usual base is known from so many.
_FEW = 8
# How many standard deviations are usual, and how many more where much of the noise is far out.
WIDTH, WIDER, NARROWEST, WIDEST = 3.1, 2.5, 2.9, 4.2


@dataclass(frozen=True)
class Usual:
    """What is usual for one figure, and what it is: NORMAL, LOWER or HIGHER.

    low, high: None where there is too little history to say. verdict: '' where there is, or where
    the figure cannot be right, as a share over 1.
    """

    low: float | None = None
    high: float | None = None
    verdict: str = ""


def judged(
    figures: pd.DataFrame, kpis: Iterable[Kpi] = KPIS, find: Find | None = None
) -> pd.DataFrame:
    """A KPI frame with the range in which each figure normally lies, and a verdict.

    :param figures: a KPI frame of one length of period, of one service or several.
    :param kpis: the definitions of its KPIs.
    :param find: what gives the ranges of lines, where they may be known; `ranges` otherwise.
    :returns: the same rows with normal_low, normal_high (in the figure's unit; NaN where there is
        too little history, and at any length but week and month) and verdict (one of VERDICTS).
        The range of a period is made of what was reported for periods before it. Figures that are
        not reported in full are neither judged nor learnt from.
    """
    length = str(figures["period"].iloc[0]) if len(figures) else ""
    if length not in HISTORY:
        return _with_ranges(figures, np.full((2, len(figures)), np.nan))
    lines = _lines(figures, length, {one.slug: one for one in kpis})
    low, high = (find or ranges)(lines)
    return _with_ranges(figures, np.stack([low[lines.place], high[lines.place]]))


@dataclass(frozen=True)
class Lines:
    """Figures side by side: a row a period, a column a service's KPI; NaN where not in full.

    starts: the first day of each row. bases: what each was divided by. place: the row and the
    column of each figure of the frame that they are of.
    """

    length: str
    starts: Dates
    kpis: tuple[Kpi, ...]
    values: Floats
    bases: Floats
    place: tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]] = (np.zeros(0, int),) * 2


Find = Callable[[Lines], tuple[Floats, Floats]]


def _lines(figures: pd.DataFrame, length: str, kpis: Mapping[str, Kpi]) -> Lines:
    _, firsts, column = np.unique(series(figures), return_index=True, return_inverse=True)
    number, step = ordinals(length, figures["start_at"].to_numpy()), STEPS[length]
    row = (number - number.min()) // step
    slugs = figures["kpi"].astype(str).iloc[firsts]
    values, bases = np.full((2, row.max() + 1, len(firsts)), np.nan)
    sound = (figures["status"] == "reported").to_numpy()
    for into, name in ((values, "value"), (bases, "denominator")):
        into[row[sound], column[sound]] = figures[name].to_numpy()[sound]
    first = starts(length, number.min() + np.arange(len(values)) * step)
    return Lines(length, first, tuple(kpis[slug] for slug in slugs), values, bases, (row, column))


def ranges(lines: Lines) -> tuple[Floats, Floats]:
    """The lowest and the highest figure that are usual, for every place; NaN where not known."""
    share = _shares_of_month(lines)
    scaled = _each(even, lines.values / share, lines.kpis)
    least = np.array(
        [least_noise(column, one) for column, one in zip(lines.values.T, lines.kpis, strict=True)]
    )
    found = expectations(
        scaled, calendar(lines.length, lines.starts), _chance(lines), least, HISTORY[lines.length]
    )
    half = np.where(_enough(scaled, found, HISTORY[lines.length]), _width(found), np.nan)
    ends = [
        range_around(centre, width, one)
        for centre, width, one in zip(found.centre.T, half.T, lines.kpis, strict=True)
    ]
    low, high = (np.column_stack(end) * share for end in zip(*ends, strict=True))
    return low, high


def _each(turn: Turn, values: Floats, kpis: Sequence[Kpi]) -> Floats:
    return np.column_stack([turn(one, kpi) for one, kpi in zip(values.T, kpis, strict=True)])


def _shares_of_month(lines: Lines) -> Floats:
    """How long each period is beside the mean one, where more days are more of the KPI."""
    share = days_in(lines.length, lines.starts) / _DAYS[lines.length]
    is_amount = [one.denominator is None and not is_share(one) for one in lines.kpis]
    return np.where(is_amount, share[:, None], 1.0)


def _chance(lines: Lines) -> Floats:
    """What chance alone adds where a base is smaller than about a year before it has been."""
    noise = _each(noise_of_chance, lines.bases, lines.kpis)
    year = HISTORY[lines.length] // 2
    usual = pd.DataFrame(noise).rolling(year, min_periods=_FEW).median().shift(1)
    return np.nan_to_num(np.maximum(noise - usual.to_numpy(), 0))


def _enough(scaled: Floats, found: Expected, history: int) -> npt.NDArray[np.bool_]:
    """Where enough came before for a range to be given."""
    known = np.isfinite(scaled)
    before = np.cumsum(known, axis=0) - known
    age = np.arange(len(scaled))[:, None] - begun(scaled)
    return (age >= history) & (before >= ENOUGH * history) & (found.vague < MOST_VAGUE)


def _width(found: Expected) -> Floats:
    return found.spread * np.clip(WIDTH + WIDER * found.tails, NARROWEST, WIDEST)


def _with_ranges(figures: pd.DataFrame, ends: Floats) -> pd.DataFrame:
    low, high = ends
    value = figures["value"].to_numpy(dtype=float)
    possible = (figures["unit"] != "proportion").to_numpy() | (value <= 1)
    told = (figures["status"] == "reported").to_numpy() & possible & np.isfinite(low + value)
    code = np.where(value < low, 1, np.where(value > high, 2, 0))
    verdict = pd.Categorical.from_codes(np.where(told, code, -1), dtype=VERDICTS)
    return figures.assign(normal_low=low, normal_high=high, verdict=verdict)


def usual(row: pd.Series | Mapping[str, Any]) -> Usual:
    """What is usual for a figure. row: of a frame that was judged."""
    if pd.isna(row["normal_low"]):
        return Usual()
    verdict = "" if pd.isna(row["verdict"]) else str(row["verdict"])
    return Usual(float(row["normal_low"]), float(row["normal_high"]), verdict)
