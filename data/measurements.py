"""What records mean: exact figures by service, period, measure, category and start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from itertools import repeat
from typing import NamedTuple

from data.channels import channel_kind
from data.datatypes import DataType, Rule, data_type
from data.entries import DataSetEntry, Record
from data.parsed_records import ParsedRecord
from data.tables import MILLION
from kpi.rollups import PARTIAL, Figure, published
from kpi.stage_messages import SEPARATOR

# The first moment, in seconds, at which a service used each channel.
FirstUses = Mapping[str, int]


class FigureKey(NamedTuple):
    """What a figure is about; ``start`` is in seconds since 1970."""

    service: str
    period: str
    measure: str
    category: str
    start: int


Figures = dict[FigureKey, Figure]
Slot = tuple[str, str, int]
# A record's values, and what they are about.
_Item = tuple[Slot, Record]
# Amounts in millionths, by measure and category.
Sums = dict[tuple[str, str], dict[Slot, int]]


def measure(
    entry: DataSetEntry, records: Iterable[ParsedRecord], first_uses: FirstUses | None = None
) -> Figures:
    """The published figures that one data set's records are.

    None of a private data set, of which nobody else may learn anything; none of records without a
    service. Records that mean the same figure (paper and telephone are both non-digital) are
    added up. Where a channel that the service uses is missing, the total is partial: a week
    without its paper claims is not a week that was all digital. A record that names no part (a
    cost without a channel, errors of no kind) is the total, and then the parts are not added up
    to another. What is never added up, such as how many people use a service now, stands alone:
    of two for one moment the higher one.
    """
    meaning = _Meaning(entry, data_type(entry.type))
    if entry.private or not meaning.kind.rules:
        return {}
    items = [(_slot(record), record.body) for record in records if record.service]
    parts = _Parts.of(meaning.kind, items)
    sums: Sums = defaultdict(dict)
    for rule in meaning.kind.rules:
        meaning.add_up(rule, parts.told(rule), sums)
    figures = {
        FigureKey(service, period, measure, category, start): published(amount, period)
        for (measure, category), amounts in sums.items()
        for (service, period, start), amount in amounts.items()
    }
    for slot, reported in _channels(meaning.kind, sums).items():
        missing = _expected_channels(entry, slot[2], first_uses or {}) - reported
        if missing:
            keys = _lacking(entry, slot, missing, is_total=slot in parts.totals)
            figures.update(_incomplete(figures, keys, len(reported), len(missing)))
    return figures


def _channels(kind: DataType, sums: Sums) -> dict[Slot, set[str]]:
    """Which channels are reported, where there are channels."""
    found: dict[Slot, set[str]] = defaultdict(set)
    for (name, category), amounts in sums.items():
        for slot in amounts if name == kind.channel_measure else ():
            found[slot].add(category)
    return found


@dataclass(frozen=True)
class _Parts:
    """Records of one channel, page, device … each, and of all of them together.

    ``totals`` is what records give that their parts would otherwise be added up to.
    """

    items: Sequence[_Item]
    wholes: Sequence[_Item]
    totals: Collection[Slot] = ()
    field: str | None = None

    @staticmethod
    def of(kind: DataType, items: Sequence[_Item]) -> _Parts:
        """The records of a data type, told apart."""
        field = kind.parts_field
        if field is None:
            return _Parts(items, items)
        wholes = [item for item in items if item[1].get(field) is None]
        totals = {slot for slot, body in wholes if _is_total(kind, body)}
        return _Parts(items, wholes, totals, field)

    def told(self, rule: Rule) -> Sequence[_Item]:
        """The records that a rule may say something of."""
        if not rule.is_whole or (rule.added and not self.totals):
            return self.items
        if not rule.added:
            return self.wholes
        return [
            (slot, body)
            for slot, body in self.items
            if slot not in self.totals or body.get(str(self.field)) is None
        ]


def _start(record: ParsedRecord) -> int:
    assert record.at is not None, "what is measured has a time"
    return record.at


def _slot(record: ParsedRecord) -> Slot:
    return record.service, record.period, _start(record)


def _lacking(
    entry: DataSetEntry, slot: Slot, missing: Collection[str], *, is_total: bool
) -> list[FigureKey]:
    """The figures of a slot that lack something where these channels are missing."""
    service, period, start = slot
    kinds = {channel_kind(channel, entry.channel_kinds) for channel in missing}
    if missing and not is_total:
        kinds.add("")
    measure = str(data_type(entry.type).total_measure)
    return [FigureKey(service, period, measure, kind, start) for kind in kinds]


def _is_total(kind: DataType, body: Record) -> bool:
    """Whether a record of no part gives what its parts would otherwise be added up to."""
    given = (_amount(rule, body) for rule in kind.rules if rule.is_whole and rule.added)
    return any(amount is not None for amount in given)


@dataclass(frozen=True)
class _Meaning:
    """What a data set's records mean, one by one; what its channels count as is kept."""

    entry: DataSetEntry
    kind: DataType
    channel_kinds: dict[str, str] = field(default_factory=dict)

    def add_up(self, rule: Rule, items: Sequence[_Item], sums: Sums) -> None:
        """Add the amounts that a rule takes of records to those of its measure and category."""
        if rule.is_conditional:
            items = [item for item in items if self._applies(rule, item[1])]
        bodies = [body for _, body in items]
        amounts, categories = _amounts(rule, bodies), self._categories(rule, bodies)
        is_added = rule.added
        for (slot, _), category, amount in zip(items, categories, amounts, strict=False):
            if amount is not None:
                sum_of = sums[rule.measure, category]
                before = sum_of.get(slot, 0)
                sum_of[slot] = before + amount if is_added else max(before, amount)

    def _categories(self, rule: Rule, bodies: Sequence[Record]) -> Iterable[str]:
        if rule.by is None:
            return repeat(rule.category)
        if rule.within is not None:
            return [self._category(rule, body) for body in bodies]
        # There are fewer of them than records.
        texts = [str(body[rule.by]) for body in bodies]
        known = {text: self._category(rule, {rule.by: text}) for text in set(texts)}
        return [known[text] for text in texts]

    def _applies(self, rule: Rule, body: Record) -> bool:
        if rule.by is not None and body.get(rule.by) is None:
            return False
        if rule.is_of_parts:
            return True
        if rule.within is not None and body.get(rule.within) is None:
            return False
        if rule.unless and all(body.get(name) is not None for name in rule.unless):
            return False
        return rule.stage is None or body.get("stage") == _stage(self.entry, rule.stage)

    def _category(self, rule: Rule, body: Record) -> str:
        text = str(body[str(rule.by)]).strip()
        if rule.within is not None:
            return f"{str(body[rule.within]).strip()}{SEPARATOR}{text}"
        return self._kind_of(text) if rule.kinds else text

    def _kind_of(self, channel: str) -> str:
        if channel not in self.channel_kinds:
            self.channel_kinds[channel] = channel_kind(channel, self.entry.channel_kinds)
        return self.channel_kinds[channel]


