"""What publishers declare of services over HTTP: who may, what is answered, what is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from werkzeug.test import TestResponse

from app import create_app
from config import Settings
from data import people_changes, tokens
from data.deliveries import Sender, deliver
from data.engine import open_engine
from data.entries import Delivery
from data.people import PUBLISHER, PersonEntry
from tests.fixtures.hidden_world import hide_services
from tests.fixtures.small_world import ORGANISATIONS, SERVICES, empty_engine

ADMIN, EVE, DAN = "an-admins-token", "eves-token", "dans-token"
ONE = "/api/services/tax-a-vehicle/annotations/opened"
ALL = "/api/services/tax-a-vehicle/annotations"
HIDDEN = "/api/services/apply-for-a-visa/annotations"
OPENED = {"start_at": "2016-07-01", "title": "New start page"}
SENDER = Sender("test")


class Desk:
    """A platform, an admin's token, Eve's (of the vehicle agency), and Dan's (of a toll)."""

    def __init__(self, folder: Path) -> None:
        engine = empty_engine(folder)
        deliver(engine, Delivery(organisations=ORGANISATIONS, services=SERVICES), SENDER)
        hide_services(engine)
        tokens.create(engine, None, "alice", None, SENDER, text=ADMIN)
        for text, entry in (
            (EVE, PersonEntry("eve@example.com", "Eve", PUBLISHER, organisations=("vehicles",))),
            (DAN, PersonEntry("dan@example.com", "Dan", PUBLISHER, services=("pay-a-toll",))),
        ):
            added = people_changes.add(engine, entry, SENDER)
            tokens.create(engine, None, "own", None, SENDER, text=text, person_id=added.id)
        settings = Settings(database_url=str(engine.url))
        self.engine = open_engine(settings)
        self.client = create_app(settings).server.test_client()
        engine.dispose()

    def ask(
        self, method: str, address: str, body: Any = None, token: str | None = None
    ) -> TestResponse:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        data = None if body is None else json.dumps(body).encode()
        return self.client.open(address, method=method, data=data, headers=headers)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    made = Desk(tmp_path)
    yield made
    made.engine.dispose()


@pytest.mark.parametrize("token", [ADMIN, EVE])
def test_who_may_publish_for_a_service_declares_and_everyone_reads(desk: Desk, token: str) -> None:
    answer = desk.ask("PUT", ONE, OPENED, token)
    assert answer.status_code == 201, answer.text
    assert answer.json == desk.ask("GET", ONE).json
    told = desk.ask("GET", ALL).json
    assert told is not None
    (found,) = told["data"]
    assert {"key": "opened", **OPENED}.items() <= found.items()
    assert datetime.fromisoformat(found["updated_at"]) <= datetime.now(UTC)
    assert desk.ask("PUT", ONE, OPENED, token).status_code == 200


@pytest.mark.parametrize(
    ("token", "words"),
    [
        (None, "Expected header of form: Authorization: Bearer <token>"),
        ("wrong", "Unauthorized: Invalid bearer token"),
        (DAN, "it may not publish for 'tax-a-vehicle'"),
    ],
)
def test_nobody_else_may(desk: Desk, token: str | None, words: str) -> None:
    for method, body in (("PUT", OPENED), ("DELETE", None)):
        answer = desk.ask(method, ONE, body, token)
        assert answer.status_code == 401
        assert words in answer.text
        assert answer.headers["WWW-Authenticate"] == "bearer"
    assert desk.ask("GET", ALL).json == {"data": []}


@pytest.mark.parametrize("address", [ALL, ONE])
def test_reading_needs_no_token_and_one_of_nobody_is_told(desk: Desk, address: str) -> None:
    assert desk.ask("PUT", ONE, OPENED, EVE).status_code == 201
    assert desk.ask("GET", address).status_code == 200
    answer = desk.ask("GET", address, None, "wrong")
    assert (answer.status_code, answer.headers["WWW-Authenticate"]) == (401, "bearer")
    assert "Invalid bearer token" in answer.text


def test_a_persons_token_ends_with_them(desk: Desk) -> None:
    people_changes.remove(desk.engine, "eve@example.com", SENDER)
    assert desk.ask("PUT", ONE, OPENED, EVE).status_code == 401


def test_a_persons_token_is_none_of_an_admin_or_a_data_set(desk: Desk) -> None:
    assert desk.ask("GET", "/api/data-sets", None, EVE).status_code == 401
    assert desk.ask("GET", "/api/data-sets", None, ADMIN).status_code == 200


def test_what_is_not_published_is_missing_for_everyone_else(desk: Desk) -> None:
    assert desk.ask("PUT", f"{HIDDEN}/opened", OPENED, EVE).status_code == 201
    for token in (None, DAN):
        for address in (HIDDEN, f"{HIDDEN}/opened"):
            answer = desk.ask("GET", address, None, token)
            assert answer.status_code == 404
            unknown = desk.ask("GET", address.replace("apply-for-a-visa", "no-such"), None, token)
            assert answer.text.replace("apply-for-a-visa", "no-such") == unknown.text
    seen = desk.ask("GET", HIDDEN, None, EVE)
    assert (seen.status_code, seen.headers.get("ETag")) == (200, None)
    assert seen.headers["Cache-Control"] == "private, no-store"
    assert desk.ask("PUT", f"{HIDDEN}/opened", OPENED, DAN).status_code == 404


def test_withdrawn_is_gone(desk: Desk) -> None:
    desk.ask("PUT", ONE, OPENED, EVE)
    answer = desk.ask("DELETE", ONE, None, EVE)
    assert answer.json == {"status": "ok", "message": "Withdrew annotation opened"}
    assert desk.ask("GET", ONE).status_code == 404
    assert desk.ask("DELETE", ONE, None, EVE).status_code == 404


def test_everything_that_is_wrong_is_named_with_its_place(desk: Desk) -> None:
    answer = desk.ask("PUT", ONE, {"start_at": "July", "title": "", "colour": 1}, EVE)
    assert answer.status_code == 400
    told = answer.json
    assert told is not None
    assert [fault["field"] for fault in told["faults"]] == ["", "start_at", "title"]


def test_an_unchanged_answer_is_not_sent_again(desk: Desk) -> None:
    first = desk.ask("GET", ALL)
    known = {"If-None-Match": first.headers["ETag"]}
    assert desk.client.get(ALL, headers=known).status_code == 304
    desk.ask("PUT", ONE, OPENED, EVE)
    assert desk.client.get(ALL, headers=known).status_code == 200


def test_schemas_are_published(desk: Desk) -> None:
    told = desk.ask("GET", "/api/schemas/annotation").json
    assert told is not None
    assert told["required"] == ["start_at", "title"]
    missing = desk.ask("GET", "/api/schemas/no-such")
    assert missing.status_code == 404
    assert "annotation, target, kpi, dashboard" in missing.text
