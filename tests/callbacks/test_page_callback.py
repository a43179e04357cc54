"""Pages that everyone is shown alike are answered from what is kept, as Dash would answer."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import brotli
import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from callbacks import page_callback
from callbacks.platform import EXTENSION
from data.people import ADMIN, Viewer
from data.queries import Query
from data.reader import Reader
from tests.callbacks.conftest import client_of
from tests.fixtures.small_world import report, small_world, summary
from tests.fixtures.viewing import Seen, seen_by

SERVICE = "/services/tax-a-vehicle"
PAGES = ("/", "/services", SERVICE, "/compare", "/data", "/about", "/publish", "/nowhere")
EMBEDS = ("/embed/overview", f"/embed{SERVICE}", "/embed/services/nobody")
SEARCHES = ("", "?period=year&from=2016-10-01", "?slug=pay-a-toll")


@pytest.fixture
def client(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[FlaskClient]:
    """A platform of its own, on a day in May 2019."""
    monkeypatch.setattr(Reader, "clock", lambda _: datetime(2019, 5, 1, 12, tzinfo=UTC))
    engine = small_world(tmp_path)
    yield client_of(tmp_path)
    engine.dispose()


@pytest.fixture
def seen(client: FlaskClient) -> Seen:
    return seen_by(client)


def ask(client: FlaskClient, path: str, search: str = "", coding: str = "") -> TestResponse:
    """What is answered to a browser that opens a page."""
    client.get("/")
    parts = (("_pages_content", "children"), ("_pages_store", "data"))
    given = (("pathname", path), ("search", search))
    body = {
        "output": "..{}.{}...{}.{}..".format(*parts[0], *parts[1]),
        "outputs": [{"id": id, "property": name} for id, name in parts],
        "inputs": [{"id": "_pages_location", "property": n, "value": v} for n, v in given],
        "changedPropIds": ["_pages_location.pathname"],
    }
    headers = {"Accept-Encoding": coding}
    return client.post("/_dash-update-component", json=body, headers=headers)


def by_dash(client: FlaskClient, monkeypatch: pytest.MonkeyPatch, *given: str) -> TestResponse:
    """What Dash itself answers."""
    with monkeypatch.context() as without:
        without.setattr(page_callback, "_asked", lambda *_: None)
        return ask(client, *given)


@pytest.mark.parametrize("search", SEARCHES)
def test_it_is_dashs_own_answer(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch, search: str
) -> None:
    for path in (*PAGES, *EMBEDS, "/services/nobody"):
        expected = by_dash(client, monkeypatch, path, search)
        for found in (ask(client, path, search), ask(client, path, search)):
            assert found.data == expected.data
            assert (found.status_code, found.mimetype) == (200, "application/json")


def test_it_comes_in_the_coding_that_was_asked_for(client: FlaskClient) -> None:
    plain = ask(client, SERVICE)
    packed = {coding: ask(client, SERVICE, "", coding) for coding in ("br", "gzip", "br, gzip")}
    assert "Content-Encoding" not in plain.headers
    assert brotli.decompress(packed["br"].data) == plain.data
    assert gzip.decompress(packed["gzip"].data) == plain.data
    assert packed["br, gzip"].headers["Content-Encoding"] == "br"
    assert all(one.headers["Vary"] == "Accept-Encoding" for one in (plain, *packed.values()))


def test_a_page_that_was_drawn_asks_the_database_nothing_but_its_revision(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(client, SERVICE)
    monkeypatch.setattr(Reader, "run", _refused)
    assert ask(client, SERVICE).data == first.data


def _refused(_reader: Reader, query: Query) -> Any:
    raise AssertionError(query)


def test_what_is_written_is_on_the_page_at_once(client: FlaskClient) -> None:
    before = ask(client, SERVICE).data
    engine = client.application.extensions[EXTENSION].engine
    report(engine, "summaries", [summary("tax-a-vehicle", "year", "2016-10-01", transactions=77)])
    assert ask(client, SERVICE).data != before


def test_who_is_signed_in_gets_a_page_of_their_own_that_nobody_else_is_shown(seen: Seen) -> None:
    ada = Viewer(1, "Ada Lovelace", "ada@example.com", ADMIN)
    assert b"Ada Lovelace" not in ask(seen(None), SERVICE).data
    assert b"Ada Lovelace" in ask(seen(ada), SERVICE).data
    assert b"Ada Lovelace" not in ask(seen(None), SERVICE).data


def test_a_page_that_could_not_be_built_is_tried_again(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object) -> Any:
        raise ValueError("not this time")

    with monkeypatch.context() as broken:
        broken.setattr("layouts.service.about_module", fails)
        assert "could not be" in _told(ask(client, SERVICE))
    assert "Tax a vehicle" in _told(ask(client, SERVICE))


def _told(answer: TestResponse) -> str:
    return json.dumps(json.loads(answer.data)["response"]["_pages_content"])
