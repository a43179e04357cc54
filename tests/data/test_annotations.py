"""Annotations as they were typed, and KPIs before and after one, from records."""

from __future__ import annotations

from datetime import date

import pytest

from data.annotations import BeforeAfterQuery, annotations_of, before_after, entry_of
from data.deliveries import Sender, deliver
from data.entries import DeclarationEntry, Delivery
from data.reader import Reader
from kpi.before_after import BeforeAfter
from tests.data.world import NOW, World, channels, counted, record, typed
from tests.fixtures.kept import Kept

TYPED = {"title": " New start page ", "first": "2016-07-04", "last": "", "text": "", "link": ""}


def test_what_was_typed_becomes_a_declaration_with_a_key_of_its_title() -> None:
    entry = entry_of("allowance", "", TYPED, set())
    assert (entry.kind, entry.key) == ("annotation", "new-start-page")
    assert entry.body == {
        "start_at": "2016-07-04",
        "title": "New start page",
        "text": "",
        "link": "",
    }


def test_a_key_that_is_taken_is_counted_on() -> None:
    taken = {"new-start-page", "new-start-page-2"}
    assert entry_of("allowance", "", TYPED, taken).key == "new-start-page-3"
    assert entry_of("allowance", "", {**TYPED, "title": "¿?"}, set()).key == "annotation"


def test_one_that_is_changed_keeps_its_key() -> None:
    assert entry_of("allowance", "opened", TYPED, {"opened"}).key == "opened"


def test_the_last_day_is_included() -> None:
    entry = entry_of("allowance", "", {**TYPED, "last": "2016-07-10"}, set())
    assert entry.body is not None
    assert entry.body["end_at"] == "2016-07-11"


def annotate(world: World, day: str, key: str = "opened") -> None:
    body = {"start_at": day, "title": key.capitalize()}
    entry = DeclarationEntry("allowance", "annotation", key, body)
    deliver(world.engine, Delivery(declarations=[entry]), Sender("test", now=NOW))


def compared(world: World, key: str = "opened", periods: int = 0) -> BeforeAfter | None:
    run = Reader(world.engine, Kept()).run
    return before_after(BeforeAfterQuery("allowance", key, periods), run)


def weeks(*counts: tuple[str, int, int]) -> list[dict[str, object]]:
    return [
        counted(monday, channel, count, "week")
        for monday, digital, paper in counts
        for channel, count in (("digital", digital), ("paper", paper))
    ]


@pytest.fixture
def told(world: World) -> World:
    """Two weeks before a release, one after it, and it on the Monday between."""
    rows = weeks(("2016-06-20", 50, 50), ("2016-06-27", 60, 240), ("2016-07-04", 90, 10))
    world.send(channels(*rows))
    annotate(world, "2016-07-04")
    return world


def test_annotations_come_in_the_order_of_time(told: World) -> None:
    annotate(told, "2015-01-01", "earlier")
    run = Reader(told.engine, Kept()).run
    assert [one.key for one in annotations_of(run, "allowance")] == ["earlier", "opened"]


def test_as_many_weeks_on_either_side_as_there_are_on_the_shorter(told: World) -> None:
    found = compared(told)
    assert found is not None
    assert (found.period, found.most) == ("week", 1)
    assert found.before is not None
    assert found.before.first.start == date(2016, 6, 27)
    take_up = next(one for one in found.differences if one.kpi.slug == "digital-take-up")
    # 60 of 300 before, 90 of 100 after.
    assert (take_up.before.value, take_up.after.value) == (0.2, 0.9)


def test_what_is_not_there_is_none(told: World) -> None:
    assert compared(told, "no-such") is None


def test_a_service_that_reports_by_month_is_looked_at_by_month(world: World) -> None:
    rows = [
        counted(month, "digital", count, "month")
        for month, count in (("2016-05-01", 10), ("2016-06-01", 20), ("2016-08-01", 40))
    ]
    world.send(channels(*rows))
    annotate(world, "2016-07-04")
    found = compared(world)
    assert found is not None
    assert (found.period, found.most) == ("month", 1)
    volume = next(one for one in found.differences if one.kpi.slug == "transactions")
    assert (volume.before.value, volume.after.value) == (20, 40)


def test_a_services_own_kpis_are_looked_at_too(world: World) -> None:
    own = {
        "name": "Calls",
        "unit": "calls",
        "format": "number",
        "data_set": "call-centre",
        "measure": "calls",
        "aggregate": "sum",
    }
    rows = [record(day, "week", calls=n) for day, n in (("2016-06-27", 30), ("2016-07-04", 50))]
    world.send(typed("call-centre", *rows))
    entry = DeclarationEntry("allowance", "kpi", "calls", own)
    deliver(world.engine, Delivery(declarations=[entry]), Sender("test", now=NOW))
    annotate(world, "2016-07-04")
    found = compared(world)
    assert found is not None
    (told,) = [one for one in found.differences if one.is_known]
    assert (told.kpi.name, told.before.value, told.after.value) == ("Calls", 30, 50)
