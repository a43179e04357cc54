"""Open pages ask who is there now: answered once for all, and only to who may know."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, event

from callbacks.platform import EXTENSION, Platform
from data.people import PUBLISHER, Viewer
from data.quick_reading import QuickRow
from data.reader import Reader
from tests.callbacks.conftest import client_of
from tests.fixtures.hidden_world import VISA, hide_services, visitors
from tests.fixtures.small_world import report, small_world
from tests.fixtures.viewing import Seen, seen_by

OWNER = Viewer(1, "Ann", "ann@example.com", PUBLISHER, services=frozenset({VISA.slug}))
OTHER = Viewer(2, "Dan", "dan@example.com", PUBLISHER, services=frozenset({"pay-a-toll"}))
TAX = {"group": "tax", "service": "tax-a-vehicle"}
HIDDEN = f"/live?service={VISA.slug}"
ADDRESSES = (
    "/live",
    "/live?service=tax-a-vehicle",
    "/live?department=transport",
    "/live?agency=vehicles",
    "/live?department=permits",
    HIDDEN,
)


class Clock:
    """Shows the second that it was set to."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    """The clock by which a worker remembers what is newest."""
    made = Clock()
    monkeypatch.setattr("data.recent.Recently.__init__.__defaults__", (1.0, made), raising=True)
    return made


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is kept for a minute is kept however long a test takes."""
    monkeypatch.setattr(Reader, "clock", lambda _self: datetime(2017, 10, 1, 12, 1, tzinfo=UTC))


def filled(folder: Path, *, hidden: bool) -> FlaskClient:
    """A client of a platform where vehicle tax counts; with or without what is hidden."""
    folder.mkdir()
    engine = small_world(folder)
    report(engine, "realtime", visitors(("11:55", 4), ("12:00", 6)), **TAX)
    if hidden:
        hide_services(engine)
    engine.dispose()
    return client_of(folder)


@pytest.fixture
def world(tmp_path: Path, clock: Clock) -> FlaskClient:  # noqa: ARG001
    return filled(tmp_path / "world", hidden=True)


@pytest.fixture
def seen(world: FlaskClient) -> Seen:
    """`seen(viewer)`: the platform as a viewer uses it; None: as everyone does."""
    return seen_by(world)


def engine_of(client: FlaskClient) -> Engine:
    app = client.application
    assert isinstance(app, Flask)
    platform = app.extensions[EXTENSION]
    assert isinstance(platform, Platform)
    return platform.engine


@contextmanager
def statements(client: FlaskClient) -> Iterator[list[str]]:
    """What is asked of the database inside, but for beginnings and ends."""
    said: list[str] = []
    engine = engine_of(client)

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("BEGIN"):
            said.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield said
    event.remove(engine, "before_cursor_execute", note)


def people(client: FlaskClient, address: str) -> object:
    body = client.get(address).json
    assert body is not None
    return body.get("people")


def test_it_says_how_many_use_what_and_when_they_were_counted(world: FlaskClient) -> None:
    body = world.get("/live").json
    assert body is not None
    words = [body[name] for name in ("people", "sentence", "then")]
    assert words == ["6", "people are using 1 service.", "6 people were using 1 service then."]
    assert body["counted"] == datetime(2017, 10, 1, 12, 0, tzinfo=UTC).timestamp()
    # As Plotly's JSON has numbers.
    drawn = body["figure"]["data"][0]["y"]
    assert np.frombuffer(b64decode(drawn["bdata"]), drawn["dtype"]).tolist() == [4, 6]
    own = world.get("/live?service=tax-a-vehicle").json
    assert own is not None
    assert own["sentence"] == "people are using this service."


def test_where_nobody_counts_there_is_nothing(world: FlaskClient) -> None:
    for address in ("/live?service=pay-a-toll", "/live?department=permits"):
        assert world.get(address).json == {}


def test_what_a_page_has_already_is_not_sent_again(world: FlaskClient) -> None:
    first = world.get("/live", headers={"Accept-Encoding": "gzip"})
    assert first.headers["Content-Encoding"] == "gzip"
    for tag in (first.headers["ETag"], f"W/{first.headers['ETag']}"):
        again = world.get("/live", headers={"If-None-Match": tag, "Accept-Encoding": "gzip"})
        assert (again.status_code, again.data) == (304, b"")
    assert world.get("/live", headers={"If-None-Match": '"other"'}).status_code == 200


def test_a_count_is_seen_a_second_later_and_only_where_it_counts(
    world: FlaskClient, clock: Clock
) -> None:
    tags = {name: world.get(name).headers["ETag"] for name in ADDRESSES[:2]}
    toll = world.get("/live?service=pay-a-toll").headers["ETag"]
    report(engine_of(world), "realtime", visitors(("12:01", 9)), **TAX)
    clock.now += 1
    for name, tag in tags.items():
        assert people(world, name) == "9"
        assert world.get(name, headers={"If-None-Match": tag}).status_code == 200
    unmoved = world.get("/live?service=pay-a-toll", headers={"If-None-Match": toll})
    assert unmoved.status_code == 304


def test_a_thousand_polls_in_a_second_ask_the_database_once(
    world: FlaskClient, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    addresses = ADDRESSES[:4]
    tags = [world.get(address).headers["ETag"] for address in addresses]
    clock.now += 1
    rows: list[QuickRow] = []
    first = QuickRow.first

    def counting(row: QuickRow, given: Any = None) -> Any:
        rows.append(row)
        return first(row, given)

    monkeypatch.setattr(QuickRow, "first", counting)
    with statements(world) as said:
        for number in range(1000):
            headers = {"If-None-Match": tags[number % 4]}
            assert world.get(addresses[number % 4], headers=headers).status_code == 304
    assert (len(rows), said) == (1, [])


def test_a_new_count_is_read_once_for_all_who_poll(world: FlaskClient, clock: Clock) -> None:
    world.get("/live")
    report(engine_of(world), "realtime", visitors(("12:01", 9)), **TAX)
    clock.now += 1
    with statements(world) as said:
        assert {people(world, "/live") for _ in range(100)} == {"9"}
    # The revision twice, the newest count, and the day up to it.
    assert len(said) <= 5


@pytest.mark.parametrize("address", ADDRESSES)
def test_everyone_is_told_what_they_would_be_without_what_is_hidden(
    world: FlaskClient, tmp_path: Path, address: str
) -> None:
    found, expected = world.get(address), filled(tmp_path / "other", hidden=False).get(address)
    assert (found.status_code, found.text) == (expected.status_code, expected.text)
    assert found.headers.get("ETag") == expected.headers.get("ETag")


def test_who_publishes_a_service_is_told_of_it_and_nobody_keeps_that(seen: Seen) -> None:
    for viewer in (None, OTHER):
        assert seen(viewer).get(HIDDEN).status_code == 404
    own = seen(OWNER).get(HIDDEN)
    assert own.json is not None
    assert own.json["people"] == "99"
    assert own.headers["Cache-Control"] == "no-store"
    assert "ETag" not in own.headers
    assert seen(None).get(HIDDEN).status_code == 404


def test_totals_are_the_same_for_who_publishes_something_hidden(seen: Seen) -> None:
    assert {people(seen(viewer), "/live") for viewer in (None, OWNER)} == {"6"}


def test_an_address_that_no_service_can_have_is_missing(world: FlaskClient) -> None:
    for address in ("/live?service=no-such", "/live?service=a%00b", "/live?agency=a%00b"):
        answer = world.get(address)
        assert answer.status_code == 404
        assert answer.json == {"status": "error", "message": "There is no such service."}
