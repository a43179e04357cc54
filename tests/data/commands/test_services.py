"""Organisations and services at the command line."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

import pytest

from data.commands import services
from data.commands.services import HELP
from data.entries import ServiceEntry
from data.tables import service
from tests.data.commands.shell import Shell


@pytest.fixture
def office(shell: Shell) -> Shell:
    """A command line on a database with a department, an agency and a service."""
    shell.says("organisations", "create", "work", "Department for Work", "--abbreviation", "DfW")
    shell.says("organisations", "create", "carers", "Carers Agency", "--department", "work")
    shell.says("services", "create", "allowance", "Carers allowance", "--organisation", "carers")
    return shell


def test_organisations_are_made_and_listed(office: Shell) -> None:
    said = [line.split() for line in office.says("organisations", "list")]
    assert said == [
        ["slug", "name", "abbreviation", "department"],
        ["carers", "Carers", "Agency", "-", "work"],
        ["work", "Department", "for", "Work", "DfW", "-"],
    ]


def test_services_are_made_and_listed(office: Shell) -> None:
    words = ("--organisation", "work", "--no-published")
    said = office.says("services", "create", "pension", "State pension", *words)
    assert said == ["The service 'pension' is made."]
    assert [line.split() for line in office.says("services", "list")] == [
        ["slug", "name", "organisation", "published"],
        ["allowance", "Carers", "allowance", "carers", "yes"],
        ["pension", "State", "pension", "work", "no"],
    ]


def test_without_any_the_lists_say_so(shell: Shell) -> None:
    assert shell.says("organisations", "list") == ["There is no organisation."]
    assert shell.says("services", "list") == ["There is no service."]


def test_everything_that_describes_a_service_can_be_set_and_is_shown(office: Shell) -> None:
    assert {"slug", "name", *HELP} == {item.name for item in fields(ServiceEntry)}
    flags = {"published": "no", "high_volume": "yes"}
    texts = {name: f"its {name}" for name in HELP if name not in ("organisation", *flags)}
    words = ["--no-published", "--high-volume", "--organisation", "work", "--name", "Allowance"]
    for name, text in texts.items():
        words += [f"--{name.replace('_', '-')}", text]
    said = office.says("services", "change", "allowance", *words)
    assert said == ["The service 'allowance' is changed."]
    shown = office.says("services", "show", "allowance")
    told = dict(line.split(maxsplit=1) for line in shown)
    expected = {"slug": "allowance", "name": "Allowance", "organisation": "work", **flags, **texts}
    assert told == {name.replace("_", "-"): value for name, value in expected.items()}


def test_changes_leave_the_rest_as_it_is(office: Shell) -> None:
    office.says("services", "change", "allowance", "--description", "Money for carers.")
    office.says("services", "change", "allowance", "--no-published")
    shown = office.says("services", "show", "allowance")
    assert "description       Money for carers." in shown
    assert "published         no" in shown
    office.says("services", "change", "allowance", "--published", "--description", "")
    shown = office.says("services", "show", "allowance")
    assert "description       -" in shown
    assert "published         yes" in shown


def test_a_change_to_the_same_changes_nothing(office: Shell) -> None:
    before = office.world.rows()
    said = office.says("services", "change", "allowance", "--name", "Carers allowance")
    assert said == ["Nothing was changed."]
    assert office.world.rows() == before


def test_the_options_are_those_of_the_table(office: Shell) -> None:
    assert set(HELP) <= {*service.columns.keys(), "organisation"}
    told = " ".join(office.run("services", "create", "--help").output.split())
    for name, words in HELP.items():
        assert f"--{name.replace('_', '-')}" in told
        assert words.split(".")[0] in told


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (
            ("organisations", "create", "work", "x"),
            "There is an organisation 'work' already: Department for Work.",
        ),
        (("organisations", "create", "A b", "x"), "'A b' cannot be in an address: use up to 200"),
        (
            ("organisations", "create", "x", "X", "--department", "no-such"),
            "x: there is no 'no-such'. Nothing was written.",
        ),
        (
            ("organisations", "create", "x", "X" * 301),
            "Organisation 'x': its name has 301 letters, and 300 is the most.",
        ),
        (
            ("services", "create", "allowance", "x", "--organisation", "work"),
            "There is a service 'allowance' already; `services change` changes it.",
        ),
        (
            ("services", "create", "x", "x", "--organisation", "no-such"),
            "x: there is no 'no-such'. Nothing was written.",
        ),
        (("services", "show", "no-such"), "There is no service 'no-such'. `services list` tells"),
        (("services", "change", "no-such", "--name", "x"), "There is no service 'no-such'."),
    ],
)
def test_wrong_input_is_refused_in_a_sentence_and_changes_nothing(
    office: Shell, words: tuple[str, ...], sentence: str
) -> None:
    before = office.world.rows()
    assert office.refusal(*words).startswith(sentence)
    assert office.world.rows() == before


def test_a_change_does_not_undo_what_someone_else_changed_at_the_same_time(
    office: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    deliver, others = services.deliver, [("allowance", "--category", "Benefits")]

    def deliver_after_another(*arguments: Any, **more: Any) -> Any:
        while others:
            office.says("services", "change", *others.pop())
        return deliver(*arguments, **more)

    monkeypatch.setattr(services, "deliver", deliver_after_another)
    said = office.refusal("services", "change", "allowance", "--no-published")
    assert "at the same time" in said
    shown = office.says("services", "show", "allowance")
    assert any(line.split() == ["category", "Benefits"] for line in shown)
    assert any(line.split() == ["published", "yes"] for line in shown)
