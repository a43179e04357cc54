"""Tokens at the command line: printed once, listed without their text, revoked."""

from __future__ import annotations

import re

import pytest

from data import tokens
from data.data_sets import find
from data.tokens import Token
from tests.data.commands.shell import Shell

NAME = "allowance/visits"
SAY_WHOSE = "Say either GROUP/TYPE and NAME, or --admin NAME, or --person EMAIL."


@pytest.fixture
def office(shell: Shell) -> Shell:
    """A command line on a database with one data set, which has a token."""
    shell.says("data-sets", "create", NAME, "--token", "first")
    return shell


def found(shell: Shell, text: str, admin: bool = False) -> Token | None:
    with shell.engine.connect() as connection:
        stored = find(connection, "allowance", "visits")
        assert stored is not None
        return tokens.find(connection, None if admin else stored.id, text)


def test_an_admins_token_is_printed_once_and_alone(office: Shell) -> None:
    result = office.run("tokens", "create", "--admin", "alice")
    assert result.exit_code == 0
    assert result.stderr == "Token 2, 'alice'. It is shown this once: keep it safe.\n"
    text = result.stdout.rstrip("\n")
    assert re.fullmatch(r"[\w-]{43}", text)
    assert found(office, text, admin=True) is not None
    assert text not in repr(office.world.rows())
    assert text not in office.run("tokens", "list").output


def test_an_admins_token_needs_no_other_command_before(shell: Shell) -> None:
    assert len(shell.says("tokens", "create", "--admin", "alice")) == 1


def test_a_data_sets_token_may_expire(office: Shell) -> None:
    result = office.run("tokens", "create", NAME, "collector", "--expires", "2099-12-31")
    assert result.stderr.startswith("Token 2, 'collector', until 2099-12-31. It is shown")
    token = found(office, result.stdout.rstrip("\n"))
    assert token is not None
    assert token.name == "collector"


def test_tokens_are_listed_with_what_they_are_of(office: Shell) -> None:
    office.run("tokens", "create", "--admin", "alice")
    office.run("tokens", "create", NAME, "collector", "--expires", "2099-12-31")
    office.run("data-sets", "create", "allowance/sales", "--token", "x")
    header, *rows = office.says("tokens", "list")
    assert re.split("  +", header) == ["id", "of", "name", "made", "expires", "last used"]
    told = [tuple(re.split("  +", row)[index] for index in (0, 1, 2, 4, 5)) for row in rows]
    given = "given with the settings"
    assert told == [
        ("2", "admins", "alice", "never", "never"),
        ("4", "allowance/sales", given, "never", "never"),
        ("1", NAME, given, "never", "never"),
        ("3", NAME, "collector", "2099-12-31", "never"),
    ]
    assert [row.split()[0] for row in office.says("tokens", "list", NAME)] == ["id", "1", "3"]
    assert [row.split()[0] for row in office.says("tokens", "list", "--admin")] == ["id", "2"]


def test_without_tokens_the_list_says_so(shell: Shell) -> None:
    assert shell.says("tokens", "list") == ["There is no token."]


def test_a_token_is_revoked_and_the_others_stay(office: Shell) -> None:
    second = office.says("tokens", "create", NAME, "collector")[0]
    said = office.says("tokens", "revoke", "1")
    assert said == ["Token 1, 'given with the settings', is revoked."]
    assert found(office, "first") is None
    assert found(office, second) is not None


def test_an_admins_token_is_revoked(office: Shell) -> None:
    text = office.says("tokens", "create", "--admin", "alice")[0]
    office.says("tokens", "revoke", "2")
    assert found(office, text, admin=True) is None


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("create",), SAY_WHOSE),
        (("create", NAME), SAY_WHOSE),
        (("create", NAME, "x", "--admin", "y"), "Say either GROUP/TYPE and NAME, or --admin"),
        (
            ("create", NAME, "--admin", "y"),
            "Say either GROUP/TYPE and NAME, or --admin NAME, or --person EMAIL.",
        ),
        (("create", "visits", "x"), "'visits' names no data set: write GROUP/TYPE"),
        (("create", "no/such", "x"), "There is no data set no/such."),
        (("create", NAME, " "), "A token's name must be text of 1 to 100 letters on one line"),
        (("create", "--admin", ""), "A token's name must be text of 1 to 100 letters on one"),
        (("create", NAME, "x", "--expires", "31/12/2099"), "A token expires on a date such as"),
        (("create", NAME, "x", "--expires", "2001-01-01"), "A token must expire later than now"),
        (("list", "no/such"), "There is no data set no/such."),
        (("revoke", "99"), "There is no token 99. `tokens list` tells all."),
    ],
)
def test_wrong_input_is_refused_in_a_sentence_and_changes_nothing(
    office: Shell, words: tuple[str, ...], sentence: str
) -> None:
    before = office.world.rows()
    assert office.refusal("tokens", *words).startswith(sentence)
    assert office.world.rows() == before
