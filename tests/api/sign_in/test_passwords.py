"""Signing in with a password, and out again."""

from __future__ import annotations

import logging

import pytest
from flask.testing import FlaskClient

from data.tables import metadata
from tests.api.sign_in.office import ADA, PASSWORD, Office, faults, given, sign_in


def is_signed_in(client: FlaskClient) -> bool:
    return client.get("/sign-in").status_code == 303


def test_the_right_password_lets_in_and_leads_on(office: Office) -> None:
    client = office.browser()
    answer = sign_in(client, next="/services?q=tax")
    assert (answer.status_code, answer.headers["Location"]) == (303, "/services?q=tax")
    assert is_signed_in(client)
    newest = office.newest()
    assert (newest.actor, newest.action) == (ADA, "sign in")
    assert newest.detail == {"with": "password", "from": "127.0.0.1"}


@pytest.mark.parametrize("email", [ADA, "nobody@example.com", "three plain words", "é\u202e<b>"])
def test_a_wrong_password_and_an_unknown_email_are_told_alike(office: Office, email: str) -> None:
    client = office.browser()
    answer = sign_in(client, "not the password", email=email)
    assert answer.status_code == 403
    assert faults(answer) == ["The email address or the password is not right"]
    assert "<title>Error: Sign in - Performance Platform</title>" in answer.text
    assert not is_signed_in(client)


def test_a_refusal_is_in_the_audit_without_the_password_nor_an_unknown_email(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.INFO)
    sign_in(office.browser(), "a secret typed wrongly")
    assert office.newest().subject == f"person {ADA}"
    assert office.newest().detail["reason"] == "wrong email or password"
    sign_in(office.browser(), "x", email="a secret typed wrongly")
    assert office.newest().subject == ""
    with office.engine.connect() as connection:
        rows = [connection.execute(table.select()).all() for table in metadata.sorted_tables]
    dumped = repr(rows)
    assert "a secret typed wrongly" not in dumped + caplog.text
    assert f"Refused to sign in: {ADA}, wrong email or password, from 127.0.0.1" in caplog.text


def test_what_is_missing_is_named_and_what_was_typed_stays(office: Office) -> None:
    answer = sign_in(office.browser(), "", email=" ")
    assert answer.status_code == 400
    assert faults(answer) == ["Enter your email address", "Enter your password"]
    answer = sign_in(office.browser(), "", email='"><script>')
    assert faults(answer) == ["Enter your password"]
    assert "<script>" not in answer.text.replace(" ", "")
    assert "&#34;&gt;&lt;script&gt;" in answer.text
    answer = sign_in(office.browser(), PASSWORD[:-1])
    assert PASSWORD[:-1] not in answer.text


def test_a_form_without_its_token_is_not_looked_at(office: Office) -> None:
    client = office.browser()
    client.get("/sign-in")
    answer = client.post("/sign-in", data={"email": ADA, "password": PASSWORD})
    assert answer.status_code == 400
    assert "did not come from a page of this platform" in faults(answer)[0]
    assert not is_signed_in(client)


def test_the_id_is_another_one_after_signing_in_again(office: Office) -> None:
    client = office.signed_in()
    first = client.get_cookie("sign-in")
    token = client.get_cookie("_csrf_token")
    assert first is not None
    assert token is not None
    fields = {"email": ADA, "password": PASSWORD, "csrf_token": token.value}
    assert client.post("/sign-in", data=fields).status_code == 303
    second = client.get_cookie("sign-in")
    assert second is not None
    assert second.value != first.value
    old = office.browser()
    old.set_cookie("sign-in", first.value)
    assert not is_signed_in(old)


def test_an_id_that_someone_else_chose_is_never_taken_on(office: Office) -> None:
    client = office.browser()
    client.set_cookie("sign-in", "chosen-by-someone-else")
    sign_in(client)
    cookie = client.get_cookie("sign-in")
    assert cookie is not None
    assert cookie.value != "chosen-by-someone-else"


def test_signing_out_ends_the_session_and_takes_the_cookies(office: Office) -> None:
    client = office.signed_in()
    kept = client.get_cookie("sign-in")
    token = client.get_cookie("_csrf_token")
    assert kept is not None
    assert token is not None
    answer = client.post("/sign-out", data={"csrf_token": token.value})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/")
    assert {name for name, flags in given(answer).items() if "Max-Age=0" in flags} == {
        "sign-in",
        "_csrf_token",
        "form",
    }
    assert (office.newest().actor, office.newest().action) == (ADA, "sign out")
    client.set_cookie("sign-in", kept.value)
    assert not is_signed_in(client)


def test_another_site_cannot_sign_someone_out(office: Office) -> None:
    client = office.signed_in()
    assert client.post("/sign-out").status_code == 400
    assert client.get("/sign-out").status_code != 303
    assert is_signed_in(client)


def test_signing_out_twice_does_no_harm(office: Office) -> None:
    assert office.browser().post("/sign-out").status_code == 303


def test_a_cookie_of_a_session_that_is_over_is_taken_away(office: Office) -> None:
    client = office.browser()
    client.set_cookie("sign-in", "of another time")
    assert "Max-Age=0" in given(client.get("/about"))["sign-in"]
    assert client.get_cookie("sign-in") is None


def test_the_page_is_kept_by_nobody_and_laid_under_no_other(office: Office) -> None:
    headers = office.browser().get("/sign-in").headers
    assert (headers["Cache-Control"], headers["X-Frame-Options"]) == ("no-store", "DENY")
