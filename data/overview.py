"""Asks what the Overview and an organisation's page draw: the same facts of some services."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial
from typing import Any, cast

import pandas as pd
from sqlalchemy import Connection

from config import Settings
from data.held import kept_ranges
from data.live import LiveQuery
from data.organisations import OrganisationQuery
from data.queries import CatalogueQuery, CoverageQuery, KpiQuery, Query, Run
from data.reader import Reader
from data.selection import Selection
from kpi.coverage import latest_complete_enough
from kpi.frames import in_period, no_figures, typed
from kpi.leagues import busiest
from kpi.live import NOBODY, live_users
from kpi.normal import judged
from kpi.overview import (
    KPIS,
    TAKE_UP,
    TRANSACTIONS,
    Busiest,
    Choice,
    Overview,
    performance,
)
from kpi.periods import Period
from kpi.totals import totals

# Lengths in the order in which pages prefer them, and how many of each can be chosen.
_CHOICES = {"year": 12, "quarter": 12, "month": 24}
_SHORTEST_FIRST = ("week", "month", "quarter", "year")
_MOST_USED = 3
_TREND = 52


@dataclass(frozen=True)
class OverviewQuery(Query):
    """All that the Overview draws, read from one snapshot and kept as one answer.

    The answer is a kpi.overview.Overview rather than a frame; None where there are no figures.
    ``period`` None is the latest that is complete enough: the share of all services, in percent,
    that must have reported it. Under a department areas are its agencies, under an agency its
    services, otherwise departments. Without ``live`` it leaves out who is there now, and is kept
    when that changes.
    """

    selection: Selection = field(default_factory=Selection)
    period: Period | None = None
    complete_enough: int = 50
    minimum_transactions: int = 1000
    live: bool = True

    @property
    def rests_on_live(self) -> bool:
        """Only as a whole."""
        return self.live

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        if not self.live:
            return self._settled(run)
        settled: Any = run(replace(self, live=False))
        found = live_users(run(LiveQuery(self.selection)))
        return settled and replace(settled, live=found)

    def _settled(self, run: Run) -> Overview | None:
        period = self.period or default_period(run, self.complete_enough)
        if period is None:
            return None
        figures = _figures(run, self.selection, period)
        names = run(CatalogueQuery(self.selection)).set_index("slug")["name"]
        return Overview(
            performance(figures, period, len(names), self.minimum_transactions),
            choices(run),
            NOBODY,
            _busiest(run, self.selection, names),
            _areas(run, self.selection, in_period(figures, period)),
            names,
        )


def overview(
    reader: Reader, settings: Settings, selection: Selection, asked: Period | None
) -> Overview | None:
    """Ask an OverviewQuery of a period, or of the latest that is complete enough."""
    share, minimum = settings.complete_enough_percent, settings.minimum_transactions
    answer = reader.run(OverviewQuery(selection, asked, share, minimum))
    return cast("Overview | None", answer)


def default_period(run: Run, complete_enough: int) -> Period | None:
    """The latest year that is complete enough; without years a quarter, a month or a week."""
    share = complete_enough / 100
    for length in (*_CHOICES, "week"):
        period = latest_complete_enough(run(CoverageQuery(length)), share)
        if period is not None:
            return period
    return None


def choices(run: Run) -> tuple[Choice, ...]:
    """The periods that have figures, years before quarters before months, the newest first."""
    found = []
    for length, most in _CHOICES.items():
        # Whoever looks for the latest complete year has asked for all of them, which are few.
        asked = CoverageQuery(length, None if length == "year" else most)
        rows = run(asked).tail(most).iloc[::-1]
        starts, counts = rows["start_at"].dt.date, rows["services_reporting"].tolist()
        pairs = zip(starts, counts, strict=True)
        found += [Choice(Period(length, start), count) for start, count in pairs]
    return tuple(found)


def _figures(run: Run, selection: Selection, period: Period) -> pd.DataFrame:
    """Every service's KPIs in the period and a year earlier."""
    both = (period.year_before, period)
    found = [run(KpiQuery(selection, one.name, one.start, one.end, KPIS)) for one in both]
    # Services that are not the same in both are text by now, which each league would look through.
    return typed(pd.concat(found, ignore_index=True))


