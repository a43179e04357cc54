"""`people`: as someone types it who lets others in."""

from __future__ import annotations

import pytest

from data import accounts
from data.people import Person, find
from tests.data.commands.shell import Shell
from tests.data.world import ALLOWANCE, PENSION

ADA = "ada@example.com"


@pytest.fixture
def office(shell: Shell) -> Shell:
    """A command line on a database with two services."""
    shell.world.send(services=(ALLOWANCE, PENSION))
    return shell


def person(shell: Shell, email: str = ADA) -> Person:
    with shell.engine.connect() as connection:
        found = find(connection, email)
    assert found is not None
    return found


def test_a_publisher_is_added_for_services_and_organisations(office: Shell) -> None:
    options = ("--role", "publisher", "--organisation", "work", "--service", "allowance")
    said = office.says("people", "add", ADA, "--name", "Ada", *options, "--service", "pension")
    assert said == [f"{ADA} is added: a publisher for work, allowance, pension."]
    own = person(office).entry
    assert (own.name, own.organisations, own.services) == (
        "Ada",
        ("work",),
        ("allowance", "pension"),
    )


def test_an_admin_is_added_without_any(office: Shell) -> None:
    said = office.says("people", "add", ADA, "--role", "admin")
    assert said == [f"{ADA} is added: an admin, who may publish everything."]


def test_what_cannot_be_is_refused_with_a_sentence(office: Shell) -> None:
    refused = office.refusal("people", "add", ADA, "--role", "publisher")
    assert "A publisher needs an organisation or a service to publish for." in refused
    refused = office.refusal("people", "add", ADA, "--role", "publisher", "--service", "x")
    assert "There is no service 'x'." in refused


def test_only_what_is_given_is_changed(office: Shell) -> None:
    office.says(
        "people", "add", ADA, "--name", "Ada", "--role", "publisher", "--service", "pension"
    )
    office.says("people", "change", ADA, "--service", "allowance")
    assert person(office).entry.name == "Ada"
    assert person(office).entry.services == ("allowance",)
    office.says("people", "change", ADA, "--role", "admin")
    assert person(office).viewer.is_admin


def test_an_account_at_the_provider_can_be_told_and_forgotten(office: Shell) -> None:
    account = ("--account", "https://id.example", "subject-1")
    office.says("people", "add", ADA, "--role", "admin", *account)
    assert person(office).entry.subject == "subject-1"
    office.says("people", "change", ADA, "--forget-account")
    assert (person(office).entry.issuer, person(office).entry.subject) == (None, None)


def test_a_password_is_asked_for_twice_and_never_shown(office: Shell) -> None:
    office.says("people", "add", ADA, "--role", "admin")
    result = office.run("people", "set-password", ADA, typed="three plain words\n" * 2)
    assert result.exit_code == 0, result.output
    assert "three plain words" not in result.output
    assert accounts.with_password(office.engine, ADA, "three plain words").entry.email == ADA


def test_a_password_that_is_made_up_is_printed_once_and_works(office: Shell) -> None:
    office.says("people", "add", ADA, "--role", "admin")
    *_, password = office.says("people", "set-password", ADA, "--generate")
    assert accounts.with_password(office.engine, ADA, password).entry.email == ADA
    assert password not in repr(office.world.rows())


def test_a_short_password_is_refused(office: Shell) -> None:
    office.says("people", "add", ADA, "--role", "admin")
    result = office.run("people", "set-password", ADA, typed="short\nshort\n")
    assert result.exit_code == 1
    assert "A password must have 12 to 1,000 letters" in result.stderr


def test_the_list_says_who_may_what_and_how_they_sign_in(office: Shell) -> None:
    assert office.says("people", "list") == ["There is nobody."]
    office.says(
        "people", "add", ADA, "--name", "Ada", "--role", "publisher", "--service", "pension"
    )
    office.says("people", "add", "eve@example.com", "--role", "admin")
    office.says("people", "set-password", "eve@example.com", "--generate")
    office.says("people", "remove", "eve@example.com")
    assert [" ".join(line.split()) for line in office.says("people", "list")] == [
        "email name role organisations services signs in with",
        f"{ADA} Ada publisher - pension nothing yet",
        "eve@example.com - admin (removed) - - nothing yet",
    ]


def test_every_change_of_people_is_in_the_audit_with_who_made_it(office: Shell) -> None:
    office.says("people", "add", ADA, "--role", "admin")
    office.says("people", "remove", ADA)
    lines = office.says("audit", "list", "--subject", f"person {ADA}")
    told = [line for line in lines if not line.startswith(" ")]
    assert [line.split("  ")[3] for line in told] == ["remove person", "add person"]
    assert all("command line" in line for line in told)
