"""What records mean to a service's own KPIs: exact figures, as those of the data types are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from data.datatypes import data_type
from data.entries import DataSetEntry, Record
from data.measurements import FigureKey, Figures
from data.parsed_records import ParsedRecord
from data.record_faults import LONGEST_TEXT, MOST, YEARS
from data.tables import MILLION
from data.times import day_of
from kpi.own import OwnKpi, Summed, text
from kpi.periods import PERIODS, Period
from kpi.rollups import PARTIAL, Figure, published

_DAY = 86_400
# Service, period, start.
Slot = tuple[str, str, int]


class _Amount(NamedTuple):
    """What one record adds to a measure, in millionths; which part and group it is of."""

    slot: Slot
    measure: str
    part: str
    group: str
    millionths: int


def measure_own(
    entry: DataSetEntry, kpis: Sequence[OwnKpi], records: Iterable[ParsedRecord], standard: Figures
) -> Figures:
    """The published figures that one data set's records are to the KPIs that rest on it.

    Whoever sends records need not know of these KPIs: a record without a whole period, a number
    or a service is no figure, and no error. Where a record names no part, it is the whole, and
    the parts are not added up to another. None of a private data set.

    :param standard: what the records mean to their data type. Where a channel is missing in it,
        what is added up over all channels is partial, too.
    """
    if entry.private or not kpis:
        return {}
    items = [item for item in records if item.service and _has_period(item)]
    lacking = _lacking(entry, standard)
    found: Figures = {}
    for own in kpis:
        by_channel = any(name == "channel" for item in own.sums for name, _ in item.only)
        figures = _figures(_amounts(entry, own, items))
        found |= figures if by_channel else _with_gaps(figures, lacking)
    return found


def _has_period(item: ParsedRecord) -> bool:
    """Whether a record is of a whole period, as the figures of data types are."""
    if item.at is None or item.at % _DAY or item.micros or item.period not in PERIODS:
        return False
    return _is_aligned(item.period, item.at)


@lru_cache(maxsize=16_384)
def _is_aligned(period: str, at: int) -> bool:
    day = day_of(at)
    try:
        Period(period, day)
    except ValueError:
        return False
    return day.year in YEARS


def _lacking(entry: DataSetEntry, standard: Figures) -> dict[Slot, Figure]:
    """Where a channel is missing, the partial total."""
    total = data_type(entry.type).total_measure
    return {
        (key.service, key.period, key.start): figure
        for key, figure in standard.items()
        if (key.measure, key.category, figure.status) == (total, "", PARTIAL)
    }


def _with_gaps(figures: Figures, lacking: Mapping[Slot, Figure]) -> Figures:
    def told(key: FigureKey, figure: Figure) -> Figure:
        total = None if key.category else lacking.get((key.service, key.period, key.start))
        return total._replace(millionths=figure.millionths) if total else figure

    return {key: told(key, figure) for key, figure in figures.items()}


def _amounts(
    entry: DataSetEntry, own: OwnKpi, records: Iterable[ParsedRecord]
) -> Iterator[_Amount]:
    # What splits the figures of a data type splits those of KPIs made of it, whatever their group.
    splits = data_type(entry.type).parts_field or own.group
    for item in records:
        assert item.at is not None, "what has a period has a time"
        slot = item.service, item.period, item.at
        part, group = text(item.body.get(splits)), text(item.body.get(own.group))
        for measure, millionths in amounts(own, item.body).items():
            yield _Amount(slot, measure, part, group[: LONGEST_TEXT + 1], millionths)


def amounts(own: OwnKpi, body: Record) -> dict[str, int]:
    """What a record adds to each measure of a KPI, in millionths.

    Nothing where it lacks a number of any side that its filter keeps it for: a denominator whose
    numerator was not reported would make the ratio wrong.
    """
    found = {item.measure: _amount(item, body) for item in own.sums if item.keeps(body)}
    known = {measure: amount for measure, amount in found.items() if amount is not None}
    return known if len(known) == len(found) else {}


def _amount(item: Summed, body: Record) -> int | None:
    names = [name for name in (item.field, item.times, item.needs) if name]
    if not all(_is_number(body.get(name)) for name in names):
        return None
    factors = [Decimal(str(body[name])) for name in (item.field, item.times) if name]
    product = MILLION * (factors[0] if factors else Decimal(1))
    for factor in factors[1:]:
        product *= factor
    return int(product.to_integral_value()) if product <= MOST * MILLION else None


def _is_number(value: object) -> bool:
    """Whether it is a number as figures are made of: from 0 to a million million."""
    return not isinstance(value, bool) and isinstance(value, int | float) and 0 <= value <= MOST


def _figures(found: Iterable[_Amount]) -> Figures:
    items = list(found)
    wholes = {(item.slot, item.measure) for item in items if not item.part}
    sums: dict[FigureKey, int] = defaultdict(int)
    for item in items:
        service, period, start = item.slot
        if not item.part or (item.slot, item.measure) not in wholes:
            sums[FigureKey(service, period, item.measure, "", start)] += item.millionths
        if item.group and len(item.group) <= LONGEST_TEXT:
            sums[FigureKey(service, period, item.measure, item.group, start)] += item.millionths
    return {key: published(amount, key.period) for key, amount in sums.items()}
