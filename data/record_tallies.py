"""What the records of one group, period or both amount to: how many, and what was collected."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from data.record_query import Collected
from data.record_refusals import Unanswerable
from data.record_values import Value, distinct

Row = dict[str, Any]


@dataclass(slots=True)
class Sum:
    """Values of a field added up: how many, the whole ones exactly, and those with fractions."""

    count: int = 0
    texts: bool = False
    whole: int = 0
    fractions: int = 0
    rest: Fraction | int = 0

    def add(self, other: Sum) -> None:
        """Add what another one holds."""
        self.count += other.count
        self.texts = self.texts or other.texts
        self.whole += other.whole
        self.fractions += other.fractions
        self.rest += other.rest

    def total(self) -> int | float:
        """The sum; with a decimal point if any of the values has one."""
        return float(self.whole + self.rest) if self.fractions else self.whole

    def mean(self) -> float | None:
        """The mean; None of nothing."""
        return float((self.whole + self.rest) / self.count) if self.count else None


def rest_of(name: str, value: Any) -> Fraction:
    """A sum as the engine has it.

    :raises Unanswerable: when it is beyond what a number can hold.
    """
    if value is None or not math.isfinite(value):
        raise too_large(name)
    return Fraction(value)


def too_large(name: str) -> Unanswerable:
    """The refusal to add up values beyond what a number can hold."""
    return Unanswerable(f"The values of {name} are too large to be added up.")


@dataclass(slots=True)
class Tally:
    """How many records there are, and their fields' sums and distinct values."""

    count: int = 0
    sums: dict[str, Sum] = field(default_factory=dict)
    values: dict[str, list[Value]] = field(default_factory=dict)

    def add(self, other: Tally) -> None:
        """Add what another one holds."""
        self.count += other.count
        for name, found in other.sums.items():
            self.sums.setdefault(name, Sum()).add(found)
        for name, values in other.values.items():
            self.values.setdefault(name, []).extend(values)

    def fields(self, collect: Iterable[Collected]) -> Row:
        """What was collected, under the names of the answer.

        :raises Unanswerable: when a sum is too large.
        """
        found: Row = {}
        for item in collect:
            value = self._collected(item)
            found[item.key] = value
            if item.bare:
                found[item.field] = value
        return found

    def _collected(self, item: Collected) -> Value:
        if item.method == "set":
            return distinct(self.values.get(item.field, ()))
        found = self.sums.get(item.field, Sum())
        if item.method == "count":
            return found.count
        try:
            return found.total() if item.method == "sum" else found.mean()
        except OverflowError as error:
            raise too_large(item.field) from error


def nothing(collect: Iterable[Collected]) -> Row:
    """What stands where a period has no records."""
    return {"_count": 0, **{item.key: None for item in collect}}
