"""What deliveries did to records: the history of corrections, and how to undo one delivery."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Connection, Engine, select

from data.audits import Audit
from data.data_set_rows import StoredDataSet, find
from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetKey, Delivery, Record
from data.phrases import code_points
from data.receipts import Receipt
from data.records import StoredRecords, chunks
from data.tables import audit, data_set, record_change
from data.validation import Fault, Rejected

_UNDOES = "Undoes entry {} of the audit."


@dataclass(frozen=True)
class Correction:
    """A record that was replaced, or removed (``after`` is None): when (seconds), by whom, why.

    ``audit_id`` is the delivery that did it.
    """

    audit_id: int
    at: int
    actor: str
    action: str
    reason: str
    key: str
    before: Record
    after: Record | None


def corrections(connection: Connection, stored: StoredDataSet, limit: int) -> list[Correction]:
    """The newest records of a data set that were replaced or removed, newest first."""
    columns = (record_change.c.key, record_change.c.audit_id, record_change.c.before)
    query = (
        select(*columns)
        .where(record_change.c.data_set_id == stored.id, record_change.c.before.is_not(None))
        .order_by(record_change.c.audit_id.desc(), code_points(record_change.c.key))
        .limit(limit)
    )
    return told(connection, stored, connection.execute(query).all())


def first_changes(connection: Connection, entry: Audit, limit: int) -> list[Correction]:
    """The first records that an entry of the audit replaced or removed, of one data set."""
    query = select(data_set.c.group, data_set.c.type).where(data_set.c.id == entry.data_set_id)
    address = connection.execute(query).first()
    stored = address and find(connection, *address)
    if not stored:
        return []
    columns = (record_change.c.key, record_change.c.audit_id, record_change.c.before)
    own = (record_change.c.audit_id == entry.id, record_change.c.data_set_id == stored.id)
    rows = select(*columns).where(*own, record_change.c.before.is_not(None))
    return told(connection, stored, connection.execute(rows.limit(limit)).all())


def told(connection: Connection, stored: StoredDataSet, rows: Sequence[Any]) -> list[Correction]:
    """Rows of changes (key, audit_id, before) with what they made of the records, when and why."""
    became = _became(connection, stored, {row.key for row in rows})
    entries = _entries(connection, {row.audit_id for row in rows})
    return [
        Correction(
            row.audit_id,
            entries[row.audit_id].at,
            entries[row.audit_id].actor,
            entries[row.audit_id].action,
            entries[row.audit_id].detail.get("reason", ""),
            row.key,
            row.before,
            became[row.key, row.audit_id],
        )
        for row in rows
    ]


def _entries(connection: Connection, numbers: Collection[int]) -> dict[int, Audit]:
    """Entries of the audit by their number."""
    found: dict[int, Audit] = {}
    for run in chunks(sorted(numbers)):
        rows = connection.execute(select(audit).where(audit.c.id.in_(run))).mappings()
        found |= {row["id"]: Audit(**row) for row in rows}
    return found


def _became(
    connection: Connection, stored: StoredDataSet, keys: Collection[str]
) -> dict[tuple[str, int], Record | None]:
    """What each change of these records made of them: what the next one replaced, or what is."""
    became: dict[tuple[str, int], Record | None] = {}
    after: dict[str, Record | None] = {}
    after |= StoredRecords(connection, stored.id, stored.entry).bodies(keys)
    columns = (record_change.c.key, record_change.c.audit_id, record_change.c.before)
    for run in chunks(sorted(keys)):
        query = select(*columns).where(
            record_change.c.data_set_id == stored.id, record_change.c.key.in_(run)
        )
        for key, number, before in connection.execute(
            query.order_by(record_change.c.audit_id.desc())
        ):
            became[key, number] = after.get(key)
            after[key] = before
    return became


def undo(engine: Engine, audit_id: int, sender: Sender) -> Receipt:
    """Put the records that a delivery wrote or removed back as they were before it.

    :raises Rejected: when there is nothing to undo, or one of them was changed since.
    """
    with engine.connect() as connection:
        batches = _reversed(connection, audit_id)
    again = replace(sender, action="undo", reason=_UNDOES.format(audit_id))

    def check(connection: Connection) -> None:
        _refuse_changed(connection, audit_id)

    return deliver(engine, Delivery(batches=batches), again, check=check)


def undoes(reason: str) -> int | None:
    """The entry of the audit that an entry with this reason undoes; None where it undoes none."""
    before, after = _UNDOES.split("{}")
    number = reason.removeprefix(before).removesuffix(after)
    return int(number) if number.isdecimal() and reason == _UNDOES.format(number) else None


def _reversed(connection: Connection, audit_id: int) -> list[Batch]:
    """The batches that put records back."""
    query = (
        select(data_set.c.group, data_set.c.type, record_change.c.key, record_change.c.before)
        .join(data_set, data_set.c.id == record_change.c.data_set_id)
        .where(record_change.c.audit_id == audit_id)
    )
    made: dict[DataSetKey, list[str]] = defaultdict(list)
    replaced: dict[DataSetKey, list[Record]] = defaultdict(list)
    for group, type, key, before in connection.execute(query):
        if before is None:
            made[DataSetKey(group, type)].append(key)
        else:
            replaced[DataSetKey(group, type)].append(before)
    if not made and not replaced:
        raise Rejected(f"Entry {audit_id} of the audit changed no record that is still there.")
    keys = dict.fromkeys([*made, *replaced])
    return [Batch(key, replaced[key], tuple(made[key]), restored=True) for key in keys]


def _refuse_changed(connection: Connection, audit_id: int) -> None:
    later = record_change.alias("later")
    query = (
        select(data_set.c.group, data_set.c.type, record_change.c.key)
        .join(data_set, data_set.c.id == record_change.c.data_set_id)
        .join(
            later,
            (later.c.data_set_id == record_change.c.data_set_id)
            & (later.c.key == record_change.c.key),
        )
        .where(record_change.c.audit_id == audit_id, later.c.audit_id > audit_id)
        .distinct()
    )
    faults = [
        Fault(f"{group}/{type}", 0, "_id", f"the record {key} was changed since.")
        for group, type, key in connection.execute(query)
    ]
    if faults:
        raise Rejected(
            f"It cannot be undone: {len(faults):,} of its records were changed since, such as "
            f"{faults[0].message.split()[2]}. Nothing was written.",
            faults,
        )
