"""Declarations at the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.data.commands.shell import Shell


@pytest.fixture
def target(shell: Shell, tmp_path: Path) -> str:
    """A file that says what digital take-up is to be, and services to say it of."""
    shell.says("organisations", "create", "work", "Department for Work")
    shell.says("services", "create", "allowance", "Allowance", "--organisation", "work")
    file = tmp_path / "target.json"
    file.write_text(json.dumps({"value": 0.82, "date": "2018-04-01"}), encoding="utf-8")
    return str(file)


def test_a_target_is_declared_shown_listed_and_withdrawn(shell: Shell, target: str) -> None:
    which = ("allowance", "target", "digital-take-up")
    said = shell.says("declarations", "put", *which, target)
    assert said == ["The target digital-take-up is declared."]
    assert shell.says("declarations", "put", *which, target) == ["Nothing was changed."]
    shown = json.loads("\n".join(shell.says("declarations", "show", *which)))
    assert shown == {"value": 0.82, "date": "2018-04-01"}
    assert [row.split()[:2] for row in shell.says("declarations", "list", "allowance")] == [
        ["kind", "key"],
        ["target", "digital-take-up"],
    ]
    assert shell.says("declarations", "remove", *which) == [
        "The target digital-take-up is withdrawn."
    ]
    assert shell.says("declarations", "list", "allowance") == ["Nothing is declared of allowance."]


def test_what_cannot_be_is_refused_in_a_sentence(shell: Shell, target: str) -> None:
    refused = shell.refusal("declarations", "put", "no-such", "target", "digital-take-up", target)
    assert "there is no service 'no-such'" in refused
    refused = shell.refusal("declarations", "put", "allowance", "target", "no-such", target)
    assert "there is no KPI 'no-such'" in refused
    refused = shell.refusal("declarations", "show", "allowance", "target", "no-such")
    assert refused.startswith("allowance has no target 'no-such'.")


def test_a_token_acts_for_a_person(shell: Shell) -> None:
    shell.says("people", "add", "eve@example.com", "--role", "admin")
    assert len(shell.says("tokens", "create", "--person", "eve@example.com")) == 1
    _, row = shell.says("tokens", "list")
    assert row.split()[1] == "eve@example.com"
    assert shell.says("tokens", "revoke", "1") == ["Token 1, 'eve@example.com', is revoked."]
    refused = shell.refusal("tokens", "create", "--person", "dan@example.com")
    assert refused.startswith("There is no 'dan@example.com'.")
