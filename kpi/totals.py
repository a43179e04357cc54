"""KPIs over several services: add numerators, add denominators, divide. Never average averages."""

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.definitions import KPIS
from kpi.frames import KPI_COLUMNS, UNITS, WORDS, codes, counted, keys, typed
from kpi.spans import ends
from kpi.suppression import suppress

Ints = npt.NDArray[np.int64]
AMOUNT = np.array([kpi.denominator is None for kpi in KPIS])
UNIT = np.array([UNITS.index(kpi.unit) for kpi in KPIS], np.int8)
TOTAL_COLUMNS = (*KPI_COLUMNS[1:], "services_reporting", "services")


def no_totals(grouped: bool = False) -> pd.DataFrame:
    """A frame of totals without rows."""
    columns = (("group",) if grouped else ()) + TOTAL_COLUMNS
    counts = {"services_reporting": "int64", "services": "int64"}
    return typed(pd.DataFrame({column: [] for column in columns})).astype(counts)


def divided(
    is_amount: npt.NDArray[np.bool_], numerator: npt.NDArray[Any], denominator: npt.NDArray[Any]
) -> npt.NDArray[np.float64]:
    """Values from summed terms: numerator ÷ denominator, or the numerator of an amount.

    NaN where there is nothing to divide by.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = np.where(denominator == 0, np.nan, numerator / denominator)
    return np.where(is_amount, numerator, ratio)


def _groups(figures: pd.DataFrame, by: pd.Series | None) -> tuple[Ints, pd.Index]:
    if by is None:
        return np.zeros(len(figures), np.int64), pd.Index([""])
    groups = pd.Categorical(by)
    service, services = codes(figures["service"])
    of_service = groups.codes[by.index.get_indexer(services)].astype(np.int64)
    of_service[by.index.get_indexer(services) < 0] = -1
    return of_service[service], groups.categories


def _times(figures: pd.DataFrame) -> tuple[Ints, pd.DataFrame]:
    """Which of the times that occur each row is of, and those, in order."""
    period, _ = codes(figures["period"])
    when = keys(period, figures["start_at"].to_numpy())
    number, known = pd.factorize(when, sort=True)
    first = pd.Series(np.arange(len(when))).groupby(number).first().to_numpy()
    return number, figures[["period", "start_at"]].iloc[first[: len(known)]].reset_index(drop=True)


def totals(figures: pd.DataFrame, services: int, by: pd.Series | None = None) -> pd.DataFrame:
    """KPIs over all services of a KPI frame, or over those of each group.

    :param services: how many services there are, reporting or not.
    :param by: service (index) -> group; services that are not in it are left out, and `services`
        is then counted in it for each group.
    :returns: [group,] kpi, period, start_at, end_at, value, numerator, denominator, status, unit,
        parts, expected, part ('service'), services_reporting, services; a row for every [group,]
        KPI and period that occurs in the figures, 'not reported' where no service reported.

    Only rows with status 'reported' count: numerators and denominators are of the same services.
    Ratios kept with a denominator of 0 (`zero_bases` of `figures`) count as reporting, too; where
    there is nothing else, the total is 'not applicable'. Figures of too few people count if they
    were kept (`small_bases`); a total that is itself of too few is suppressed.
    """
    if figures.empty:
        return no_totals(by is not None)
    figures = typed(figures)
    group, groups = _groups(figures, by)
    kpi, _ = codes(figures["kpi"])
    when, times = _times(figures)
    present = np.unique(kpi)
    shape = (len(groups), len(present), len(times))
    counts = counted(figures).to_numpy() & (group >= 0)
    cell = np.ravel_multi_index(
        (group[counts], np.searchsorted(present, kpi[counts]), when[counts]), shape
    )
    sums = _sums(figures[counts], cell, int(np.prod(shape)))
    in_group, in_kpi, in_time = np.indices(shape).reshape(3, -1)
    found = _frame(present[in_kpi], times.iloc[in_time].reset_index(drop=True), sums)
    return _with_services(suppress(found), in_group, groups, services, by)


def _sums(figures: pd.DataFrame, cell: Ints, size: int) -> pd.DataFrame:
    """Numerator, denominator and how many services, one row a cell."""

    def added(column: str) -> npt.NDArray[np.float64]:
        terms = np.nan_to_num(figures[column].to_numpy())
        return np.bincount(cell, terms, size).astype(np.float64)

    count = np.bincount(cell, minlength=size)
    terms = {name: np.where(count, added(name), np.nan) for name in ("numerator", "denominator")}
    return pd.DataFrame({**terms, "services_reporting": count})


def _frame(kpi: Ints, times: pd.DataFrame, sums: pd.DataFrame) -> pd.DataFrame:
    numerator = sums["numerator"].to_numpy()
    denominator = np.where(AMOUNT[kpi], np.nan, sums["denominator"].to_numpy())
    value, count = divided(AMOUNT[kpi], numerator, denominator), sums["services_reporting"]
    status = np.select(
        [count == 0, np.isnan(value)], ["not reported", "not applicable"], "reported"
    )
    return pd.DataFrame(
        {
            "kpi": pd.Categorical.from_codes(kpi, dtype=WORDS["kpi"]),
            "period": times["period"],
            "start_at": times["start_at"],
            "end_at": ends(times["period"], times["start_at"]),
            "value": value,
            "numerator": numerator,
            "denominator": denominator,
            "status": status,
            "unit": pd.Categorical.from_codes(UNIT[kpi], dtype=WORDS["unit"]),
            "parts": count,
            "expected": 0,
            "part": "service",
            "services_reporting": count,
        }
    )


def _with_services(
    found: pd.DataFrame, group: Ints, groups: pd.Index, services: int, by: pd.Series | None
) -> pd.DataFrame:
    if by is None:
        found["services"] = services
    else:
        each = by.value_counts()
        found["services"] = np.array([each[name] for name in groups], np.int64)[group]
        found.insert(0, "group", pd.Series(pd.Categorical.from_codes(group, groups)))
    found["expected"] = found["services"]
    return typed(found)
