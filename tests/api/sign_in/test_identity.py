"""Who a request is from; that no other site can send it for them; and what others never get."""

from __future__ import annotations

from pathlib import Path
from unittest.mock import patch

import pytest
from flask import g, request
from flask.testing import FlaskClient

from tests.api.sign_in.office import ADA, PASSWORD, Office, given, hidden, sign_in

HTTPS = "https://localhost"


def token_of(client: FlaskClient) -> str:
    """What Dash's renderer sends with every callback."""
    cookie = client.get_cookie("_csrf_token")
    assert cookie is not None
    return cookie.value


def callback(client: FlaskClient, **headers: str) -> int:
    """The status of a callback that asks for the about page."""
    output = "_pages_content.children"
    asked = {
        "output": f"..{output}..._pages_store.data..",
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [
            {"id": "_pages_location", "property": "pathname", "value": "/about"},
            {"id": "_pages_location", "property": "search", "value": ""},
        ],
        "changedPropIds": ["_pages_location.pathname"],
        "state": [],
    }
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/_dash-update-component", json=asked, headers=names).status_code


def test_without_the_cookie_nobody_is_looked_for(office: Office) -> None:
    client = office.browser()
    with patch("data.sign_ins.viewer_of", side_effect=AssertionError):
        assert client.get("/about").status_code == 200
        assert client.get("/api/services").status_code == 200
        answer = client.get("/services")
    assert "Set-Cookie" not in answer.headers
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_files_that_are_the_same_for_everyone_look_for_nobody(office: Office) -> None:
    client = office.signed_in()
    with patch("data.sign_ins.viewer_of", side_effect=AssertionError):
        answer = client.get("/bootstrap.min.css?m=1")
    assert "immutable" in answer.headers["Cache-Control"]


def test_whoever_is_signed_in_is_known_in_every_request(office: Office) -> None:
    client = office.signed_in()
    with client:
        client.get("/api/services")
        assert g.viewer.email == ADA
        client.get("/about")
        assert g.viewer.is_admin


@pytest.mark.parametrize("of", ["", "?service=tax-a-vehicle"])
def test_whoever_polls_what_everyone_may_see_is_not_looked_for(office: Office, of: str) -> None:
    client = office.signed_in()
    with patch("data.sign_ins.viewer_of", side_effect=AssertionError):
        answer = client.get(f"/live{of}")
    assert answer.status_code == 200
    assert "Set-Cookie" not in answer.headers


def test_a_poll_is_no_sign_that_anyone_is_there(office: Office) -> None:
    client = office.signed_in()
    with patch("data.sign_ins._see") as seen, patch("data.sign_ins._SEEN_SECONDS", 0):
        assert client.get("/live?service=no-such").status_code == 404
        assert not seen.called
        client.get("/about")
        assert seen.called
    assert client.get_cookie("sign-in") is not None


def test_a_request_with_a_bearer_token_is_the_tokens_alone(office: Office) -> None:
    client = office.signed_in()
    with client:
        client.get("/api/services", headers={"Authorization": "Basic abc"})
        assert g.viewer.email == ADA
        client.get("/api/services", headers={"Authorization": "Bearer abc"})
        assert g.viewer is None
    assert client.get_cookie("sign-in") is not None


# How a callback comes: whether signed in, with which headers; whether it is answered.
CALLBACKS = [
    (False, {}, 200),
    (False, {"Origin": "https://evil.example"}, 200),
    (True, {"X_CSRFToken": "own"}, 200),
    (True, {}, 400),
    (True, {"X_CSRFToken": ""}, 400),
    (True, {"X_CSRFToken": "forged"}, 400),
    (True, {"X_CSRFToken": "another's"}, 400),
    # Browsers send a password that they keep for a site of their own accord.
    (True, {"Authorization": "Basic abc"}, 400),
]