def _stage(entry: DataSetEntry, which: str) -> str | None:
    """The first or the last stage that everybody passes; None where the settings name none."""
    required = [stage for stage in entry.stages if stage not in entry.optional_stages]
    return required[0 if which == "first" else -1] if required else None


def _amounts(rule: Rule, bodies: Sequence[Record]) -> list[int | None]:
    """What a rule takes of each record, in millionths; None where that is no measurement."""
    if rule.plain:
        name, weight = rule.plain
        values = [body.get(name) for body in bodies]
        if set(map(type, values)) == {int}:
            return [weight * value for value in values if value is not None]
    return [_amount(rule, body) for body in bodies]


def _amount(rule: Rule, body: Record) -> int | None:
    values = [body.get(name) for name in rule.numbers]
    if None in values:
        return None
    if all(isinstance(value, int) for value in values):
        factor = body[rule.times] if rule.times else 1
        return sum(weight * body[name] for name, weight in rule.millionths) * factor
    factor = Decimal(str(body[rule.times])) if rule.times else 1
    pairs = [(weight, body[name]) for name, weight in rule.terms.items()]
    parts = (Decimal(str(weight)) * Decimal(str(value)) for weight, value in pairs)
    return int((sum(parts, Decimal(0)) * factor * MILLION).to_integral_value())


def _incomplete(
    figures: Figures, keys: Iterable[FigureKey], reported: int, missing: int
) -> Figures:
    """Those figures again, as ones that lack channels."""
    return {
        key: Figure(figures[key].millionths, PARTIAL, reported, reported + missing, "channel")
        for key in keys
        if key in figures
    }


def _expected_channels(entry: DataSetEntry, start: int, first_uses: FirstUses) -> set[str]:
    if entry.channels:
        return set(entry.channels)
    return {channel for channel, first in first_uses.items() if first <= start}
