"""Sums kept up to date write by write are those worked out from scratch, by a simpler way."""

from __future__ import annotations

import calendar
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.entries import Record
from tests.data.world import ALLOWANCE, Told, World, channels, counted
from tests.fixtures.databases import remove_databases

SIZES = ("day", "week", "month", "quarter", "year")
# Around New Year and the edges of months and quarters, where weeks lie across.
STARTS = {
    "day": [date(2014, 12, 27) + timedelta(days=n) for n in range(10)]
    + [date(2015, 3, 28) + timedelta(days=n) for n in range(9)],
    "week": [date(2014, 12, 22), date(2014, 12, 29), date(2015, 3, 23), date(2015, 3, 30)],
    "month": [date(2014, 12, 1), date(2015, 1, 1), date(2015, 2, 1), date(2015, 3, 1)],
    "quarter": [date(2014, 10, 1), date(2015, 1, 1), date(2015, 4, 1)],
    "year": [date(2014, 1, 1), date(2014, 10, 1), date(2015, 1, 1)],
}


@dataclass(frozen=True)
class Kept:
    """A figure of the model."""

    value: int
    whole: bool
    parts: int
    expected: int
    unit: str

    @property
    def told(self) -> Told:
        return self.value, "reported" if self.whole else "partial", *self.counts

    @property
    def counts(self) -> tuple[int, int, str]:
        return self.parts, self.expected, self.unit


Model = dict[tuple[str, date], Kept]


def ends(period: str, start: date) -> date:
    if period == "week":
        return start + timedelta(days=7)
    months = {"month": 1, "quarter": 3, "year": 12}[period]
    return date(start.year + (start.month + months > 12), (start.month + months - 1) % 12 + 1, 1)


def whole_model(published: Model) -> Model:
    """Every figure there is, worked out period by period from the finest."""
    found = {slot: kept for slot, kept in published.items() if slot[0] == "day"}
    for period, finer in (("week", "day"), ("month", "day"), ("quarter", "month")):
        found |= {slot: kept for slot, kept in published.items() if slot[0] == period}
        for start in candidates(period):
            parts = [
                kept for (name, at), kept in found.items() if inside(name, at, finer, period, start)
            ]
            if period == "month" and not parts:
                weeks = [(at, kept) for (name, at), kept in published.items() if name == "week"]
                thursdays = [(at + timedelta(days=3), kept) for at, kept in weeks]
                parts = [
                    kept
                    for at, kept in thursdays
                    if (at.year, at.month) == (start.year, start.month)
                ]
            if parts and (period, start) not in found:
                found[period, start] = added(period, start, finer, parts)
    found |= {slot: kept for slot, kept in published.items() if slot[0] == "year"}
    for start in candidates("year"):
        parts = [
            kept for (name, at), kept in found.items() if inside(name, at, "quarter", "year", start)
        ]
        if parts and ("year", start) not in found:
            found["year", start] = added("year", start, "quarter", parts)
    return found


def inside(name: str, at: date, finer: str, period: str, start: date) -> bool:
    return name == finer and start <= at < ends(period, start)


def candidates(period: str) -> Iterator[date]:
    if period == "week":
        yield from (date(2014, 12, 1) + timedelta(weeks=n) for n in range(30))
    else:
        step = {"month": 1, "quarter": 3, "year": 12}[period]
        yield from (date(y, m, 1) for y in (2014, 2015) for m in range(1, 13, step))


def added(period: str, start: date, finer: str, parts: Sequence[Kept]) -> Kept:
    value = sum(kept.value for kept in parts)
    units = {kept.unit for kept in parts}
    if len(units) == 1:
        unit = units.pop()
        count = sum(kept.parts for kept in parts)
    else:
        unit = finer
        count = sum(kept.whole and kept.unit != "week" for kept in parts)
    expected = how_many(unit, start, ends(period, start))
    return Kept(value, count == expected, count, expected, unit)


def how_many(unit: str, start: date, end: date) -> int:
    days = [start + timedelta(days=n) for n in range((end - start).days)]
    if unit == "day":
        return len(days)
    if unit == "week":
        return sum(day.weekday() == calendar.THURSDAY for day in days)
    firsts = [day for day in days if day.day == 1]
    return len([day for day in firsts if unit == "month" or day.month % 3 == 1])


def sent() -> st.SearchStrategy[list[list[Record]]]:
    """Deliveries of a few records each; the same _id may come again as something else."""
    slots = st.sampled_from([(name, start) for name, starts in STARTS.items() for start in starts])
    one = st.tuples(slots, st.integers(0, 9), st.integers(0, 14))
    records = one.map(
        lambda drawn: counted(
            str(drawn[0][1]), "digital", drawn[1], drawn[0][0], key=f"key-{drawn[2]}"
        )
    )
    return st.lists(st.lists(records, min_size=1, max_size=8), min_size=1, max_size=4)


def modelled(deliveries: list[list[Record]]) -> Model:
    last = {record["_id"]: record for delivery in deliveries for record in delivery}
    published: Model = {}
    for record in last.values():
        period, start = record["period"], date.fromisoformat(record["_timestamp"][:10])
        before = published.get((period, start))
        value = record["count"] + (before.value if before else 0)
        published[period, start] = Kept(value, True, 1, 1, period)
    return whole_model(published)


@contextmanager
def made(factory: pytest.TempPathFactory) -> Iterator[World]:
    """A database with the allowance, for a while."""
    folder = factory.mktemp("sums")
    world = World(folder, ALLOWANCE)
    yield world
    world.engine.dispose()
    remove_databases(folder)


@settings(max_examples=40)
@given(deliveries=sent())
def test_sums_kept_up_to_date_are_those_worked_out_from_scratch(
    deliveries: list[list[Record]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with made(tmp_path_factory) as world:
        for records in deliveries:
            world.send(channels(*records))
        expected = {
            ("allowance", "transactions", "", period, str(start)): kept.told
            for (period, start), kept in modelled(deliveries).items()
        }
        assert world.told(measure="transactions", category="") == expected


@settings(max_examples=6)
@given(deliveries=sent())
def test_one_delivery_of_everything_leads_to_the_same_sums(
    deliveries: list[list[Record]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    with made(tmp_path_factory) as by_and_by, made(tmp_path_factory) as at_once:
        for records in deliveries:
            by_and_by.send(channels(*records))
        at_once.send(channels(*(record for records in deliveries for record in records)))
        assert by_and_by.told() == at_once.told()
