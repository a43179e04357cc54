"""Changes between aligned periods, coloured by better or worse, not by up or down."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.definitions import KPIS
from kpi.frames import (
    WORDS,
    codes,
    counted,
    in_period,
    keys,
    positions,
    preferring_published,
    series,
    typed,
)
from kpi.periods import Period
from kpi.spans import starts_before
from kpi.totals import AMOUNT, divided

BETTER = np.array([{"higher": 1, "lower": -1, "": 0}[kpi.better] for kpi in KPIS])
# As good as equal: what is left when floats that stand for the same rate are subtracted.
NEAR = 1e-12


def compared(figures: pd.DataFrame) -> pd.DataFrame:
    """The rows (kpi, value, before) with change, relative and verdict.

    change: value − before, in the KPI's unit. relative: change ÷ before; NaN if that was 0.
    verdict: 'better', 'worse' or 'same'; '' where nothing can be said.
    """
    before, value = figures["before"].to_numpy(), figures["value"].to_numpy()
    kpi, _ = codes(figures["kpi"])
    same = np.isclose(value, before, rtol=NEAR, atol=0)
    change = np.where(same, 0.0, value - before)
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = np.where(before == 0, np.nan, change / before)
        direction = np.nan_to_num(np.sign(change)) * BETTER[kpi]
    verdict = np.select([same, direction > 0, direction < 0], ["same", "better", "worse"], "")
    return figures.assign(change=change, relative=relative, verdict=verdict)


def changes(figures: pd.DataFrame, against: str = "previous") -> pd.DataFrame:
    """KPI figures (of services, of groups, or totals) with what changed since another period.

    :param against: 'previous' (the adjacent period) or 'year before' (the same one a year
        earlier); ValueError for anything else.
    :returns: the rows as they are, with the columns of `compared`: before, change, relative
        (NaN) and verdict ('') are empty unless both periods are there and reported.
    """
    figures = typed(figures)
    line, start_at = series(figures), figures["start_at"]
    earlier = starts_before(figures["period"], start_at, against)
    at = positions(keys(line, start_at.to_numpy()), keys(line, earlier))
    both = (figures["status"] == "reported").to_numpy() & (at >= 0)
    value = np.where(figures["status"] == "reported", figures["value"], np.nan)
    before = np.where(both, value[at], np.nan) if len(figures) else value
    return compared(figures.assign(before=before))


def like_for_like(figures: pd.DataFrame, period: Period, before: Period) -> pd.DataFrame:
    """Each KPI in two periods, over only the services which reported it in both.

    :param figures: KPI frame by service.
    :returns: one row a KPI that occurs in the figures: kpi, value, before, change, relative,
        verdict, services (how many reported both; 0 leaves the figures NaN).
    """
    figures = typed(figures)
    kpis = np.unique(codes(figures["kpi"])[0])
    both = _of_each(figures, period).merge(
        _of_each(figures, before), on=["service", "kpi"], suffixes=("", "_before")
    )
    cell = np.searchsorted(kpis, codes(both["kpi"])[0])
    count = np.bincount(cell, minlength=len(kpis))
    found = pd.DataFrame(
        {
            "kpi": pd.Categorical.from_codes(kpis, dtype=WORDS["kpi"]),
            "value": _pooled(both, "", kpis, cell),
            "before": _pooled(both, "_before", kpis, cell),
        }
    )
    found.loc[count == 0, ["value", "before"]] = np.nan
    return compared(found).assign(services=count)


def _of_each(figures: pd.DataFrame, period: Period) -> pd.DataFrame:
    rows = in_period(figures, period)
    rows = preferring_published(rows[counted(rows)])
    return rows[["service", "kpi", "numerator", "denominator"]]


def _pooled(
    both: pd.DataFrame, when: str, kpis: npt.NDArray[Any], cell: npt.NDArray[Any]
) -> npt.NDArray[np.float64]:
    def added(term: str) -> npt.NDArray[np.float64]:
        terms = np.nan_to_num(both[term + when].to_numpy())
        return np.bincount(cell, terms, len(kpis)).astype(np.float64)

    return divided(AMOUNT[kpis], added("numerator"), added("denominator"))
