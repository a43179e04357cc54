"""The coming year of a service's figures, with the interval that holds four of five of them.

Every length of period rests on quarters of a year: they are continued (`kpi.continuations`) and
each is shared among its weeks or months as they stood in it in the years before.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
import pandas as pd

from kpi.continuations import QUARTERS, Numbers, continued, typical_step
from kpi.definitions import Kpi
from kpi.histories import History, history
from kpi.periods import MONTHS, Period, months_later
from kpi.scales import Scale, scale_of
from kpi.spans import TWELVE_MONTHS

COLUMNS = ("kpi", "period", "start_at", "end_at", "value", "low", "high", "unit")
PROJECTED = ("transactions", "digital-take-up")
# Four of five figures of a normal distribution lie within so many standard deviations.
_FOUR_OF_FIVE = 1.2816
Follow = Callable[[History], pd.DataFrame]


def no_projections() -> pd.DataFrame:
    """A frame of projections without rows."""
    numbers = dict.fromkeys(("value", "low", "high"), "float64")
    times = dict.fromkeys(("start_at", "end_at"), "datetime64[us]")
    return pd.DataFrame({name: [] for name in COLUMNS}).astype({**numbers, **times})


def projections(
    figures: pd.DataFrame, kpis: Iterable[Kpi], follow: Follow | None = None
) -> pd.DataFrame:
    """The coming year of each of some KPIs.

    :param figures: KPI frame of one service and one length of period.
    :param follow: what continues a history, where that may be known; `continued_history` otherwise.
    :returns: COLUMNS, in order of KPI and time: the 52 weeks, 12 months or 4 quarters after the
        latest reported figure, value with the low and high end of its 80% interval; of amounts
        also one row 'twelve months', their total. No rows for a KPI without two years behind it.
    """
    found = [projection(figures[figures["kpi"] == kpi.slug], kpi, follow) for kpi in kpis]
    found = [frame for frame in found if len(frame)]
    return pd.concat(found, ignore_index=True) if found else no_projections()


def projection(figures: pd.DataFrame, kpi: Kpi, follow: Follow | None = None) -> pd.DataFrame:
    """The coming year of one KPI: as `projections` of its rows alone."""
    known = history(figures, kpi)
    return no_projections() if known is None else (follow or continued_history)(known)


def continued_history(known: History) -> pd.DataFrame:
    """The coming year of one KPI, of its history."""
    kpi, scale = known.kpi, scale_of(known.kpi.unit)
    if not scale.holds(known.values):
        return no_projections()
    line, half, step = _coming(known, scale)
    bounds = [scale.back(line + way * half) for way in (0, -1, 1)]
    rows = _rows(known, *bounds)
    if kpi.denominator is None and known.last.name != "year":
        rows = pd.concat([rows, _total(rows, scale, step)], ignore_index=True)
    return rows


def twelve_months_projection(figures: pd.DataFrame, kpi: Kpi) -> pd.DataFrame:
    """A ratio over the twelve months to the end of each coming month or quarter.

    Each is pooled from what was reported and what is projected, by what the ratio was divided by
    in the same months a year before.

    :param figures: as `projection` takes them. :returns: its columns, value alone, with the period
        'twelve months'; no rows where there is no projection, or no terms to pool.
    """
    known, rows = history(figures, kpi), projection(figures, kpi)
    if known is None or rows.empty or not known.has_bases or known.last.name not in MONTHS:
        return no_projections()
    count = len(rows)
    bases = np.concatenate([known.bases[-count:], known.bases[-count:]])
    values = np.concatenate([known.values[-count:], rows["value"].to_numpy()])
    whole = np.convolve(values * bases, np.ones(count), "valid")[1:]
    pooled = whole / np.convolve(bases, np.ones(count), "valid")[1:]
    starts = rows["end_at"] - pd.DateOffset(years=1)
    return rows.assign(period=TWELVE_MONTHS, start_at=starts, value=pooled, low=np.nan, high=np.nan)


def _coming(known: History, scale: Scale) -> tuple[Numbers, Numbers, float]:
    """The coming periods on their scale, half their intervals, and the typical step."""
    calibration, size = scale.calibration, known.per_quarter
    quarters = scale.there(known.quarters)
    step = typical_step(quarters, calibration.usual, calibration.weight)
    shape, noise = _shape(known, scale, quarters)
    middles = np.arange(QUARTERS) * size + (size - 1) / 2
    widths = np.interp(np.arange(QUARTERS * size), middles, calibration.quarters)
    half = np.hypot(widths * step, _FOUR_OF_FIVE * noise)
    return np.repeat(continued(quarters), size) + shape, half, step


def _shape(known: History, scale: Scale, quarters: Numbers) -> tuple[Numbers, float]:
    """Where the periods of a year stand in their quarters, and by how much that varies.

    The variation is a standard deviation, of a figure about the mean of the years before.
    """
    size = known.per_quarter
    if size == 1:
        return np.zeros(QUARTERS), 0.0
    apart = scale.there(known.whole_quarters) - np.repeat(quarters, size)
    years = len(apart) // (QUARTERS * size)
    by_year = apart[-years * QUARTERS * size :].reshape(years, QUARTERS * size)
    mean = by_year.mean(axis=0)
    spread = np.sqrt(((by_year - mean) ** 2).sum() / ((years - 1) * by_year.shape[1]))
    if not scale.proportion:
        mean = mean - np.repeat(np.log(np.exp(mean).reshape(-1, size).mean(axis=1)), size)
    return mean, float(spread * np.sqrt(1 + 1 / years))


def _rows(known: History, values: Numbers, low: Numbers, high: Numbers) -> pd.DataFrame:
    coming = _periods(known.last, len(values))
    frame = pd.DataFrame(
        {
            "kpi": known.kpi.slug,
            "period": coming[0].name,
            "start_at": pd.to_datetime([period.start for period in coming]),
            "end_at": pd.to_datetime([period.end for period in coming]),
            "value": values,
            "low": low,
            "high": high,
            "unit": known.kpi.unit,
        }
    )
    return frame.astype({"start_at": "datetime64[us]", "end_at": "datetime64[us]"})


def _periods(last: Period, count: int) -> list[Period]:
    """The periods after one; of years, those that end every three months."""
    if last.name == "year":
        return [Period("year", months_later(last.start, 3 * ahead)) for ahead in (1, 2, 3, 4)]
    found = [last.next]
    while len(found) < count:
        found.append(found[-1].next)
    return found


def _total(rows: pd.DataFrame, scale: Scale, step: float) -> pd.DataFrame:
    """The year's total, whose interval is narrower than its parts' are together."""
    total = float(rows["value"].sum())
    half = scale.calibration.total * step
    middle = scale.there(np.array([total]))
    low, high = (float(scale.back(middle + way * half)[0]) for way in (-1, 1))
    ends = {"start_at": rows["start_at"].iloc[0], "end_at": rows["end_at"].iloc[-1]}
    figures = {"value": total, "low": low, "high": high}
    return rows.head(1).assign(period=TWELVE_MONTHS, **ends, **figures)
