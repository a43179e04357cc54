"""What was sent: records by data set and key. Sending a key again replaces its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, func, select

from data.datatypes import DATA_TYPES
from data.dialect import upsert
from data.entries import DataSetEntry
from data.measurements import FirstUses
from data.receipts import Count
from data.tables import record
from data.validation import ParsedRecord, parsed

Item = TypeVar("Item")
_CHUNK = 500


@dataclass(frozen=True)
class Touched:
    """What must be measured again: all records at the starts that a write touches.

    ``starts`` are in seconds and include those where a replaced record used to be; ``services``
    include the ones that it used to be about.
    """

    records: list[ParsedRecord]
    starts: set[int]
    services: set[str]


@dataclass(frozen=True)
class StoredRecords:
    """The records of one data set, as they are stored; a new data set has none yet."""

    connection: Connection
    data_set_id: int
    entry: DataSetEntry
    is_new: bool = False

    def store(self, records: Sequence[ParsedRecord], now: int, count: Count) -> Touched:
        """Write records, and gather all that share a start with one of them."""
        stored = {} if self.is_new else {item.key: item for item in self._by_key(records)}
        sent = {item.key: item for item in records}
        changed = [item for item in sent.values() if count.add(_body(stored, item), item.body)]
        upsert(self.connection, record, [self._row(item, now) for item in changed])
        moved = [*sent.values(), *stored.values()]
        starts = {item.at for item in moved}
        beside = [] if self.is_new else self.at_starts(starts)
        found = [*sent.values(), *(item for item in beside if item.key not in sent)]
        return Touched(found, starts, {item.service for item in (*found, *moved)})

    def since(self, first: int | None, touched: Touched) -> Touched:
        """All records from a moment (seconds; None: ever) on, beside those that are touched."""
        query = self._query()
        if first is not None:
            query = query.where(record.c.at >= first)
        later = list(self._read(query))
        known = {item.key for item in later}
        found = [*later, *(item for item in touched.records if item.key not in known)]
        starts = touched.starts | {item.at for item in later}
        return Touched(found, starts, touched.services | {item.service for item in later})

    def at_starts(self, starts: Iterable[int]) -> list[ParsedRecord]:
        """All records that start at one of these moments."""
        runs = chunks(sorted(starts))
        queries = [self._query().where(record.c.at.in_(run)) for run in runs]
        return [item for query in queries for item in self._read(query)]

    def first_uses(self) -> FirstUses:
        """When the records first name each channel, in seconds."""
        channel = record.c.body["channel"].as_string()
        own = record.c.data_set_id == self.data_set_id
        query = select(channel, func.min(record.c.at)).where(own).group_by(channel)
        uses: dict[str, int] = {}
        for name, first in self.connection.execute(query):
            if name is not None:
                uses[name.strip()] = min(first, uses.get(name.strip(), first))
        return uses

    def _by_key(self, records: Iterable[ParsedRecord]) -> Iterator[ParsedRecord]:
        for run in chunks([item.key for item in records]):
            yield from self._read(self._query().where(record.c.key.in_(run)))

    def _query(self) -> Select[tuple[str, int, Any]]:
        columns = (record.c.key, record.c.at, record.c.body)
        return select(*columns).where(record.c.data_set_id == self.data_set_id)

    def _read(self, query: Select[tuple[str, int, Any]]) -> Iterator[ParsedRecord]:
        data_type, service = DATA_TYPES[self.entry.type], self.entry.service or ""
        for key, at, body in self.connection.execute(query):
            yield parsed(key, at, body, data_type, service)

    def _row(self, item: ParsedRecord, now: int) -> dict[str, Any]:
        return {
            "data_set_id": self.data_set_id,
            "key": item.key,
            "at": item.at,
            "body": item.body,
            "updated_at": now,
        }


def _body(stored: dict[str, ParsedRecord], item: ParsedRecord) -> dict[str, Any] | None:
    old = stored.get(item.key)
    return None if old is None else old.body


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Items in runs short enough for one statement on any engine."""
    return (items[n : n + _CHUNK] for n in range(0, len(items), _CHUNK))
