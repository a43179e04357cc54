"""Figures in the measurement table: compared with what is there, written with their sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import repeat
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, bindparam, delete, func, or_, select

from data import figure_series
from data.catalogue import Ids
from data.datatypes import ADDED, INSTANT
from data.dialect import upsert_values
from data.measurements import FigureKey, Figures, FirstUses
from data.receipts import Count
from data.records import chunks
from data.tables import measurement
from data.times import day_of, seconds
from data.validation import Rejected
from kpi.own import is_own
from kpi.periods import PERIODS, Period
from kpi.rollups import REPORTED, Figure, Slot, coarser, resting_on

SeriesKey = tuple[str, str, str]
# A week that counts for a month begins at most this long before it.
_WEEK = timedelta(days=7)
# What days and weeks are added up to.
_OF_DAYS = ("week", "month")
# More categories than these are not worth naming to the engine.
_FEW = 100
# A figure's id of its service, the rest of its key, itself, and where it is from.
_KEY = ("service_id", "period", "measure", "category", "start_at")
_COLUMNS = (*_KEY, *Figure._fields, "data_set_id")
# The largest number of millionths that every engine keeps exactly.
_MOST = 2**63 - 1
# Made once: every write asks these, and making them takes longer than asking them.
_BETWEEN = select(measurement).where(
    measurement.c.service_id.in_(bindparam("services", expanding=True)),
    measurement.c.start_at.between(bindparam("first"), bindparam("last")),
)
_OF_MEASURES = _BETWEEN.where(
    measurement.c.period.in_(bindparam("periods", expanding=True)),
    measurement.c.measure.in_(bindparam("measures", expanding=True)),
)
_OF_CATEGORIES = _OF_MEASURES.where(
    measurement.c.category.in_(bindparam("categories", expanding=True))
)
# By period first, as the table is: the engine has nothing to sort.
_FIRST_USES = (
    select(measurement.c.period, measurement.c.category, func.min(measurement.c.start_at))
    .where(
        measurement.c.service_id == bindparam("service"),
        measurement.c.period.in_(PERIODS),
        measurement.c.measure == bindparam("measure"),
        measurement.c.data_set_id.is_not(None),
    )
    .group_by(measurement.c.period, measurement.c.category)
)


@dataclass
class FigureChanges:
    """What a delivery changes: figures to write with their data set, and figures to remove."""

    written: dict[FigureKey, tuple[Figure, int]] = field(default_factory=dict)
    removed: set[FigureKey] = field(default_factory=set)

    def note(self, old: Figures, new: Figures, data_set_id: int, count: Count) -> None:
        """Compare one data set's figures with what they were."""
        if not old:
            count.new += len(new)
            self.written.update(zip(new, zip(new.values(), repeat(data_set_id)), strict=True))
            return
        for key, figure in new.items():
            if count.add(old.get(key), figure):
                self.written[key] = (figure, data_set_id)
        self.removed |= old.keys() - new.keys()

    @property
    def services(self) -> set[str]:
        """The slugs of the services whose figures change; how many use one now is none of these."""
        keys = (*self.written, *self.removed)
        return {key.service for key in keys if key.period != INSTANT}

    @property
    def moves_kpis(self) -> bool:
        """Whether any figure changes that a KPI may rest on."""
        return bool(self.services)

    def touched(self) -> dict[SeriesKey, set[Slot]]:
        """The periods of each series in which a sum may change, of those that are added up."""
        periods: dict[SeriesKey, set[tuple[str, int]]] = defaultdict(set)
        for service, period, measure, category, start in (*self.written, *self.removed):
            if period != INSTANT and (measure in ADDED or is_own(measure)):
                periods[service, measure, category].add((period, start))
        # Most series have figures of the same periods.
        every = set().union(*periods.values())
        resting = {slot: resting_on(slot[0], day_of(slot[1])) for slot in every}
        return {
            series: set().union(*map(resting.__getitem__, slots))
            for series, slots in periods.items()
        }


def published_at(
    connection: Connection, services: Ids, slugs: Iterable[str], starts: Collection[int]
) -> dict[FigureKey, tuple[Figure, int]]:
    """The figures published at these starts, each with the id of the data set that gives it."""
    if not starts:
        return {}
    names, first, last, exactly = _names(services, slugs), min(starts), max(starts), set(starts)
    rows: Iterable[Row[Any]]
    if len(names) == 1:
        [id] = names
        rows = figure_series.between(connection, id, first, last)
    else:
        rows = _rows(connection, names, _BETWEEN, {"first": first, "last": last})
    # Most are sums, or start at another moment.
    there = (row for row in rows if row.data_set_id and row.start_at in exactly)
    return {key: (figure, source) for key, figure, source in _told(there, names) if source}


def first_uses(connection: Connection, service_id: int, measure: str) -> FirstUses:
    """When a service first used each channel, in seconds, as far as its figures say."""
    uses: dict[str, int] = {}
    asked = {"service": service_id, "measure": measure}
    for _, category, first in connection.execute(_FIRST_USES, asked):
        uses[category] = min(first, uses.get(category, first))
    return uses


