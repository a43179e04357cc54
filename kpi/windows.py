"""Twelve months that end with any month or quarter, as costs are seasonal."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.definitions import STATUSES
from kpi.frames import WORDS, codes, counted, in_order, no_figures, reported, series, typed
from kpi.spans import SPANS, STEPS, TWELVE_MONTHS, ordinals, starts
from kpi.suppression import suppress
from kpi.totals import divided

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
REPORTED, PARTIAL, _, NOT_APPLICABLE, _ = range(len(STATUSES))


def twelve_months(figures: pd.DataFrame) -> pd.DataFrame:
    """Rolling windows over the months, or over the quarters, of a KPI frame.

    :returns: a KPI frame of period 'twelve months', one row for each service, KPI and month or
        quarter with a value: numerators added, denominators added, divided. 'reported' only if
        all 12 (4) are; otherwise 'partial', with parts (how many are reported) of expected.
        Where months and quarters make the same window, the reported one, or that of quarters.
        Months kept with a denominator of 0 (`zero_bases` of `figures`) are reported ones; twelve
        of nothing else are 'not applicable'. Months of too few people count if they were kept
        (`small_bases`); a window that is itself of too few is suppressed.
    """
    figures = typed(figures) if len(figures) else no_figures()
    made = (_windows(figures, name) for name in ("quarter", "month"))
    found = [suppress(rows) for rows in made if len(rows)]
    if not found:
        return no_figures()
    if len(found) == 1:
        return in_order(found[0])
    both = pd.concat(found, ignore_index=True)
    return in_order(_first_of_each(both, ["service", "kpi", "start_at"], codes(both["status"])[0]))


def latest_year(figures: pd.DataFrame) -> pd.DataFrame:
    """The latest twelve months of each service and KPI that are reported.

    :param figures: a KPI frame; its years are candidates, and the windows of twelve months over
        its quarters and months.
    :returns: at most one row a service and KPI: the one that ends last; on a tie the 'year',
        but a rate that was published without its terms only where there is nothing else.
    """
    figures = typed(figures) if len(figures) else no_figures()
    whole = figures[figures["period"].isin(["year", TWELVE_MONTHS])]
    windows = twelve_months(figures)
    rows = reported(typed(pd.concat([suppress(whole), windows], ignore_index=True)))
    latest_first = -rows["end_at"].to_numpy().astype("M8[D]").astype(np.int64) * (len(SPANS) + 1)
    latest_first += np.where(rows["numerator"].isna(), len(SPANS), codes(rows["period"])[0])
    return in_order(_first_of_each(rows, ["service", "kpi"], latest_first))


def _first_of_each(figures: pd.DataFrame, names: list[str], rank: Ints) -> pd.DataFrame:
    """Of the rows that agree in these columns the one of lowest rank, the first of equals."""
    order = np.argsort(rank, kind="stable")
    again = figures[names].iloc[order].duplicated().to_numpy()
    return figures.iloc[order[~again]]


def _windows(figures: pd.DataFrame, name: str) -> pd.DataFrame:
    parts = figures[figures["period"] == name]
    whole = counted(parts)
    some = whole | ((parts["status"] == "partial") & parts["numerator"].notna())
    parts, whole = parts[some], whole[some]
    if parts.empty:
        return no_figures()
    line, _ = pd.factorize(series(parts))
    number = ordinals(name, parts["start_at"].to_numpy())
    step, count = STEPS[name], 12 // STEPS[name]

    def added(column: pd.Series) -> Floats:
        values = column.to_numpy(dtype=np.float64)
        return _rolled(line, (number - number.min()) // step, values, count)

    first = starts(name, number + step - 12).astype(parts["start_at"].to_numpy().dtype)
    return _frame(
        parts.assign(start_at=first, parts=added(whole).astype(np.int64), expected=count),
        added(parts["numerator"]),
        added(parts["denominator"]),
    )


def _rolled(line: npt.NDArray[np.intp], column: Ints, values: Floats, count: int) -> Floats:
    """The sum of the last `count` columns up to each value's own, NaN and gaps as nothing."""
    grid = np.zeros((line.max() + 1, column.max() + count))
    grid[line, column + count - 1] = np.nan_to_num(values)
    # Added anew for each window: a running sum would leave a residue of pennies.
    sums = np.lib.stride_tricks.sliding_window_view(grid, count, axis=1).sum(axis=-1)
    return np.asarray(sums[line, column], np.float64)


def _frame(windows: pd.DataFrame, numerator: Floats, denominator: Floats) -> pd.DataFrame:
    is_amount = windows["denominator"].isna().to_numpy()
    denominator = np.where(is_amount, np.nan, denominator)
    value = divided(is_amount, numerator, denominator)
    status = np.where(np.isnan(value), NOT_APPLICABLE, REPORTED)
    status[(windows["parts"] < windows["expected"]).to_numpy()] = PARTIAL
    period = np.full(len(windows), SPANS.index(TWELVE_MONTHS))
    return windows.assign(
        part=windows["period"].astype(WORDS["part"]),
        period=pd.Categorical.from_codes(period, dtype=WORDS["period"]),
        value=value,
        numerator=numerator,
        denominator=denominator,
        status=pd.Categorical.from_codes(status, dtype=WORDS["status"]),
    )