def _busiest(run: Run, selection: Selection, names: pd.Series) -> Busiest:
    for length in _SHORTEST_FIRST:
        covered = run(CoverageQuery(length, _CHOICES.get(length, _TREND)))
        enough = covered[covered["services_reporting"] * 2 >= covered["services_reporting"].max()]
        if not enough.empty:
            period = Period(length, enough["start_at"].iloc[-1].date())
            return _busiest_in(run, selection, names, period)
    return Busiest(None, pd.DataFrame(), pd.DataFrame())


def _busiest_in(run: Run, selection: Selection, names: pd.Series, period: Period) -> Busiest:
    query = KpiQuery(selection, period.name, period.start, period.end, (TRANSACTIONS,))
    found = busiest(run(query), _MOST_USED, period).frame
    trend = _trends(run, found["service"].astype(str), period)
    whole = trend[trend["status"] == "reported"]
    before = whole[whole["start_at"] == pd.Timestamp(period.previous.start)]
    by_service = before.set_index(before["service"].astype(str))["value"]
    slugs = found["service"].astype(str)
    verdicts = whole[whole["start_at"] == pd.Timestamp(period.start)]
    frame = found.assign(
        service=slugs,
        name=slugs.map(names),
        before=slugs.map(by_service),
        verdict=slugs.map(verdicts.set_index(verdicts["service"].astype(str))["verdict"]),
    )
    return Busiest(period, frame, whole)


def _trends(run: Run, slugs: Iterable[str], period: Period) -> pd.DataFrame:
    """Services' volumes up to a period, and whether they were normal.

    What is normal is found for those together that begin in the same period: a step takes as long
    for three as for one, and says the same of each.
    """
    about = [Selection(service=slug) for slug in slugs]
    figures = [run(KpiQuery(one, period.name, kpis=(TRANSACTIONS,))) for one in about]
    known = pd.concat(figures, ignore_index=True) if figures else no_figures()
    begun = known.groupby("service", observed=True)["start_at"].transform("min")
    find = partial(kept_ranges, run)
    parts = [judged(rows, find=find) for _, rows in known.groupby(begun)] or [judged(known)]
    trend = pd.concat(parts).sort_index()
    since, last = (pd.Timestamp(day) for day in (_back(period, _TREND), period.start))
    return trend[trend["start_at"].between(since, last)].reset_index(drop=True)


def _back(period: Period, steps: int) -> date:
    for _ in range(steps):
        period = period.previous
    return period.start


def _areas(run: Run, selection: Selection, figures: pd.DataFrame) -> pd.DataFrame:
    """figures: every service's KPIs in one period."""
    by, chosen = _level(run, selection), run(CatalogueQuery(selection))
    figures = figures[figures["kpi"].isin((TRANSACTIONS, TAKE_UP))]
    if by == "service":
        frame = figures[figures["status"] == "reported"].rename(columns={"service": "group"})
        names = chosen.assign(abbreviation="")
    else:
        frame = totals(figures, len(chosen), chosen.set_index("slug")[by])
        names = run(OrganisationQuery())
    return _wide(frame).join(names.set_index("slug")[["name", "abbreviation"]], how="inner")


def _level(run: Run, selection: Selection) -> str:
    if not selection.organisation:
        return "department"
    organisations = run(OrganisationQuery()).set_index("slug")
    is_department = organisations["department"].get(selection.organisation) == ""
    # A department may run services itself: those have no agency to stand for them.
    run_by_agencies = (run(CatalogueQuery(selection))["agency"] != "").all()
    return "agency" if is_department and run_by_agencies else "service"


def _wide(frame: pd.DataFrame) -> pd.DataFrame:
    """By slug: transactions and take_up, those with transactions, largest first."""
    values = frame.astype({"group": str}).pivot(index="group", columns="kpi", values="value")
    values = values.reindex(columns=[TRANSACTIONS, TAKE_UP])
    values.columns = pd.Index(["transactions", "take_up"])
    values = values[values["transactions"] > 0].rename_axis("slug")
    return values.sort_values("transactions", ascending=False)
