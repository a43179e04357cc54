"""Data sets and their tokens, as an admin's program manages them over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import Engine, select
from werkzeug.test import TestResponse

from api.blueprint import blueprint
from api.data_set_routes import ADMIN_ROUTES, DATA_SET_FIELDS, TOKEN_FIELDS
from api.data_sets import admin_blueprint
from config import Settings
from data import audits, data_sets, tokens
from data.administration import Administration
from data.data_sets import SETTINGS, find
from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetKey, Delivery
from data.reader import Reader
from data.tables import measurement, record, token
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import ORGANISATIONS, SERVICES, empty_engine

ADMIN = "an-admins-token"
JOURNEY = "/api/data-sets/tolls/journey"
VISITS = "/api/data-sets/tolls/visits"
BYTES_MOST = 2000


class Office:
    """An admin's program, and the database behind the API."""

    def __init__(self, folder: Path) -> None:
        self.engine: Engine = empty_engine(folder)
        delivery = Delivery(organisations=ORGANISATIONS, services=SERVICES)
        deliver(self.engine, delivery, Sender("test"))
        tokens.create(self.engine, None, "alice", None, Sender("test"), text=ADMIN)
        app = Flask("test")
        settings = Settings(body_bytes_most=BYTES_MOST)
        app.register_blueprint(blueprint(Reader(self.engine, Kept()), settings))
        app.register_blueprint(admin_blueprint(Administration(self.engine), settings))
        self.client = app.test_client()

    def ask(
        self, method: str, address: str, sent: Any = None, token: str | None = ADMIN
    ) -> TestResponse:
        headers = {} if token is None else {"Authorization": f"Bearer {token}"}
        data = sent if isinstance(sent, bytes | None) else json.dumps(sent).encode()
        return self.client.open(address, method=method, data=data, headers=headers)

    def put(self, address: str, **settings: Any) -> dict[str, Any]:
        """The body of a PUT that is accepted."""
        answer = self.ask("PUT", address, settings)
        assert answer.status_code in (200, 201), answer.text
        return dict(answer.json or {})

    def refused(self, address: str, sent: Any, method: str = "PUT") -> dict[str, str]:
        """What is wrong with each field of what was sent, in words."""
        answer = self.ask(method, address, sent)
        assert answer.status_code == 400, answer.text
        assert answer.json is not None
        assert list(answer.json) == ["status", "message", "faults"]
        told = {fault["field"]: fault["message"] for fault in answer.json["faults"]}
        assert all(message in answer.json["message"] for message in told.values())
        return told

    def admits(self, text: str, type: str = "journey") -> bool:
        """Whether a token may write to a data set of tolls."""
        with self.engine.connect() as connection:
            stored = find(connection, "tolls", type)
            assert stored is not None
            return tokens.find(connection, stored.id, text) is not None

    def count(self, table: Any) -> int:
        with self.engine.connect() as connection:
            return len(connection.execute(select(table)).all())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path)
    yield made
    made.engine.dispose()


def visitors(number: int) -> dict[str, Any]:
    stamp = {"_id": f"v{number}", "_timestamp": f"2017-10-01T12:0{number}:00+00:00"}
    return {**stamp, "unique_visitors": number}


def test_a_data_set_is_made_with_its_settings_and_a_token_that_is_told_once(
    office: Office,
) -> None:
    answer = office.ask("PUT", JOURNEY, {"service": "pay-a-toll", "stages": ["start", "paid"]})
    assert answer.status_code == 201
    assert answer.json is not None
    made = answer.json["data"]
    assert (made["data_group"], made["data_type"]) == ("tolls", "journey")
    assert (made["name"], made["service"]) == ("tolls_journey", "pay-a-toll")
    assert made["stages"] == ["start", "paid"]
    text = answer.json["token"]
    assert len(text) == 43
    assert office.admits(text)
    assert text not in office.ask("GET", JOURNEY).text
    assert "token" not in office.put(JOURNEY, title="Journey")


def test_without_settings_they_are_what_the_contract_says(office: Office) -> None:
    made = office.put(VISITS)["data"]
    told = {
        "raw_queries_allowed": False,
        "queryable": True,
        "published": True,
        "realtime": False,
        "private": False,
        "max_age_expected": 2678400,
        "auto_ids": [],
        "schema": None,
    }
    assert told.items() <= made.items()


