"""Which stored record each uploaded one takes the place of: the one that says the same thing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, select

from data import record_ids
from data.data_sets import StoredDataSet
from data.entries import Record
from data.records import StoredRecords
from data.spreadsheets.rows import Identity, identity_of
from data.spreadsheets.targets import TIMESTAMP
from data.tables import record
from data.times import parse_time, seconds


@dataclass(frozen=True)
class Matched:
    """Records as they are to be delivered, each with the ``_id`` of the one that it replaces.

    ``before`` are those, None where a record is new. ``ambiguous`` are records (their place) that
    could replace any of several, whose ids are given.
    """

    records: list[Record] = field(default_factory=list)
    before: list[Record | None] = field(default_factory=list)
    ambiguous: dict[int, list[str]] = field(default_factory=dict)


def matched(
    connection: Connection, stored: StoredDataSet, records: Sequence[Record], texts: Sequence[str]
) -> Matched:
    """Match records to those that are stored by their moment, period and text fields.

    :param records: of the data type, without ``_id``; times in UTC.
    :param texts: the text fields that tell records apart.
    """
    there = _stored(connection, stored, records, texts)
    found = Matched()
    for place, body in enumerate(records):
        same = there.get(identity_of(body, texts), [])
        if len(same) > 1:
            found.ambiguous[place] = [str(one["_id"]) for one in same]
        before = same[0] if same else None
        found.records.append(_named(stored, body, before))
        found.before.append(before)
    return found


def _named(stored: StoredDataSet, body: Record, before: Record | None) -> Record:
    """The record with the _id that it keeps, or that the data set's settings make."""
    if before is not None:
        return {"_id": before["_id"], **body}
    auto_ids = stored.entry.auto_ids
    if auto_ids and not record_ids.missing(body, auto_ids):
        return {"_id": record_ids.automatic(body, auto_ids), **body}
    return body


def _stored(
    connection: Connection, stored: StoredDataSet, records: Sequence[Record], texts: Sequence[str]
) -> dict[Identity, list[Record]]:
    """What is stored at the moments of these records, by what tells records apart."""
    moments = {seconds(parse_time(body[TIMESTAMP])) for body in records if TIMESTAMP in body}
    kept = StoredRecords(connection, stored.id, stored.entry)
    bodies = [item.body for item in kept.at_starts(moments)]
    if any(TIMESTAMP not in body for body in records):
        bodies += _undated(connection, stored)
    found: dict[Identity, list[Record]] = defaultdict(list)
    for body in bodies:
        found[identity_of(body, texts)].append(body)
    return found


def _undated(connection: Connection, stored: StoredDataSet) -> list[Record]:
    query = select(record.c.body).where(record.c.data_set_id == stored.id, record.c.at.is_(None))
    return list(connection.scalars(query))
