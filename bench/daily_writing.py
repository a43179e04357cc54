"""The generated platform in a database: written in bulk where it is much, otherwise delivered."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from sqlalchemy import Connection, Engine, select, update

from bench import bulk
from bench.daily import TYPE, DailyReport, DailySet, runs
from bench.daily_rows import DailyRows
from data import audits, catalogue, latest, revisions
from data.deliveries import Sender, deliver
from data.entries import DataSetKey
from data.receipts import Receipt
from data.tables import data_set, measurement, record, record_change

Say = Callable[[str], None]
# Services in one transaction.
SERVICES_AT_ONCE = 50
_MUCH = (record, record_change, measurement)


def generate(engine: Engine, wanted: DailySet, sender: Sender, say: Say) -> None:
    """Fill an empty database with the platform.

    Months go first: the one way in looks at what there is at the same time.
    """
    with bulk.hasty(engine):
        deliver(engine, wanted.catalogue(), sender)
        parts = runs(wanted.services, SERVICES_AT_ONCE)
        for numbers in parts:
            deliver(engine, wanted.months(numbers), sender)
            say(f"the months of {numbers.stop:,} of {wanted.services:,} services")
        with engine.connect().execution_options(writes=True) as connection, connection.begin():
            write_all_days(connection, wanted, sender, say)
    bulk.tidied(engine)


def write_all_days(connection: Connection, wanted: DailySet, sender: Sender, say: Say) -> None:
    """The days of all services, by as many deliveries as the one way in would take."""
    parts = runs(wanted.services, SERVICES_AT_ONCE)
    with bulk.loading(connection, _MUCH):
        for numbers in parts:
            write_days(connection, wanted, numbers, sender)
            say(f"the days of {numbers.stop:,} of {wanted.services:,} services")
        say("indexes")
    for numbers in parts:
        slugs = {DailyReport(number, wanted.days).slug for number in numbers}
        latest.refresh(connection, catalogue.service_ids(connection, slugs), slugs, sender.at)


def write_days(
    connection: Connection, wanted: DailySet, numbers: Sequence[int], sender: Sender
) -> None:
    """What the one way in would write of the days of some services, as one delivery.

    Their latest figures are left, as they are read by keys that are not there meanwhile.
    """
    reports = [DailyReport(number, wanted.days) for number in numbers]
    slugs = {report.slug for report in reports}
    services, data_sets = catalogue.service_ids(connection, slugs), _data_sets(connection, slugs)
    audit_id = _close(connection, reports, list(services.values()), sender)
    rows = [
        DailyRows(one, services[one.slug], data_sets[one.slug], audit_id, sender.at)
        for one in reports
    ]
    for one in rows:
        bulk.write(connection, record, one.records())
        bulk.write(connection, record_change, one.changes())
        bulk.write(connection, measurement, one.measurements())
    _touch(connection, list(data_sets.values()), sender.at)


def _data_sets(connection: Connection, slugs: set[str]) -> Mapping[str, int]:
    query = select(data_set.c.group, data_set.c.id)
    rows = connection.execute(query.where(data_set.c.type == TYPE, data_set.c.group.in_(slugs)))
    return {row.group: row.id for row in rows}


def _touch(connection: Connection, ids: Sequence[int], now: int) -> None:
    moved = {"version": data_set.c.version + 1, "updated_at": now}
    connection.execute(update(data_set).where(data_set.c.id.in_(ids)).values(**moved))


def _close(
    connection: Connection, reports: Sequence[DailyReport], services: Sequence[int], sender: Sender
) -> int:
    """Move the revision on, and add the entry of the audit; its id. services: by their row ids."""
    receipt = Receipt()
    for report in reports:
        records = report.counts().size
        receipt.counts["records"].new += records
        # Each channel, what the channels count as, and all together.
        receipt.counts["measurements"].new += records // 4 * 7
    revision = revisions.move_on(connection, sender.at, False, only_live=False, services=services)
    detail = {
        "revision": revision.number,
        "data_sets_named": [DataSetKey(one.slug, TYPE).address for one in reports],
        "replaced_demonstration": False,
        "altered": [],
        "reason": "",
        **receipt.detail(),
    }
    return audits.write(
        connection, at=sender.at, actor=sender.name, action=sender.action, detail=detail
    )