def test_settings_that_are_not_sent_stay_as_they_are(office: Office) -> None:
    office.put(JOURNEY, title="Journey", realtime=True, stages=["start", "paid"])
    answer = office.ask("PUT", JOURNEY, {"max_age_expected": None})
    assert answer.status_code == 200
    now = office.put(JOURNEY, private=True)["data"]
    told = {"title": "Journey", "realtime": True, "stages": ["start", "paid"], "private": True}
    assert {**told, "max_age_expected": None}.items() <= now.items()


def test_every_setting_can_be_sent_and_is_shown(office: Office) -> None:
    sent = {
        "name": "tolls_journey_2",
        "title": "Journey",
        "service": "pay-a-toll",
        "published": False,
        "private": True,
        "queryable": False,
        "raw_queries_allowed": True,
        "realtime": True,
        "max_age_expected": 60,
        "auto_ids": ["period", "stage"],
        "schema": {"type": "object", "required": ["stage"]},
        "stages": ["start", "help", "paid"],
        "optional_stages": ["help"],
        "stage_names": {"start": "Before you start"},
        "channels": ["web", "kiosk"],
        "channel_kinds": {"kiosk": "assisted digital"},
    }
    assert set(sent) == {setting.name for setting in SETTINGS}
    office.put(JOURNEY, **sent)
    answer = office.ask("GET", JOURNEY)
    assert answer.status_code == 200
    assert answer.json is not None
    shown = answer.json["data"]
    assert sent.items() <= shown.items()
    assert set(shown) == {field.name for field in DATA_SET_FIELDS}


def test_what_is_shown_can_be_sent_again_with_its_group_and_type(office: Office) -> None:
    shown = office.put(JOURNEY, title="Journey", data_group="tolls", data_type="journey")["data"]
    again = {name: shown[name] for name in shown if name not in ("tokens", "updated_at")}
    assert office.ask("PUT", JOURNEY, again).status_code == 200


def test_every_faulty_setting_is_named_and_nothing_is_made(office: Office) -> None:
    told = office.refused(
        JOURNEY,
        {
            "titel": "x",
            "title": 5,
            "service": "no-such",
            "published": "yes",
            "max_age_expected": -1,
            "auto_ids": "period",
            "schema": {"type": "no type"},
            "stages": ["start", ""],
            "channel_kinds": {"kiosk": "robot"},
            "data_group": "roads",
            "token": "two words",
        },
    )
    assert list(told) == [
        "titel",
        "title",
        "published",
        "max_age_expected",
        "auto_ids",
        "schema",
        "stages",
        "channel_kinds",
        "data_group",
        "service",
        "token",
    ]
    assert told["titel"].startswith("there is no setting 'titel'. Use name, title,")
    assert told["published"] == "published must be true or false, not 'yes'."
    assert told["title"] == "title must be text, not 5."
    assert told["service"] == "there is no service 'no-such'."
    assert told["data_group"] == "data_group must be 'tolls' as in the address, or absent."
    assert "printable ASCII" in told["token"]
    assert office.ask("GET", JOURNEY).status_code == 404


def test_an_optional_stage_must_be_a_stage(office: Office) -> None:
    told = office.refused(JOURNEY, {"stages": ["start"], "optional_stages": ["help"]})
    assert told == {"optional_stages": "'help' is no stage: stages has to name it, too."}


@pytest.mark.parametrize("address", ["Tolls/journey", "tolls/jour.ney", "t%20/x", "x" * 101 + "/x"])
def test_names_that_cannot_be_addresses_are_refused(office: Office, address: str) -> None:
    told = office.refused(f"/api/data-sets/{address}", {})
    message = "".join(told.values())
    assert "must be 1 to 100 lower-case letters, digits, hyphens and underscores" in message


def test_a_name_that_another_data_set_has_is_refused(office: Office) -> None:
    office.put(JOURNEY)
    told = office.refused(VISITS, {"name": "tolls_journey"})
    assert told == {"name": "tolls/journey is already named 'tolls_journey'."}


def test_a_second_source_of_the_same_figures_is_refused(office: Office) -> None:
    office.put(JOURNEY, service="pay-a-toll")
    told = office.refused("/api/data-sets/roads/journey", {"service": "pay-a-toll"})
    assert told == {"service": "'pay-a-toll' has its journey in tolls/journey already."}


