"""The one way in: validate everything, then write all of it in one transaction or none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import TypeVar

from blinker import Signal
from sqlalchemy import Connection, Engine, delete, select

from data import (
    audits,
    catalogue,
    concerns,
    data_set_rows,
    declarations,
    latest,
    own_changes,
    revisions,
)
from data.batches import ParsedBatch, Writing, write_batch
from data.catalogue import Ids
from data.data_set_rows import StoredDataSet, Written
from data.datatypes import data_type
from data.entries import Batch, DataSetEntry, DataSetKey, Delivery, Record
from data.receipts import Receipt
from data.record_history import RecordHistory
from data.record_ids import NO_RECORD
from data.records import StoredRecords, runs
from data.streams import parsed_runs
from data.sums import Sums
from data.tables import audit, metadata, person, revision, service, sign_in, token
from data.times import seconds
from data.validation import Fault, Rejected, parse, refusal
from data.write_locks import lock_for_writing

# Sent by the engine, with the receipt, once a delivery is written for good.
delivered = Signal()
Progress = Callable[[str, int, int], None]
Seen = TypeVar("Seen")
# What stays when real figures replace demonstration data: who may do what, and who did what.
_STAYS = (audit, revision, person, sign_in, token)


class UnknownDataSet(LookupError):
    """A delivery names a data set that is not there."""

    def __init__(self, key: DataSetKey) -> None:
        super().__init__(f"There is no data set {key.address}.")
        self.key = key


@dataclass(frozen=True)
class Sender:
    """Who hands a delivery over, when, and what the audit calls it.

    Demonstration data gives way to real data. ``reason`` is why, in the sender's words.
    """

    name: str
    demonstration: bool = False
    now: datetime | None = None
    action: str = "deliver"
    reason: str = ""

    @property
    def at(self) -> int:
        """The moment of the delivery, in seconds."""
        return seconds(self.now or datetime.now(UTC))


def deliver(
    engine: Engine,
    delivery: Delivery,
    sender: Sender,
    progress: Progress | None = None,
    check: Callable[[Connection], None] | None = None,
) -> Receipt:
    """Write organisations, services, data sets, declarations and records: all of it, or none.

    Records, the measurements they become, the sums of those at every coarser calendar period, what
    happened to each record, the audit entry and the next revision are one transaction. The first
    organisations or data sets with records that are not demonstration data replace all
    demonstration data, which never comes on top of real data.

    :param progress: called with what is being done, how much of it is done, and of how much.
    :param check: raises Rejected where something must be as it was when the delivery was made.
    :returns: how much was new, changed, removed or the same.
    :raises Rejected: when anything is wrong; the database is then as it was.
    :raises UnknownDataSet: when a data set that is named by its key is not there.
    """
    whole = _whole(delivery)
    with _transaction(engine, whole) as connection:
        if check:
            check(connection)
        receipt = _write(connection, whole, sender, progress or _silent)
    delivered.send(engine, receipt=receipt)
    return receipt


def rehearse(
    engine: Engine, delivery: Delivery, sender: Sender, look: Callable[[Connection], Seen]
) -> tuple[Receipt, Seen, Seen]:
    """What a delivery would do: the same write, looked at before and after, and taken back.

    :returns: the receipt that it would get, and what ``look`` saw before and after.
    :raises Rejected, UnknownDataSet: as `deliver` does.
    """
    whole = _whole(delivery)
    with _transaction(engine, whole) as connection:
        before = look(connection)
        receipt = _write(connection, whole, sender, _silent)
        seen = receipt, before, look(connection)
        connection.rollback()
    return seen


def _silent(_what: str, _done: int, _of: int) -> None:
    return


def _whole(delivery: Delivery) -> Delivery:
    """The delivery with everything at hand that was still to be generated."""
    return Delivery(*(list(getattr(delivery, name)) for name in Delivery.__dataclass_fields__))


@contextmanager
def _transaction(engine: Engine, delivery: Delivery) -> Iterator[Connection]:
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        lock_for_writing(connection, partial(concerns.written_to, connection, delivery))
        yield connection


def _write(connection: Connection, delivery: Delivery, sender: Sender, report: Progress) -> Receipt:
    receipt = Receipt()
    is_demonstration = _give_way(connection, delivery, sender, receipt)
    catalogue_ids = _write_catalogue(connection, delivery, receipt)
    prepared = _prepare(connection, delivery, receipt)
    # What is declared of a service may rest on data sets that come with it.
    declarations.write(connection, delivery.declarations, sender.at, receipt)
    services = catalogue_ids or _services_of(connection, prepared, delivery)
    history = RecordHistory(connection, lambda: _begin_audit(connection, sender))
    writing = Writing(connection, services, sender.at, receipt, history, Sums(connection, services))
    parsed = _parse_all(writing, prepared)
    for number, batch in enumerate(parsed):
        report("Writing records", number, len(parsed))
        write_batch(writing, batch)
    own_changes.measure_again(writing, delivery.declarations)
    report("Adding up", 0, 1)
    sums = writing.sums
    sums.add_up()
    overdue = latest.overdue(connection, services, sums.concerned - sums.moved)
    latest.refresh(connection, services, sums.moved | overdue, sender.at)
    report("Adding up", 1, 1)
    for key in delivery.withdrawn:
        stored = _stored(connection, key)
        history.forget(stored.id)
        data_set_rows.remove(connection, stored.id)
        receipt.counts["data sets"].removed += 1
        receipt.note(key.address, data_set_rows.settings(stored.entry), {})
    declared = {services[entry.service] for entry in delivery.declarations}
    data_sets = [item.data_set.stored for item in prepared]
    concerned = concerns.concerned(receipt, data_sets, declared)
    _close(writing, delivery, sender, concerned, is_demonstration=is_demonstration)
    return receipt


def _write_catalogue(connection: Connection, delivery: Delivery, receipt: Receipt) -> Ids:
    """The ids of all services, where a delivery tells of any."""
    if not delivery.organisations and not delivery.services:
        return {}
    organisations = catalogue.write_organisations(connection, delivery.organisations, receipt)
    return catalogue.write_services(connection, delivery.services, organisations, receipt)


@dataclass(frozen=True)
class _Prepared:
    """A batch whose data set is there: what it was, and what happens to its records."""

    data_set: Written
    batch: Batch


def _prepare(connection: Connection, delivery: Delivery, receipt: Receipt) -> list[_Prepared]:
    """The batches of a delivery; batches for the same data set are put together."""
    prepared: dict[DataSetKey, _Prepared] = {}
    changed = [Batch(entry) for entry in delivery.data_sets]
    withdrawn = [Batch(key, emptied=True) for key in delivery.withdrawn]
    for number, batch in enumerate([*changed, *delivery.batches, *withdrawn]):
        written = _data_set(connection, batch, receipt, whole=number < len(changed))
        key = written.stored.entry.key
        before = prepared.get(key)
        if before is None:
            prepared[key] = _Prepared(written, batch)
        else:
            together = replace(batch, records=[*before.batch.records, *batch.records])
            first = Written(before.data_set.before, written.stored)
            prepared[key] = _Prepared(first, together)
    return list(prepared.values())


def _data_set(connection: Connection, batch: Batch, receipt: Receipt, *, whole: bool) -> Written:
    if isinstance(batch.data_set, DataSetKey):
        stored = _stored(connection, batch.data_set)
        return Written(stored.entry, stored)
    written = data_set_rows.write(connection, batch.data_set, whole=whole)
    if receipt.counts["data sets"].add(written.before, written.stored.entry):
        before = data_set_rows.settings(written.before) if written.before else {}
        after = data_set_rows.settings(written.stored.entry)
        receipt.note(written.stored.entry.address, before, after)
    return written


def _stored(connection: Connection, key: DataSetKey) -> StoredDataSet:
    stored = data_set_rows.find(connection, key.group, key.type)
    if stored is None:
        raise UnknownDataSet(key)
    return stored


def _services_of(connection: Connection, prepared: Iterable[_Prepared], delivery: Delivery) -> Ids:
    """The ids of the services that batches and declarations may be about."""
    slugs = {entry.service for entry in delivery.declarations}
    known: Ids = {}
    for item in prepared:
        before, stored = item.data_set.before, item.data_set.stored
        if data_type(stored.entry.type).names_its_service:
            return catalogue.service_ids(connection)
        if before and before.service:
            slugs.add(before.service)
        if stored.entry.service and stored.service_id:
            known[stored.entry.service] = stored.service_id
    return catalogue.service_ids(connection, slugs - known.keys()) | known


def _parse_all(writing: Writing, prepared: Iterable[_Prepared]) -> list[ParsedBatch]:
    faults: list[Fault] = []
    parsed: list[ParsedBatch] = []
    for item in prepared:
        try:
            parsed.append(_parse(writing, item))
        except Rejected as error:
            if not error.faults:
                raise
            faults += error.faults
    if faults:
        raise refusal(faults)
    return parsed


def _parse(writing: Writing, prepared: _Prepared) -> ParsedBatch:
    entry, batch = prepared.data_set.stored.entry, prepared.batch
    if batch.stream is not None:
        # Its faults are found as it is written: they are told in the end, and nothing stays.
        stream = parsed_runs(entry, batch.stream, writing.services)
        return ParsedBatch(prepared.data_set, stream, is_long=True)
    stored = StoredRecords(writing.connection, prepared.data_set.stored.id, entry)
    records = _merged(entry, stored, batch.records) if batch.merged else batch.records
    items = parse(replace(batch, data_set=entry, records=records), writing.services)
    removed = stored.keys() if batch.emptied else batch.removed
    if batch.removed:
        _refuse_missing(entry, stored.bodies(batch.removed), batch.removed)
    sent = {item.key: item for item in items}
    removed = [key for key in removed if key not in sent]
    found = list(runs(list(sent.values())))
    return ParsedBatch(prepared.data_set, found, removed, is_long=len(found) > 1)


def _merged(entry: DataSetEntry, stored: StoredRecords, given: list[Record]) -> list[Record]:
    """Stored records with these fields laid over theirs."""
    keys = [str(fields.get("_id", "")) for fields in given]
    bodies = stored.bodies(keys)
    _refuse_missing(entry, bodies, keys)
    return [{**bodies[key], **fields} for key, fields in zip(keys, given, strict=True)]


def _refuse_missing(entry: DataSetEntry, there: dict[str, Record], keys: Iterable[str]) -> None:
    missing = enumerate((key for key in keys if key not in there), start=1)
    faults = [Fault(entry.address, n, "_id", NO_RECORD.format(key)) for n, key in missing]
    if faults:
        raise refusal(faults)


def _give_way(connection: Connection, delivery: Delivery, sender: Sender, receipt: Receipt) -> bool:
    """Remove demonstration data that is replaced; whether the figures are demonstration then."""
    is_demonstration = revisions.current(connection).demonstration
    if sender.demonstration and not is_demonstration and not is_empty(connection):
        raise Rejected(
            "The database holds real figures, which demonstration data must not mix with. "
            "Set DATABASE_URL to another database. Nothing was written."
        )
    if sender.demonstration or not is_demonstration or not _replaces(delivery):
        return sender.demonstration or is_demonstration
    connection.execute(delete(token).where(token.c.data_set_id.is_not(None)))
    for table in reversed(metadata.sorted_tables):
        if table not in _STAYS:
            connection.execute(delete(table))
    receipt.replaced_demonstration = True
    return False


def _replaces(delivery: Delivery) -> bool:
    """Whether a delivery says who reports, rather than more of what is there."""
    entries = [batch for batch in delivery.batches if isinstance(batch.data_set, DataSetEntry)]
    return bool(delivery.organisations or any(batch.records for batch in entries))


def _close(
    writing: Writing,
    delivery: Delivery,
    sender: Sender,
    concerned: set[int] | None,
    *,
    is_demonstration: bool,
) -> None:
    """Move the revision on, and keep for the audit what was done. concerned: None: all services."""
    connection, receipt = writing.connection, writing.receipt
    if not receipt.changed_anything:
        receipt.revision = revisions.current(connection).number
        return
    only_live = not (receipt.changed_catalogue or writing.sums.moves_kpis)
    after = revisions.move_on(
        connection,
        sender.at,
        is_demonstration,
        only_live=only_live,
        services=concerned,
    )
    receipt.revision = after.number
    receipt.audit_id = _write_audit(writing, delivery, sender)
    writing.history.audit_id = receipt.audit_id
    writing.history.write()


def _begin_audit(connection: Connection, sender: Sender) -> int:
    return audits.write(connection, at=sender.at, actor=sender.name, action=sender.action)


def _write_audit(writing: Writing, delivery: Delivery, sender: Sender) -> int:
    receipt = writing.receipt
    entries = [*delivery.data_sets, *delivery.withdrawn, *(b.data_set for b in delivery.batches)]
    names = list(dict.fromkeys(entry.address for entry in entries))
    ids = list(writing.history.data_sets)
    detail = {
        "revision": receipt.revision,
        "data_sets_named": names,
        "replaced_demonstration": receipt.replaced_demonstration,
        "altered": receipt.altered,
        "reason": sender.reason,
        **receipt.detail(),
    }
    return audits.write(
        writing.connection,
        at=sender.at,
        actor=sender.name,
        action=sender.action,
        subject=_subject(names, receipt),
        data_set_id=ids[0] if len(ids) == 1 else None,
        detail=detail,
        id=writing.history.audit_id,
    )


def _subject(data_sets: list[str], receipt: Receipt) -> str:
    if len(data_sets) == 1:
        return f"data set {data_sets[0]}"
    altered = {item["what"] for item in receipt.altered}
    return altered.pop() if not data_sets and len(altered) == 1 else ""


def is_empty(connection: Connection) -> bool:
    """Whether the database holds no service at all."""
    return connection.execute(select(service.c.id).limit(1)).first() is None
