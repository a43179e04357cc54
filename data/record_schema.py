"""A data set's own JSON Schema (draft 4), held against its records."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from jsonschema import Draft4Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from referencing import Registry
from referencing.exceptions import Unresolvable

from data.entries import Record

# What a schema that is valid in itself can still fail with: numbers too large to be divided,
# a schema that refers to itself without end, or to one that is not here.
_FAILURES = (ArithmeticError, RecursionError, Unresolvable)
_FAILED = (
    "the record cannot be checked: the schema never ends, is not all here, or cannot be applied"
)


def _is_date_time(value: object) -> bool:
    """ISO 8601 with a T; the zone may be missing."""
    if not isinstance(value, str):
        return True
    try:
        datetime.fromisoformat(value)
    except ValueError:
        return False
    return "T" in value[8:11]


def _formats() -> FormatChecker:
    checker = FormatChecker(())
    checker.checkers.update(Draft4Validator.FORMAT_CHECKER.checkers)
    checker.checks("date-time")(_is_date_time)
    return checker


_FORMATS = _formats()


def validator(schema: Mapping[str, Any]) -> Draft4Validator:
    """What checks records against a schema; it never asks another host for a part of it."""
    return Draft4Validator(schema, format_checker=_FORMATS, registry=Registry())


def faults(checker: Draft4Validator, body: Record) -> Iterator[tuple[str, str]]:
    """What a record breaks of a schema: the field (empty: all of it), the validator's words."""
    try:
        for error in checker.iter_errors(body):
            yield _field(error), error.message
    except _FAILURES:
        yield "", _FAILED


def _field(error: ValidationError) -> str:
    if error.path:
        return str(error.path[0])
    if error.validator == "required":
        names: Any = error.validator_value
        return next((name for name in names if error.message.startswith(repr(name))), "")
    return ""
