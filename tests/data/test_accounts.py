"""Accounts: who someone is by their password, or by what an OpenID provider says of them."""

from __future__ import annotations

from dataclasses import replace

import pytest
from argon2 import PasswordHasher
from sqlalchemy import select, update

from data import accounts, audits, passwords, people_changes
from data.accounts import Account, AnotherAccount, Refused, UnknownPerson, UnverifiedEmail
from data.deliveries import Sender
from data.people import ADMIN, PersonEntry
from data.tables import person
from tests.data.world import NOW, World

SENDER = Sender("a test", now=NOW)
PASSWORD = "three plain words"
FIRST = Account("https://id.example", "subject-1", "Ada@example.com", verified=True)


@pytest.fixture
def ada(world: World) -> World:
    """A world in which Ada may sign in."""
    people_changes.add(world.engine, PersonEntry("ada@example.com", role=ADMIN), SENDER)
    return world


def hash_of(world: World) -> str:
    with world.engine.connect() as connection:
        return str(connection.execute(select(person.c.password_hash)).scalar())


def refusal(world: World, account: Account) -> Refused:
    with pytest.raises(Refused) as refused:
        accounts.with_account(world.engine, account)
    return refused.value


def test_a_password_lets_in_whoever_has_it(ada: World) -> None:
    assert not accounts.has_passwords(ada.engine)
    people_changes.set_password(ada.engine, "ada@example.com", PASSWORD, SENDER)
    assert accounts.has_passwords(ada.engine)
    found = accounts.with_password(ada.engine, " ADA@example.com", PASSWORD)
    assert found.entry.email == "ada@example.com"


@pytest.mark.parametrize(
    ("email", "password"),
    [
        ("ada@example.com", "another three words"),
        ("eve@example.com", PASSWORD),
        ("", ""),
        ("x", ""),
    ],
)
def test_nobody_else_is_let_in(ada: World, email: str, password: str) -> None:
    people_changes.set_password(ada.engine, "ada@example.com", PASSWORD, SENDER)
    with pytest.raises(accounts.WrongPassword):
        accounts.with_password(ada.engine, email, password)


def test_who_has_no_password_or_is_removed_is_not_let_in(ada: World) -> None:
    with pytest.raises(accounts.WrongPassword):
        accounts.with_password(ada.engine, "ada@example.com", "")
    people_changes.set_password(ada.engine, "ada@example.com", PASSWORD, SENDER)
    people_changes.remove(ada.engine, "ada@example.com", SENDER)
    assert not accounts.has_passwords(ada.engine)
    with pytest.raises(accounts.WrongPassword):
        accounts.with_password(ada.engine, "ada@example.com", PASSWORD)


def test_a_hash_with_old_parameters_is_made_anew_at_the_next_sign_in(ada: World) -> None:
    weak = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
    with ada.engine.begin() as connection:
        connection.execute(update(person).values(password_hash=weak))
    accounts.with_password(ada.engine, "ada@example.com", PASSWORD)
    assert not passwords.is_outdated(hash_of(ada))
    accounts.with_password(ada.engine, "ada@example.com", PASSWORD)


def test_a_verified_email_says_who_someone_is_the_first_time_and_the_subject_from_then_on(
    ada: World,
) -> None:
    first = accounts.with_account(ada.engine, FIRST)
    assert (first.entry.issuer, first.entry.subject) == ("https://id.example", "subject-1")
    married = replace(FIRST, email="ada.king@example.com", verified=False)
    assert accounts.with_account(ada.engine, married).id == first.id
    with ada.engine.connect() as connection:
        noted = audits.newest(connection, 1)[0]
    assert (noted.actor, noted.action) == ("ada@example.com", "link account")
    assert noted.detail["after"] == {"issuer": "https://id.example", "subject": "subject-1"}


@pytest.mark.parametrize("email", ["ada@example.com", ""])
def test_an_email_that_is_not_verified_says_nothing(ada: World, email: str) -> None:
    account = replace(FIRST, email=email, verified=False)
    assert isinstance(refusal(ada, account), UnverifiedEmail)
    assert isinstance(refusal(ada, replace(account, email="", verified=True)), UnverifiedEmail)


def test_who_was_not_added_is_not_let_in(ada: World) -> None:
    assert isinstance(refusal(ada, replace(FIRST, email="eve@example.com")), UnknownPerson)


def test_who_was_removed_is_not_let_in_by_email_nor_by_subject(ada: World) -> None:
    accounts.with_account(ada.engine, FIRST)
    people_changes.remove(ada.engine, "ada@example.com", SENDER)
    assert isinstance(refusal(ada, FIRST), UnknownPerson)


def test_the_same_email_with_another_account_is_somebody_else(ada: World) -> None:
    accounts.with_account(ada.engine, FIRST)
    assert isinstance(refusal(ada, replace(FIRST, subject="subject-2")), AnotherAccount)
    assert isinstance(refusal(ada, replace(FIRST, issuer="https://evil.example")), AnotherAccount)


def test_an_admin_can_say_whose_an_account_is_where_the_provider_confirms_no_email(
    ada: World,
) -> None:
    people_changes.change(
        ada.engine, "ada@example.com", SENDER, issuer=FIRST.issuer, subject=FIRST.subject
    )
    unverified = replace(FIRST, verified=False)
    assert accounts.with_account(ada.engine, unverified).entry.email == "ada@example.com"
