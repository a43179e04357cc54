"""Live users come every minute: they are new at once, and leave all other answers in the cache."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
import pytest
from sqlalchemy import Connection

from config import Settings
from data.dashboard import dashboard
from data.live import LiveQuery
from data.organisations import DataSetQuery
from data.overview import overview
from data.queries import CatalogueQuery, KpiQuery, MeasurementQuery, Query, Run
from data.reader import Reader
from data.selection import Selection
from kpi.views import Wanted
from tests.data.world import World, channels, counted, typed
from tests.fixtures.kept import Kept

EXECUTED: tuple[type[Query], ...] = (KpiQuery, CatalogueQuery, MeasurementQuery, LiveQuery)


def count(world: World, minute: int, people: int) -> None:
    """So many people on the service at that minute."""
    moment = f"2019-05-01T12:{minute:02}:00Z"
    world.send(typed("realtime", {"_timestamp": moment, "unique_visitors": people}))


@pytest.fixture
def busy(world: World) -> World:
    """A service with two months of transactions and one count of its live users."""
    months = [counted(f"2019-0{n}-01", "digital", 1000 * n, "month") for n in (3, 4)]
    world.send(channels(*months))
    count(world, 0, 5)
    return world


@pytest.fixture
def executed(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often questions were answered from the database, by the name of their class."""
    seen: Counter[str] = Counter()

    def counting(kind: type[Query]) -> None:
        original = kind.execute

        def execute(self: Query, connection: Connection, run: Run, today: date) -> pd.DataFrame:
            seen[kind.__name__] += 1
            return original(self, connection, run, today)

        monkeypatch.setattr(kind, "execute", execute)

    for kind in EXECUTED:
        counting(kind)
    return seen


def people(frame: pd.DataFrame) -> list[float]:
    return list(frame["value"])


def test_only_live_users_are_counted_anew(busy: World, executed: Counter[str]) -> None:
    reader = Reader(busy.engine, Kept())
    asked: tuple[Query, ...] = (KpiQuery(), LiveQuery(), MeasurementQuery("allowance"))
    before = [reader.run(query) for query in asked]
    executed.clear()
    count(busy, 1, 7)
    after = [reader.run(query) for query in asked]
    assert people(after[1]) == [5, 7]
    assert executed == {"LiveQuery": 1}
    assert (after[0] is before[0], after[2] is before[2]) == (True, True)


def test_moments_of_one_service_are_new_at_once(busy: World) -> None:
    reader = Reader(busy.engine, Kept())
    query = MeasurementQuery("allowance", "live-users", "instant")
    assert people(reader.run(query)) == [5]
    count(busy, 1, 7)
    assert people(reader.run(query)) == [5, 7]


def test_the_overview_has_new_live_users_and_the_kpis_that_it_had(
    busy: World, executed: Counter[str]
) -> None:
    reader = Reader(busy.engine, Kept())
    settings = Settings(complete_enough_percent=1)
    before = overview(reader, settings, Selection(), None)
    executed.clear()
    count(busy, 1, 7)
    after = overview(reader, settings, Selection(), None)
    assert before is not None
    assert after is not None
    assert (before.live.people, after.live.people) == (5, 7)
    assert after.performance is before.performance
    assert executed == {"LiveQuery": 1}


def test_a_services_page_has_new_live_users_and_the_kpis_that_it_had(
    busy: World, executed: Counter[str]
) -> None:
    reader = Reader(busy.engine, Kept())
    before = dashboard(reader, "allowance", Wanted())
    executed.clear()
    count(busy, 1, 7)
    after = dashboard(reader, "allowance", Wanted())
    assert before is not None
    assert after is not None
    assert (before.live.people, after.live.people) == (5, 7)
    assert after.latest is before.latest
    assert executed == {"LiveQuery": 1}


def test_a_page_tells_of_the_data_set_of_live_users_as_it_is_now(busy: World) -> None:
    reader = Reader(busy.engine, Kept())
    found = [dashboard(reader, "allowance", Wanted())]
    count(busy, 1, 7)
    found.append(dashboard(reader, "allowance", Wanted()))
    told = [(one.type, one.reported) for shown in found if shown for one in shown.data_sets]
    channel = ("transactions-by-channel", 2)
    assert sorted(told) == [("realtime", 1), ("realtime", 2), channel, channel]


def test_what_is_drawn_is_drawn_again(busy: World) -> None:
    reader, drawn = Reader(busy.engine, Kept()), iter(range(9))
    moment = reader.now()
    reader.clock = lambda: moment  # type: ignore[method-assign]
    assert reader.keep("page", lambda: next(drawn)) == 0
    assert reader.keep("page", lambda: next(drawn)) == 0
    count(busy, 1, 7)
    assert reader.keep("page", lambda: next(drawn)) == 1


def test_figures_that_a_kpi_rests_on_are_new_at_once_everywhere(busy: World) -> None:
    reader = Reader(busy.engine, Kept())
    query = KpiQuery(kpis=("transactions",), period="month", over_services=True)
    assert reader.run(query)["value"].tolist() == [3000, 4000]
    busy.send(channels(counted("2019-04-01", "digital", 4500, "month", "2019-04-01.month.digital")))
    assert reader.run(query)["value"].tolist() == [3000, 4500]


def test_records_that_mean_no_figure_leave_the_kpis_in_the_cache(
    busy: World, executed: Counter[str]
) -> None:
    reader = Reader(busy.engine, Kept())
    reader.run(KpiQuery())
    assert "notes" not in set(reader.run(DataSetQuery())["type"])
    busy.send(typed("notes", {"text": "first"}))
    assert "notes" in set(reader.run(DataSetQuery())["type"])
    reader.run(KpiQuery())
    executed.clear()
    busy.send(typed("notes", {"text": "second"}))
    reader.run(KpiQuery())
    assert executed == {}


def test_the_time_of_the_last_update_is_that_of_the_figures(busy: World) -> None:
    reader = Reader(busy.engine, Kept())
    before = reader.revision()
    count(busy, 1, 7)
    after = reader.revision()
    assert (after.number, after.updated_at) == (before.number, before.updated_at)
    assert after.live == before.live + 1


@dataclass(frozen=True)
class Careless(Query):
    """Rests on live users, and does not say so."""

    def execute(self, connection: Connection, run: Run, today: date) -> Any:  # noqa: ARG002
        return run(LiveQuery())


def test_what_rests_on_live_users_must_say_so(busy: World) -> None:
    with pytest.raises(TypeError, match=r"Careless.* is kept for longer than .*LiveQuery"):
        Reader(busy.engine, Kept()).run(Careless())
