"""A data set's own schema: draft 4, told in the validator's words."""

from __future__ import annotations

import socket
from typing import Any

import pytest

from data.record_schema import faults, validator

TIMED = {
    "type": "object",
    "required": ["_timestamp"],
    "properties": {"_timestamp": {"type": "string", "format": "date-time"}},
}


UNCHECKED = (
    "the record cannot be checked: the schema never ends, is not all here, or cannot be applied"
)


def told(schema: dict[str, Any], body: dict[str, Any]) -> list[tuple[str, str]]:
    return list(faults(validator(schema), body))


def test_a_missing_field_is_told_by_its_name() -> None:
    assert told(TIMED, {"count": 1}) == [("_timestamp", "'_timestamp' is a required property")]


def test_a_time_that_is_none_is_told_as_the_validator_does() -> None:
    assert told(TIMED, {"_timestamp": "hammer time"}) == [
        ("_timestamp", "'hammer time' is not a 'date-time'")
    ]


@pytest.mark.parametrize(
    "text",
    ["2013-03-11T00:00:00Z", "2013-03-11T00:00:00", "20130311T000000Z", "2013-03-11T10:30+01:00"],
)
def test_a_date_time_is_iso_8601_with_a_t_and_needs_no_zone(text: str) -> None:
    assert told(TIMED, {"_timestamp": text}) == []


@pytest.mark.parametrize(
    "text", ["2013-03-11", "2013-03-11 00:00:00", "2013-02-30T00:00:00Z", "T", ""]
)
def test_other_times_are_no_date_time(text: str) -> None:
    assert told(TIMED, {"_timestamp": text}) == [("_timestamp", f"{text!r} is not a 'date-time'")]


def test_every_fault_of_a_record_is_told() -> None:
    schema = {
        "required": ["count", "channel"],
        "properties": {"period": {"enum": ["day", "week"]}},
        "additionalProperties": False,
    }
    assert told(schema, {"period": "month", "extra": 1}) == [
        ("count", "'count' is a required property"),
        ("channel", "'channel' is a required property"),
        ("period", "'month' is not one of ['day', 'week']"),
        ("", "Additional properties are not allowed ('extra' was unexpected)"),
    ]


def test_a_schema_that_points_elsewhere_asks_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    def called(*_: object, **__: object) -> None:
        raise AssertionError("another host was asked")

    monkeypatch.setattr(socket, "create_connection", called)
    schema = {"properties": {"count": {"$ref": "http://example.com/schema.json"}}}
    assert told(schema, {"count": 1}) == [("", UNCHECKED)]


def test_a_schema_that_never_ends_is_told_and_not_an_error_of_ours() -> None:
    itself = {"$ref": "#/definitions/a"}
    schema = {"properties": {"a": itself}, "definitions": {"a": {"allOf": [itself]}}}
    assert told(schema, {"a": 1}) == [("", UNCHECKED)]


def test_numbers_too_large_to_divide_are_told() -> None:
    schema = {"properties": {"count": {"multipleOf": 0.1}}}
    assert told(schema, {"count": 10**400}) == [("", UNCHECKED)]
