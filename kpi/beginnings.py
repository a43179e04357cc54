"""What the first figures of a series say of it, however wrong some of them are."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
from statsmodels.robust.norms import TukeyBiweight
from statsmodels.robust.robust_linear_model import RLM
from statsmodels.robust.scale import mad

from kpi.seasons import Calendar

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# A first figure so many standard deviations off is left out; not where there are many such, or
# where one is about as far off at the same time in the other year: that is how this series is.
FAR, MOST_LEFT_OUT = 4.5, 0.12
_FEW_WAVES, _MOST_STEPS = 3, 20
_ALIKE = (0.6, 1.6)


def begun(values: Floats) -> npt.NDArray[np.int64]:
    """The row of the first figure of each series. values: a row a period, a column a series."""
    return np.isfinite(values).argmax(axis=0)


def first_values(values: Floats) -> Floats:
    """The first figure of each series; 0 where there is none."""
    return np.nan_to_num(values[begun(values), np.arange(values.shape[1])])


def first_noise(values: Floats, history: int) -> Floats:
    """How far the first figures of each series move from one to the next, robustly.

    Of independent figures that is their standard deviation.
    """
    found = np.zeros(values.shape[1])
    for number, start in enumerate(begun(values)):
        moves = np.diff(values[start : start + history, number])
        moves = moves[np.isfinite(moves)]
        found[number] = mad(moves, center=0) if len(moves) else 0.0
    return found / np.sqrt(2)


def without_outliers(
    values: Floats, calendar: Calendar, history: int, year: int
) -> tuple[Floats, Flags]:
    """The series with what is far off among their first figures left out (NaN), and what that is.

    Later ones are told from what came before them; of the first, nothing did. A robust regression
    (Tukey's biweight) on a trend, slow waves and holidays tells them.

    :param history: how many rows from its first figure on are each series' first ones.
    :param year: how many rows a year has.
    """
    left_out = np.zeros(values.shape, np.bool_)
    for number, start in enumerate(begun(values)):
        rows = start + np.flatnonzero(np.isfinite(values[start : start + history, number]))
        terms = _few_terms(calendar, rows)
        if len(rows) > 2 * terms.shape[1]:
            off = _distances(values[rows, number], terms)
            far = (np.abs(off) > FAR) & ~_every_year(off, rows, year)
            left_out[rows, number] = far & (far.mean() <= MOST_LEFT_OUT)
    return np.where(left_out, np.nan, values), left_out


def _few_terms(calendar: Calendar, rows: npt.NDArray[np.int64]) -> Floats:
    """Level, trend, slow waves, and those holidays that the rows have and that differ."""
    trend = np.linspace(-1, 1, len(rows))[:, None]
    waves = calendar.waves[rows, : 2 * _FEW_WAVES]
    terms = np.hstack([np.ones_like(trend), trend, waves, calendar.holidays[rows]])
    # Of columns that say the same the first is kept: what is left can be told apart.
    independent = np.abs(np.diag(np.linalg.qr(terms, mode="r"))) > 1e-8 * len(rows)
    return terms[:, : len(independent)][:, independent]


def _distances(values: Floats, terms: Floats) -> Floats:
    """How far each figure is off, in robust standard deviations; 0 where nothing ever moves."""
    if np.ptp(values) == 0:
        return np.zeros(len(values))
    fit = RLM(values, terms, M=TukeyBiweight()).fit(maxiter=_MOST_STEPS)
    return np.asarray(fit.resid / fit.scale) if fit.scale > 0 else np.zeros(len(values))


def _every_year(off: Floats, rows: npt.NDArray[np.int64], year: int) -> Flags:
    """Which are about as far off as one at the same time in the other year."""
    alike = np.zeros(len(off), np.bool_)
    for earlier, row in enumerate(rows):
        for later in np.flatnonzero(np.abs(rows - row - year) <= (1 if year > 12 else 0)):
            least, most = _ALIKE
            if off[later] and least < off[earlier] / off[later] < most:
                alike[earlier] = alike[later] = True
    return alike
