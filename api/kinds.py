"""Kinds of parameters: how the text of a request becomes a value, and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from api.routes import Route
from config import Settings
from kpi.ranges import KpiRange

DIRECTIONS = ("ascending", "descending")
_LONGEST = 200
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")


class Unreadable(ValueError):
    """A value that is not what its parameter may be; a message says more than `allowed` does."""


@dataclass(frozen=True)
class Sorting:
    """A column to sort by, and whether its highest comes first."""

    column: str
    descending: bool = False


@dataclass(frozen=True)
class Kind:
    """What a parameter may be, in words, and how its text is read: Unreadable if it cannot be.

    ``schema`` says as much of it as JSON Schema can. ``exactly`` says it in the words of one
    route and installation, where those differ.
    """

    words: str
    read: Callable[[str, Route, Settings], Any]
    schema: Mapping[str, Any]
    exactly: Callable[[Route, Settings], str] | None = None

    def allowed(self, route: Route, settings: Settings) -> str:
        """What the parameter may be on this route."""
        return self.exactly(route, settings) if self.exactly else self.words


def _text(given: str, *_: object) -> str:
    # Not every database can compare the character NUL, nor search for any number of words.
    if len(given) > _LONGEST or "\0" in given:
        raise Unreadable
    return given.strip()


def _date(given: str, *_: object) -> date:
    if not _ISO_DATE.fullmatch(given):
        raise Unreadable
    try:
        return date.fromisoformat(given)
    except ValueError as error:
        raise Unreadable from error


def _range(given: str, *_: object) -> KpiRange:
    try:
        return KpiRange.parse(given)
    except ValueError as error:
        raise Unreadable(str(error)) from error


def _sorting(given: str, route: Route, *_: object) -> Sorting:
    column, colon, direction = given.partition(":")
    if column not in route.sortable or (colon and direction not in DIRECTIONS):
        raise Unreadable
    return Sorting(column, direction == "descending")


def _number(given: str, least: int, most: int) -> int:
    # int() would take signs, underscores and other scripts' digits as well.
    if not re.fullmatch(r"[0-9]{1,15}", given) or not least <= int(given) <= most:
        raise Unreadable
    return int(given)


def one_of(*values: str) -> Kind:
    """One of a few words."""

    def read(given: str, *_: object) -> str:
        if given not in values:
            raise Unreadable
        return given

    schema = {"type": "string", "enum": list(values)}
    return Kind(" or ".join([", ".join(values[:-1]), values[-1]]), read, schema)


TEXT = Kind(
    f"text of up to {_LONGEST} characters", _text, {"type": "string", "maxLength": _LONGEST}
)
DATE = Kind("a date such as 2017-10-01", _date, {"type": "string", "format": "date"})
KPI = Kind(
    "the slug of a KPI: of the six of all services, or one that the service has of its own",
    _text,
    {"type": "string", "maxLength": _LONGEST},
)
RANGE = Kind(
    "KPI:least:most, as in digital-take-up:0.8:1; either bound may be left out",
    _range,
    {"type": "string", "pattern": "^[^:]+:[^:]*:[^:]*$"},
)
LIMIT = Kind(
    "a whole number from 1 to the setting `API_LIMIT_MOST`",
    lambda given, _route, settings: _number(given, 1, settings.api_limit_most),
    {"type": "integer", "minimum": 1},
    lambda _route, settings: f"a whole number from 1 to {settings.api_limit_most}",
)
LINK = Kind(
    "what a publisher's link has there",
    # What it is worth is told with 403, however wrong it is.
    lambda given, *_: given,
    {"type": "string"},
)
OFFSET = Kind(
    "a whole number, 0 or above",
    lambda given, *_: _number(given, 0, 10**15),
    {"type": "integer", "minimum": 0},
)
SORTING = Kind(
    "a field that the route can sort by, with :ascending or :descending after it if need be",
    _sorting,
    {"type": "string", "pattern": "^[^:]+(:(ascending|descending))?$"},
    lambda route, _settings: (
        f"{' or '.join([', '.join(route.sortable[:-1]), route.sortable[-1]])}, "
        "with :ascending or :descending after it if need be"
    ),
)
