"""A row that is asked with every request is as of now, whoever else writes and whatever breaks."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from sqlalchemy import ColumnElement, Engine, Integer, String, bindparam, func, literal, select

from data.dialect import DatabaseFault
from data.engine import watch_connections
from data.quick_reading import QuickRow
from data.revisions import Revisions
from data.tables import service
from tests.data.world import World, channels, counted

COUNT = select(func.count()).select_from(service)
BY_SLUG = select(service.c.name).where(service.c.slug == bindparam("slug"))


def test_what_another_connection_commits_is_seen_by_whoever_asks_next(world: World) -> None:
    revisions = Revisions(world.engine)
    for digit in range(1, 4):
        before = revisions.current()
        world.send(channels(counted("2018-01-01", "digital", digit, "month")))
        assert revisions.current().number == before.number + 1


def test_who_asks_by_a_parameter_gets_the_row_of_it_or_none(world: World) -> None:
    row = QuickRow(world.engine, BY_SLUG)
    assert row.first({"slug": "pension"}) == ("State pension",)
    assert row.first({"slug": "nobody"}) is None


def test_whatever_is_given_comes_back_as_it_was_given(world: World) -> None:
    given = {"text": "50% of Ä’s %s $1", "number": -12, "nothing": None}
    types = {"text": String, "number": Integer, "nothing": String}
    asked: list[ColumnElement[Any]] = [bindparam(name, type_=types[name]) for name in given]
    row = QuickRow(world.engine, select(*asked, literal(7)))
    assert row.first(given) == (*given.values(), 7)


@pytest.mark.postgresql
def test_a_statement_that_postgresql_has_forgotten_is_told_to_it_anew(world: World) -> None:
    row = QuickRow(world.engine, COUNT)
    row.first()
    for connection, _ in list(row._idle):
        connection.execute("DEALLOCATE ALL")
    assert row.first() == (2,)
    assert row.first() == (2,)
    assert len(row._idle) == 1


def test_what_the_database_refuses_is_told_as_a_fault_of_the_database(nothing: World) -> None:
    with nothing.engine.begin() as connection:
        connection.exec_driver_sql("ALTER TABLE service_revision RENAME TO elsewhere")
    with pytest.raises(DatabaseFault):
        Revisions(nothing.engine).of_service("pension")


def test_threads_that_ask_at_once_each_get_an_answer(world: World) -> None:
    row = QuickRow(world.engine, COUNT)
    with ThreadPoolExecutor(8) as threads:
        assert set(threads.map(lambda _: row.first(), range(200))) == {(2,)}


def test_its_connections_are_no_more_in_use_of_the_pools(world: World) -> None:
    noted: list[int] = []
    watch_connections(world.engine, noted.append)
    row = QuickRow(world.engine, COUNT)
    for _ in range(3):
        row.first()
    assert noted == [1, -1]


def test_a_connection_that_broke_is_not_asked_again(world: World) -> None:
    row = QuickRow(world.engine, COUNT)
    row.first()
    for connection, _ in list(row._idle):
        connection.close()
    assert row.first() == (2,)
    assert row.first() == (2,)


def test_when_the_engine_lets_go_of_its_connections_it_does_too(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    row, opened = QuickRow(world.engine, COUNT), []
    raw = Engine.raw_connection

    def counting(engine: Engine, *given: Any) -> Any:
        opened.append(engine)
        return raw(engine, *given)

    monkeypatch.setattr(Engine, "raw_connection", counting)
    row.first()
    world.engine.dispose()
    assert row.first() == (2,)
    assert len(opened) == 2
