"""No page and no route reads a big table whole."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Connection

from bench.asks import page_asks, record_asks, route_asks
from bench.plans import Statement, read_whole, scans, statements
from bench.subject import Subject
from config import Settings
from data.engine import open_engine


@pytest.fixture(scope="module")
def connection(subject: Subject) -> Iterator[Connection]:
    engine = open_engine(Settings(database_url=subject.database.url))
    with engine.connect() as opened:
        yield opened
    engine.dispose()


def test_no_page_and_no_route_reads_measurements_or_records_whole(subject: Subject) -> None:
    examples = subject.examples
    asks = [*page_asks(examples), *route_asks(examples), *record_asks(examples)]
    assert [str(scan) for scan in scans(subject, asks)] == []


def test_questions_are_seen_with_their_statements(subject: Subject) -> None:
    subject.forget()
    with statements() as found:
        subject.ask(page_asks(subject.examples)[0])
    assert any("FROM measurement" in words for words in found)


@pytest.mark.parametrize(
    "words",
    [
        "SELECT status FROM measurement WHERE status = 'partial'",
        "SELECT count(*) FROM measurement WHERE measure = 'cost'",
        "SELECT m.status FROM measurement AS m WHERE m.status = 'partial'",
        "SELECT service.id FROM service WHERE service.id IN"
        " (SELECT service_id FROM measurement WHERE measure = 'cost')",
        "SELECT body FROM record WHERE at > 5",
        "SELECT count(*) FROM record",
    ],
)
def test_a_statement_that_reads_a_big_table_whole_is_told(
    connection: Connection, words: str
) -> None:
    assert len(read_whole(connection, Statement(words, ()))) == 1


@pytest.mark.parametrize(
    "words",
    [
        "SELECT status FROM measurement WHERE service_id = 1",
        "SELECT millionths FROM measurement WHERE period = 'month' AND measure = 'cost'"
        " AND category = '' AND period <> 'day'",
        "SELECT body FROM record WHERE data_set_id = 1 AND at > 5",
        "SELECT count(*) FROM record_change",
        "SELECT name FROM service",
    ],
)
def test_one_that_finds_its_rows_by_a_key_or_is_of_another_table_is_not(
    connection: Connection, words: str
) -> None:
    assert read_whole(connection, Statement(words, ())) == []


def test_the_days_of_all_services_are_in_no_index(connection: Connection) -> None:
    words = "SELECT count(*) FROM measurement WHERE period = 'day' AND measure = 'cost'"
    assert len(read_whole(connection, Statement(words, ()))) == 1
