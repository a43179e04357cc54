"""What was sent: records by data set and key. Sending a key again replaces its record."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any, TypeVar

from sqlalchemy import Connection, select

from data.datatypes import DATA_TYPES, INSTANT
from data.dialect import upsert
from data.entries import DataSetEntry
from data.receipts import Count
from data.tables import record
from data.validation import ParsedRecord

Item = TypeVar("Item")
_CHUNK = 500


def store(
    connection: Connection,
    data_set_id: int,
    records: Sequence[ParsedRecord],
    entry: DataSetEntry,
    is_new: bool,
    now: int,
    count: Count,
) -> tuple[list[ParsedRecord], set[int]]:
    """Write records, and gather all that share a start with one of them.

    :returns: every record now stored at a start that this batch touches, and those starts (in
        seconds), where a replaced record used to be included: what must be measured again.
    """
    stored = {} if is_new else dict(_by_key(connection, data_set_id, records, entry))
    sent = {item.key: item for item in records}
    changed = [item for item in sent.values() if count.add(_body(stored.get(item.key)), item.body)]
    upsert(connection, record, [_row(data_set_id, item, now) for item in changed])
    starts = {item.at for item in records} | {item.at for item in stored.values()}
    beside = [] if is_new else _at(connection, data_set_id, starts, entry)
    return [*sent.values(), *(item for item in beside if item.key not in sent)], starts


def starts_from(connection: Connection, data_set_id: int, first: int) -> set[int]:
    """The starts, in seconds, of all records of a data set from a moment on."""
    query = select(record.c.at).where(record.c.data_set_id == data_set_id, record.c.at >= first)
    return set(connection.execute(query.distinct()).scalars())


def at_starts(
    connection: Connection, data_set_id: int, starts: Iterable[int], entry: DataSetEntry
) -> list[ParsedRecord]:
    """All records of a data set that start at one of these moments."""
    return list(_at(connection, data_set_id, starts, entry))


def _body(item: ParsedRecord | None) -> dict[str, Any] | None:
    return None if item is None else item.body


def _row(data_set_id: int, item: ParsedRecord, now: int) -> dict[str, Any]:
    return {
        "data_set_id": data_set_id,
        "key": item.key,
        "at": item.at,
        "body": item.body,
        "updated_at": now,
    }


def _by_key(
    connection: Connection, data_set_id: int, records: Iterable[ParsedRecord], entry: DataSetEntry
) -> Iterator[tuple[str, ParsedRecord]]:
    query = select(record.c.key, record.c.at, record.c.body).where(
        record.c.data_set_id == data_set_id
    )
    for chunk in chunks([item.key for item in records]):
        for row in connection.execute(query.where(record.c.key.in_(chunk))).all():
            yield row.key, _parsed(row.key, row.at, row.body, entry)


def _at(
    connection: Connection, data_set_id: int, starts: Iterable[int], entry: DataSetEntry
) -> Iterator[ParsedRecord]:
    query = select(record.c.key, record.c.at, record.c.body).where(
        record.c.data_set_id == data_set_id
    )
    for chunk in chunks(sorted(starts)):
        for row in connection.execute(query.where(record.c.at.in_(chunk))).all():
            yield _parsed(row.key, row.at, row.body, entry)


def _parsed(key: str, at: int, body: dict[str, Any], entry: DataSetEntry) -> ParsedRecord:
    period = INSTANT if DATA_TYPES[entry.type].instant else body["period"]
    return ParsedRecord(key, at, period, body.get("service", entry.service or ""), body)


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    """Items in runs short enough for one statement on any engine."""
    return (items[n : n + _CHUNK] for n in range(0, len(items), _CHUNK))
