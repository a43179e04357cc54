"""What records mean: exact figures by service, period, measure, category and start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from data.datatypes import DATA_TYPES, DataType, Rule, channel_kind
from data.entries import DataSetEntry, Record
from data.tables import MILLION
from data.validation import ParsedRecord
from kpi.rollups import PARTIAL, Figure, published

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
    """The published figures that one data set's records are; none of records without a service.

    Records that mean the same figure (paper and telephone are both non-digital) are added up.
    Where a channel that the service uses is missing, the total is partial: a week without its
    paper claims is not a week that was all digital. A cost that names no channel is the total,
    and then the channels' costs are not added up to another. How many people use a service now is
    never added up: of two counts of one moment the higher one stands.
    """
    items = [record for record in records if record.service]
    totals = {_slot(record) for record in items if "channel" not in record.body}
    data_type = DATA_TYPES[entry.type]
    amounts: dict[FigureKey, int] = {}
    channels: dict[Slot, set[str]] = defaultdict(set)
    for record in items:
        for name, category, amount in _measures(entry, record, totals):
            key = FigureKey(record.service, record.period, name, category, record.at)
            before = amounts.get(key, 0)
            amounts[key] = max(before, amount) if data_type.instant else before + amount
            if name == data_type.channel_measure:
                channels[_slot(record)].add(category)
    figures = {key: published(amount, key.period) for key, amount in amounts.items()}
    for slot, reported in channels.items():
        missing = _expected_channels(entry, slot[2], first_uses or {}) - reported
        kinds = {channel_kind(channel) for channel in missing}
        if missing and slot not in totals:
            kinds.add("")
        keys = [_total_key(data_type, slot, kind) for kind in kinds]
        figures.update(_incomplete(figures, keys, len(reported), len(missing)))
    return figures


def _slot(record: ParsedRecord) -> Slot:
    return record.service, record.period, record.at


def _total_key(data_type: DataType, slot: Slot, category: str) -> FigureKey:
    service, period, start = slot
    return FigureKey(service, period, str(data_type.total_measure), category, start)


def _measures(
    entry: DataSetEntry, record: ParsedRecord, totals: Collection[Slot]
) -> Iterator[tuple[str, str, int]]:
    data_type = DATA_TYPES[entry.type]
    part_of_total = "channel" in record.body and _slot(record) in totals
    for rule in data_type.rules:
        if _applies(rule, entry, record.body) and not (
            part_of_total and rule.by is None and rule.measure == data_type.total_measure
        ):
            amount = _amount(rule, record.body)
            if amount is not None:
                yield rule.measure, _category(rule, record.body), amount


def _applies(rule: Rule, entry: DataSetEntry, body: Record) -> bool:
    if rule.by is not None and rule.by not in body:
        return False
    return rule.stage is None or body.get("stage") == _stage(entry, rule.stage)


def _stage(entry: DataSetEntry, which: str) -> str | None:
    if not entry.stages:
        return None
    return entry.stages[0 if which == "first" else -1]


def _category(rule: Rule, body: Record) -> str:
    if rule.by is None:
        return rule.category
    text = str(body[rule.by]).strip()
    return channel_kind(text) if rule.kinds else text


def _amount(rule: Rule, body: Record) -> int | None:
    needed = [*rule.terms, rule.times] if rule.times else [*rule.terms]
    if any(body.get(name) is None for name in needed):
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
