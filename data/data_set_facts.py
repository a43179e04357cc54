"""How much there is of each data set, since when, and how complete: counted from its records."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, null, select

from data.datatypes import data_type
from data.queries import Query, Run
from data.record_visibility import seen_by_all
from data.records import chunks
from data.tables import audit, data_set, record, record_change
from data.times import day_of
from kpi.data_sets import Facts, Length, moment
from kpi.periods import PERIODS

_DAY = 86_400
# Days are counted from the year 1 on, so that division rounds the same way for all of them.
_SINCE_YEAR_1 = 62_135_596_800


@dataclass(frozen=True)
class FactsQuery(Query):
    """The facts of some data sets (row ids): kpi.data_sets.Facts by id, not a frame.

    All records of these are counted, so ask for as many as are shown.
    """

    ids: tuple[int, ...] = ()

    @property
    def rests_on_live(self) -> bool:
        """Records of any kind count."""
        return True

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        found: dict[int, Facts] = {}
        for chunk in chunks(self.ids):
            found |= _facts(connection, chunk)
        return found


def _facts(connection: Connection, ids: Sequence[int]) -> dict[int, Facts]:
    columns = (data_set.c.id, data_set.c.type, data_set.c.updated_at)
    kept = connection.execute(select(*columns).where(data_set.c.id.in_(ids))).all()
    counts = _grouped(connection, {row.id: row.type for row in kept})
    # Moments are many, and nobody asks when the first of them was counted.
    dated = [row.id for row in kept if not data_type(row.type).instant]
    first_writes = _first_writes(connection, dated)
    return {row.id: _of(counts[row.id], row.updated_at, first_writes.get(row.id)) for row in kept}


def _grouped(connection: Connection, types: dict[int, str]) -> dict[int, list[Any]]:
    """The counts of each data set, by id: one for each length of period that its records name."""
    found: dict[int, list[Any]] = {id: [] for id in types}
    instants = [id for id, type in types.items() if data_type(type).instant]
    mixed = {id: type for id, type in types.items() if data_type(type).names_its_service}
    others = [id for id in types if id not in instants and id not in mixed]
    counts = [*_instants(connection, instants), *_counts(connection, others)]
    for id, type in mixed.items():
        counts += _counts(connection, [id], *seen_by_all(connection, type))
    for count in counts:
        found[count.data_set_id].append(count)
    return found


def _first_writes(connection: Connection, ids: Sequence[int]) -> dict[int, int]:
    """When the first delivery that is on file wrote records of a data set, in seconds, by id."""
    firsts = (
        select(record_change.c.data_set_id, func.min(record_change.c.audit_id).label("audit_id"))
        .where(record_change.c.data_set_id.in_(ids))
        .group_by(record_change.c.data_set_id)
        .subquery()
    )
    query = select(firsts.c.data_set_id, audit.c.at).join(audit, audit.c.id == firsts.c.audit_id)
    return {row.data_set_id: row.at for row in connection.execute(query)}


_COUNTED = (
    func.count().label("records"),
    func.min(record.c.at).label("first"),
    func.max(record.c.at).label("last"),
    func.count(record.c.at.distinct()).label("starts"),
    func.count(((record.c.at + _SINCE_YEAR_1) // _DAY).distinct()).label("days"),
)


def _instants(connection: Connection, ids: Sequence[int]) -> Iterator[Any]:
    """Records that are of a moment are many; these are counted from the index alone."""
    columns = (record.c.data_set_id, null().label("period"), *_COUNTED)
    written = null().label("written")
    query = select(*columns, func.max(record.c.at).label("counts_from"), written)
    query = query.where(record.c.data_set_id.in_(ids)).group_by(record.c.data_set_id)
    yield from connection.execute(query)


def _counts(
    connection: Connection, ids: Sequence[int], *seen: ColumnElement[bool]
) -> Iterator[Any]:
    period = record.c.body["period"].as_string().label("period")
    # A record without a time counts as of its write.
    counts_from = func.max(func.coalesce(record.c.at, record.c.updated_at)).label("counts_from")
    written = func.min(record.c.updated_at).label("written")
    query = select(record.c.data_set_id, period, *_COUNTED, counts_from, written)
    query = query.where(record.c.data_set_id.in_(ids), *seen)
    query = query.group_by(record.c.data_set_id, "period")
    yield from connection.execute(query)


def _of(counts: Sequence[Any], updated_at: int | None, first_write: int | None) -> Facts:
    if not counts:
        return Facts(updated_at=moment(updated_at))
    firsts = [count.first for count in counts if count.first is not None]
    # What was written before deliveries were kept on file is known by what is left of it.
    written = [count.written for count in counts] + [first_write]
    lasts = [count.last for count in counts if count.last is not None]
    return Facts(
        records=sum(count.records for count in counts),
        first=moment(min(firsts, default=None)),
        newest=moment(max(lasts, default=None)),
        counts_from=moment(max(count.counts_from for count in counts)),
        updated_at=moment(updated_at),
        issued_at=moment(min((at for at in written if at is not None), default=None)),
        lengths=_lengths(counts),
    )


def _lengths(counts: Sequence[Any]) -> tuple[Length, ...]:
    """The lengths that records name, the finest first; of none that do, the days they are of."""
    dated = [count for count in counts if count.first is not None]
    named = {count.period: count for count in dated if count.period in PERIODS}
    if named:
        return tuple(
            Length(name, day_of(named[name].first), day_of(named[name].last), named[name].starts)
            for name in PERIODS
            if name in named
        )
    # Records that name no period come as one count, or as few that name something else.
    return tuple(
        Length("day", day_of(count.first), day_of(count.last), count.days, days_seen=True)
        for count in dated[:1]
    )