@pytest.mark.parametrize(
    ("sent", "sentence"),
    [
        (b"{", 'Error parsing JSON: "'),
        (b'{"title": "\xff"}', 'Error parsing JSON: "'),
        (b'{"max_age_expected": NaN}', 'Error parsing JSON: "NaN is no JSON"'),
        (b"[" * 1900, 'Error parsing JSON: "'),
        (b"[]", "The body must be a JSON object of named fields."),
        (b"null", "The body must be a JSON object of named fields."),
    ],
)
def test_a_body_that_is_no_object_is_refused(office: Office, sent: bytes, sentence: str) -> None:
    answer = office.ask("PUT", JOURNEY, sent)
    assert answer.status_code == 400
    assert answer.json is not None
    assert answer.json["message"].startswith(sentence)


def test_a_body_that_is_too_large_is_not_read(office: Office) -> None:
    answer = office.ask("PUT", JOURNEY, b" " * (BYTES_MOST + 1))
    assert answer.status_code == 413
    assert answer.json == {"status": "error", "message": "The body may have 2,000 bytes at most."}


def test_a_token_among_the_settings_is_used_as_it_is_and_not_told(office: Office) -> None:
    assert "token" not in office.put(JOURNEY, token="my-token")
    assert office.admits("my-token")
    assert office.count(token) == 2
    office.put(JOURNEY, token="my-token")
    assert office.count(token) == 2
    office.put(JOURNEY, token="another")
    assert office.admits("my-token")
    assert office.admits("another")


def test_a_token_that_has_expired_does_not_come_back(office: Office) -> None:
    office.put(JOURNEY, token="x")
    early = Sender("test", now=datetime.now(UTC) - timedelta(days=2))
    yesterday = datetime.now(UTC) - timedelta(days=1)
    with office.engine.connect() as connection:
        stored = find(connection, "tolls", "journey")
    assert stored is not None
    tokens.create(office.engine, stored.id, "old", yesterday, early, text="old")
    told = office.refused(JOURNEY, {"token": "old"})
    assert "This token is there already" in told["token"]


def test_tokens_are_added_listed_and_revoked_without_a_gap(office: Office) -> None:
    first = office.put(JOURNEY)["token"]
    answer = office.ask("POST", f"{JOURNEY}/tokens", {"name": "summer", "expires_at": "2099-12-31"})
    assert answer.status_code == 201
    assert answer.json is not None
    second, made = answer.json["token"], answer.json["data"]
    assert set(made) == {field.name for field in TOKEN_FIELDS}
    assert (made["name"], made["expires_at"]) == ("summer", "2099-12-31T00:00:00+00:00")
    assert office.admits(first)
    assert office.admits(second)
    listed = (office.ask("GET", JOURNEY).json or {})["data"]["tokens"]
    assert [item["name"] for item in listed] == ["made with the data set", "summer"]
    answer = office.ask("DELETE", f"{JOURNEY}/tokens/{listed[0]['id']}")
    assert answer.json == {"status": "ok", "message": "Revoked made with the data set"}
    assert not office.admits(first)
    assert office.admits(second)


def test_a_token_without_an_expiry_never_expires(office: Office) -> None:
    office.put(JOURNEY)
    answer = office.ask("POST", f"{JOURNEY}/tokens", {"name": "summer", "expires_at": None})
    assert (answer.json or {})["data"]["expires_at"] is None


def test_everything_that_is_wrong_with_a_token_is_named(office: Office) -> None:
    office.put(JOURNEY)
    sent = {"name": " ", "expires_at": "31/12/2099", "scope": "all"}
    told = office.refused(f"{JOURNEY}/tokens", sent, "POST")
    assert list(told) == ["scope", "name", "expires_at"]
    told = office.refused(f"{JOURNEY}/tokens", {"name": 5, "expires_at": "2001-01-01"}, "POST")
    assert told["name"].startswith("A token's name must be text of 1 to 100 letters")
    assert told["expires_at"] == "A token must expire later than now, not on 2001-01-01."


@pytest.mark.parametrize("sent", [None, {}, {"token": "given-token"}])
def test_a_token_is_made_without_saying_whose_it_is(
    office: Office, sent: dict[str, str] | None
) -> None:
    office.put(JOURNEY)
    answer = office.ask("POST", f"{JOURNEY}/tokens", sent)
    assert answer.status_code == 201
    told = answer.json or {}
    assert told["data"]["name"] == "unnamed"
    assert sent is None or "token" not in sent or told["token"] == "given-token"