def write(connection: Connection, changes: FigureChanges, services: Ids) -> set[FigureKey]:
    """Write changed figures, and the sums at every coarser calendar period that rest on them.

    :returns: what changed, without the sums that were incomplete and still are.
    """
    touched = changes.touched()
    known, derived = _around(connection, services, touched) if touched else ({}, {})
    before = {**known, **derived}
    for key, (figure, _) in changes.written.items():
        known[key] = figure
        derived.pop(key, None)
    for key in changes.removed - changes.written.keys():
        known.pop(key, None)
    sums = _sums(known, touched)
    gone = (derived.keys() - sums.keys()) | (changes.removed - changes.written.keys() - sums.keys())
    fresh = {key: figure for key, figure in sums.items() if derived.get(key) != figure}
    _delete(connection, services, gone)
    rows = [
        _row(services, key, figure, source) for key, (figure, source) in changes.written.items()
    ]
    rows += [_row(services, key, figure, None) for key, figure in fresh.items()]
    upsert_values(connection, measurement, _COLUMNS, rows)
    summed = {key for key in (*fresh, *gone) if _is_whole(before, key) or _is_whole(fresh, key)}
    return summed | changes.written.keys() | changes.removed


def _is_whole(found: Figures, key: FigureKey) -> bool:
    return key in found and found[key].status == REPORTED


def _around(
    connection: Connection, services: Ids, touched: Mapping[SeriesKey, set[Slot]]
) -> tuple[Figures, Figures]:
    """What the touched sums are made of, and those sums as they were.

    Sums that are not touched are as good as published figures to those that rest on them.
    """
    known: Figures = {}
    derived: Figures = {}
    for key, figure, source in _neighbours(connection, services, touched):
        slots = touched.get((key.service, key.measure, key.category), ())
        is_touched = source is None and (key.period, day_of(key.start)) in slots
        (derived if is_touched else known)[key] = figure
    return known, derived


def _neighbours(
    connection: Connection, services: Ids, touched: Mapping[SeriesKey, set[Slot]]
) -> Iterable[tuple[FigureKey, Figure, int | None]]:
    slots = set().union(*touched.values())
    slugs, measures, categories = (set(names) for names in zip(*touched, strict=True))
    names = _names(services, slugs)
    is_few = len(categories) <= _FEW
    about: dict[str, Any] = {"measures": measures} | ({"categories": categories} if is_few else {})
    for periods, (first, last) in _reach(slots):
        asked = about | {"periods": periods, "first": seconds(first), "last": seconds(last)}
        rows = _rows(connection, names, _OF_CATEGORIES if is_few else _OF_MEASURES, asked)
        yield from _told(rows, names)


def _reach(slots: set[Slot]) -> Iterator[tuple[tuple[str, ...], tuple[date, date]]]:
    """The periods that sums are made of, with the first and last start of any of them.

    Days and weeks are added up to weeks and months alone, and a week begins before the month
    that it counts for.
    """
    short = [(name, start) for name, start in slots if name in _OF_DAYS]
    if short:
        last = max(Period(name, start).end for name, start in short)
        yield ("day", "week"), (min(start for _, start in short) - _WEEK, last)
    years = {start.year for _, start in slots}
    yield ("month", "quarter", "year"), (date(min(years), 1, 1), date(max(years), 12, 31))


def _sums(known: Figures, touched: Mapping[SeriesKey, set[Slot]]) -> Figures:
    series: dict[SeriesKey, dict[Slot, Figure]] = {key: {} for key in touched}
    for key, figure in known.items():
        if (of := series.get((key.service, key.measure, key.category))) is not None:
            of[key.period, day_of(key.start)] = figure
    return {
        FigureKey(service, period, measure, category, seconds(start)): figure
        for (service, measure, category), slots in touched.items()
        for (period, start), figure in coarser(series[service, measure, category]).items()
        if (period, start) in slots
    }


def _names(services: Ids, slugs: Iterable[str]) -> Mapping[int, str]:
    return {services[slug]: slug for slug in slugs}


def _rows(
    connection: Connection, names: Mapping[int, str], query: Select[Any], asked: Mapping[str, Any]
) -> Iterator[Row[Any]]:
    for chunk in chunks(sorted(names)):
        yield from connection.execute(query, {**asked, "services": chunk}).all()


def _told(
    rows: Iterable[Sequence[Any]], names: Mapping[int, str]
) -> Iterator[tuple[FigureKey, Figure, int | None]]:
    """Rows of the whole table's columns, in their order."""
    for id, period, name, category, start, amount, status, parts, expected, part, source in rows:
        key = FigureKey(names[id], period, name, category, start)
        yield key, Figure(amount, status, parts, expected, part), source


def _row(services: Ids, key: FigureKey, figure: Figure, source: int | None) -> tuple[Any, ...]:
    if figure.millionths is not None and figure.millionths > _MOST:
        raise Rejected(
            f"{key.service}: its {key.measure} of the {key.period} from {day_of(key.start)} is "
            "too large a number to be kept. Nothing was written."
        )
    return (services[key.service], *key[1:], *figure, source)


def _delete(connection: Connection, services: Ids, keys: set[FigureKey]) -> None:
    for chunk in chunks(sorted(keys)):
        matches = [
            and_(
                measurement.c.service_id == services[key.service],
                measurement.c.period == key.period,
                measurement.c.measure == key.measure,
                measurement.c.category == key.category,
                measurement.c.start_at == key.start,
            )
            for key in chunk
        ]
        connection.execute(delete(measurement).where(or_(*matches)))
