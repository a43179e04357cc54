"""SQL and Python tell the same period of any moment."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import BigInteger, Connection, literal, select

from data import record_periods
from data.record_periods import RECORD_PERIODS
from tests.fixtures.databases import opened

# The first second of the year 1, and the last of 9999.
MOMENTS = st.integers(-62_135_596_800, 253_402_300_799)
EDGES = [-62_135_596_800, -2_208_988_800, -1, 0, 1, 951_782_399, 951_782_400, 253_402_300_799]


@pytest.fixture(scope="module")
def connection(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    engine = opened(tmp_path_factory.mktemp("periods"))
    with engine.connect() as made:
        yield made
    engine.dispose()


def in_sql(connection: Connection, at: int) -> dict[str, int]:
    column = literal(at, BigInteger)
    numbers = [record_periods.number_in_sql(period, column) for period in RECORD_PERIODS]
    return dict(zip(RECORD_PERIODS, connection.execute(select(*numbers)).one(), strict=True))


@pytest.mark.parametrize("at", EDGES)
def test_sql_and_python_agree_at_the_edges(connection: Connection, at: int) -> None:
    told = in_sql(connection, at)
    assert told == {period: record_periods.number(period, at) for period in RECORD_PERIODS}


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(at=MOMENTS)
def test_sql_and_python_agree_on_every_moment(connection: Connection, at: int) -> None:
    told = in_sql(connection, at)
    assert told == {period: record_periods.number(period, at) for period in RECORD_PERIODS}


@given(at=MOMENTS, period=st.sampled_from(RECORD_PERIODS))
def test_a_moment_is_in_the_period_of_its_number(at: int, period: str) -> None:
    number = record_periods.number(period, at)
    assert record_periods.start(period, number) <= at
    if at < 253_370_764_800:  # 1 January 9999
        assert at < record_periods.start(period, number + 1)


@pytest.mark.parametrize(
    ("period", "start"),
    [
        ("hour", "2013-05-15T13:00:00+00:00"),
        ("day", "2013-05-15T00:00:00+00:00"),
        ("week", "2013-05-13T00:00:00+00:00"),
        ("month", "2013-05-01T00:00:00+00:00"),
        ("quarter", "2013-04-01T00:00:00+00:00"),
        ("year", "2013-01-01T00:00:00+00:00"),
    ],
)
def test_periods_start_where_the_calendar_has_it(period: str, start: str) -> None:
    at = int(datetime(2013, 5, 15, 13, 14, 15, tzinfo=UTC).timestamp())
    assert record_periods.text(record_periods.floor(period, at)) == start
