"""What was sent: records by data set and key. Sending a key again replaces its record."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection, Select, delete, func, select

from data.datatypes import data_type
from data.dialect import upsert
from data.entries import DataSetEntry, Record
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
class RecordChange:
    """What a write did to one record: ``before`` is what it replaced or removed; None: new."""

    key: str
    before: Record | None


@dataclass(frozen=True)
class StoredRecords:
    """The records of one data set, as they are stored; a new data set has none yet.

    ``has_kpis``: whether KPIs of its service's own rest on it, whatever its type means.
    """

    connection: Connection
    data_set_id: int
    entry: DataSetEntry
    is_new: bool = False
    has_kpis: bool = False

    def bodies(self, keys: Iterable[str]) -> dict[str, Record]:
        """What is stored under these keys, as far as anything is."""
        return {item.key: item.body for item in self._by_key(keys)}

    def keys(self) -> list[str]:
        """The keys of all records."""
        own = record.c.data_set_id == self.data_set_id
        return list(self.connection.scalars(select(record.c.key).where(own)))

    def write(
        self, records: Sequence[ParsedRecord], removed: Collection[str], now: int, count: Count
    ) -> tuple[Touched, list[RecordChange]]:
        """Remove and write records, and gather all that share a start with one of them."""
        sent = {item.key: item for item in records}
        wanted = [*sent, *(key for key in removed if key not in sent)]
        stored = {} if self.is_new else {item.key: item for item in self._by_key(wanted)}
        gone = [key for key in removed if key not in sent and key in stored]
        changed = [item for item in sent.values() if count.add(_is_same(stored, item), True)]
        count.removed += len(gone)
        self._delete(gone)
        upsert(self.connection, record, [self._row(item, now) for item in changed])
        keys = [*gone, *(item.key for item in changed)]
        changes = [RecordChange(key, stored[key].body if key in stored else None) for key in keys]
        return self._touched(sent, stored), changes

    def _touched(
        self, sent: Mapping[str, ParsedRecord], stored: Mapping[str, ParsedRecord]
    ) -> Touched:
        moved = [*sent.values(), *stored.values()]
        starts = {item.at for item in moved if item.at is not None}
        beside = [] if self.is_new or not self._is_measured else self.at_starts(starts)
        found = [*sent.values(), *(item for item in beside if item.key not in sent)]
        return Touched(found, starts, {item.service for item in (*found, *moved)})

    @property
    def _is_measured(self) -> bool:
        return self.has_kpis or bool(data_type(self.entry.type).rules)

    def _delete(self, keys: Sequence[str]) -> None:
        own = record.c.data_set_id == self.data_set_id
        for run in chunks(keys):
            self.connection.execute(delete(record).where(own, record.c.key.in_(run)))

    def since(self, first: int | None, touched: Touched) -> Touched:
        """All records from a moment (seconds; None: ever) on, beside those that are touched."""
        query = self._query()
        if first is not None:
            query = query.where(record.c.at >= first)
        later = list(self._read(query))
        known = {item.key for item in later}
        found = [*later, *(item for item in touched.records if item.key not in known)]
        starts = touched.starts | {item.at for item in later if item.at is not None}
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
            if name is not None and first is not None:
                uses[name.strip()] = min(first, uses.get(name.strip(), first))
        return uses

    def _by_key(self, keys: Iterable[str]) -> Iterator[ParsedRecord]:
        for run in chunks(list(keys)):
            yield from self._read(self._query().where(record.c.key.in_(run)))

    def _query(self) -> Select[Any]:
        columns = (record.c.key, record.c.at, record.c.micros, record.c.body)
        return select(*columns).where(record.c.data_set_id == self.data_set_id)

    def _read(self, query: Select[Any]) -> Iterator[ParsedRecord]:
        for key, at, micros, body in self.connection.execute(query):
            yield parsed(key, at, micros, body, self.entry)

    def _row(self, item: ParsedRecord, now: int) -> dict[str, Any]:
        return {
            "data_set_id": self.data_set_id,
            "key": item.key,
            "at": item.at,
            "micros": item.micros,
            "body": item.body,
            "updated_at": now,
        }


def _is_same(stored: Mapping[str, ParsedRecord], item: ParsedRecord) -> bool | None:
    """Whether a record is stored as it is sent; None where none of its key is."""
    if item.key not in stored:
        return None
    old, new = stored[item.key].body, item.body
    # To Python true is 1, which it is not to who reads the record.
    return old == new and all(
        isinstance(old[name], bool) is isinstance(value, bool) for name, value in new.items()
    )


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Items in runs short enough for one statement on any engine."""
    return (items[n : n + _CHUNK] for n in range(0, len(items), _CHUNK))
