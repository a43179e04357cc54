"""Declarations go in whole or not at all, are kept by revision, and the audit tells of them."""

from __future__ import annotations

from typing import Any

import pytest

from data import audits
from data.declaration_kinds import KINDS
from data.declarations import DeclarationsQuery
from data.deliveries import Sender, deliver
from data.entries import DeclarationEntry, Delivery
from data.reader import Reader
from data.validation import Rejected
from tests.data.world import NOW, World
from tests.fixtures.kept import Kept

OPENED = {"start_at": "2016-07-01", "title": "New start page"}


def declare(world: World, kind: str, key: str, body: Any, service: str = "allowance") -> Any:
    entry = DeclarationEntry(service, kind, key, body)
    sender = Sender("eve@example.com", now=NOW, action=f"set {kind}")
    return deliver(world.engine, Delivery(declarations=[entry]), sender)


def declared(world: World, kind: str, service: str = "allowance") -> dict[str, Any]:
    found: Any = Reader(world.engine, Kept()).run(DeclarationsQuery(service, kind))
    return {item.key: item.body for item in found}


def test_what_is_declared_is_there_for_its_service_alone(world: World) -> None:
    receipt = declare(world, "annotation", "opened", OPENED)
    assert receipt.counts["declarations"].new == 1
    assert declared(world, "annotation") == {"opened": OPENED}
    assert declared(world, "target") == {}
    assert declared(world, "annotation", "pension") == {}


def test_declaring_again_replaces_and_the_same_changes_nothing(world: World) -> None:
    declare(world, "annotation", "opened", OPENED)
    before = world.revision()
    declare(world, "annotation", "opened", OPENED)
    assert world.revision() == before
    declare(world, "annotation", "opened", {**OPENED, "title": "Newer start page"})
    assert world.revision() == before + 1
    assert declared(world, "annotation")["opened"]["title"] == "Newer start page"


def test_an_answer_that_was_kept_is_not_given_after_a_change(world: World) -> None:
    reader = Reader(world.engine, Kept())
    query = DeclarationsQuery("allowance", "annotation")
    assert len(reader.run(query)) == 0
    declare(world, "annotation", "opened", OPENED)
    assert len(reader.run(query)) == 1


def test_what_is_withdrawn_is_gone_and_only_once(world: World) -> None:
    declare(world, "target", "digital-take-up", {"value": 0.8, "date": "2018-04-01"})
    declare(world, "target", "digital-take-up", None)
    assert declared(world, "target") == {}
    with pytest.raises(Rejected, match="there is no target 'digital-take-up'"):
        declare(world, "target", "digital-take-up", None)


def test_the_audit_tells_who_changed_what_and_what_it_was(world: World) -> None:
    declare(world, "annotation", "opened", OPENED)
    declare(world, "annotation", "opened", {**OPENED, "title": "Newer"})
    with world.engine.connect() as connection:
        newest = audits.newest(connection, 1, "annotation opened of service allowance")[0]
    assert (newest.actor, newest.action) == ("eve@example.com", "set annotation")
    assert newest.detail["altered"] == [
        {
            "what": "annotation opened of service allowance",
            "before": {"title": "New start page"},
            "after": {"title": "Newer"},
        }
    ]


@pytest.mark.parametrize(
    ("kind", "key", "body", "field", "words"),
    [
        ("annotation", "a", {"title": "x"}, "", "'start_at' is a required property"),
        ("annotation", "a", {**OPENED, "colour": "red"}, "", "'colour' was unexpected"),
        ("annotation", "a", {**OPENED, "title": ""}, "title", "title: "),
        ("annotation", "a", {**OPENED, "start_at": "July"}, "start_at", "not a day such as"),
        ("annotation", "a", {**OPENED, "start_at": "2017-02-30"}, "start_at", "not a day such as"),
        ("annotation", "a", {**OPENED, "end_at": "2016-07-01"}, "end_at", "must be later than"),
        ("annotation", "a", {**OPENED, "link": "javascript:alert(1)"}, "link", "does not match"),
        ("annotation", "A b", OPENED, "key", "is no key"),
        ("target", "digital-take-up", {"value": "x", "date": "2018-04-01"}, "value", "'number'"),
        ("target", "no-such", {"value": 1, "date": "2018-04-01"}, "key", "The KPIs are: "),
        ("target", "transactions", {"value": 1, "date": "2018-04-01"}, "key", "is better"),
        ("target", "digital-take-up", {"value": 82, "date": "2018-04-01"}, "value", "0 to 1"),
        ("no-such", "a", {}, "kind", "kind must be one of annotation, target"),
    ],
)
def test_what_cannot_be_is_refused_with_the_place_and_the_reason(
    *, world: World, kind: str, key: str, body: Any, field: str, words: str
) -> None:
    before = world.rows()
    with pytest.raises(Rejected, match="Nothing was written") as refused:
        declare(world, kind, key, body)
    assert [fault.field for fault in refused.value.faults] == [field]
    assert words in refused.value.faults[0].message
    assert world.rows() == before


def test_a_service_that_is_not_there_is_refused(world: World) -> None:
    with pytest.raises(Rejected, match="there is no service 'no-such'"):
        declare(world, "annotation", "a", OPENED, "no-such")


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: str(kind.name))
def test_the_schema_of_every_kind_describes_every_field(kind: Any) -> None:
    assert kind.schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    for name, part in kind.schema["properties"].items():
        assert part.get("description"), f"{kind.name}.{name}"
