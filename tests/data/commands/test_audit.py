"""The audit at the command line: who, when, what, and what it was before and after."""

from __future__ import annotations

import re

import pytest

from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetKey, Delivery
from tests.data.commands.shell import Shell
from tests.data.world import ALLOWANCE, NOW

NAME = "allowance/visits"


@pytest.fixture
def office(shell: Shell) -> Shell:
    """A command line on a database with a data set that was changed."""
    shell.world.send(services=(ALLOWANCE,), sender=Sender("someone@example.com", now=NOW))
    shell.says("data-sets", "create", NAME, "--title", "Visits", "--token", "x")
    shell.says("data-sets", "change", NAME, "--title", "Visitors", "--private")
    return shell


def test_the_newest_change_is_first_with_what_was_before_and_after(office: Shell) -> None:
    said = office.says("audit", "list", "--limit", "1")
    headline = r"4  \d{4}-\d\d-\d\d( \d\d:\d\d)?  command line.*  set data set  data set (\S+)"
    matched = re.fullmatch(headline, said[0])
    assert matched is not None
    assert matched[2] == NAME
    assert said[1:] == [
        "    title: Visits → Visitors",
        "    private: no → yes",
        "    revision: 3",
        "    data sets: 1 changed",
    ]


def test_every_change_is_listed_with_who_made_it(office: Shell) -> None:
    said = office.says("audit", "list")
    headlines = [line for line in said if not line.startswith(" ")]
    assert [line.split("  ")[0] for line in headlines] == ["4", "3", "2", "1"]
    assert headlines[3].startswith("1  2019-05-01 12:00  someone@example.com  deliver")
    assert "    departments: 1 new" in said
    assert "make token" in headlines[1]
    assert "    name: - → given with the settings" in said


def test_a_service_and_whoever_runs_it_are_in_the_audit_by_name(shell: Shell) -> None:
    shell.says("organisations", "create", "work", "Department for Work")
    shell.says("services", "create", "pension", "State pension", "--organisation", "work")
    shell.says("services", "change", "pension", "--no-published")
    said = shell.says("audit", "list")
    headlines = [line.split("  ")[-1] for line in said if not line.startswith(" ")]
    assert headlines == ["service pension", "service pension", "organisation work"]
    assert said[1] == "    published: yes → no"
    assert "    name: - → State pension" in said
    assert "    name: - → Department for Work" in said


def test_the_audit_of_one_thing_alone(office: Shell) -> None:
    said = office.says("audit", "list", "--subject", f"data set {NAME}")
    headlines = [line for line in said if not line.startswith(" ")]
    assert [line.split("  ")[0] for line in headlines] == ["4", "3", "2"]


def test_an_audit_without_entries_says_so(shell: Shell) -> None:
    assert shell.says("audit", "list") == ["The audit has nothing."]
    said = shell.says("audit", "list", "--subject", "data set a/b")
    assert said == ["The audit has nothing about 'data set a/b'."]


def test_records_that_were_replaced_or_removed_are_told_as_they_were(office: Shell) -> None:
    key, anna = DataSetKey("allowance", "visits"), Sender("anna@example.com", now=NOW)
    engine = office.engine
    deliver(engine, Delivery(batches=[Batch(key, [{"_id": "may", "count": 5}])]), anna)
    deliver(engine, Delivery(batches=[Batch(key, [{"_id": "may", "count": 6}])]), anna)
    deliver(engine, Delivery(batches=[Batch(key, removed=("may",))]), anna)
    said = office.says("audit", "list", "--limit", "3")
    assert [line for line in said if line.startswith("    record ")] == [
        "    record may, count: 6 → -",
        "    record may, count: 5 → 6",
    ]