def test_a_token_of_another_data_set_cannot_be_revoked(office: Office) -> None:
    office.put(JOURNEY)
    office.put(VISITS)
    listed = (office.ask("GET", VISITS).json or {})["data"]["tokens"]
    answer = office.ask("DELETE", f"{JOURNEY}/tokens/{listed[0]['id']}")
    assert answer.status_code == 404
    assert (answer.json or {})["message"] == f"tolls/journey has no token {listed[0]['id']}."
    assert office.count(token) == 3


def test_a_private_data_set_is_shown_to_an_admin(office: Office) -> None:
    office.put(JOURNEY, private=True)
    assert (office.ask("GET", JOURNEY).json or {})["data"]["private"] is True
    listed = (office.ask("GET", "/api/data-sets").json or {})["data"]
    assert [(item["data_group"], item["private"]) for item in listed] == [("tolls", True)]


def test_a_data_set_that_is_made_private_gives_no_figures_until_it_is_public_again(
    office: Office,
) -> None:
    live = "/api/data-sets/tolls/realtime"
    office.put(live, service="pay-a-toll")
    records = Batch(DataSetKey("tolls", "realtime"), [visitors(1), visitors(2)])
    deliver(office.engine, Delivery(batches=[records]), Sender("test"))
    office.put(live, private=True)
    assert (office.count(record), office.count(measurement)) == (2, 0)
    office.put(live, private=False)
    assert (office.count(record), office.count(measurement)) == (2, 2)


def test_all_data_sets_are_listed_by_group_and_type(office: Office) -> None:
    for address in ("tolls/visits", "roads/visits", "tolls/journey"):
        office.put(f"/api/data-sets/{address}")
    listed = (office.ask("GET", "/api/data-sets").json or {})["data"]
    told = [f"{item['data_group']}/{item['data_type']}" for item in listed]
    assert told == ["roads/visits", "tolls/journey", "tolls/visits"]
    assert {tuple(item) for item in listed} == {tuple(field.name for field in DATA_SET_FIELDS)}
    assert [len(item["tokens"]) for item in listed] == [1, 1, 1]


def test_a_data_set_goes_with_its_records_its_figures_and_its_tokens(office: Office) -> None:
    live = "/api/data-sets/tolls/realtime"
    office.put(live, service="pay-a-toll")
    records = Batch(DataSetKey("tolls", "realtime"), [visitors(1), visitors(2)])
    deliver(office.engine, Delivery(batches=[records]), Sender("test"))
    assert (office.count(record), office.count(measurement), office.count(token)) == (2, 2, 2)
    answer = office.ask("DELETE", live)
    assert answer.json == {"status": "ok", "message": "Deleted tolls_realtime"}
    assert (office.count(record), office.count(measurement), office.count(token)) == (0, 0, 1)
    assert office.ask("GET", live).status_code == 404
    assert office.ask("DELETE", live).status_code == 404


def requests() -> list[tuple[str, str]]:
    """Every method and address of the admin API."""
    named = {"<group>": "tolls", "<type>": "journey", "<int:id>": "2"}
    found = []
    for route in ADMIN_ROUTES:
        path = route.path
        for name, value in named.items():
            path = path.replace(name, value)
        found.append((route.method, f"/api{path}"))
    return found


@pytest.mark.parametrize(("method", "address"), requests())
@pytest.mark.parametrize("text", [None, "wrong", "", "my-token"])
def test_only_an_admins_token_opens_the_admin_api(
    office: Office, method: str, address: str, text: str | None
) -> None:
    office.put(JOURNEY, token="my-token")
    before = office.count(token)
    # The body is wrong as well: who asks is settled first.
    answer = office.ask(method, address, b"{", token=text)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "bearer"
    expected = "Unauthorized: Invalid bearer token: it is not one of an admin."
    if text is None:
        expected = "Expected header of form: Authorization: Bearer <token>"
    assert answer.json == {"status": "error", "message": expected}
    assert office.count(token) == before
    assert office.ask("GET", JOURNEY).status_code == 200


@pytest.mark.parametrize("header", ["bearer {}", "Basic {}", "{}", "Bearer  {}", "Bearer {} x"])
def test_a_header_of_another_form_is_no_token(office: Office, header: str) -> None:
    headers = {"Authorization": header.format(ADMIN)}
    assert office.client.get("/api/data-sets", headers=headers).status_code == 401


def test_without_a_token_nobody_learns_which_data_sets_there_are(office: Office) -> None:
    office.put(JOURNEY, private=True)
    there, missing = (office.ask("GET", address, token="x") for address in (JOURNEY, VISITS))
    assert (there.status_code, there.text) == (missing.status_code, missing.text)


