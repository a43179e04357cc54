"""The line behind a latest figure: how the same year-long figure moved up to it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.frames import reported, typed
from kpi.spans import TWELVE_MONTHS
from kpi.suppression import suppress
from kpi.windows import twelve_months

# As many points as a small picture can show.
MOST_POINTS = 40
LINE = ["service", "kpi"]


def year_long(figures: pd.DataFrame, latest: pd.DataFrame) -> pd.DataFrame:
    """The year-long figures of each service and KPI, one for each month that one ends with.

    :param figures: a KPI frame; its years count, and the windows over its quarters.
    :param latest: rows of each service's latest figures, with the columns of the answer.
    :returns: service, kpi, period, start_at, end_at, value; reported ones alone, by service, KPI
        and end, the last MOST_POINTS of each. A published year goes before a window.
    """
    years = suppress(figures[figures["period"] == "year"])
    windows = twelve_months(figures[figures["period"] == "quarter"])
    found = reported(pd.concat([typed(years), windows], ignore_index=True))
    found = found[latest.columns].sort_values("period", key=_windows_last, kind="stable")
    rows = pd.concat([latest, found.astype(latest.dtypes)], ignore_index=True)
    return _lines(rows.drop_duplicates([*LINE, "end_at"]))


def months(figures: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """The reported months of a KPI frame, in the form of `year_long`."""
    rows = reported(suppress(figures[figures["period"] == "month"]))
    return _lines(rows[list(columns)])


def _windows_last(periods: pd.Series) -> pd.Series:
    return periods.astype(str) == TWELVE_MONTHS


def _lines(rows: pd.DataFrame) -> pd.DataFrame:
    ordered = rows.sort_values([*LINE, "end_at"], kind="stable")
    last = ordered.groupby(LINE, observed=True).tail(MOST_POINTS)
    return last.reset_index(drop=True)


def short_lines(lines: pd.DataFrame) -> pd.Series:
    """Which rows of `year_long` are of a line with a single point: nothing to draw."""
    return lines.groupby(LINE, observed=True)["value"].transform("size") < 2


def with_gaps(ends: Sequence[date], values: Sequence[float]) -> list[float | None]:
    """A line's values in order, with None for each period that is passed over.

    The step from one to the next is what it mostly is; a shorter one leaves no gap.
    """
    if len(values) < 2:
        return list(values)
    steps = np.diff(_month_numbers(ends))
    usual = np.bincount(steps).argmax()
    passed = np.maximum(0, np.rint(steps / usual).astype(np.int64) - 1)
    line: list[float | None] = [values[0]]
    for gap, value in zip(passed, values[1:], strict=True):
        line += [None] * int(gap) + [value]
    return line


def _month_numbers(ends: Sequence[date]) -> npt.NDArray[np.int64]:
    return np.array([end.year * 12 + end.month for end in ends], dtype=np.int64)
