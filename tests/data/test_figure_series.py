"""A service's figures at some starts are found without reading all of them."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bench.plans import statements
from data.figure_series import between
from data.tables import measurement
from data.times import seconds
from tests.data.world import ALLOWANCE, PENSION, World, channels, counted, on, typed

FIRST, LAST = seconds(on("2018-01-08")), seconds(on("2018-02-01"))


@pytest.fixture
def filled(nothing: World) -> World:
    """Figures of two services, of several measures, categories and periods."""
    days = [f"2018-01-{day:02}" for day in range(1, 32)]
    claims = [counted(day, channel, 5) for day in days for channel in ("digital", "paper", "a%")]
    moments = [{"_timestamp": f"{day}T10:00:00Z", "unique_visitors": 5} for day in days]
    weeks = [counted("2018-01-15", "post", 7, "week")]
    nothing.send(channels(*claims), typed("realtime", *moments), services=(ALLOWANCE, PENSION))
    nothing.send(channels(*weeks, service="pension"))
    return nothing


def test_all_series_of_one_service_are_found_and_of_them_those_starts_alone(filled: World) -> None:
    with filled.engine.connect() as connection:
        service = measurement.c.service_id
        ids = connection.scalars(select(service).distinct()).all()
        assert len(ids) == 2
        for id in ids:
            where = (service == id, measurement.c.start_at.between(FIRST, LAST))
            by_hand = connection.execute(select(measurement).where(*where)).all()
            found = between(connection, id, FIRST, LAST)
            assert sorted(map(tuple, found)) == sorted(map(tuple, by_hand))
            assert found[0]._fields == by_hand[0]._fields


def test_a_service_without_figures_has_none(filled: World) -> None:
    with filled.engine.connect() as connection:
        assert between(connection, 12345, FIRST, LAST) == []


@pytest.mark.sqlite
def test_no_other_figures_of_the_service_are_looked_at(filled: World) -> None:
    with filled.engine.connect() as connection, statements() as asked:
        between(connection, 1, FIRST, LAST)
        (statement,) = asked.values()
        plan = connection.exec_driver_sql(
            f"EXPLAIN QUERY PLAN {statement.words}", statement.parameters
        ).all()
    told = [str(row[3]) for row in plan]
    assert (
        "SEARCH figure USING PRIMARY KEY (service_id=? AND period=? AND measure=? AND category=?"
        " AND start_at>? AND start_at<?)"
    ) in told
    assert not [line for line in told if "SCAN measurement" in line or "SCAN next" in line]


@pytest.mark.postgresql
def test_postgresql_compiles_no_query_which_takes_longer_than_it(nothing: World) -> None:
    with nothing.engine.connect() as connection:
        connection.rollback()
        assert connection.exec_driver_sql("SHOW jit").scalar_one() == "off"
