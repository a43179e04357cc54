"""Requests as they were asked: each parameter's text taken apart, nothing judged yet."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import NamedTuple

from werkzeug.datastructures import MultiDict

from api.records import times
from api.records.times import QueryTime
from data.record_query import METHODS

_FIELD = re.compile(r"[a-z_][a-z0-9_]+", re.IGNORECASE | re.ASCII)
_WHOLE = re.compile(r"[+-]?[0-9]+")
# More digits than any number here can mean.
_MANY, _MOST = 20, 10**18
ENDS = ("start_at", "end_at")
FILTERS = ("filter_by", "filter_by_prefix")


def is_field(name: str) -> bool:
    """Whether a record could have a field of that name."""
    return _FIELD.fullmatch(name) is not None


def is_internal(name: str) -> bool:
    """Whether a field is the platform's own."""
    return name.startswith("_")


class Pair(NamedTuple):
    """Text on both sides of a colon; without one, `colon` is empty."""

    field: str
    colon: str
    rest: str


@dataclass(frozen=True)
class Question:
    """The parameters of one request; of those that cannot be repeated the first counts."""

    given: MultiDict[str, str]

    def __contains__(self, name: str) -> bool:
        return name in self.given

    def text(self, name: str) -> str:
        """A parameter's text, empty if it was not given."""
        return self.given.get(name, "")

    def texts(self, name: str) -> list[str]:
        """Each text of a parameter once."""
        return list(dict.fromkeys(self.given.getlist(name)))

    def time(self, name: str) -> QueryTime | None:
        """A parameter as a moment; None if it is none."""
        return times.read(self.text(name))

    def whole(self, name: str) -> int | None:
        """A parameter as a whole number of 0 or above; None if it is none."""
        text = self.text(name)
        if not _WHOLE.fullmatch(text):
            return None
        number = int(text) if len(text) < _MANY else _MOST * (-1 if text[0] == "-" else 1)
        return number if number >= 0 else None

    def pairs(self, name: str) -> list[Pair]:
        """A parameter's fields, with what stands behind the first colon."""
        return [Pair(*text.partition(":")) for text in self.texts(name)]

    @property
    def sorting(self) -> Pair:
        """What to sort by, and the direction behind the last colon."""
        return Pair(*self.text("sort_by").rpartition(":"))

    @property
    def is_raw(self) -> bool:
        """Whether it asks for the records themselves."""
        return "group_by" not in self and "period" not in self


def is_collected(key: str) -> bool:
    """Whether it is the name of something collected, such as count:sum."""
    field, _, method = key.partition(":")
    return is_field(field) and method in METHODS
