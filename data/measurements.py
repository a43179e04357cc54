"""What records mean: exact figures by service, period, measure, category and start."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from decimal import Decimal
from typing import NamedTuple

from data.datatypes import BY_CHANNEL, DATA_TYPES, TOTAL, Rule, channel_kind
from data.entries import DataSetEntry, Record
from data.validation import ParsedRecord
from kpi.rollups import PARTIAL, Figure, published

MILLION = 1_000_000


class FigureKey(NamedTuple):
    """What a figure is about; ``start`` is in seconds since 1970."""

    service: str
    period: str
    measure: str
    category: str
    start: int


Figures = dict[FigureKey, Figure]
# The first moment at which each service used each channel.
FirstUses = Mapping[tuple[str, str], int]


def measure(
    entry: DataSetEntry, records: Iterable[ParsedRecord], first_uses: FirstUses | None = None
) -> Figures:
    """The published figures that one data set's records are.

    Records that mean the same figure (paper and telephone are both non-digital) are added up.
    Where a channel that the service uses is missing, the total is partial: a week without its
    paper claims is not a week that was all digital.
    """
    rules = DATA_TYPES[entry.type].rules
    amounts: dict[FigureKey, int] = defaultdict(int)
    channels: dict[tuple[str, str, int], set[str]] = defaultdict(set)
    for record in records:
        for name, category, amount in _measures(rules, entry, record.body):
            amounts[FigureKey(record.service, record.period, name, category, record.at)] += amount
            if name == BY_CHANNEL:
                channels[record.service, record.period, record.at].add(category)
    figures = {key: published(amount, key.period) for key, amount in amounts.items()}
    for slot, reported in channels.items():
        figures.update(_missing_channels(figures, slot, reported, entry, first_uses or {}))
    return figures


def _measures(
    rules: Iterable[Rule], entry: DataSetEntry, body: Record
) -> Iterator[tuple[str, str, int]]:
    for rule in rules:
        if rule.stage and body.get("stage") != _stage(entry, rule.stage):
            continue
        amount = _amount(rule, body)
        if amount is not None:
            yield rule.measure, _category(rule, body), amount


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
    values = [body.get(name) for name in rule.terms]
    factor = body.get(rule.times) if rule.times else 1
    if factor is None or any(value is None for value in values):
        return None
    weights = rule.terms.values()
    if all(isinstance(value, int) for value in values) and isinstance(factor, int):
        return int(sum(w * MILLION * v for w, v in zip(weights, values, strict=True)) * factor)
    total = sum(
        Decimal(str(weight)) * Decimal(str(value))
        for weight, value in zip(weights, values, strict=True)
    )
    return int((total * Decimal(str(factor)) * MILLION).to_integral_value())


def _missing_channels(
    figures: Figures,
    slot: tuple[str, str, int],
    reported: set[str],
    entry: DataSetEntry,
    first_uses: FirstUses,
) -> Figures:
    service, period, start = slot
    expected = _expected_channels(entry, service, start, first_uses) | reported
    missing = expected - reported
    incomplete = {"", *(channel_kind(channel) for channel in missing)} if missing else set()
    changed: Figures = {}
    for category in incomplete:
        key = FigureKey(service, period, TOTAL, category, start)
        if key in figures:
            amount = figures[key].millionths
            changed[key] = Figure(amount, PARTIAL, len(reported), len(expected), "channel")
    return changed


def _expected_channels(
    entry: DataSetEntry, service: str, start: int, first_uses: FirstUses
) -> Collection[str]:
    if entry.channels:
        return set(entry.channels)
    return {
        channel for (user, channel), first in first_uses.items() if user == service and first <= start
    }
