"""How far a service's figures reach, and which data sets they came from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, func, or_, select

from data.datatypes import INSTANT
from data.live import MEASURE as LIVE
from data.own_kpi_queries import OwnKpisQuery
from data.queries import CatalogueQuery, OneServiceQuery, Run
from data.selection import Selection
from data.tables import data_set, measurement
from kpi.dashboard import Reported
from kpi.definitions import HEADLINE
from kpi.periods import PERIODS, Period
from kpi.spans import STEPS, ordinals

# What tells that a KPI can be worked out, and of which lengths a page can show figures.
SHOWS_LENGTH = ("transactions", "journey-started", "ratings", "take-up", "take-up-rate")
_MEASURES = (*SHOWS_LENGTH, "cost")
_KINDS = ["measure", "category", "period", "data_set"]
_FACTS = ["reported", "partial", "first", "last"]


@dataclass(frozen=True)
class ReachQuery(OneServiceQuery):
    """How far the figures of a service reach: those behind its KPIs, or its ``live`` users.

    A frame of measure, category ('' or a kind of channel), period, data_set (its id; NaN for
    sums), reported, partial (how many), first, last (starts, with time); a row for each that
    there is. Measures: SHOWS_LENGTH, cost and those of the service's own KPIs, or live users.
    """

    live: bool = False
    preview: bool = False

    @property
    def rests_on_live(self) -> bool:
        """If it is of live users."""
        return self.live

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        chosen = run(CatalogueQuery(Selection(service=self.service, preview=self.preview)))
        kinds = (measurement.c.measure, measurement.c.category, measurement.c.period)
        statement = (
            select(
                *kinds,
                measurement.c.data_set_id,
                func.count().filter(measurement.c.status == "reported"),
                func.count().filter(measurement.c.status == "partial"),
                func.min(measurement.c.start_at),
                func.max(measurement.c.start_at),
            )
            .where(
                measurement.c.service_id.in_(chosen["service"].tolist()),
                measurement.c.measure.in_((LIVE,) if self.live else self._measures(run)),
                or_(measurement.c.category == "", measurement.c.measure == "transactions"),
                # The table is by period: without one, every day is looked through.
                *((measurement.c.period == INSTANT,) if self.live else ()),
            )
            .group_by(*kinds, measurement.c.data_set_id)
        )
        frame = pd.DataFrame(connection.execute(statement).all(), columns=[*_KINDS, *_FACTS])
        for name in ("first", "last"):
            frame[name] = pd.to_datetime(frame[name].astype("int64"), unit="s")
        return frame

    def _measures(self, run: Run) -> tuple[str, ...]:
        own: Any = run(OwnKpisQuery(self.service, self.preview))
        return (*_MEASURES, *sorted({term.measure for one in own for term in one.kpi.terms}))


@dataclass(frozen=True)
class SourceQuery(OneServiceQuery):
    """The data sets that figures of a service came from: SOURCE_COLUMNS, by title and type.

    ``live``: those of its live users as well, and each with its latest updated_at, which records
    that mean no figure move on. stages and optional_stages are lists, stage_names and
    channel_kinds are mappings.
    """

    live: bool = False
    preview: bool = False

    @property
    def rests_on_live(self) -> bool:
        """If it has all of them."""
        return self.live

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        reaches = (False, True) if self.live else (False,)
        found = [run(ReachQuery(self.service, live, self.preview)) for live in reaches]
        known = {int(id) for reach in found for id in reach["data_set"].dropna()}
        columns = [data_set.c[name] for name in SOURCE_COLUMNS]
        statement = select(*columns).where(data_set.c.id.in_(sorted(known)))
        answer = connection.execute(statement.order_by(data_set.c.title, data_set.c.type))
        return pd.DataFrame(answer.all(), columns=list(SOURCE_COLUMNS))


SOURCE_COLUMNS = (
    "id",
    "title",
    "type",
    "updated_at",
    "stages",
    "optional_stages",
    "stage_names",
    "channel_kinds",
)


def lengths(reach: pd.DataFrame) -> list[str]:
    """The lengths of period of which a page can show figures, shortest first."""
    # What is neither of these is of a KPI of the service's own.
    is_shown = reach["measure"].isin(SHOWS_LENGTH) | ~reach["measure"].isin(_MEASURES)
    rows = reach[is_shown & (reach["category"] == "")]
    known = set(rows["period"])
    return [name for name in PERIODS if name in known]


def kinds(reach: pd.DataFrame) -> list[str]:
    """The kinds of channel that have figures, as addresses write them."""
    known = set(reach.loc[reach["measure"] == "transactions", "category"])
    every = ("digital", "assisted digital", "non-digital")
    return [kind.replace(" ", "-") for kind in every if kind in known]


def reported(reach: pd.DataFrame) -> frozenset[str]:
    """The headline KPIs that were ever reported in one of the ways to them."""
    known = set(zip(reach["measure"], reach["category"], strict=True))
    stands_for = {
        ("journey-completed", ""): ("journey-started", ""),
        ("satisfaction", ""): ("ratings", ""),
        ("take-up", "digital"): ("take-up", ""),
    }
    return frozenset(
        kpi.slug
        for kpi in HEADLINE
        for way in kpi.ways
        if all(
            stands_for.get((term.measure, term.category), (term.measure, term.category)) in known
            for term in (way.numerator, way.denominator)
            if term
        )
    )


def data_sets(reach: pd.DataFrame, sources: pd.DataFrame) -> tuple[Reported, ...]:
    """What a page says of each data set and length that figures came from, by title."""
    known = {row.id: row for row in sources.itertuples(index=False)}
    whole = reach[(reach["category"] == "") & reach["data_set"].isin(list(known))]
    pairs = [(row, known[row.data_set]) for row in whole.itertuples(index=False)]
    pairs.sort(key=lambda pair: (pair[1].title, pair[1].type, pair[0].period))
    # One data set may hold several measures: the one that is reported most stands for it.
    most: dict[tuple[int, str], tuple[Any, Any]] = {}
    for pair in pairs:
        if pair[0].reported > most.setdefault(_told_of(pair), pair)[0].reported:
            most[_told_of(pair)] = pair
    return tuple(_data_set(*pair) for pair in pairs if most[_told_of(pair)] is pair)


def _told_of(pair: tuple[Any, Any]) -> tuple[int, str]:
    row, _ = pair
    return int(row.data_set), str(row.period)


def _data_set(row: Any, source: Any) -> Reported:
    period, moment = str(row.period), source.updated_at
    is_period = period in PERIODS
    return Reported(
        title=str(source.title),
        type=str(source.type),
        updated_at=datetime.fromtimestamp(moment, UTC) if pd.notna(moment) else None,
        period=period,
        reported=int(row.reported),
        partial=int(row.partial),
        expected=_expected(period, row.first, row.last) if is_period else 0,
        first=Period(period, row.first.date()) if is_period else None,
        last=Period(period, row.last.date()) if is_period else None,
    )


def _expected(period: str, first: pd.Timestamp, last: pd.Timestamp) -> int:
    """How many periods there are from the first to the last; 0 for years, which overlap."""
    if period == "year":
        return 0
    ends = ordinals(period, np.array([first.to_datetime64(), last.to_datetime64()]))
    return int(ends[1] - ends[0]) // STEPS[period] + 1
