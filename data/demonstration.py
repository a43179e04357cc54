"""The demonstration: well-known services, what was published of them, and simulated detail.

The yearly figures are facts (``demonstration_facts``). Everything finer is simulated from a fixed
seed so that it adds up to them, and is the same each time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

import numpy as np

from data.datatypes import SUMMARIES
from data.demonstration_batches import simulated
from data.demonstration_behaviour import BEHAVIOURS, Behaviour
from data.demonstration_dashboards import site
from data.demonstration_declarations import DECLARATIONS
from data.demonstration_facts import YEARS, YearFacts
from data.demonstration_services import ORGANISATIONS, SERVICES
from data.demonstration_targets import TARGETS
from data.entries import Batch, DataSetEntry, Delivery, Record, ServiceEntry
from data.simulation import Floats, generator

STEP = timedelta(minutes=5)
SHOWN = timedelta(hours=24)
# How busy each hour of the day is, from midnight UTC; the mean is about one.
HOURS = (
    *(0.3, 0.18, 0.12, 0.1, 0.12, 0.2, 0.45, 0.85, 1.3, 1.65, 1.8, 1.78),
    *(1.72, 1.65, 1.6, 1.55, 1.5, 1.4, 1.3, 1.3, 1.28, 1.1, 0.8, 0.5),
)


def delivery(now: datetime) -> Delivery:
    """All the demonstration's organisations, services, batches and more; live users to ``now``."""
    batches = [_summaries()]
    for service, behaviour in _pairs():
        batches += simulated(service, behaviour, YEARS[service.slug])
        batches += site(service, behaviour, YEARS[service.slug])
    batches += live(now, None)
    declared = (*DECLARATIONS, *TARGETS)
    return Delivery(ORGANISATIONS, SERVICES, batches, declarations=declared)


def live(now: datetime, since: datetime | None) -> list[Batch]:
    """Live users every five minutes after ``since`` up to ``now``: a day's worth at the most.

    Times without a zone are UTC. The same moment always has the same number, so that a later call
    goes on where an earlier one stopped. No batches when there is no new moment.
    """
    moments = _moments(now, since)
    if not moments:
        return []
    return [
        Batch(_live_entry(service, behaviour), list(_live_records(behaviour, moments)))
        for service, behaviour in _pairs()
        if behaviour.minutes
    ]


def _pairs() -> Iterator[tuple[ServiceEntry, Behaviour]]:
    services = {service.slug: service for service in SERVICES}
    return ((services[behaviour.slug], behaviour) for behaviour in BEHAVIOURS)


def _summaries() -> Batch:
    group, kind = SUMMARIES
    title = "Transactional services: yearly figures as published"
    records = [_summary(slug, year) for slug, years in YEARS.items() for year in years]
    # Published years end in 2017: nothing newer is to come.
    return Batch(DataSetEntry(group, kind, title=title, max_age_expected=None), records)


def _summary(slug: str, year: YearFacts) -> Record:
    record: Record = {
        "_id": f"{slug}.year.{year.start}",
        "_timestamp": f"{year.start}T00:00:00+00:00",
        "service": slug,
        "period": "year",
        "transactions": year.transactions,
        "digital_transactions": year.digital,
    }
    if year.cost is not None:
        record["cost_per_transaction"] = float(year.cost)
    if year.digital_cost is not None:
        record["digital_cost_per_transaction"] = float(year.digital_cost)
    return record


def _moments(now: datetime, since: datetime | None) -> list[datetime]:
    last = _utc(now)
    last = last.replace(minute=last.minute // 5 * 5, second=0, microsecond=0)
    after = _utc(now) - SHOWN if since is None else max(_utc(since), _utc(now) - SHOWN)
    found = []
    while last > after:
        found.append(last)
        last -= STEP
    return found[::-1]


def _utc(moment: datetime) -> datetime:
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


def _live_entry(service: ServiceEntry, behaviour: Behaviour) -> DataSetEntry:
    return DataSetEntry(
        group=behaviour.group,
        type="realtime",
        title=f"{service.name}: people using it",
        service=service.slug,
        realtime=True,
        max_age_expected=None,
    )


def _live_records(behaviour: Behaviour, moments: list[datetime]) -> Iterator[Record]:
    days = {moment.date() for moment in moments}
    visitors = {day: _visitors(behaviour, day) for day in days}
    for moment in moments:
        slot = moment.hour * 12 + moment.minute // 5
        at = moment.isoformat()
        count = int(visitors[moment.date()][slot])
        yield {"_id": at, "_timestamp": at, "unique_visitors": count}


def _visitors(behaviour: Behaviour, day: date) -> Floats:
    """People on the service at each of a day's 288 moments: visits a minute times their length."""
    rng = generator(f"{behaviour.group}/realtime/{day}")
    visits = YEARS[behaviour.slug][-1].digital / 365 / behaviour.completion[1]
    usual = visits * behaviour.minutes / (24 * 60)
    weekday = behaviour.weekend if day.weekday() >= 5 else 1.1
    hours = np.interp(np.arange(288) / 12, np.arange(24) + 0.5, HOURS, period=24)
    noise = np.exp(rng.normal(0, 0.05, 288))
    return np.rint(usual * weekday * hours * noise)
