"""How often someone may try: by address and by account, and never so that others are locked out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from tests.api.sign_in.office import Office, faults, sign_in

HERE, THERE = "203.0.113.1", "203.0.113.2"


@pytest.fixture
def strict(tmp_path: Path) -> Iterator[Office]:
    """A platform that allows three refusals in five minutes."""
    made = Office(tmp_path, sign_in_attempts=3)
    yield made
    made.engine.dispose()


def guess(client: FlaskClient, address: str, email: str = "ada@example.com") -> int:
    return sign_in(client, "a wrong guess", email=email, address=address).status_code


def right(client: FlaskClient, address: str) -> TestResponse:
    return sign_in(client, address=address)


def test_one_address_is_bounded_whatever_the_account(strict: Office) -> None:
    client = strict.browser()
    emails = [f"{name}@example.com" for name in ("a", "b", "c", "d")]
    assert [guess(client, HERE, email) for email in emails] == [403, 403, 403, 429]
    assert guess(strict.browser(), THERE, "e@example.com") == 403


def test_who_is_bounded_is_told_how_long_in_words_and_in_the_header(strict: Office) -> None:
    client = strict.browser()
    for _ in range(3):
        guess(client, HERE)
    answer = right(client, HERE)
    assert answer.status_code == 429
    assert 290 <= int(answer.headers["Retry-After"]) <= 300
    assert faults(answer) == ["Too many attempts to sign in. Wait 5 minutes, then try again."]


def test_one_account_is_bounded_whatever_the_address(strict: Office) -> None:
    addresses = [f"203.0.113.{last}" for last in range(10, 14)]
    tries = [guess(strict.browser(), address, "Ada@Example.com ") for address in addresses]
    assert tries == [403, 403, 403, 429]


def test_strangers_cannot_lock_out_whoever_signed_in_from_this_browser_before(
    strict: Office,
) -> None:
    own = strict.browser()
    assert right(own, HERE).status_code == 303
    own.delete_cookie("sign-in")
    for last in range(10, 16):
        guess(strict.browser(), f"203.0.113.{last}")
    assert right(strict.browser(), THERE).status_code == 429
    assert right(own, HERE).status_code == 303


def test_a_browser_that_is_known_for_one_account_is_a_stranger_to_others(strict: Office) -> None:
    own = strict.browser()
    right(own, HERE)
    own.delete_cookie("sign-in")
    for last in range(10, 13):
        guess(strict.browser(), f"203.0.113.{last}", "eve@example.com")
    assert guess(own, HERE, "eve@example.com") == 429


def test_a_known_browser_is_bounded_too(strict: Office) -> None:
    own = strict.browser()
    right(own, HERE)
    own.delete_cookie("sign-in")
    tries = [guess(own, f"203.0.113.{last}") for last in range(10, 14)]
    assert tries == [403, 403, 403, 429]


def test_a_mark_of_a_known_browser_cannot_be_made_up(strict: Office) -> None:
    client = strict.browser()
    client.set_cookie("known-device", "WyJhIiwiYiJd.forged")
    tries = [guess(client, f"203.0.113.{last}") for last in range(10, 14)]
    assert tries == [403, 403, 403, 429]


def test_those_who_get_in_use_up_nothing(strict: Office) -> None:
    assert [right(strict.browser(), HERE).status_code for _ in range(5)] == [303] * 5


def test_reading_is_never_bounded(strict: Office) -> None:
    client = strict.browser()
    for _ in range(4):
        guess(client, HERE)
    for path in ("/sign-in", "/about", "/api/services"):
        assert client.get(path, environ_base={"REMOTE_ADDR": HERE}).status_code == 200
