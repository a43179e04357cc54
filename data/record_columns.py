"""Many records of the same fields, checked by columns: fast where nothing is wrong with any.

What is unusual about a record, or wrong, is found and told where records are looked at one by one
(see `data.validation.parse`): here it is only seen that there is something. Both give the same
records.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain, repeat
from typing import Any

from data import record_ids, record_times
from data.datatypes import DATA_TYPES, data_type
from data.entries import DataSetEntry, Record
from data.parsed_records import ParsedRecord
from data.record_contract import can_be_held, is_value, name_fault
from data.record_faults import ELSEWHERE, faults_of_time, field_fault, inner_faults
from data.record_times import TIMES, Moment
from data.rules import INSTANT, Field, Rule

Values = Sequence[Any]
_VALUES = frozenset((str, int, float, bool, type(None)))
_NUMBERS = frozenset((int, float, type(None)))
_TEXT = frozenset((str,))
# Of fewer records to a set of fields than these it is quicker to look at each.
_FEWEST = 8


class _Unusual(Exception):
    """Some record must be looked at by itself."""


def sound(
    entry: DataSetEntry, records: Sequence[Record], services: Collection[str]
) -> list[ParsedRecord] | None:
    """The records parsed, where nothing is wrong with any; None where each must be looked at.

    :param services: the slugs that records may be about.
    """
    if set(map(type, records)) != {dict}:
        return None
    shapes = _shapes(records)
    if len(records) < _FEWEST * len(shapes):
        return None
    try:
        parts = [
            _Columns(entry, names, [records[place] for place in places]).parsed(services)
            for names, places in shapes.items()
        ]
    except _Unusual:
        return None
    unnamed = [part for names, part in zip(shapes, parts, strict=True) if "_id" not in names]
    made_up = [item.key for item in chain.from_iterable(unnamed)]
    if len(set(made_up)) < len(made_up):
        return None
    if len(parts) == 1:
        return parts[0]
    places, found = chain.from_iterable(shapes.values()), chain.from_iterable(parts)
    return [item for _, item in sorted(zip(places, found, strict=True), key=_place)]


def _shapes(records: Sequence[Record]) -> Mapping[tuple[str, ...], Sequence[int]]:
    """The places of records by their fields."""
    first = tuple(records[0])
    if all(map(first.__eq__, map(tuple, records))):
        return {first: range(len(records))}
    shapes: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for place, names in enumerate(map(tuple, records)):
        shapes[names].append(place)
    return shapes


def _place(pair: tuple[int, ParsedRecord]) -> int:
    return pair[0]


def _refuse(is_unusual: object) -> None:
    if is_unusual:
        raise _Unusual


class _Columns:
    """Records that have the same fields in the same order, by field."""

    def __init__(self, entry: DataSetEntry, names: Sequence[str], records: list[Record]) -> None:
        self._entry, self._kind, self._size = entry, data_type(entry.type), len(records)
        columns = zip(*map(dict.values, records), strict=True)
        self._values: dict[str, Values] = dict(zip(names, columns, strict=True))
        self._types = {name: set(map(type, values)) for name, values in self._values.items()}

    def parsed(self, services: Collection[str]) -> list[ParsedRecord]:
        """The records.

        :raises _Unusual: where any must be looked at by itself.
        """
        read = {name: self._read_times(name) for name in TIMES if name in self._values}
        for name in self._values:
            _refuse(name_fault(name))
            if name not in TIMES:
                self._check_values(name)
        moments = read.get("_timestamp")
        if self._entry.type in DATA_TYPES:
            self._check_type(moments, services)
        if "_id" not in self._values:
            self._values["_id"] = self._made_up()
        return self._finished(moments)

    def _read_times(self, name: str) -> list[Moment]:
        """The moments of a column, which are then written in UTC."""
        _refuse(self._types[name] != _TEXT)
        known = record_times.read_all(set(self._values[name]))
        found = [moment for text in self._values[name] if (moment := known[text])]
        _refuse(len(found) < self._size)
        self._values[name] = [moment.text for moment in found]
        return found

    def _check_values(self, name: str) -> None:
        values, types = self._values[name], self._types[name]
        _refuse(not types <= _VALUES)
        if str in types:
            together = "".join(one for one in values if type(one) is str)
            _refuse(not (together.isprintable() or can_be_held(together)))
        if int in types:
            whole = values if types == {int} else [one for one in values if type(one) is int]
            _refuse(not (is_value(min(whole)) and is_value(max(whole))))
        if float in types:
            _refuse(not all(math.isfinite(one) for one in values if type(one) is float))
        if name == "_id":
            _refuse(types != _TEXT or not all(map(record_ids.is_id, values)))

    def _check_type(self, moments: Sequence[Moment] | None, services: Collection[str]) -> None:
        kind, values = self._kind, self._values
        if moments is None:
            raise _Unusual
        if kind.instant:
            # The years that can be reckoned with have no gaps.
            _refuse(any(faults_of_time(one, None, True) for one in (min(moments), max(moments))))
        else:
            _refuse(self._types.get("period") != _TEXT)
            starts = set(zip(moments, values["period"], strict=True))
            _refuse(any(faults_of_time(one, period, False) for one, period in starts))
        for item in kind.fields:
            if item.name not in ELSEWHERE:
                self._check_field(item)
        if kind.inner_rule:
            self._check_inner(kind.inner_rule)
        if kind.names_its_service:
            _refuse(self._types.get("service") != _TEXT)
            _refuse(set(values["service"]) - set(services))

    def _check_field(self, item: Field) -> None:
        name = item.name
        if name not in self._values:
            _refuse(field_fault(item, {}))
            return
        values, types = self._values[name], self._types[name]
        if item.kind == "text":
            _refuse(not types <= {str, type(None)})
            looked_at = set(values)
        else:
            _refuse(not types <= _NUMBERS)
            numbers = [value for value in values if value is not None]
            looked_at = {min(numbers), max(numbers)} if numbers else set()
        _refuse(any(field_fault(item, {name: value}) for value in looked_at))

    def _check_inner(self, rule: Rule) -> None:
        names = [name for name in (str(rule.within), str(rule.by)) if name in self._values]
        rows = set(zip(*(self._values[name] for name in names), strict=True))
        bodies = (dict(zip(names, row, strict=True)) for row in rows)
        _refuse(any(any(inner_faults(body, self._kind)) for body in bodies))

    def _made_up(self) -> list[str]:
        texts = {name for name, types in self._types.items() if str in types}
        # Whether such a field names a record is then another matter for each of them.
        _refuse(any(self._types[name] != _TEXT for name in texts - set(self._kind.naming)))
        return record_ids.all_made_up(self._values, texts, self._size, self._kind)

    def _finished(self, moments: Sequence[Moment] | None) -> list[ParsedRecord]:
        values, kind = self._values, self._kind
        periods: Iterable[str] = repeat(INSTANT)
        if not kind.instant:
            periods = (str(one or "") for one in values.get("period", repeat("")))
        about = values["service"] if kind.names_its_service else repeat(self._entry.service or "")
        ats = repeat(None) if moments is None else (moment.at for moment in moments)
        micros = repeat(0) if moments is None else (moment.micros for moment in moments)
        bodies = (dict(zip(values, row, strict=True)) for row in zip(*values.values(), strict=True))
        return list(map(ParsedRecord, values["_id"], ats, micros, periods, about, bodies))
