"""Twelve months that end with any month or quarter, as costs are seasonal."""

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.frames import WORDS, codes, in_order, no_figures, reported, series, typed
from kpi.spans import STEPS, TWELVE_MONTHS, ordinals, starts
from kpi.totals import divided

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]


def twelve_months(figures: pd.DataFrame) -> pd.DataFrame:
    """Rolling windows over the months, or over the quarters, of a KPI frame.

    :returns: a KPI frame of period 'twelve months', one row for each service, KPI and month or
        quarter with a value: numerators added, denominators added, divided. 'reported' only if
        all 12 (4) are; otherwise 'partial', with parts (how many are reported) of expected.
        Where months and quarters make the same window, the reported one, or that of quarters.
    """
    figures = typed(figures) if len(figures) else no_figures()
    found = pd.concat([_windows(figures, "quarter"), _windows(figures, "month")])
    found = found.sort_values("status", kind="stable")
    return in_order(found.drop_duplicates(["service", "kpi", "start_at"]))


def latest_year(figures: pd.DataFrame) -> pd.DataFrame:
    """The latest twelve months of each service and KPI that are reported.

    :param figures: a KPI frame; its years are candidates, and the windows of twelve months over
        its quarters and months.
    :returns: at most one row a service and KPI: the one that ends last; on a tie the 'year'.
    """
    figures = typed(figures) if len(figures) else no_figures()
    whole = figures[figures["period"].isin(["year", TWELVE_MONTHS])]
    rows = reported(pd.concat([whole, twelve_months(figures)], ignore_index=True))
    rows = rows.sort_values(["end_at", "period"], ascending=[False, True], kind="stable")
    return in_order(rows.drop_duplicates(["service", "kpi"]))


def _windows(figures: pd.DataFrame, name: str) -> pd.DataFrame:
    some = figures["status"].isin(["reported", "partial"]) & figures["value"].notna()
    parts = figures[(figures["period"] == name) & some].reset_index(drop=True)
    if parts.empty:
        return no_figures()
    line, _ = pd.factorize(series(parts))
    number = ordinals(name, parts["start_at"].to_numpy())
    step, count = STEPS[name], 12 // STEPS[name]

    def added(column: Floats) -> Floats:
        return _rolled(line, (number - number.min()) // step, column, count)

    whole = np.where(parts["status"] == "reported", 1.0, 0.0)
    counted = added(whole).astype(np.int64)
    first = starts(name, number + step - 12).astype(parts["start_at"].to_numpy().dtype)
    return _frame(
        parts.assign(start_at=first, parts=counted, expected=count),
        added(parts["numerator"].to_numpy()),
        added(parts["denominator"].to_numpy()),
    )


def _rolled(line: npt.NDArray[np.intp], column: Ints, values: Floats, count: int) -> Floats:
    """The sum of the last `count` columns up to each value's own, NaN and gaps as nothing."""
    grid = np.zeros((line.max() + 1, column.max() + count))
    grid[line, column + count - 1] = np.nan_to_num(values)
    # Added anew for each window: a running sum would leave a residue of pennies.
    sums = np.lib.stride_tricks.sliding_window_view(grid, count, axis=1).sum(axis=-1)
    return np.asarray(sums[line, column], np.float64)


def _frame(windows: pd.DataFrame, numerator: Floats, denominator: Floats) -> pd.DataFrame:
    amount = windows["denominator"].isna().to_numpy()
    whole = windows["parts"] == windows["expected"]
    return typed(
        windows.assign(
            part=windows["period"].astype(WORDS["part"]),
            period=np.full(len(windows), TWELVE_MONTHS),
            value=divided(codes(windows["kpi"])[0], numerator, denominator),
            numerator=numerator,
            denominator=np.where(amount, np.nan, denominator),
            status=np.where(whole, "reported", "partial"),
        )
    )
