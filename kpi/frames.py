"""The columns of the frames that go in and come out, and how rows are matched."""

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.definitions import KPIS, SLUGS, STATUSES
from kpi.periods import PERIODS, Period
from kpi.spans import SPANS, TWELVE_MONTHS

MEASUREMENT_COLUMNS = (
    "service",
    "measure",
    "category",
    "period",
    "start_at",
    "value",
    "status",
    "parts",
    "expected",
    "part",
)
KPI_COLUMNS = (
    "service",
    "kpi",
    "period",
    "start_at",
    "end_at",
    "value",
    "numerator",
    "denominator",
    "status",
    "unit",
    "parts",
    "expected",
    "part",
)
PARTS = (*PERIODS, "channel", "service", "instant")
UNITS = tuple(dict.fromkeys(kpi.unit for kpi in KPIS))
WORDS = {
    "kpi": pd.CategoricalDtype(list(SLUGS)),
    "period": pd.CategoricalDtype(list(SPANS)),
    "status": pd.CategoricalDtype(list(STATUSES)),
    "unit": pd.CategoricalDtype(list(UNITS)),
    "part": pd.CategoricalDtype(list(PARTS)),
}
NUMBERS = ("value", "numerator", "denominator")
COUNTS = ("parts", "expected")
TIMES = ("start_at", "end_at")


def words(column: str, values: Iterable[str]) -> pd.CategoricalDtype:
    """The type of the column `kpi` or `unit`: the words of the table, then the other ones of these.

    A service's own KPIs come after those of all services.
    """
    known = WORDS[column]
    more = [value for value in dict.fromkeys(values) if value not in known.categories]
    return pd.CategoricalDtype([*known.categories, *more]) if more else known


def _type_of(column: pd.Series, kind: Any) -> Any:
    """The type that a column gets: that of the table, with what else it has of its own."""
    if column.name not in ("kpi", "unit") or column.dtype == kind:
        return kind
    is_known = isinstance(column.dtype, pd.CategoricalDtype)
    return words(str(column.name), column.cat.categories if is_known else column.dropna().unique())


def typed(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows with every KPI column in its own type; text becomes categorical."""
    types: dict[str, Any] = {
        **WORDS,
        **dict.fromkeys(NUMBERS, "float64"),
        **dict.fromkeys(COUNTS, "int64"),
        **dict.fromkeys(TIMES, "datetime64[us]"),
    }
    # Each column takes long to get, and most are as they should be already.
    known = dict(zip(frame.columns, frame.dtypes, strict=True))
    if not isinstance(known.get("service"), pd.CategoricalDtype):
        types["service"] = "category"
    other = [name for name in types if name in known and known[name] != types[name]]
    wanted = {name: _type_of(frame[name], types[name]) for name in other}
    changed = {name: kind for name, kind in wanted.items() if known[name] != kind}
    return frame.astype(changed) if changed else frame.copy(deep=False)


def no_figures() -> pd.DataFrame:
    """A KPI frame without rows."""
    return _empty().copy()


@cache
def _empty() -> pd.DataFrame:
    return typed(pd.DataFrame({column: [] for column in KPI_COLUMNS}))


def in_period(figures: pd.DataFrame, period: Period) -> pd.DataFrame:
    """The rows over exactly that time; a twelve-month window counts as a year."""
    same = figures["start_at"] == pd.Timestamp(period.start)
    return figures[same & (figures["end_at"] == pd.Timestamp(period.end))]


def reported(figures: pd.DataFrame) -> pd.DataFrame:
    """The rows which count in totals, comparisons and leagues."""
    return figures[figures["status"] == "reported"]


def period_of(name: str, start_at: pd.Timestamp) -> Period:
    """The period of a row; that of a twelve-month window is the year of the same months."""
    return Period("year" if name == TWELVE_MONTHS else name, start_at.date())


def preferring_published(figures: pd.DataFrame) -> pd.DataFrame:
    """One row a service and KPI: the published figure where there is a window as well."""
    rows = figures.sort_values("period", kind="stable")
    return rows.drop_duplicates(["service", "kpi"])


def in_order(figures: pd.DataFrame) -> pd.DataFrame:
    """The rows by KPI as in the table, service, length of period and start."""
    columns = [figures["start_at"].to_numpy()]
    columns += [codes(figures[name])[0] for name in ("period", "service", "kpi")]
    return figures.iloc[np.lexsort(columns)].reset_index(drop=True)


def counted(figures: pd.DataFrame) -> pd.Series:
    """Which rows count when terms are added up: what was reported, zero bases included.

    Nobody used the service is a report too, though it makes no rate of its own. A rate that was
    published without its terms cannot be added up.
    """
    status = figures["status"]
    zero_base = (status == "not applicable") & (figures["denominator"] == 0)
    return ((status == "reported") | zero_base) & figures["numerator"].notna()


def codes(column: pd.Series) -> tuple[npt.NDArray[np.int64], pd.Index]:
    """A column as whole numbers, and the values they stand for."""
    values = column.array if isinstance(column.dtype, pd.CategoricalDtype) else None
    values = pd.Categorical(column) if values is None else values
    return values.codes.astype(np.int64), values.categories


def series(frame: pd.DataFrame) -> npt.NDArray[np.int64]:
    """A number for each row's service, group, KPI and period name: the same for one line."""
    number = np.zeros(len(frame), np.int64)
    for column in ("service", "group", "kpi", "period"):
        if column in frame:
            own, values = codes(frame[column])
            number = number * (len(values) + 1) + own + 1
    return number


def keys(
    numbers: npt.NDArray[np.int64], start_at: npt.NDArray[np.datetime64]
) -> npt.NDArray[np.int64]:
    """One number for each series and day, in the order of both."""
    return numbers * 10_000_000 + start_at.astype("M8[D]").astype(np.int64) + 1_000_000


def positions(keys: npt.NDArray[np.int64], wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    """Where in `keys` each wanted key stands; -1 where it does not."""
    if not len(keys):
        return np.full(len(wanted), -1)
    order = np.argsort(keys, kind="stable")
    near = order[np.minimum(np.searchsorted(keys, wanted, sorter=order), len(keys) - 1)]
    return np.where(keys[near] == wanted, near, -1)
