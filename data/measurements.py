"""What records mean: exact figures by service, period, measure, category and start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from data.channels import channel_kind
from data.datatypes import DataType, Rule, data_type
from data.entries import DataSetEntry, Record
from data.tables import MILLION
from data.validation import ParsedRecord
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
    if entry.private:
        return {}
    kind = data_type(entry.type)
    items = [record for record in records if record.service]
    totals = {_slot(record) for record in items if _is_total(kind, record.body)}
    amounts: dict[FigureKey, int] = {}
    channels: dict[Slot, set[str]] = defaultdict(set)
    for record in items:
        for rule, category, amount in _measures(entry, record, totals):
            key = FigureKey(record.service, record.period, rule.measure, category, _start(record))
            before = amounts.get(key, 0)
            amounts[key] = before + amount if rule.added else max(before, amount)
            if rule.measure == kind.channel_measure:
                channels[_slot(record)].add(category)
    figures = {key: published(amount, key.period) for key, amount in amounts.items()}
    for slot, reported in channels.items():
        missing = _expected_channels(entry, slot[2], first_uses or {}) - reported
        keys = _lacking(entry, slot, missing, is_total=slot in totals)
        figures.update(_incomplete(figures, keys, len(reported), len(missing)))
    return figures


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
    """Whether a record gives what its parts would otherwise be added up to."""
    if kind.parts_field is None or _has_part(kind, body):
        return False
    given = (_amount(rule, body) for rule in kind.rules if _is_whole(rule) and rule.added)
    return any(amount is not None for amount in given)


def _has_part(kind: DataType, body: Record) -> bool:
    """Whether a record is of one channel, page, device … rather than of all of them."""
    return kind.parts_field is not None and body.get(kind.parts_field) is not None


def _measures(
    entry: DataSetEntry, record: ParsedRecord, totals: Collection[Slot]
) -> Iterator[tuple[Rule, str, int]]:
    kind = data_type(entry.type)
    is_part = _has_part(kind, record.body)
    for rule in kind.rules:
        if is_part and _is_whole(rule) and (not rule.added or _slot(record) in totals):
            continue
        if _applies(rule, entry, record.body):
            amount = _amount(rule, record.body)
            if amount is not None:
                yield rule, _category(rule, entry, record.body), amount


def _is_whole(rule: Rule) -> bool:
    return rule.by is None and rule.stage is None


def _applies(rule: Rule, entry: DataSetEntry, body: Record) -> bool:
    if any(name is not None and body.get(name) is None for name in (rule.by, rule.within)):
        return False
    if rule.unless and all(body.get(name) is not None for name in rule.unless):
        return False
    return rule.stage is None or body.get("stage") == _stage(entry, rule.stage)


def _stage(entry: DataSetEntry, which: str) -> str | None:
    """The first or the last stage that everybody passes; None where the settings name none."""
    required = [stage for stage in entry.stages if stage not in entry.optional_stages]
    return required[0 if which == "first" else -1] if required else None


def _category(rule: Rule, entry: DataSetEntry, body: Record) -> str:
    if rule.by is None:
        return rule.category
    text = str(body[rule.by]).strip()
    if rule.within is not None:
        return f"{str(body[rule.within]).strip()}{SEPARATOR}{text}"
    return channel_kind(text, entry.channel_kinds) if rule.kinds else text


def _amount(rule: Rule, body: Record) -> int | None:
    if any(body.get(name) is None for name in rule.numbers):
        return None
    factor = body[rule.times] if rule.times else 1
    pairs = [(weight, body[name]) for name, weight in rule.terms.items()]
    if all(isinstance(value, int) for _, value in pairs) and isinstance(factor, int):
        return sum(int(weight * MILLION) * value for weight, value in pairs) * factor
    total = sum(Decimal(str(weight)) * Decimal(str(value)) for weight, value in pairs)
    return int((total * Decimal(str(factor)) * MILLION).to_integral_value())


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
