"""Asks what the comparison of a few services shows."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

import pandas as pd
from sqlalchemy import Connection, select

from data.measured import measured
from data.queries import CatalogueQuery, KpiQuery, Query, Run
from data.reader import Reader
from data.selection import Selection
from data.sources import ReachQuery, lengths
from data.tables import NOT_DAYS, measurement
from kpi.comparisons import (
    BY_PERIOD,
    LENGTHS,
    Comparison,
    common_lengths,
    compared,
    medians,
    over_twelve_months,
)
from kpi.dashboard import COST, periods_of, within
from kpi.definitions import kpi
from kpi.formulas import figures
from kpi.frames import no_figures
from kpi.views import View, Wanted, view

# Published years go before what quarters and months add up to.
_OF_COSTS = ("year", "quarter", "month")


@dataclass(frozen=True)
class MedianQuery(Query):
    """The medians of the KPIs over all published services and over each department's.

    Of the periods of one length; of the cost per transaction, over twelve months, where
    ``costs``. A frame of kpi.comparisons.MEDIAN_COLUMNS. It rests on every service's figures, and
    is the same whichever of them are compared.
    """

    period: str = "year"
    costs: bool = False

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        services = run(CatalogueQuery(brief=True))
        departments = services.set_index(services["service"].astype(str))["department"]
        kpis, periods = ((COST,), _OF_COSTS) if self.costs else (BY_PERIOD, (self.period,))
        terms = frozenset(term for slug in kpis for term in kpi(slug).terms)
        wheres = [
            measurement.c.measure.in_({term.measure for term in terms}),
            measurement.c.category.in_({term.category for term in terms}),
            *((measurement.c.service_id.in_(_WITH_COSTS),) if self.costs else ()),
        ]
        ids = services["service"].tolist()
        # Not through `run`: nobody asks again for figures that are so many to keep.
        rows = measured(connection, periods, wheres, ids, everyone=True)
        found = figures(rows, kpis, today=today, zero_bases=True)
        return medians(over_twelve_months(found) if self.costs else found, departments)


# The transactions of all others are many, and say nothing of a cost.
_WITH_COSTS = (
    select(measurement.c.service_id)
    .where(measurement.c.period.in_(_OF_COSTS), measurement.c.measure == "cost", NOT_DAYS)
    .distinct()
)


def _joined(found: list[pd.DataFrame]) -> pd.DataFrame:
    return pd.concat(found, ignore_index=True) if found else no_figures()


@dataclass(frozen=True)
class ComparisonQuery(Query):
    """All that is shown of services beside one another, read from one snapshot.

    The answer is a kpi.comparisons.Comparison, not a frame. ``services`` that are unknown are left
    out; ``previews`` are those among them that are not published, for whoever may see them.
    ``wanted`` is what a page asks for; start_at and end_at narrow what there is to the periods
    that lie within them, as the API asks.
    """

    services: tuple[str, ...] = ()
    previews: tuple[str, ...] = ()
    wanted: Wanted = field(default_factory=Wanted)
    start_at: date | None = None
    end_at: date | None = None

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        abouts = [Selection(service=slug, preview=slug in self.previews) for slug in self.services]
        services = pd.concat([run(CatalogueQuery(about)) for about in abouts], ignore_index=True)
        reaches = [run(ReachQuery(about.service, preview=about.preview)) for about in abouts]
        length, known, unmet = _length(self.wanted.period, reaches)
        asked = [KpiQuery(about, period=length, kpis=BY_PERIOD) for about in abouts]
        own = pd.concat([run(query) for query in asked], ignore_index=True)
        periods = [one for one in periods_of(own) if self._has(one.start, one.end)]
        shown = view(self.wanted, known, length, periods, notes=unmet)
        costs = over_twelve_months(_costs(run, abouts, reaches))
        rows = pd.concat([within(own, shown), self._spanned(costs, shown)], ignore_index=True)
        found = [run(MedianQuery(length)), run(MedianQuery(costs=True))]
        departments = dict(zip(services["slug"], services["department"], strict=True))
        frame = compared(rows, pd.concat(found, ignore_index=True), departments)
        return Comparison(services, shown, frame)

    def _has(self, start: date, end: date) -> bool:
        after, until = self.start_at or date.min, self.end_at or date.max
        return after <= start and end <= until

    def _spanned(self, costs: pd.DataFrame, shown: View) -> pd.DataFrame:
        """The twelve months that end in what is shown: they may begin before it."""
        if shown.first is None:
            return costs if self.start_at is None and self.end_at is None else costs.iloc[:0]
        after = shown.begins_at or self.start_at or date.min
        until = shown.ends_at or self.end_at or date.max
        ends, starts = costs["end_at"].dt.date, costs["start_at"].dt.date
        begun = starts >= after if shown.period == "year" else ends > after
        return costs[begun & (ends <= until)]


def _length(
    wanted: str, reaches: list[pd.DataFrame]
) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    """The length to compare by, those there are, and what to say if it is not the wanted one."""
    known = common_lengths([_whole(reach) for reach in reaches])
    if wanted in known or (not wanted and known):
        return wanted or known[0], known, ()
    usual = known[0] if known else LENGTHS[-1]
    if not wanted or not known:
        return usual, known, ()
    if wanted not in LENGTHS:
        return usual, known, (f"‘{wanted}’ is not a length of time to compare by: {_by(usual)}",)
    return usual, known, (f"Not all of these services report for each {wanted}: {_by(usual)}",)


def _whole(reach: pd.DataFrame) -> list[str]:
    """The lengths at which a service reported anything whole; without any, those it has parts of.

    A quarter of which there is one month of ratings alone is nothing to compare by.
    """
    return lengths(reach[reach["reported"] > 0]) or lengths(reach)


def _by(length: str) -> str:
    return f"they are compared by {length}."


def _costs(run: Run, abouts: list[Selection], reaches: list[pd.DataFrame]) -> pd.DataFrame:
    found = [
        run(KpiQuery(about, period=name, kpis=(COST,)))
        for about, reach in zip(abouts, reaches, strict=True)
        for name in _OF_COSTS
        if name in set(reach.loc[reach["measure"] == "cost", "period"])
    ]
    return _joined(found)


def comparison(reader: Reader, query: ComparisonQuery, notes: tuple[str, ...] = ()) -> Comparison:
    """Ask a ComparisonQuery. notes: what of an address was not understood, in sentences."""
    found = cast(Comparison, reader.run(query))
    if not notes:
        return found
    return replace(found, view=replace(found.view, notes=(*notes, *found.view.notes)))
