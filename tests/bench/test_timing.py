"""Every page and every route is timed, with the rows that are read for it."""

from __future__ import annotations

import sqlite3

from bench.asks import page_asks, route_asks, unasked_pages, unasked_routes
from bench.rows import RowCount
from bench.subject import Ask, Subject
from bench.timing import Effort, timed, timings
from config import Settings
from data.engine import open_engine

ONCE = Effort(cold=1, warm=1)


def test_every_registered_page_is_asked_for(subject: Subject) -> None:
    assert unasked_pages(page_asks(subject.examples)) == set()


def test_every_route_of_the_api_is_asked(subject: Subject) -> None:
    assert unasked_routes(route_asks(subject.examples)) == set()


def test_a_page_without_a_question_is_named(subject: Subject) -> None:
    asks = [ask for ask in page_asks(subject.examples) if ask.of != "about"]
    assert unasked_pages(asks) == {"about"}


def test_the_service_that_is_asked_about_has_the_most_data(subject: Subject) -> None:
    # Only the first and the eleventh of twelve are rated and have journeys; the first is live.
    assert subject.examples.service == "service-0"


def test_every_page_and_route_is_timed_and_drawn(subject: Subject) -> None:
    asks = [*page_asks(subject.examples), *route_asks(subject.examples)]
    found = list(timings(subject, asks, ONCE, aimed=True))
    assert [one.name for one in found] == [ask.name for ask in asks]
    for one in found:
        assert one.cold > 0
        assert one.warm > 0
        assert one.size > 0
        assert one.cold_rows >= one.warm_rows > 0
    assert [one.drawn is not None for one in found] == [ask.page for ask in asks]


def test_a_page_that_could_not_be_built_is_not_among_them(subject: Subject) -> None:
    for ask in page_asks(subject.examples):
        body, _ = subject.ask(ask)
        assert b"Something went wrong" not in body, ask.name


def test_a_minute_later_a_page_is_drawn_anew_of_the_same_answers(subject: Subject) -> None:
    ask = page_asks(subject.examples)[0]
    subject.forget()
    _, cold = subject.ask(ask)
    _, warm = subject.ask(ask)
    with subject.later(minutes=1):
        _, drawn = subject.ask(ask)
    assert warm < drawn < cold


def test_an_answer_in_the_cache_reads_the_revision_alone(subject: Subject) -> None:
    found = timed(subject, Ask("kpis", "kpis", "/api/kpis"), ONCE)
    assert found.cold_rows > 100
    # The revision is asked for its number twice: for the answer's tag, and by the reader.
    assert found.warm_rows == 2


def test_rows_are_counted_however_they_are_fetched() -> None:
    counted = RowCount()
    connection = counted._connection(":memory:")
    values = "SELECT 1 UNION ALL SELECT 2 UNION ALL SELECT 3"
    assert isinstance(connection, sqlite3.Connection)
    connection.cursor().execute(values).fetchall()
    connection.cursor().execute(values).fetchmany(2)
    connection.cursor().execute(values).fetchone()
    assert counted.rows == 6


def test_engines_of_the_platform_count(subject: Subject) -> None:
    engine = open_engine(Settings(database_url=subject.database.url))
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
    engine.dispose()
    assert isinstance(driver, sqlite3.Connection)
    assert hasattr(driver, "count")
