"""The one way in: validate everything, then write all of it in one transaction or none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, delete, insert, select, update

from data import catalogue, figures, latest, records, revisions
from data.catalogue import Ids
from data.datatypes import BY_CHANNEL
from data.dialect import lock_for_writing
from data.entries import Batch, DataSetEntry, Delivery
from data.figures import FigureChanges
from data.measurements import measure
from data.receipts import Receipt
from data.tables import audit, data_set, metadata, revision, service
from data.times import seconds
from data.validation import Fault, ParsedRecord, Rejected, parse

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Sender:
    """Who hands a delivery over, and when; demonstration data gives way to real data."""

    name: str
    demonstration: bool = False
    now: datetime | None = None

    @property
    def at(self) -> int:
        """The moment of the delivery, in seconds."""
        return seconds(self.now or datetime.now(UTC))


def deliver(
    engine: Engine, delivery: Delivery, sender: Sender, progress: Progress | None = None
) -> Receipt:
    """Write organisations, services and batches of records: all of it, or none of it.

    Records, the measurements they become, the sums of those at every coarser calendar period, the
    audit entry and the next revision are one transaction. The first delivery that is not
    demonstration data replaces all demonstration data.

    :param progress: called with what is being done, how much of it is done, and of how much.
    :returns: how much was new, changed or the same.
    :raises Rejected: when anything is wrong; the database is then as it was.
    """
    report = progress or (lambda _what, _done, _of: None)
    receipt = Receipt()
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        lock_for_writing(connection)
        _give_way(connection, sender, receipt)
        organisations = catalogue.write_organisations(
            connection, delivery.organisations, receipt
        )
        services = catalogue.write_services(connection, delivery.services, organisations, receipt)
        changes = _write_batches(connection, list(delivery.batches), services, sender, receipt, report)
        report("Adding up", 0, 1)
        figures.write(connection, changes, services)
        latest.refresh(connection, services, changes.services, sender.at)
        report("Adding up", 1, 1)
        _close(connection, sender, receipt)
    return receipt


def _write_batches(
    connection: Connection,
    batches: list[Batch],
    services: Ids,
    sender: Sender,
    receipt: Receipt,
    report: Progress,
) -> FigureChanges:
    parsed = _parse_all(batches, services)
    changes = FigureChanges()
    for number, (batch, items) in enumerate(zip(batches, parsed, strict=True)):
        report("Writing records", number, len(batches))
        _write_batch(connection, batch.data_set, items, services, sender, receipt, changes)
    report("Writing records", len(batches), len(batches))
    return changes


def _parse_all(batches: Iterable[Batch], services: Ids) -> list[list[ParsedRecord]]:
    parsed, faults, message = [], list[Fault](), ""
    for batch in batches:
        try:
            parsed.append(parse(batch, services))
        except Rejected as error:
            faults += error.faults
            message = message or str(error)
    if message:
        raise Rejected(message, faults)
    return parsed


def _write_batch(
    connection: Connection,
    entry: DataSetEntry,
    items: list[ParsedRecord],
    services: Ids,
    sender: Sender,
    receipt: Receipt,
    changes: FigureChanges,
) -> None:
    data_set_id, is_new = catalogue.write_data_set(connection, entry, services)
    count = receipt.counts["records"]
    before = count.new + count.changed
    beside, starts = records.store(
        connection, data_set_id, items, entry, is_new, sender.at, count
    )
    slugs = {item.service for item in beside}
    uses = {} if is_new else figures.first_uses(connection, data_set_id, services, slugs)
    now_used = _first_uses(beside, uses)
    if entry.type == BY_CHANNEL and not entry.channels and now_used != uses and uses:
        first = min(now_used[use] for use in now_used if now_used[use] != uses.get(use))
        starts |= records.starts_from(connection, data_set_id, first)
        beside = records.at_starts(connection, data_set_id, starts, entry)
    old = {} if is_new else figures.published_at(connection, data_set_id, services, slugs, starts)
    new = measure(entry, beside, now_used)
    changes.note(old, new, data_set_id, receipt.counts["measurements"])
    if is_new or count.new + count.changed > before:
        stamp = update(data_set).where(data_set.c.id == data_set_id)
        connection.execute(stamp.values(updated_at=sender.at))


def _first_uses(
    items: Iterable[ParsedRecord], known: dict[tuple[str, str], int]
) -> dict[tuple[str, str], int]:
    uses = dict(known)
    for item in items:
        if "channel" in item.body:
            use = (item.service, str(item.body["channel"]).strip())
            uses[use] = min(item.at, uses.get(use, item.at))
    return uses


def _give_way(connection: Connection, sender: Sender, receipt: Receipt) -> None:
    if sender.demonstration or not revisions.current(connection).demonstration:
        return
    for table in reversed(metadata.sorted_tables):
        if table not in (audit, revision):
            connection.execute(delete(table))
    receipt.replaced_demonstration = True


def _close(connection: Connection, sender: Sender, receipt: Receipt) -> None:
    if not receipt.changed_anything:
        receipt.revision = revisions.current(connection).number
        return
    receipt.revision = revisions.move_on(connection, sender.at, sender.demonstration)
    entry = {
        "at": sender.at,
        "actor": sender.name,
        "action": "deliver",
        "detail": {"revision": receipt.revision, **receipt.detail()},
    }
    connection.execute(insert(audit).values(**entry))


def is_empty(connection: Connection) -> bool:
    """Whether the database holds no service at all."""
    return connection.execute(select(service.c.id).limit(1)).first() is None
