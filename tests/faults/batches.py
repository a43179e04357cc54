"""Batches whose records say which batch they belong to, and what a database then has to hold."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from sqlalchemy import Connection, Engine, select

from data import revisions
from data.dialect import for_reading
from data.entries import Batch, DataSetEntry, DataSetKey, Record
from data.tables import MILLION, audit, measurement, record, record_change
from data.times import day_of
from tests.data.world import ALLOWANCE, World

SIZE = 10
FIRST_DAY, DAYS = date(2017, 11, 20), 400
ENTRY = DataSetEntry(
    "allowance",
    "transactions-by-channel",
    service="allowance",
    channels=("digital", "paper"),
)
KEY = DataSetKey(ENTRY.group, ENTRY.type)
# What the channels count as.
KINDS = {"digital": "digital", "paper": "non-digital"}
# Measure, category, period, start.
About = tuple[str, str, str, date]


def world_with_nothing_sent(place: Path | Engine) -> World:
    """A database with a service and its data set, which has no records."""
    world = World(place, ALLOWANCE)
    world.send(Batch(ENTRY))
    return world


def batch(name: str, size: int = SIZE) -> list[Record]:
    """The records of a batch: the same days and channels as others', so that they are added up."""
    chance = random.Random(name)
    return [
        {
            "_id": f"{name}.{number}",
            "_timestamp": f"{FIRST_DAY + timedelta(chance.randrange(DAYS))}T00:00:00+00:00",
            "period": "day",
            "channel": chance.choice(list(KINDS)),
            "count": chance.randint(1, 9),
        }
        for number in range(size)
    ]


@dataclass(frozen=True)
class Held:
    """What a database holds, as one transaction saw it."""

    records: list[Record]
    figures: dict[About, int]
    audits: set[int]
    written_by: dict[str, set[int]]
    revision: int

    @property
    def batches(self) -> Counter[str]:
        """How many records of each batch are there."""
        return Counter(batch_of(item["_id"]) for item in self.records)


def batch_of(key: str) -> str:
    """The name of the batch that a record belongs to."""
    return key.rpartition(".")[0]


def held(engine: Engine) -> Held:
    """What a database holds."""
    with for_reading(engine).connect() as connection:
        found = select(measurement)
        figures = {
            (row.measure, row.category, row.period, day_of(row.start_at)): row.millionths
            for row in connection.execute(found)
        }
        return Held(
            list(connection.scalars(select(record.c.body))),
            figures,
            set(connection.scalars(select(audit.c.id))),
            _written_by(connection),
            revisions.current(connection).number,
        )


def _written_by(connection: Connection) -> dict[str, set[int]]:
    """By batch, the audit entries that its records were written under."""
    found: dict[str, set[int]] = defaultdict(set)
    for row in connection.execute(select(record_change.c.key, record_change.c.audit_id)):
        found[batch_of(row.key)].add(row.audit_id)
    return found


def assert_whole(engine: Engine, acknowledged: Collection[str], size: int = SIZE) -> set[str]:
    """Every acknowledged batch is there, each that is there is whole, and nothing else is.

    :returns: the batches that are there.
    """
    found = held(engine)
    there = set(found.batches)
    assert set(acknowledged) <= there, f"lost: {set(acknowledged) - there}"
    assert {name: count for name, count in found.batches.items() if count != size} == {}
    assert found.figures == added_up(found.records)
    entries = [found.written_by.get(name, set()) for name in there]
    assert [len(ids) for ids in entries] == [1] * len(there), "one audit entry a batch"
    assert set(found.written_by) == there, "no history of what is not there"
    own = set().union(*entries)
    assert len(own) == len(there), "no two batches share one"
    assert own <= found.audits
    # One that made the services and one that made the data set came before.
    assert found.revision == len(there) + 2
    return there


def added_up(records: Iterable[Record]) -> dict[About, int]:
    """The figures of daily records in millionths, at every period, by plain addition."""
    sums: Counter[About] = Counter()
    for item in records:
        for start in starts(date.fromisoformat(item["_timestamp"][:10])).items():
            for about in (
                ("transactions", ""),
                ("transactions", KINDS[item["channel"]]),
                ("transactions-by-channel", item["channel"]),
            ):
                sums[(*about, *start)] += item["count"] * MILLION
    return dict(sums)


def starts(day: date) -> dict[str, date]:
    """When the periods began that a day lies in."""
    return {
        "day": day,
        "week": day - timedelta(day.weekday()),
        "month": day.replace(day=1),
        "quarter": date(day.year, (day.month - 1) // 3 * 3 + 1, 1),
        "year": date(day.year, 1, 1),
    }
