"""What no declaration can say: values that some engine or page cannot hold are refused in words."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine

from data.declarations import of_service
from data.deliveries import Sender, deliver
from data.entries import DeclarationEntry, Delivery
from data.validation import Rejected
from tests.fixtures.small_world import ORGANISATIONS, SERVICES, empty_engine

SENDER = Sender("test")
NOTED = {"start_at": "2016-07-01", "title": "New start page"}
TARGET = {"value": 0.8, "date": "2018-04-01"}


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = empty_engine(tmp_path)
    deliver(made, Delivery(organisations=ORGANISATIONS, services=SERVICES), SENDER)
    yield made
    made.dispose()


def refusal(engine: Engine, kind: str, key: str, body: Mapping[str, Any]) -> str:
    """Why it is refused; what was declared before is there alone."""
    entry = DeclarationEntry("tax-a-vehicle", kind, key, body)
    with pytest.raises(Rejected) as refused:
        deliver(engine, Delivery(declarations=[entry]), SENDER)
    with engine.connect() as connection:
        assert of_service(connection, 1, kind) == []
    return "\n".join(fault.message for fault in refused.value.faults)


@pytest.mark.parametrize("day", ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"])
def test_days_that_no_period_stands_beside_are_refused(engine: Engine, day: str) -> None:
    said = "is not a day such as 2017-09-01, from 1900-01-01 to 2199-12-31"
    assert said in refusal(engine, "annotation", "one", {**NOTED, "start_at": day})
    assert said in refusal(engine, "target", "digital-take-up", {**TARGET, "date": day})


@pytest.mark.parametrize("number", [float("inf"), float("-inf"), float("nan"), 10**16, 10**400])
def test_numbers_that_cannot_be_held_are_refused(engine: Engine, number: float) -> None:
    said = refusal(engine, "target", "digital-take-up", {**TARGET, "value": number})
    assert said == "value: a number must be from -1e+15 to 1e+15."


@pytest.mark.parametrize("text", ["a\0b", "a\ud800b"])
def test_text_that_cannot_be_held_is_refused(engine: Engine, text: str) -> None:
    said = refusal(engine, "annotation", "one", {**NOTED, "title": text})
    assert said == "title: text cannot have a NUL or half of a surrogate pair in it."
    deep = {"modules": [{"of": {text: 1}}]}
    assert "modules[0].of: text cannot" in refusal(engine, "dashboard", "dashboard", deep)


def test_a_title_that_is_blank_says_nothing(engine: Engine) -> None:
    assert "title must say what happened" in refusal(
        engine, "annotation", "one", {**NOTED, "title": "   "}
    )


@pytest.mark.parametrize("levels", [21, 500, 900])
def test_what_is_nested_too_deeply_is_refused_before_it_is_written(
    engine: Engine, levels: int
) -> None:
    deep = json.loads('{"of":' * levels + "1" + "}" * levels)
    said = refusal(engine, "dashboard", "dashboard", {"modules": [deep]})
    assert said == "the body is nested too deeply: 20 levels at most."


def test_a_refusal_is_short_however_much_is_wrong(engine: Engine) -> None:
    assert len(refusal(engine, "annotation", "one", {**NOTED, "title": "x" * 100_000})) < 500
    many = refusal(engine, "dashboard", "dashboard", {"modules": [1] * 5_000})
    assert len(many.splitlines()) <= 100
