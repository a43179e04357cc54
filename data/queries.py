"""The questions that can be asked: immutable, so that chart, table, CSV and API share them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import ColumnElement, Connection, func, select

from data import own_kpis
from data.datatypes import INSTANT
from data.frames import MEASURED, by_column, read
from data.measured import measured
from data.selection import (
    BRIEF_COLUMNS,
    CATALOGUE_COLUMNS,
    KpiRange,
    Selection,
    published_alone,
    services,
)
from data.tables import MILLION, NOT_DAYS, latest_figure, measurement, service
from data.times import seconds
from kpi.definitions import KPIS, SLUGS, Kpi, UnknownKpi, kpi
from kpi.formulas import figures
from kpi.frames import WORDS, codes
from kpi.gaps import complete
from kpi.periods import DAYS
from kpi.spans import ends
from kpi.suppression import base_of, suppress_measured, too_small
from kpi.totals import totals

Run = Callable[["Query"], pd.DataFrame]
# At most how many periods have begun and are not over: rolling years may begin every month.
_NOT_OVER = {"year": 12}
_RATIOS = [item.slug for item in KPIS if item.denominator]


@dataclass(frozen=True)
class Query:
    """A question; ``execute`` answers it with a frame. Ask it through `data.reader.Reader`."""

    @property
    def rests_on_live(self) -> bool:
        """Whether live users, or records that mean no figure, can make it another answer."""
        return False

    @property
    def service_alone(self) -> str:
        """The slug of the service that nothing but can make it another answer; '': other ones can.

        What concerns all services can, too: who runs them, their names, what is published.
        """
        return ""

    @property
    def holds_all(self) -> bool:
        """Whether nothing that is written, and no day, can make it another answer.

        It is worked out from what the question itself holds, and is kept for as long as there is
        room.
        """
        return False

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        """The answer's frame; ``run`` asks (and caches) the questions that this one rests on."""
        raise NotImplementedError


@dataclass(frozen=True)
class OneServiceQuery(Query):
    """A question about one service, ``service`` (its slug); '' where it may be about all."""

    service: str = ""

    @property
    def service_alone(self) -> str:
        """Its own."""
        return self.service


@dataclass(frozen=True)
class CatalogueQuery(Query):
    """The services of a selection and what describes them: selection.CATALOGUE_COLUMNS.

    ``brief``: with selection.BRIEF_COLUMNS alone, of which thousands are read several times faster.
    """

    selection: Selection = field(default_factory=Selection)
    brief: bool = False

    @property
    def service_alone(self) -> str:
        """That of its selection."""
        return self.selection.service_alone

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        if not self.selection.ranges:
            columns = BRIEF_COLUMNS if self.brief else CATALOGUE_COLUMNS
            return services(connection, self.selection, columns)
        found = run(replace(self, selection=replace(self.selection, ranges=())))
        for wanted in self.selection.ranges:
            found = found[found["service"].isin(_in_range(run(LatestQuery()), wanted))]
        return found.reset_index(drop=True)


def _in_range(latest: pd.DataFrame, wanted: KpiRange) -> pd.Series:
    rows = latest[latest["kpi"] == wanted.kpi]
    if wanted.least is not None:
        rows = rows[rows["value"] >= wanted.least]
    if wanted.most is not None:
        rows = rows[rows["value"] <= wanted.most]
    return rows["service"]


@dataclass(frozen=True)
class LatestQuery(Query):
    """Every published service's (or those of some row ids) latest year-long figure of every KPI.

    A frame of service (id), kpi, period ('year' or 'twelve months'), start_at, end_at, value,
    numerator, denominator, unit.
    """

    services: tuple[int, ...] | None = None

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        query = select(latest_figure)
        if self.services is None:
            query = query.where(*published_alone(connection, latest_figure.c.service_id))
        else:
            query = query.where(latest_figure.c.service_id.in_(self.services))
        rows = connection.execute(query).all()
        raw = by_column(rows, ["service", *latest_figure.columns.keys()[1:]])
        frame = pd.DataFrame({"service": pd.Series(raw["service"], dtype="int64")})
        for name in ("kpi", "period"):
            frame[name] = pd.Categorical(raw[name], dtype=WORDS[name])
        for name in ("start_at", "end_at"):
            frame[name] = pd.to_datetime(pd.Series(raw[name], dtype="int64"), unit="s")
        for name in ("numerator", "denominator"):
            frame[name] = pd.Series(raw[name], dtype="float64") / MILLION
        frame["value"] = frame["numerator"] / frame["denominator"].fillna(1.0)
        # A rate that was published without its terms is kept like an amount.
        only_rate = frame["kpi"].isin(_RATIOS) & frame["denominator"].isna()
        frame["numerator"] = frame["numerator"].mask(only_rate)
        frame["unit"] = frame["kpi"].map({item.slug: item.unit for item in KPIS})
        # Kept before there was such a rule, perhaps.
        return frame[~too_small(frame)].reset_index(drop=True)


