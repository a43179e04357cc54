"""The clock is set back by an hour or a year: nothing fails, and nothing that is told is stale."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from werkzeug.exceptions import TooManyRequests

from api.blueprint import blueprint
from api.operating import limits
from api.operating.limits import Counts
from api.records.blueprint import record_blueprint
from config import Settings
from data import data_set_ages, people, people_changes, sign_ins
from data.deliveries import Sender, deliver
from data.entries import Batch, Delivery
from data.people import ADMIN, PersonEntry
from data.queries import CatalogueQuery
from data.reader import Reader
from data.selection import Selection
from data.share_links import ENDED, OPEN, REVOKED, ShareLink
from data.sign_ins import Attempt
from data.times import seconds
from tests.data.world import World
from tests.faults.batches import ENTRY, KEY, assert_whole, batch, world_with_nothing_sent
from tests.fixtures.kept import Kept

NOW = datetime(2019, 5, 1, 12, 0, tzinfo=UTC)
HOUR, YEAR = timedelta(hours=1), timedelta(days=365)
BACK = pytest.mark.parametrize("back", [HOUR, YEAR], ids=["an hour", "a year"])
ADDRESS = f"/data/{ENTRY.group}/{ENTRY.type}?group_by=channel&collect=count:sum"


class ByOurClock(Reader):
    """A reader whose clock is set by hand."""

    time = NOW

    def clock(self) -> datetime:
        """The time that was set."""
        return self.time


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = world_with_nothing_sent(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture
def reader(world: World) -> ByOurClock:
    return ByOurClock(world.engine, Kept())


@pytest.fixture
def client(world: World, reader: ByOurClock) -> FlaskClient:
    app = Flask("test")
    app.register_blueprint(record_blueprint(reader, world.engine, Settings(), str))
    app.register_blueprint(blueprint(reader, Settings()))
    return app.test_client()


def send(world: World, name: str, now: datetime) -> None:
    deliver(world.engine, Delivery(batches=[Batch(KEY, batch(name))]), Sender("a test", now=now))


def sum_of(*names: str) -> int:
    return sum(record["count"] for name in names for record in batch(name))


@BACK
def test_writes_move_the_revision_on_and_no_answer_is_stale(
    back: timedelta, world: World, reader: ByOurClock, client: FlaskClient
) -> None:
    query = "/api/services/allowance/measurements?measure=transactions&period=year"
    tags: list[str] = []
    told: list[dict[str, Any]] = []
    for number, now in enumerate((NOW, NOW - back, NOW - back, NOW)):
        reader.time = now
        send(world, f"batch-{number}", now)
        answer = client.get(query)
        assert answer.status_code == 200
        tags.append(answer.headers["ETag"])
        told.append(reader.keep("sums", lambda: client.get(ADDRESS).get_json()))
        again = client.get(query, headers={"If-None-Match": tags[-1]})
        assert (again.status_code, reader.revision().number) == (304, number + 3)
        for old in tags[:-1]:
            assert client.get(query, headers={"If-None-Match": old}).status_code == 200
    sums = [sum(group["count:sum"] for group in answer["data"]) for answer in told]
    assert sums == [sum_of(*(f"batch-{n}" for n in range(last + 1))) for last in range(4)]
    assert_whole(world.engine, [f"batch-{number}" for number in range(4)])


@BACK
def test_pages_of_the_api_answer_when_all_figures_lie_in_the_future(
    back: timedelta, world: World, reader: ByOurClock, client: FlaskClient
) -> None:
    send(world, "one", NOW)
    reader.time = NOW - back - YEAR
    for address in ("/api/services", "/api/kpis", "/_status", "/_status/data-sets", ADDRESS):
        assert client.get(address).status_code == 200, address
    assert list(reader.run(CatalogueQuery(Selection()))["slug"]) == ["allowance"]
    with world.engine.connect() as connection:
        assert list(data_set_ages.late(connection, reader.time)) == []


def test_who_is_signed_in_stays_so_for_an_hour_more_and_not_for_a_year(world: World) -> None:
    people_changes.add(world.engine, PersonEntry("ann@example.com", role=ADMIN), Sender("a test"))
    with world.engine.connect() as connection:
        person = people.find_id(connection, 1)
    assert person is not None
    settings = Settings()
    value = sign_ins.begin(world.engine, settings, person, Attempt("password", now=NOW))

    def is_in(now: datetime) -> bool:
        return sign_ins.viewer_of(world.engine, settings, value, now) is not None

    assert is_in(NOW)
    assert is_in(NOW - HOUR)
    assert not is_in(NOW - YEAR)


@BACK
def test_who_asked_too_often_need_not_wait_until_the_clock_is_where_it_was(
    back: timedelta, monkeypatch: pytest.MonkeyPatch
) -> None:
    counts, now = Counts(Settings()), time.time()
    with Flask("test").test_request_context():
        for _ in range(2):
            counts.spend("reads", "someone", 2)
        with pytest.raises(TooManyRequests):
            counts.spend("reads", "someone", 2)
        monkeypatch.setattr(limits.time, "time", lambda: now - back.total_seconds())
        for _ in range(2):
            counts.spend("reads", "someone", 2)
        with pytest.raises(TooManyRequests):
            counts.spend("reads", "someone", 2)


@BACK
def test_a_link_that_is_revoked_stays_so_and_one_that_is_not_ends_by_the_clock(
    back: timedelta,
) -> None:
    link = ShareLink(1, "allowance", "", "ann", seconds(NOW), seconds(NOW + HOUR))
    revoked = replace(link, revoked_at=seconds(NOW))
    states = [(link.state(now), revoked.state(now)) for now in (NOW - back, NOW, NOW + HOUR)]
    assert states == [(OPEN, REVOKED), (OPEN, REVOKED), (ENDED, REVOKED)]
