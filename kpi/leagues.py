"""League tables over one period: a minimum volume, and how many services qualified."""

from dataclasses import dataclass

import pandas as pd

from kpi.changes import compared
from kpi.definitions import kpi as known_kpi
from kpi.frames import in_period, period_of, preferring_published, reported, typed
from kpi.periods import Period
from kpi.spans import AGAINST

COLUMNS = [
    "service",
    "kpi",
    "period",
    "start_at",
    "end_at",
    "value",
    "numerator",
    "denominator",
    "unit",
    "transactions",
]


@dataclass(frozen=True)
class League:
    """The first services of a league table.

    frame: service, kpi, period, start_at, end_at, value, numerator, denominator, unit,
        transactions (of the same period; NaN if there are none), best placed first; where
        growth is compared also before, change, relative, verdict.
    qualified: how many services were in the running.
    minimum: how many transactions that took.
    """

    frame: pd.DataFrame
    qualified: int
    minimum: int


def _only_period(figures: pd.DataFrame) -> Period | None:
    times = figures[["start_at", "end_at"]].drop_duplicates()
    if len(times) > 1:
        raise ValueError(f"a league table is of one period, and these figures are of {len(times)}")
    return period_of(*figures.iloc[0][["period", "start_at"]]) if len(times) else None


def _latest_period(figures: pd.DataFrame, kpi: str) -> Period | None:
    rows = reported(figures[figures["kpi"] == kpi]).sort_values(["end_at", "start_at"])
    return period_of(*rows.iloc[-1][["period", "start_at"]]) if len(rows) else None


def _volumes(figures: pd.DataFrame) -> pd.Series:
    # A partial volume that reaches the minimum is proof enough: the whole is not less.
    known = figures["status"].isin(["reported", "partial"]) & figures["value"].notna()
    rows = preferring_published(figures[known & (figures["kpi"] == "transactions")])
    return pd.Series(rows["value"].to_numpy(), index=rows["service"].astype(str))


def _running(figures: pd.DataFrame, kpi: str, minimum: int, period: Period | None) -> pd.DataFrame:
    """The reported rows of a KPI whose service has the volume, in the order of their slugs."""
    known_kpi(kpi)
    if period is None:
        return figures.iloc[:0].assign(transactions=0.0)[COLUMNS]
    figures = in_period(figures, period)
    rows = preferring_published(reported(figures[figures["kpi"] == kpi]))
    rows = rows.astype({"service": "str"}).sort_values("service")
    rows["transactions"] = rows["service"].map(_volumes(figures)).astype("float64")
    enough = (rows["transactions"] >= minimum) | (minimum <= 0)
    return rows.loc[enough, COLUMNS].reset_index(drop=True)


def _ranked(
    figures: pd.DataFrame, kpi: str, n: int, minimum: int, *, period: Period | None, ascending: bool
) -> League:
    figures = typed(figures)
    rows = _running(figures, kpi, minimum, period or _only_period(figures))
    ranked = rows.sort_values("value", ascending=ascending, kind="stable")
    return League(ranked.head(n).reset_index(drop=True), len(rows), minimum)


def highest(
    figures: pd.DataFrame,
    kpi: str,
    n: int,
    minimum_transactions: int,
    period: Period | None = None,
) -> League:
    """The n services with the highest value of a KPI; those with the same value by slug.

    :param figures: KPI frame by service, with the KPI and 'transactions'.
    :param minimum_transactions: only services with as many transactions in the same period.
    :param period: that period; None if the figures are of one period only (ValueError if not).
    """
    return _ranked(figures, kpi, n, minimum_transactions, period=period, ascending=False)


def lowest(
    figures: pd.DataFrame,
    kpi: str,
    n: int,
    minimum_transactions: int,
    period: Period | None = None,
) -> League:
    """The n services with the lowest value of a KPI; otherwise as `highest`."""
    return _ranked(figures, kpi, n, minimum_transactions, period=period, ascending=True)


def busiest(figures: pd.DataFrame, n: int, period: Period | None = None) -> League:
    """The n services with the most transactions; otherwise as `highest`."""
    return _ranked(figures, "transactions", n, 0, period=period, ascending=False)


def fastest_growing(
    figures: pd.DataFrame,
    kpi: str,
    n: int,
    minimum_transactions: int,
    *,
    against: str = "year before",
    period: Period | None = None,
) -> League:
    """The n services of which a KPI grew most, in its own unit, between aligned periods.

    :param figures: KPI frame by service, with the KPI and 'transactions', of both periods.
    :param minimum_transactions: only services with as many transactions in each of the two.
    :param against: 'year before' or 'previous'; ValueError for anything else.
    :param period: the later period; None for the latest in which the KPI is reported.
    :returns: only services that grew; `qualified` counts all which reported both periods.
    """
    if against not in AGAINST:
        raise ValueError(f"{against!r} is not a comparison: use one of {', '.join(AGAINST)}")
    figures = typed(figures)
    period = period or _latest_period(figures, kpi)
    earlier = period and (period.previous if against == "previous" else period.year_before)
    now = _running(figures, kpi, minimum_transactions, period)
    before = _running(figures, kpi, minimum_transactions, earlier)[["service", "value"]]
    both = compared(now.merge(before.rename(columns={"value": "before"}), on="service"))
    grown = both[both["change"] > 0].sort_values("change", ascending=False, kind="stable")
    return League(grown.head(n).reset_index(drop=True), len(both), minimum_transactions)