@dataclass(frozen=True)
class KpiQuery(Query):
    """KPI figures of the selected services, or added up over them (``over_services``).

    Periods are those of one length that lie within [start_at, end_at); None is open. ``by`` adds
    up per 'department' or 'agency' instead, in a ``group`` column. ``complete`` gives periods
    and KPIs without a figure rows that say so. ``small_bases`` leaves figures of too few people as
    they are, for another sum (see kpi.formulas.figures): they are never shown. ``also`` has other
    lengths of period come with them, in one answer by length. ``kpis`` may name
    those that a service has of its own, where the selection is that service alone; UnknownKpi
    otherwise.
    """

    selection: Selection = field(default_factory=Selection)
    period: str = "year"
    start_at: date | None = None
    end_at: date | None = None
    kpis: tuple[str, ...] = SLUGS
    channel: str = ""
    over_services: bool = False
    by: str = ""
    complete: bool = False
    small_bases: bool = False
    also: tuple[str, ...] = ()

    @property
    def sums(self) -> bool:
        """Whether it is added up over services."""
        return self.over_services or bool(self.by)

    @property
    def service_alone(self) -> str:
        """That of its selection."""
        return self.selection.service_alone

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        chosen = run(CatalogueQuery(self.selection))
        ids = chosen["service"].tolist()
        kpis = definitions(connection, self.kpis, ids)
        rows = _measured(connection, self, kpis, ids)
        kept = {"zero_bases": True, "small_bases": self.small_bases or self.sums}
        found = figures(rows, kpis, self.channel, today, **kept)
        found = found[found["end_at"] <= pd.Timestamp(self.end_at)] if self.end_at else found
        if self.sums:
            groups = chosen.set_index("service")[self.by] if self.by else None
            rows = _with_gaps(found, kpis) if self.complete else found
            return totals(rows, services=len(chosen), by=groups)
        if self.complete:
            found = complete(found, kpis)
        return _with_slugs(found, chosen)


def definitions(connection: Connection, slugs: tuple[str, ...], ids: list[int]) -> list[Kpi]:
    """The KPIs of these slugs; those of its own where a single service is asked about.

    :raises UnknownKpi: naming those that there are.
    """
    if all(slug in SLUGS for slug in slugs):
        return [kpi(slug) for slug in slugs]
    own = own_kpis.of_service(connection, ids[0]) if len(ids) == 1 else ()
    known = {item.slug: item for item in (*KPIS, *(one.kpi for one in own))}
    for slug in slugs:
        if slug not in known:
            raise UnknownKpi.of(slug, known)
    return [known[slug] for slug in slugs]


def _with_gaps(found: pd.DataFrame, kpis: Sequence[Kpi]) -> pd.DataFrame:
    """The figures with one row 'not reported' for each time and KPI that totals would pass over.

    Of one service alone: a row for each of thousands would say no more.
    """
    if found.empty:
        return found
    times = found.drop_duplicates("start_at").assign(service=found["service"].iloc[0])
    gaps = complete(times, kpis).assign(status="not reported").astype(found.dtypes)
    return pd.concat([found, gaps], ignore_index=True)


def _with_slugs(found: pd.DataFrame, chosen: pd.DataFrame) -> pd.DataFrame:
    number, services = codes(found["service"])
    slugs = chosen["slug"].array.take(pd.Index(chosen["service"]).get_indexer(services))
    return found.assign(service=slugs.take(number))


def _terms(item: Kpi, channel: str) -> set[tuple[str, str]]:
    return {(term.measure, channel or term.category) for term in item.terms}


