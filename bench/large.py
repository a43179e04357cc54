"""A generated organisation: thousands of services that have reported every month for ten years."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from random import Random

from data.entries import (
    Batch,
    DataSetEntry,
    Delivery,
    OrganisationEntry,
    Record,
    ServiceEntry,
)
from kpi.periods import Period

FIRST_MONTH = Period("month", date(2015, 1, 1))
DEPARTMENTS, AGENCIES_EACH = 20, 5
SERVICES_A_DELIVERY = 250
STAGES = ("start", "details", "check", "done")
CATEGORIES = ("Taxes", "Licences", "Benefits", "Appointments", "Records", "Grants", "Permits")
CUSTOMERS = ("Citizens", "Businesses", "Citizens and businesses", "Government")
# Every how many services one reports more than its transactions and costs.
RATED, WITH_JOURNEY, LIVE = 10, 10, 200
_MOMENTS_OF_A_DAY, _BETWEEN = 288, timedelta(minutes=5)


@dataclass(frozen=True)
class LargeSet:
    """How many services there are, and for how many months each has reported."""

    services: int = 5000
    months: int = 120

    @property
    def name(self) -> str:
        """The set in words."""
        return f"{self.services:,} services × {self.months} months"

    @property
    def periods(self) -> list[Period]:
        """The months that are reported."""
        found = [FIRST_MONTH]
        while len(found) < self.months:
            found.append(found[-1].next)
        return found

    def deliveries(self, done: int = 0) -> Iterator[Delivery]:
        """The set in deliveries of a few hundred services each, after the first ``done`` ones."""
        for first in range(done, self.services, SERVICES_A_DELIVERY):
            numbers = range(first, min(first + SERVICES_A_DELIVERY, self.services))
            services = [service_entry(number) for number in numbers]
            batches = [
                batch
                for number, service in zip(numbers, services, strict=True)
                for batch in _batches(number, service.slug, self.periods)
            ]
            yield Delivery(list(organisations()), services, batches)


def organisations() -> Iterator[OrganisationEntry]:
    for number in range(DEPARTMENTS):
        department = f"department-{number}"
        yield OrganisationEntry(department, f"Department {number}", f"D{number}")
        for inside in range(AGENCIES_EACH):
            slug = f"agency-{number}-{inside}"
            yield OrganisationEntry(slug, f"Agency {number}.{inside}", "", department)


def service_entry(number: int) -> ServiceEntry:
    agency = number % (DEPARTMENTS * AGENCIES_EACH)
    category = CATEGORIES[number % len(CATEGORIES)]
    return ServiceEntry(
        slug=f"service-{number}",
        name=f"{category}: service {number}",
        organisation=f"agency-{agency % DEPARTMENTS}-{agency // DEPARTMENTS}",
        description=f"What people use who have to do with {category.lower()}, the {number}th way.",
        url=f"https://example.com/service-{number}",
        category=category,
        customer_type=CUSTOMERS[number % len(CUSTOMERS)],
        business_model="Department funded",
        transaction_type="Application",
        keywords=f"{category.lower()}, apply, renew",
        high_volume=number % 20 == 0,
    )


def _batches(number: int, slug: str, months: list[Period]) -> Iterator[Batch]:
    chance = Random(number)
    volumes = _volumes(chance, months)
    yield batch(slug, "transactions-by-channel", list(_transactions(chance, volumes)))
    yield batch(slug, "cost-per-transaction", list(costs(chance, volumes)))
    if number % RATED == 0:
        yield batch(slug, "customer-satisfaction", list(ratings(chance, volumes)))
    if number % WITH_JOURNEY == 0:
        yield batch(slug, "journey", list(journey(chance, volumes)), STAGES)
    if number % LIVE == 0:
        yield batch(slug, "realtime", list(_live(chance, months[-1])))


def batch(slug: str, kind: str, records: list[Record], stages: tuple[str, ...] = ()) -> Batch:
    return Batch(DataSetEntry(slug, kind, service=slug, stages=stages), records)


def _volumes(chance: Random, months: list[Period]) -> dict[Period, int]:
    """Transactions a month, with growth and seasons; one month in two hundred is missing."""
    usual, growth = 10 ** chance.uniform(2, 6), chance.uniform(-0.005, 0.01)
    return {
        month: round(usual * (1 + growth) ** n * (1 + 0.2 * math.sin(n * math.pi / 6)))
        for n, month in enumerate(months)
        if chance.random() > 0.005
    }


def _record(month: Period, name: str, **fields: object) -> Record:
    stamp = f"{month.start}T00:00:00+00:00"
    return {"_id": f"{month.start}.{name}", "_timestamp": stamp, "period": "month", **fields}


def _transactions(chance: Random, volumes: dict[Period, int]) -> Iterator[Record]:
    share = chance.uniform(0.2, 0.6)
    for n, (month, volume) in enumerate(volumes.items()):
        digital = round(volume * min(share + n * 0.003, 0.98))
        for channel, count in (("digital", digital), ("paper", volume - digital)):
            yield _record(month, channel, channel=channel, count=count)


def costs(chance: Random, volumes: dict[Period, int]) -> Iterator[Record]:
    each = 10 ** chance.uniform(-1, 2)
    for month, volume in volumes.items():
        yield _record(month, "cost", total_cost=round(volume * each, 2))


def ratings(chance: Random, volumes: dict[Period, int]) -> Iterator[Record]:
    for month, volume in volumes.items():
        answers = {f"rating_{n}": round(volume * chance.uniform(0, 0.02) * n) for n in range(1, 6)}
        yield _record(month, "ratings", total=sum(answers.values()), **answers)


def journey(chance: Random, volumes: dict[Period, int]) -> Iterator[Record]:
    for month, volume in volumes.items():
        visitors = volume * chance.uniform(1.5, 2)
        for stage in STAGES:
            yield _record(month, stage, stage=stage, count=round(visitors))
            visitors *= 0.85


def _live(chance: Random, month: Period) -> Iterator[Record]:
    midnight = datetime(month.start.year, month.start.month, month.start.day, tzinfo=UTC)
    for n in range(_MOMENTS_OF_A_DAY):
        at = (midnight + n * _BETWEEN).isoformat()
        yield {"_id": at, "_timestamp": at, "unique_visitors": chance.randrange(10, 500)}
