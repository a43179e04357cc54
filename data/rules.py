"""What a data type is made of: the fields of its records, and rules from them to measurements."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal

from data.tables import MILLION

INSTANT = "instant"
Kind = Literal["text", "number"]


@dataclass(frozen=True)
class Field:
    """A field of a record: its name, what it holds, and whether a record must have it.

    ``unit`` is what a number counts or is measured in; a 'proportion' is 0 to 1. A required
    number may be null, which is 'not reported'. A text that is ``later`` came to its type when
    there were records already: an _id that is made up names it only where a record has it.
    """

    name: str
    kind: Kind
    required: bool
    help: str
    unit: str = ""
    later: bool = False

    @property
    def most(self) -> float | None:
        """The largest number that makes sense; None if there is no such bound."""
        return 1 if self.unit == "proportion" else None


@dataclass(frozen=True)
class Rule:
    """One measurement of a record: the sum of fields times weights, times another field.

    A measurement is made only when every field in ``terms``, ``times`` and ``needs`` has a
    number, and not when all fields in ``unless`` have one. ``by`` names the text field that gives
    its category, with that of ``within`` and a slash before it, if that is named as well; ``kinds``
    turns channels into their kinds. ``stage`` keeps only the records of a
    journey's 'first' or 'last' stage. A rule ``by`` a field that a record lacks says nothing of
    it. What is not ``added`` stands for exactly its moment or period: it is never added up, over
    records, over time or over services.
    """

    measure: str
    terms: Mapping[str, float]
    category: str = ""
    times: str | None = None
    by: str | None = None
    within: str | None = None
    kinds: bool = False
    stage: Literal["first", "last"] | None = None
    needs: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    added: bool = True

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The fields without which there is no measurement."""
        times = () if self.times is None else (self.times,)
        return (*self.terms, *times, *self.needs)

    @cached_property
    def millionths(self) -> tuple[tuple[str, int], ...]:
        """The fields with their weights in millionths."""
        return tuple((name, int(weight * MILLION)) for name, weight in self.terms.items())

    @cached_property
    def plain(self) -> tuple[str, int] | None:
        """The only number that it takes, and its weight in millionths; None where it takes more."""
        return self.millionths[0] if len(self.numbers) == 1 else None

    @cached_property
    def is_conditional(self) -> bool:
        """Whether it says nothing of some records that have its numbers."""
        return any((self.by, self.within, self.unless, self.stage))

    @cached_property
    def is_of_parts(self) -> bool:
        """Whether that is only where a record names no part."""
        return bool(self.by) and not any((self.within, self.unless, self.stage))

    @cached_property
    def is_whole(self) -> bool:
        """Whether it is of all parts together."""
        return self.by is None and self.stage is None


@dataclass(frozen=True)
class DataType:
    """A type of data: its records' fields and how they become measurements.

    One without rules holds records alone. ``aliases`` are other names of the same type;
    ``example`` is a record as it is sent; ``notes`` say in sentences what there is to know.
    """

    slug: str
    title: str
    fields: tuple[Field, ...] = ()
    rules: tuple[Rule, ...] = ()
    instant: bool = False
    aliases: tuple[str, ...] = ()
    example: Mapping[str, Any] = field(default_factory=dict)
    notes: str = ""

    @cached_property
    def names_its_service(self) -> bool:
        """Whether each record says which service it is about."""
        return any(item.name == "service" for item in self.fields)

    @cached_property
    def naming(self) -> tuple[str, ...]:
        """The text fields that an _id which is made up names, whatever they hold."""
        return tuple(item.name for item in self.fields if item.kind == "text" and not item.later)

    @cached_property
    def parts_field(self) -> str | None:
        """The text field by which figures are split, if they are; without it, a record is all."""
        return next((rule.by for rule in self.rules if rule.by), None)

    @cached_property
    def inner_rule(self) -> Rule | None:
        """The rule whose category is of two text fields, if there is one."""
        return next((rule for rule in self.rules if rule.within), None)

    @cached_property
    def channel_measure(self) -> str | None:
        """The measure in which each channel stands by its own name, if it has channels."""
        return next((r.measure for r in self.rules if r.by == "channel" and not r.kinds), None)

    @cached_property
    def total_measure(self) -> str | None:
        """The measure in which channels are added up by kind, and to a total."""
        return next((rule.measure for rule in self.rules if rule.kinds), None)

    @cached_property
    def measures(self) -> tuple[str, ...]:
        """What its records are measured as."""
        return tuple(dict.fromkeys(rule.measure for rule in self.rules))


def counted(measure: str, count: str, by: str) -> tuple[Rule, ...]:
    """Rules for a count by a text field, and of all its values together."""
    return Rule(measure, {count: 1}, by=by), Rule(measure, {count: 1})


def staged(measure: str, count: str, by: str) -> Rule:
    """A rule for a count by a text field at each stage of a journey: 'about-you/no postcode'."""
    return Rule(measure, {count: 1}, by=by, within="stage")


def pooled(
    sums: str, counts: str, alone: str, *, mean: str, of: str, by: str | None = None
) -> tuple[Rule, ...]:
    """Rules for a mean: times how many it is of, it can be added up; alone, it stands as it is.

    :param mean: the field of the mean. of: the field that says of how many it is the mean.
    :param by: the text field that splits both, if one does.
    :returns: rules for the measures ``sums`` and ``counts``, and for ``alone``, the mean of
        which nobody said of how many it is.
    """
    return tuple(
        rule
        for split in dict.fromkeys((by, None))
        for rule in (
            Rule(sums, {mean: 1}, times=of, by=split),
            Rule(counts, {of: 1}, needs=(mean,), by=split),
            Rule(alone, {mean: 1}, unless=(of,), by=split, added=False),
        )
    )
