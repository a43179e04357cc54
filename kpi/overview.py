"""What the Overview says of one period: totals, changes, leagues, and the services' tree."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kpi.changes import like_for_like
from kpi.leagues import League, fastest_growing, highest, lowest
from kpi.live import LiveUsers
from kpi.periods import Period
from kpi.totals import totals

SHOWN = 5
COST, TAKE_UP, TRANSACTIONS, TOTAL_COST = (
    "cost-per-transaction",
    "digital-take-up",
    "transactions",
    "total-cost",
)
KPIS = (TRANSACTIONS, TOTAL_COST, COST, TAKE_UP)


@dataclass(frozen=True)
class Performance:
    """How some services performed in one period.

    headline: KPI totals, one row a KPI (see kpi.totals). changes: the same services in both
    periods (see kpi.changes.like_for_like). The leagues are of single services.
    """

    period: Period
    services: int
    headline: pd.DataFrame
    changes: pd.DataFrame
    highest: League
    lowest: League
    growing: League

    @property
    def reporting(self) -> int:
        """How many services reported transactions in the period."""
        rows = self.headline[self.headline["kpi"] == TRANSACTIONS]
        return int(rows["services_reporting"].sum())


@dataclass(frozen=True)
class Choice:
    """A period that can be chosen, and how many services reported it."""

    period: Period
    services_reporting: int


@dataclass(frozen=True)
class Busiest:
    """The most used services in the latest period of the shortest length that is reported.

    frame: service, name, value, before (NaN: not reported), verdict (of kpi.normal; NaN: none), in
    order. trends: service, start_at, value, the periods up to it.
    """

    period: Period | None
    frame: pd.DataFrame
    trends: pd.DataFrame


@dataclass(frozen=True)
class Overview:
    """The answer that the Overview, or an organisation's page, draws.

    areas: slug, name, abbreviation, transactions, take_up (NaN: not reported), largest first.
    names: service (slug) to name.
    """

    performance: Performance
    choices: tuple[Choice, ...]
    live: LiveUsers
    busiest: Busiest
    areas: pd.DataFrame
    names: pd.Series


def performance(
    figures: pd.DataFrame, period: Period, services: int, minimum_transactions: int
) -> Performance:
    """Totals, changes on the year before and leagues.

    :param figures: KPI frame by service, of the period and of the year before.
    :param services: how many services there are.
    :param minimum_transactions: what it takes to enter a league.
    """
    now = figures[figures["start_at"] == pd.Timestamp(period.start)]
    minimum = minimum_transactions
    return Performance(
        period,
        services,
        totals(now, services),
        like_for_like(figures, period, period.year_before),
        highest(now, COST, SHOWN, minimum, period),
        lowest(now, COST, SHOWN, minimum, period),
        fastest_growing(figures, TAKE_UP, SHOWN, minimum, period=period),
    )