def _measured(
    connection: Connection, query: KpiQuery, kpis: Sequence[Kpi], ids: list[int]
) -> pd.DataFrame:
    terms = set().union(*(_terms(item, query.channel) for item in kpis))
    wheres: list[ColumnElement[bool]] = [
        measurement.c.measure.in_({measure for measure, _ in terms}),
        measurement.c.category.in_({category for _, category in terms}),
    ]
    if query.start_at:
        wheres.append(measurement.c.start_at >= seconds(query.start_at))
    if query.end_at:
        wheres.append(measurement.c.start_at < seconds(query.end_at))
    everyone = query.selection == Selection()
    return measured(connection, (query.period, *query.also), wheres, ids, everyone=everyone)


@dataclass(frozen=True)
class CoverageQuery(Query):
    """How many services reported transactions in each period of one length that is over.

    Of weeks or longer; the days of all services are not counted.
    ``newest`` asks for no more than that many of them, which reads as much less; None: for all.
    A frame of kpi, period, start_at, end_at, services_reporting, services, in order of time.
    """

    period: str = "year"
    newest: int | None = None

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        statement = (
            select(measurement.c.start_at, func.count())
            .where(
                measurement.c.period == self.period,
                measurement.c.measure == "transactions",
                measurement.c.category == "",
                measurement.c.status == "reported",
                measurement.c.start_at <= seconds(today),
                NOT_DAYS,
                *published_alone(connection, measurement.c.service_id),
            )
            .group_by(measurement.c.start_at)
            .order_by(measurement.c.start_at.desc())
        )
        if self.newest is not None:
            statement = statement.limit(self.newest + _NOT_OVER.get(self.period, 1))
        if self.period not in DAYS:
            # What weeks add up to does not quite fill a month; the KPIs call it partial, too.
            statement = statement.where(measurement.c.part != "week")
        rows = connection.execute(statement).all()[::-1]
        raw = by_column(rows, ("start_at", "services_reporting"))
        starts = pd.to_datetime(pd.Series(raw["start_at"], dtype="int64"), unit="s")
        frame = pd.DataFrame(
            {
                "kpi": "transactions",
                "period": self.period,
                "start_at": starts,
                "end_at": ends(pd.Series(self.period, starts.index), starts),
                "services_reporting": pd.Series(raw["services_reporting"], dtype="int64"),
                "services": connection.scalar(
                    select(func.count()).select_from(service).where(service.c.published)
                ),
            }
        )
        over = frame[frame["end_at"] <= pd.Timestamp(today)]
        return over.tail(len(over) if self.newest is None else self.newest).reset_index(drop=True)


@dataclass(frozen=True)
class MeasurementQuery(OneServiceQuery):
    """One service's figures of one measure by category: channels, stages, ratings, live users.

    A long frame of service (slug), measure, category, period, start_at, value, status, parts,
    expected, part; in order of start and category, of the periods that lie within [start_at,
    end_at). A period that is not over yet is partial; what tells of fewer people than its KPI may
    is suppressed (see kpi.suppression). ``preview`` is for those who may see a service that is not
    published.
    """

    measure: str = "transactions"
    period: str = "month"
    start_at: date | None = None
    end_at: date | None = None
    preview: bool = False

    @property
    def rests_on_live(self) -> bool:
        """Moments are those of live users alone."""
        return self.period == INSTANT

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        chosen = run(CatalogueQuery(Selection(service=self.service, preview=self.preview)))
        base = base_of(self.measure)
        statement = select(*MEASURED).where(
            measurement.c.service_id.in_(chosen["service"].tolist()),
            measurement.c.period == self.period,
            measurement.c.measure.in_({self.measure, base[0].measure} if base else {self.measure}),
        )
        if self.start_at:
            statement = statement.where(measurement.c.start_at >= seconds(self.start_at))
        if self.end_at:
            statement = statement.where(measurement.c.start_at < seconds(self.end_at))
        order = (measurement.c.start_at, measurement.c.category)
        found = suppress_measured(read(connection, statement.order_by(*order)))
        found = _with_slugs(found[found["measure"] == self.measure], chosen)
        return found if self.period == INSTANT else _until(found, self.end_at, today)


def _until(found: pd.DataFrame, end_at: date | None, today: date) -> pd.DataFrame:
    """The periods that end in time; those that are not over yet as partial ones."""
    over_at = ends(found["period"], found["start_at"])
    unfinished = (over_at > np.datetime64(today)) & (found["status"] == "reported").to_numpy()
    if unfinished.any():
        status = found["status"].astype(WORDS["status"])
        found = found.assign(status=status.where(~unfinished, "partial"))
    return found if end_at is None else found[over_at <= np.datetime64(end_at)]