@pytest.mark.parametrize(("signed_in", "headers", "status"), CALLBACKS)
def test_what_someone_sends_because_of_their_cookie_must_come_from_our_pages(
    office: Office, signed_in: bool, headers: dict[str, str], status: int
) -> None:
    client = office.signed_in() if signed_in else office.browser()
    tokens = {"own": lambda: token_of(client), "another's": lambda: token_of(office.signed_in())}
    told = {name: tokens[text]() if text in tokens else text for name, text in headers.items()}
    assert callback(client, **told) == status


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_no_method_that_changes_anything_gets_by_without_the_token(
    office: Office, method: str
) -> None:
    client = office.signed_in()
    for path in ("/api/data-sets/a/b", "/data/a/b", "/publish", "/sign-out"):
        assert client.open(path, method=method).status_code == 400, path


def test_a_token_is_of_no_use_without_the_cookie_that_it_belongs_to(office: Office) -> None:
    client = office.signed_in()
    token = token_of(client)
    client.delete_cookie("form")
    assert callback(client, X_CSRFToken=token) == 400


def test_a_page_gives_a_token_anew_to_whoever_lost_it(office: Office) -> None:
    client = office.signed_in()
    client.delete_cookie("form")
    assert set(given(client.get("/about"))) == {"_csrf_token", "form"}
    assert callback(client, X_CSRFToken=token_of(client)) == 200
    client.delete_cookie("_csrf_token")
    client.get("/about")
    assert callback(client, X_CSRFToken=token_of(client)) == 200


@pytest.mark.parametrize("path", ["/", "/about", "/services", "/api/services", "/sign-in"])
def test_nobody_keeps_what_is_answered_to_those_who_are_signed_in(
    office: Office, path: str
) -> None:
    assert office.signed_in().get(path).headers["Cache-Control"] == "no-store"


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(office: Office) -> None:
    client = office.browser()
    page = given(client.get("/sign-in"))
    door = given(sign_in(client))
    assert page["form"] == "HttpOnly; Path=/; SameSite=Lax"
    assert door["sign-in"] == "HttpOnly; Path=/; SameSite=Lax"
    assert door["known-device"].endswith("Max-Age=31536000; HttpOnly; Path=/; SameSite=Lax")
    # A script, Dash's renderer, has to read this one.
    assert given(client.get("/about"))["_csrf_token"] == "Path=/; SameSite=Lax"


def test_over_https_cookies_stay_there_and_with_this_host(office: Office) -> None:
    client = office.browser()
    page = client.get("/sign-in", base_url=HTTPS)
    fields = {"csrf_token": hidden(page, "csrf_token"), "email": ADA, "password": PASSWORD}
    door = client.post("/sign-in", base_url=HTTPS, data=fields)
    assert door.status_code == 303
    after = client.get("/about", base_url=HTTPS)
    cookies = {**given(page), **given(door), **given(after)}
    assert {name for name, flags in cookies.items() if "Max-Age=0" not in flags} == {
        "__Host-form",
        "__Host-sign-in",
        "__Host-known-device",
        "_csrf_token",
    }
    assert all("Secure" in flags and "Path=/" in flags for flags in cookies.values())
    assert not any("Domain" in flags for flags in cookies.values())
    assert client.get("/sign-in", base_url=HTTPS).status_code == 303


def test_a_proxys_word_counts_only_where_the_settings_trust_it(
    office: Office, tmp_path: Path
) -> None:
    told = {"X-Forwarded-Proto": "https", "X-Forwarded-For": "203.0.113.7"}
    assert "form" in given(office.browser().get("/sign-in", headers=told))
    trusting = Office(tmp_path, trusted_proxies=1)
    client = trusting.browser()
    assert "__Host-form" in given(client.get("/sign-in", headers=told))
    with client:
        client.get("/about", headers=told)
        assert request.remote_addr == "203.0.113.7"
    trusting.engine.dispose()


def test_a_session_ends_after_its_hours(tmp_path: Path) -> None:
    brief = Office(tmp_path, session_hours=1, session_idle_minutes=1)
    client = brief.signed_in()
    hour_later = patch("data.sign_ins._at", side_effect=lambda _now: 10**11)
    with hour_later:
        assert client.get("/sign-in").status_code == 200
    brief.engine.dispose()
