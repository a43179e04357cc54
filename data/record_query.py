"""A question about the records of a data set, and its answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from data.record_windows import Window

Method = Literal["sum", "count", "set", "mean"]
METHODS: tuple[Method, ...] = ("sum", "count", "set", "mean")
# Methods that need numbers.
ADDING = ("sum", "mean")


@dataclass(frozen=True)
class Filter:
    """What a field must be: exactly this text or boolean, or text that starts so."""

    field: str
    value: str | bool
    is_prefix: bool = False


@dataclass(frozen=True)
class Sorting:
    """A field to sort by, or what is collected of one ('count:sum'); and which way."""

    key: str
    descending: bool = False


@dataclass(frozen=True)
class Collected:
    """What is made of a field's values; `bare`: it stands under the field's own name as well."""

    field: str
    method: Method
    bare: bool = False

    @property
    def key(self) -> str:
        """The name of the result."""
        return f"{self.field}:{self.method}"


@dataclass(frozen=True)
class RecordQuery:
    """Which records, and what to make of them.

    `window` is all of time where it is None, and never where there is a `period`. `shift` says
    that the window moves to where the data is, once: 'later' or 'earlier'. `limit` 0 is none.
    `hidden`: slugs of services that whoever asks must not learn of; records that name one in a
    field `service` are left out.
    """

    window: Window | None = None
    period: str | None = None
    shift: Literal["", "later", "earlier"] = ""
    filters: tuple[Filter, ...] = ()
    group_by: tuple[str, ...] = ()
    sort_by: Sorting | None = None
    limit: int = 0
    collect: tuple[Collected, ...] = ()
    flatten: bool = False
    hidden: tuple[str, ...] = ()

    @property
    def is_raw(self) -> bool:
        """Whether it asks for the records themselves."""
        return not self.group_by and self.period is None

    @property
    def is_nested(self) -> bool:
        """Whether it asks for periods of groups."""
        return bool(self.group_by) and self.period is not None

    @property
    def added(self) -> tuple[str, ...]:
        """The fields whose values are added up, or counted."""
        return _fields(self.collect, ("sum", "mean", "count"))

    @property
    def listed(self) -> tuple[str, ...]:
        """The fields whose distinct values are wanted."""
        return _fields(self.collect, ("set",))

    def within(self, window: Window) -> RecordQuery:
        """The same question about another stretch of time."""
        return replace(self, window=window)


def _fields(collect: tuple[Collected, ...], methods: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.field for item in collect if item.method in methods))
