"""The one way in: validate everything, then write all of it in one transaction or none of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, delete, insert, select

from data import catalogue, figures, latest, revisions
from data.batches import Writing, write_batch
from data.catalogue import Ids
from data.dialect import lock_for_writing
from data.entries import Batch, DataSetEntry, Delivery
from data.receipts import Receipt
from data.tables import audit, metadata, revision, service
from data.times import seconds
from data.validation import Fault, ParsedRecord, Rejected, parse, refusal

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
    demonstration data replaces all demonstration data, which never comes on top of real data.

    :param progress: called with what is being done, how much of it is done, and of how much.
    :returns: how much was new, changed or the same.
    :raises Rejected: when anything is wrong; the database is then as it was.
    """
    report = progress or (lambda _what, _done, _of: None)
    whole = _whole(delivery)
    receipt = Receipt()
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        lock_for_writing(connection)
        _give_way(connection, whole, sender, receipt)
        organisations = catalogue.write_organisations(connection, whole.organisations, receipt)
        services = catalogue.write_services(connection, whole.services, organisations, receipt)
        writing = Writing(connection, services, sender.at, receipt)
        _write_batches(writing, whole.batches, report)
        report("Adding up", 0, 1)
        figures.write(connection, writing.changes, services)
        latest.refresh(connection, services, writing.changes.services, sender.at)
        report("Adding up", 1, 1)
        _close(connection, whole, sender, receipt)
    return receipt


def _whole(delivery: Delivery) -> Delivery:
    """The delivery with everything at hand that was still to be generated."""
    batches = list(delivery.batches)
    return Delivery(list(delivery.organisations), list(delivery.services), batches)


def _write_batches(writing: Writing, batches: Iterable[Batch], report: Progress) -> None:
    parsed = _parse_all(batches, writing.services)
    for number, (entry, items) in enumerate(parsed):
        report("Writing records", number, len(parsed))
        write_batch(writing, entry, items)
    report("Writing records", len(parsed), len(parsed))


def _parse_all(
    batches: Iterable[Batch], services: Ids
) -> list[tuple[DataSetEntry, list[ParsedRecord]]]:
    """The records of each data set; batches for the same one are put together."""
    parsed: dict[tuple[str, str], tuple[DataSetEntry, list[ParsedRecord]]] = {}
    faults: list[Fault] = []
    for batch in batches:
        entry = batch.data_set
        try:
            items = parse(batch, services)
        except Rejected as error:
            if not error.faults:
                raise
            faults += error.faults
        else:
            _, before = parsed.get((entry.group, entry.type), (entry, []))
            parsed[entry.group, entry.type] = (entry, before + items)
    if faults:
        raise refusal(faults)
    return list(parsed.values())


def _give_way(connection: Connection, delivery: Delivery, sender: Sender, receipt: Receipt) -> None:
    is_demonstration = revisions.current(connection).demonstration
    if sender.demonstration and not is_demonstration and not is_empty(connection):
        raise Rejected(
            "The database holds real figures, which demonstration data must not mix with. "
            "Set DATABASE_URL to another database. Nothing was written."
        )
    if sender.demonstration or not is_demonstration or not _says_anything(delivery):
        return
    for table in reversed(metadata.sorted_tables):
        if table not in (audit, revision):
            connection.execute(delete(table))
    receipt.replaced_demonstration = True


def _says_anything(delivery: Delivery) -> bool:
    records = any(batch.records for batch in delivery.batches)
    return bool(delivery.organisations or delivery.services or records)


def _close(connection: Connection, delivery: Delivery, sender: Sender, receipt: Receipt) -> None:
    if not receipt.changed_anything:
        receipt.revision = revisions.current(connection).number
        return
    receipt.revision = revisions.move_on(connection, sender.at, sender.demonstration)
    names = dict.fromkeys(f"{b.data_set.group}/{b.data_set.type}" for b in delivery.batches)
    entry = {
        "at": sender.at,
        "actor": sender.name,
        "action": "deliver",
        "detail": {
            "revision": receipt.revision,
            "data_sets_named": list(names),
            "replaced_demonstration": receipt.replaced_demonstration,
            **receipt.detail(),
        },
    }
    connection.execute(insert(audit).values(**entry))


def is_empty(connection: Connection) -> bool:
    """Whether the database holds no service at all."""
    return connection.execute(select(service.c.id).limit(1)).first() is None
