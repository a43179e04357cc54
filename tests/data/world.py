"""A database of a test's own, what is sent to it, and what it then holds."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, select

from data.deliveries import Sender, deliver
from data.engine import migrate
from data.entries import (
    Batch,
    DataSetEntry,
    Delivery,
    OrganisationEntry,
    Record,
    ServiceEntry,
)
from data.receipts import Receipt
from data.tables import measurement, metadata, service
from data.times import day_of
from tests.fixtures.databases import NAME, database_with_tables

MILLION = 1_000_000
NOW = datetime(2019, 5, 1, 12, 0, tzinfo=UTC)
# Service, measure, category, period, start: value, status, parts, expected, part.
Told = tuple[float | None, str, int, int, str]
About = tuple[str, str, str, str, str]

DEPARTMENT = OrganisationEntry("work", "Department for Work", "DfW")
AGENCY = OrganisationEntry("carers", "Carers Agency", "CA", department="work")
ALLOWANCE = ServiceEntry("allowance", "Carers allowance", "carers")
PENSION = ServiceEntry("pension", "State pension", "work")


def record(start: str, period: str, key: str = "", **fields: Any) -> Record:
    """A record that starts at that day's midnight; its _id is made of all that names it."""
    names = [start, period, *(str(v) for v in fields.values() if isinstance(v, str))]
    stamp = {"_id": key or ".".join(names).replace(" ", "-"), "_timestamp": f"{start}T00:00:00Z"}
    return {**stamp, "period": period, **fields}


def counted(start: str, channel: str, count: float, period: str = "day", key: str = "") -> Record:
    """Transactions on one channel."""
    return record(start, period, key, channel=channel, count=count)


def channels(*records: Record, service: str = "allowance", declared: Iterable[str] = ()) -> Batch:
    """Transactions by channel of one service."""
    entry = DataSetEntry(
        service, "transactions-by-channel", service=service, channels=tuple(declared)
    )
    return Batch(entry, list(records))


def summaries(*records: Record) -> Batch:
    """Yearly and quarterly figures of many services."""
    return Batch(DataSetEntry("transactional-services", "summaries"), list(records))


def typed(kind: str, *records: Record, service: str = "allowance", **more: Any) -> Batch:
    """Records of another type of data, of one service."""
    return Batch(DataSetEntry(service, kind, service=service, **more), list(records))


class World:
    """One database."""

    def __init__(self, place: Path | Engine, *services: ServiceEntry, name: str = NAME) -> None:
        """A new one in a folder, or the one behind an engine."""
        if isinstance(place, Path):
            self.engine = database_with_tables(place, name)
        else:
            self.engine = place
            migrate(place)
        if services:
            self.send(services=services)

    def send(
        self,
        *batches: Batch,
        services: Iterable[ServiceEntry] = (),
        organisations: Iterable[OrganisationEntry] | None = None,
        sender: Sender | None = None,
    ) -> Receipt:
        """Deliver all of that, with the department and the agency when services are among it."""
        services = list(services)
        own = (DEPARTMENT, AGENCY) if services else ()
        delivery = Delivery(own if organisations is None else organisations, services, batches)
        return deliver(self.engine, delivery, sender or Sender("a test", now=NOW))

    def told(self, **wanted: str) -> dict[About, Told]:
        """The measurements, by what they are about; ``wanted`` keeps some of them."""
        with self.engine.connect() as connection:
            slugs = {row.id: row.slug for row in connection.execute(select(service))}
            rows = connection.execute(select(measurement)).all()
        found = {}
        for row in rows:
            fields = {"service": slugs[row.service_id], **row._asdict()}
            start = str(day_of(row.start_at))
            fields["start"] = start
            if all(fields[name] == value for name, value in wanted.items()):
                value = None if row.millionths is None else row.millionths / MILLION
                about = (slugs[row.service_id], row.measure, row.category, row.period, start)
                found[about] = (value, row.status, row.parts, row.expected, row.part)
        return found

    def total(
        self, period: str, start: str, category: str = "", measure: str = "transactions"
    ) -> Told | None:
        """One figure of the allowance, or None where there is none."""
        return self.told().get(("allowance", measure, category, period, start))

    def rows(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table."""
        with self.engine.connect() as connection:
            return {
                table.name: sorted(
                    (tuple(row) for row in connection.execute(select(table))), key=repr
                )
                for table in metadata.sorted_tables
            }

    def revision(self) -> int:
        """The number of the revision; 0 when nothing was ever written."""
        rows = self.rows()["revision"]
        return int(rows[0][1]) if rows else 0


def whole(value: float, period: str) -> Told:
    """A figure as it was published."""
    return value, "reported", 1, 1, period


def on(text: str) -> date:
    """A day from its ISO text."""
    return date.fromisoformat(text)
