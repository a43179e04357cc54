"""No page and no route reads a big table whole on PostgreSQL either."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Connection

from bench.asks import page_asks, record_asks, route_asks
from bench.databases import Database
from bench.load_databases import fill
from bench.plans import Statement, read_whole, scans
from bench.subject import Subject
from config import Settings
from data.engine import open_engine
from tests.bench.conftest import TINY
from tests.fixtures.databases import Databases

pytestmark = pytest.mark.postgresql
EXPLAINED = [
    ("SELECT status FROM measurement WHERE status = 'partial'", 1),
    ("SELECT count(*) FROM measurement", 1),
    ("SELECT m.status FROM measurement AS m WHERE m.measure = 'cost' AND m.period = 'day'", 1),
    ("SELECT count(*) FROM record", 1),
    ("SELECT status FROM measurement WHERE service_id = 1", 0),
    ("SELECT body FROM record WHERE data_set_id = 1 AND at > 5", 0),
    ("SELECT count(*) FROM record_change", 0),
]


@pytest.fixture(scope="module")
def url(databases: Databases, tmp_path_factory: pytest.TempPathFactory) -> str:
    place: Path = tmp_path_factory.mktemp("plans") / "figures"
    found = databases.url(place)
    fill(found, TINY)
    return found


@pytest.fixture(scope="module")
def connection(url: str) -> Iterator[Connection]:
    engine = open_engine(Settings(database_url=url))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_no_page_and_no_route_reads_measurements_or_records_whole(url: str) -> None:
    subject = Subject(Database("twelve services", url))
    examples = subject.examples
    asks = [*page_asks(examples), *route_asks(examples), *record_asks(examples)]
    assert [str(scan) for scan in scans(subject, asks)] == []


@pytest.mark.parametrize(("words", "whole"), EXPLAINED)
def test_a_statement_that_reads_a_big_table_whole_is_told_from_one_that_does_not(
    connection: Connection, words: str, whole: int
) -> None:
    assert len(read_whole(connection, Statement(words, ()))) == whole


def test_postgresql_knows_how_many_rows_a_generated_table_has(connection: Connection) -> None:
    known = "SELECT reltuples FROM pg_class WHERE relname = 'measurement'"
    there = connection.exec_driver_sql("SELECT count(*) FROM measurement").scalar_one()
    assert connection.exec_driver_sql(known).scalar_one() == there > 0
