"""Figures in the measurement table: compared with what is there, written with their sums."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, delete, func, or_, select

from data.catalogue import Ids
from data.datatypes import ADDED, INSTANT
from data.dialect import upsert
from data.measurements import FigureKey, Figures, FirstUses
from data.receipts import Count
from data.records import chunks
from data.tables import measurement
from data.times import day_of, seconds
from data.validation import Rejected
from kpi.rollups import Figure, coarser

# A week reaches at most this far over the edge of a year.
_EDGE = timedelta(days=7)
SeriesKey = tuple[str, str, str]
# The largest number of millionths that every engine keeps exactly.
_MOST = 2**63 - 1


@dataclass
class FigureChanges:
    """What a delivery changes: figures to write with their data set, and figures to remove."""

    written: dict[FigureKey, tuple[Figure, int]] = field(default_factory=dict)
    removed: set[FigureKey] = field(default_factory=set)

    def note(self, old: Figures, new: Figures, data_set_id: int, count: Count) -> None:
        """Compare one data set's figures with what they were."""
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

    def years(self) -> dict[SeriesKey, set[int]]:
        """The calendar years in which each series changes, of those that are added up."""
        touched: dict[SeriesKey, set[int]] = defaultdict(set)
        for key in (*self.written, *self.removed):
            if key.period != INSTANT and key.measure in ADDED:
                day = day_of(key.start)
                years = {day.year, (day + _EDGE - timedelta(days=1)).year}
                touched[key.service, key.measure, key.category] |= years
        return touched


def published_at(
    connection: Connection, services: Ids, slugs: set[str], starts: set[int]
) -> dict[FigureKey, tuple[Figure, int]]:
    """The figures published at these starts, each with the id of the data set that gives it."""
    if not starts:
        return {}
    wanted = measurement.c.start_at.between(min(starts), max(starts))
    rows = _rows(connection, services, slugs, wanted, measurement.c.data_set_id.is_not(None))
    return {key: (figure, source or 0) for key, figure, source in rows if key.start in starts}


def first_uses(connection: Connection, service_id: int, measure: str) -> FirstUses:
    """When a service first used each channel, in seconds, as far as its figures say."""
    query = (
        select(measurement.c.category, func.min(measurement.c.start_at))
        .where(
            measurement.c.service_id == service_id,
            measurement.c.measure == measure,
            measurement.c.data_set_id.is_not(None),
        )
        .group_by(measurement.c.category)
    )
    return {row[0]: row[1] for row in connection.execute(query)}


def write(connection: Connection, changes: FigureChanges, services: Ids) -> None:
    """Write changed figures, and the sums at every coarser calendar period that rest on them."""
    years = changes.years()
    published, derived = _around(connection, services, years)
    for key, (figure, _) in changes.written.items():
        published[key] = figure
        derived.pop(key, None)
    for key in changes.removed - changes.written.keys():
        published.pop(key, None)
    sums = _sums(published, years)
    gone = (derived.keys() - sums.keys()) | (changes.removed - changes.written.keys() - sums.keys())
    fresh = {key: figure for key, figure in sums.items() if derived.get(key) != figure}
    _delete(connection, services, gone)
    rows = [
        _row(services, key, figure, source) for key, (figure, source) in changes.written.items()
    ]
    rows += [_row(services, key, figure, None) for key, figure in fresh.items()]
    upsert(connection, measurement, rows)


def _around(
    connection: Connection, services: Ids, years: Mapping[SeriesKey, set[int]]
) -> tuple[Figures, Figures]:
    published: Figures = {}
    derived: Figures = {}
    if not years:
        return published, derived
    every = set().union(*years.values())
    start, end = date(min(every), 1, 1) - _EDGE, date(max(every) + 1, 1, 1) + _EDGE
    slugs, measures = {key[0] for key in years}, {key[1] for key in years}
    rows = _rows(
        connection,
        services,
        slugs,
        measurement.c.measure.in_(measures),
        measurement.c.start_at.between(seconds(start), seconds(end) - 1),
        measurement.c.period != INSTANT,
    )
    for key, figure, source in rows:
        if source is not None:
            published[key] = figure
        elif _within(key, years.get((key.service, key.measure, key.category), set())):
            derived[key] = figure
    return published, derived


def _within(key: FigureKey, years: set[int]) -> bool:
    day = day_of(key.start)
    last = day + _EDGE - timedelta(days=1) if key.period == "week" else day
    return day.year in years or last.year in years


def _sums(published: Figures, years: Mapping[SeriesKey, set[int]]) -> Figures:
    series: dict[SeriesKey, dict[tuple[str, date], Figure]] = defaultdict(dict)
    for key, figure in published.items():
        series[key.service, key.measure, key.category][key.period, day_of(key.start)] = figure
    return {
        FigureKey(service, period, measure, category, seconds(start)): figure
        for (service, measure, category), touched in years.items()
        for (period, start), figure in coarser(series[service, measure, category], touched).items()
    }


def _rows(
    connection: Connection, services: Ids, slugs: Iterable[str], *where: Any
) -> Iterable[tuple[FigureKey, Figure, int | None]]:
    names = {services[slug]: slug for slug in slugs}
    for chunk in chunks(sorted(names)):
        query = select(measurement).where(measurement.c.service_id.in_(chunk), *where)
        for row in connection.execute(query).all():
            key = FigureKey(
                names[row.service_id], row.period, row.measure, row.category, row.start_at
            )
            figure = Figure(row.millionths, row.status, row.parts, row.expected, row.part)
            yield key, figure, row.data_set_id


def _row(services: Ids, key: FigureKey, figure: Figure, source: int | None) -> dict[str, Any]:
    if figure.millionths is not None and figure.millionths > _MOST:
        raise Rejected(
            f"{key.service}: its {key.measure} of the {key.period} from {day_of(key.start)} is "
            "too large a number to be kept. Nothing was written."
        )
    return {
        "service_id": services[key.service],
        "period": key.period,
        "measure": key.measure,
        "category": key.category,
        "start_at": key.start,
        "millionths": figure.millionths,
        "status": figure.status,
        "parts": figure.parts,
        "expected": figure.expected,
        "part": figure.part,
        "data_set_id": source,
    }


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