@pytest.mark.parametrize(("method", "address"), requests())
def test_no_other_page_may_use_the_admin_api_and_nothing_is_kept(
    office: Office, method: str, address: str
) -> None:
    office.put(JOURNEY)
    sent = {"name": "x"} if method in ("PUT", "POST") else None
    for text in (None, ADMIN):
        answer = office.ask(method, address, sent, text)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert not [name for name, _ in answer.headers if "Access-Control" in name]
    asked = office.client.options(address, headers={"Origin": "https://example.com"})
    assert "Access-Control-Allow-Origin" not in asked.headers


@pytest.mark.parametrize(
    ("method", "address", "allowed"),
    [
        ("POST", "/api/data-sets", "GET"),
        ("PATCH", JOURNEY, "GET, PUT, DELETE"),
        ("GET", f"{JOURNEY}/tokens", "POST"),
        ("PUT", f"{JOURNEY}/tokens/1", "DELETE"),
    ],
)
def test_a_method_that_an_address_does_not_have_is_refused(
    office: Office, method: str, address: str, allowed: str
) -> None:
    answer = office.ask(method, address)
    assert answer.status_code == 405
    assert answer.headers["Allow"] == allowed
    assert (answer.json or {})["status"] == "error"


@pytest.mark.parametrize("method", ["GET", "DELETE"])
def test_a_data_set_that_is_not_there_is_said_to_be_missing(office: Office, method: str) -> None:
    answer = office.ask(method, VISITS)
    assert answer.status_code == 404
    assert answer.json == {"status": "error", "message": "There is no data set tolls/visits."}
    answer = office.ask("POST", f"{VISITS}/tokens", {"name": "x"})
    assert answer.status_code == 404


def test_an_address_beside_the_admin_api_is_not_found(office: Office) -> None:
    answer = office.ask("GET", f"{JOURNEY}/nothing")
    assert answer.status_code == 404
    assert (answer.json or {})[
        "message"
    ] == "There is nothing at /api/data-sets/tolls/journey/nothing."


def test_every_change_is_in_the_audit_with_who_and_before_and_after(office: Office) -> None:
    office.put(JOURNEY, title="Old")
    office.put(JOURNEY, title="New")
    office.ask("DELETE", JOURNEY)
    with office.engine.connect() as connection:
        entries = audits.newest(connection, 10, "data set tolls/journey")
    assert {entry.actor for entry in entries} == {"admin token alice"}
    removed, changed, made_token, made = entries
    assert made_token.action == "make token"
    assert made.action == changed.action == "set data set"
    assert removed.action == "remove data set"
    assert made.detail["altered"][0]["after"]["title"] == "Old"
    told = changed.detail["altered"][0]
    assert (told["before"], told["after"]) == ({"title": "Old"}, {"title": "New"})
    assert removed.detail["altered"][0]["before"]["title"] == "New"


def test_an_admins_token_knows_when_it_was_last_used(office: Office) -> None:
    before = int(datetime.now(UTC).timestamp())
    office.ask("GET", "/api/data-sets")
    with office.engine.connect() as connection:
        used = tokens.listed(connection, None)[0].last_used_at
    assert used is not None
    assert used >= before


def test_two_admins_who_change_different_settings_at_once_both_have_their_way(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.put(JOURNEY, title="Tolls")
    put, others = data_sets.put, [{"title": "Bridges"}]

    def put_after_another(*arguments: Any) -> Any:
        while others:
            office.put(JOURNEY, **others.pop())
        return put(*arguments)

    monkeypatch.setattr(data_sets, "put", put_after_another)
    told = office.put(JOURNEY, max_age_expected=60)["data"]
    assert (told["title"], told["max_age_expected"]) == ("Bridges", 60)


def test_of_two_who_make_a_data_set_at_once_one_makes_it_and_is_told_the_token(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    put, others, made = data_sets.put, [{"title": "Bridges"}], []

    def put_after_another(*arguments: Any) -> Any:
        while others:
            made.append(office.put(JOURNEY, **others.pop()))
        return put(*arguments)

    monkeypatch.setattr(data_sets, "put", put_after_another)
    told = office.put(JOURNEY, realtime=True)
    assert "token" in made[0]
    assert "token" not in told
    assert (told["data"]["title"], told["data"]["realtime"]) == ("Bridges", True)
    assert len(told["data"]["tokens"]) == 1
