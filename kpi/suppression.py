"""Figures of too few people are suppressed: they, and what they are made of, are told to nobody.

Sums are made of the true figures and suppressed last, so that a year of months with three answers
each is the year of all its answers. Which figures those are is the KPI's `least_base`.
"""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.definitions import KPIS, Kpi, Term
from kpi.frames import NUMBERS, WORDS, codes

SLOT = ["service", "period", "start_at"]


def suppress(figures: pd.DataFrame, kpis: Iterable[Kpi] = KPIS) -> pd.DataFrame:
    """A KPI frame, or totals, in which a figure of a base below the KPI's least is suppressed.

    Value, numerator and denominator are NaN then: any of them would tell how few there were. A
    base of 0 is none to suppress: nobody answered.

    :param kpis: the definitions, where they are not only those of all services.
    """
    small = too_small(figures, kpis)
    return _withheld(figures, small, NUMBERS) if small.any() else figures


def too_small(figures: pd.DataFrame, kpis: Iterable[Kpi] = KPIS) -> npt.NDArray[np.bool_]:
    """Which rows have a base below the least of their KPI. figures: kpi, denominator."""
    base = figures["denominator"].to_numpy(dtype=np.float64)
    least = {kpi.slug: kpi.least_base for kpi in kpis}
    number, slugs = codes(figures["kpi"])
    return (base > 0) & (base < np.array([least.get(slug, 0) for slug in slugs])[number])


def base_of(measure: str) -> tuple[Term, int] | None:
    """The term that says of how many people a measure tells, and the least that may be told of.

    None for a measure that is about no people whose number is too small to tell of.
    """
    return next((_base(kpi) for kpi in KPIS if kpi.least_base and measure in _measures(kpi)), None)


def _measures(kpi: Kpi) -> set[str]:
    return {term.measure for term in kpi.terms}


def _base(kpi: Kpi) -> tuple[Term, int]:
    assert kpi.denominator is not None, "only a rate has a base"
    return kpi.denominator, kpi.least_base


def suppress_measured(measured: pd.DataFrame) -> pd.DataFrame:
    """A long frame of measurements in which what tells of too few people is suppressed.

    :param measured: of one service and length, with the base of every measure that has one.
    :returns: the same rows; value NaN where the base of the measure in that period is too small,
        or is not there to be checked.
    """
    small = np.zeros(len(measured), np.bool_)
    for measure in measured["measure"].unique():
        if (found := base_of(str(measure))) is not None:
            small |= (measured["measure"] == measure).to_numpy() & _small(measured, *found)
    return _withheld(measured, small, ("value",)) if small.any() else measured


def _small(measured: pd.DataFrame, term: Term, least: int) -> npt.NDArray[np.bool_]:
    is_base = (measured["measure"] == term.measure) & (measured["category"] == term.category)
    bases = measured[is_base].set_index(SLOT)["value"]
    base = bases.reindex(pd.MultiIndex.from_frame(measured[SLOT])).to_numpy()
    return ~((base == 0) | (base >= least))


def _withheld(
    frame: pd.DataFrame, small: npt.NDArray[np.bool_], names: tuple[str, ...]
) -> pd.DataFrame:
    status = frame["status"].astype(WORDS["status"])
    hidden = {name: frame[name].mask(small) for name in names}
    return frame.assign(**hidden, status=status.mask(small, "suppressed"))
