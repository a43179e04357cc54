"""Links at the command line: made, listed with their addresses, and revoked."""

from __future__ import annotations

import re

import pytest

from data.share_links import Signing
from tests.data.commands.shell import Shell


@pytest.fixture
def office(shell: Shell) -> Shell:
    """A command line on a database with a service that is not published."""
    shell.app.secret_key = "a key"
    shell.says("organisations", "create", "transport", "Department for Transport")
    hidden = ("visas", "Apply for a visa", "--organisation", "transport", "--no-published")
    shell.says("services", "create", *hidden)
    return shell


def test_a_links_address_is_printed_alone(office: Shell) -> None:
    result = office.run("links", "make", "visas", "Steering group")
    assert result.exit_code == 0
    assert re.fullmatch(
        r"Link 1 for 'Steering group' works until \d{4}-\d\d-\d\d\.\n", result.stderr
    )
    path, _, text = result.stdout.rstrip("\n").partition("?link=")
    assert path == "/services/visas"
    signed = Signing("a key").read(text)
    assert signed is not None
    assert signed[:2] == (1, "visas")


def test_links_are_listed_with_their_addresses_until_they_are_revoked(office: Shell) -> None:
    (address,) = office.says("links", "make", "visas", "Steering group")
    header, row = office.says("links", "list")
    names = ["id", "service", "for", "made by", "made", "last day", "state", "address"]
    assert re.split("  +", header) == names
    cells = re.split("  +", row)
    assert [cells[place] for place in (0, 1, 2, 6, 7)] == [
        "1",
        "visas",
        "Steering group",
        "open",
        address,
    ]
    assert office.says("links", "revoke", "1") == ["Link 1 for 'Steering group' is revoked."]
    assert re.split("  +", office.says("links", "list", "visas")[1])[6:] == ["revoked", "-"]
    assert office.says("links", "list", "other") == ["There is no link."]


def test_what_cannot_be_is_refused_in_words(office: Shell) -> None:
    assert "There is no service 'visa'" in office.refusal("links", "make", "visa", "Ann")
    assert "must be a date" in office.refusal("links", "make", "visas", "Ann", "--until", "soon")
    why = "There is no link 7 to revoke. `links list` tells all."
    assert office.refusal("links", "revoke", "7") == why
