"""A page that was drawn goes on telling how old its figures are, and is not drawn for that."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from callbacks import pages
from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetEntry, Delivery
from data.reader import Reader
from tests.callbacks.conftest import Content, client_of
from tests.fixtures.databases import database_with_tables
from tests.fixtures.small_world import ORGANISATIONS, SERVICES, SUMMARIES

WRITTEN = datetime(2019, 5, 1, 9, tzinfo=UTC)
SERVICE = "/services/tax-a-vehicle"
KEPT = (
    (SERVICE, ""),
    (SERVICE, "?period=year"),
    (SERVICE, "?view=screen"),
    (f"/embed{SERVICE}", ""),
    ("/services", ""),
    ("/compare", ""),
    ("/about", ""),
    ("/services/nobody", ""),
)


class Clock:
    """A clock that the test puts on, and how many pages were drawn."""

    moment = WRITTEN
    drawn = 0


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    """A platform whose figures were written at nine o'clock."""
    engine = database_with_tables(tmp_path)
    entry = DataSetEntry("transactional-services", "summaries")
    delivery = Delivery(ORGANISATIONS, SERVICES, batches=[Batch(entry, SUMMARIES)])
    deliver(engine, delivery, Sender("test", now=WRITTEN))
    yield client_of(tmp_path)
    engine.dispose()


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock, send = Clock(), pages._sent

    def sent(content: object) -> bytes:
        clock.drawn += 1
        return send(content)  # type: ignore[arg-type]

    monkeypatch.setattr(Reader, "clock", lambda _: clock.moment)
    monkeypatch.setattr(pages, "_sent", sent)
    return clock


def ages(words: str) -> set[str]:
    """What is said of when figures were updated."""
    return set(re.findall(r"[Uu]pdated (\d+ \w+ ago)\.", words))


@pytest.mark.parametrize(("path", "search"), KEPT)
def test_an_hour_later_a_page_says_so(
    client: FlaskClient, clock: Clock, content: Content, path: str, search: str
) -> None:
    for after, words in (
        (timedelta(minutes=3), "3 minutes ago"),
        (timedelta(minutes=4), "4 minutes ago"),
        (timedelta(hours=1), "1 hour ago"),
        (timedelta(hours=12), "12 hours ago"),
        (timedelta(days=1), "1 day ago"),
    ):
        clock.moment = WRITTEN + after
        assert ages(content(client, path, search)) == {words}


@pytest.mark.parametrize(("path", "search"), KEPT[:-1])
def test_a_page_is_not_drawn_again_to_say_how_old_it_is(
    client: FlaskClient, clock: Clock, content: Content, path: str, search: str
) -> None:
    for minutes in (3, 4, 5, 64):
        clock.moment = WRITTEN + timedelta(minutes=minutes)
        content(client, path, search)
    assert clock.drawn == 1


def test_the_html_for_who_runs_no_scripts_says_it_too(client: FlaskClient, clock: Clock) -> None:
    for minutes in (3, 5):
        clock.moment = WRITTEN + timedelta(minutes=minutes)
        assert ages(client.get(SERVICE).text) == {f"{minutes} minutes ago"}
    assert clock.drawn == 1


def test_a_page_that_is_sent_at_once_says_it_too(client: FlaskClient, clock: Clock) -> None:
    clock.moment = WRITTEN + timedelta(minutes=3)
    assert ages(client.get("/sign-in").text) == {"3 minutes ago"}
