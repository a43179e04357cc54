"""What columns can be about: the fields of a data type, and the names people give to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any, Literal

from data.rules import DataType, Field
from data.spreadsheets.synonyms import DATES, LAST_DAYS, OTHER_NAMES

TIMESTAMP, LAST_DAY, PERIOD, WIDE = "_timestamp", "_last_day", "period", "_each_its_own"
Kind = Literal["moment", "last day", "period", "text", "number"]
Known = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True)
class Target:
    """A field that a column can be about. ``names`` are what headers may call it, plainly."""

    name: str
    title: str
    kind: Kind
    required: bool
    help: str = ""
    unit: str = ""
    names: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shape:
    """What the records of a data set are made of.

    ``known`` are values that text fields have had, in their own spelling. An ``open`` shape has no
    declared fields: columns may be fields of their own names. ``instant``: records have a moment,
    and no period.
    """

    targets: tuple[Target, ...]
    known: Known = field(default_factory=dict)
    instant: bool = False
    open: bool = False
    usual_period: str = ""

    def target(self, name: str) -> Target | None:
        """The target of that name."""
        return next((one for one in self.targets if one.name == name), None)

    def of_kind(self, *kinds: Kind) -> list[Target]:
        """The targets of these kinds, in order."""
        return [one for one in self.targets if one.kind in kinds]

    @property
    def split(self) -> tuple[Target, Target] | None:
        """The one text field and the one number field of a type that may come in wide tables.

        There each column after the date is about one value of the text field.
        """
        texts = [one for one in self.of_kind("text") if one.name != "service"]
        numbers = self.of_kind("number")
        return (texts[0], numbers[0]) if len(texts) == len(numbers) == 1 else None


@lru_cache(maxsize=65_536)
def plain(words: object) -> str:
    """Words as they are compared: small letters and digits, a space between."""
    return re.sub(r"[\W_]+", " ", str(words).casefold()).strip()


def titled(name: str) -> str:
    """A field's name as a title: 'total_cost' is 'Total cost'."""
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:]


def shape_of(
    data_type: DataType,
    known: Known | None = None,
    schema: Mapping[str, Any] | None = None,
    usual_period: str = "",
) -> Shape:
    """What records of a data set of that type are made of.

    :param schema: the JSON Schema of a data set whose type declares no fields.
    """
    fields = data_type.fields
    times = _times(data_type.instant, required=bool(fields))
    others = [_target(item) for item in fields] if fields else list(_of_schema(schema or {}))
    if not fields:
        others.insert(0, _period(required=False))
    targets = (*times, *others)
    return Shape(targets, known or {}, data_type.instant, not fields, usual_period)


def _times(instant: bool, required: bool) -> list[Target]:
    title = "Date and time" if instant else "Date"
    words = "the moment" if instant else "the first day of the period"
    found = [Target(TIMESTAMP, title, "moment", required, words, names=DATES)]
    if not instant:
        words = "instead of the first day, the last day of the period"
        found.append(Target(LAST_DAY, "Last day", "last day", False, words, names=LAST_DAYS))
    return found


def _period(required: bool) -> Target:
    words = "day, week, month, quarter or year"
    return Target(PERIOD, "Period", "period", required, words, names=OTHER_NAMES[PERIOD])


def _target(item: Field) -> Target:
    if item.name == PERIOD:
        return _period(item.required)
    names = (*OTHER_NAMES.get(item.name, ()), plain(item.unit)) if item.unit else ()
    names = names or OTHER_NAMES.get(item.name, ())
    return Target(
        item.name, titled(item.name), item.kind, item.required, item.help, item.unit, names
    )


def _of_schema(schema: Mapping[str, Any]) -> Iterator[Target]:
    properties = schema.get("properties")
    required = schema.get("required")
    for name, told in (properties if isinstance(properties, dict) else {}).items():
        if name.startswith("_") or name == PERIOD or not isinstance(told, dict):
            continue
        kind: Kind = "number" if told.get("type") in ("number", "integer") else "text"
        must = isinstance(required, list) and name in required
        yield Target(name, titled(name), kind, must, str(told.get("description", "")))
