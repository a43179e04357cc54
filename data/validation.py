"""Records as they arrive: checked one by one, every fault named, or parsed for writing."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from data.datatypes import DATA_TYPES, INSTANT, DataType, Field
from data.entries import Batch, Record
from data.times import parse_time, seconds
from kpi.periods import PERIODS, Period

# What the tables' columns can hold on every engine.
LONGEST_KEY, LONGEST_TEXT = 500, 100
MOST = 10**12
YEARS = range(1900, 2200)
_EXAMPLE = "2017-10-01T00:00:00+00:00"


@dataclass(frozen=True)
class Fault:
    """What is wrong with one record: where it stands (from 1), in which field, in words."""

    data_set: str
    position: int
    field: str
    message: str

    def __str__(self) -> str:
        return f"{self.data_set}, record {self.position}: {self.message}"


class Rejected(ValueError):
    """A delivery that was refused whole; ``faults`` names everything that is wrong with it."""

    def __init__(self, message: str, faults: Iterable[Fault] = ()) -> None:
        super().__init__(message)
        self.faults = tuple(faults)


@dataclass(frozen=True, slots=True)
class ParsedRecord:
    """A valid record: its key, its start in seconds, its period and the service it is about."""

    key: str
    at: int
    period: str
    service: str
    body: Record


def refusal(faults: Sequence[Fault]) -> Rejected:
    """The refusal of a delivery with these faults: the first in words, and how many more."""
    others = len(faults) - 1
    more = "There is 1 more fault. " if others == 1 else f"There are {others:,} more faults. "
    return Rejected(f"{faults[0]} {more if others else ''}Nothing was written.", faults)


def parse(batch: Batch, services: Collection[str]) -> list[ParsedRecord]:
    """Every record of a batch, parsed.

    :param services: the slugs that records may be about.
    :raises Rejected: naming every fault of the batch.
    """
    data_set = f"{batch.data_set.group}/{batch.data_set.type}"
    if batch.data_set.type not in DATA_TYPES:
        known = ", ".join(DATA_TYPES)
        raise Rejected(f"{data_set}: there is no data type {batch.data_set.type!r}. Use {known}.")
    data_type = DATA_TYPES[batch.data_set.type]
    faults: list[Fault] = []
    found: list[ParsedRecord] = []
    for position, body in enumerate(batch.records, start=1):
        wrong = list(_faults(body, data_type, services))
        faults += [Fault(data_set, position, name, message) for name, message in wrong]
        if not wrong:
            at = seconds(parse_time(body["_timestamp"]))
            found.append(parsed(body["_id"], at, body, data_type, batch.data_set.service or ""))
    if faults:
        raise refusal(faults)
    return found


def parsed(key: str, at: int, body: Record, data_type: DataType, service: str) -> ParsedRecord:
    """A valid record of a data set; only some data types let a record name its own service."""
    period = INSTANT if data_type.instant else body["period"]
    about = body["service"] if data_type.names_its_service else service
    return ParsedRecord(key, at, period, about, body)


def _faults(
    body: Record, data_type: DataType, services: Collection[str]
) -> Iterable[tuple[str, str]]:
    if not isinstance(body, dict):
        yield "", f"a record is an object with named fields, not {body!r}."
        return
    key = body.get("_id")
    if not isinstance(key, str) or key.split() != [key] or len(key) > LONGEST_KEY:
        yield "_id", f"_id must be text of up to {LONGEST_KEY} letters, no spaces, not {key!r}."
    yield from _time_faults(body, data_type)
    fields = {item.name: item for item in data_type.fields}
    for item in data_type.fields:
        yield from _field_faults(item, body.get(item.name))
    for name, value in body.items():
        if name not in fields and not _is_plain(value):
            yield name, f"{name} must be text, a number, true, false or null, not {value!r}."
    service = body.get("service")
    if data_type.names_its_service and not (isinstance(service, str) and service in services):
        yield "service", f"there is no service {service!r}."


def _time_faults(body: Record, data_type: DataType) -> Iterable[tuple[str, str]]:
    value, period = body.get("_timestamp"), body.get("period")
    moment = _moment(value)
    if moment is None:
        yield "_timestamp", f"_timestamp must be a time such as {_EXAMPLE}, not {value!r}."
    elif moment.year not in YEARS:
        known = f"{YEARS[0]} to {YEARS[-1]}"
        yield "_timestamp", f"_timestamp must be in the years {known}, not {moment.year}."
    elif not data_type.instant and period in PERIODS and (wrong := _misaligned(period, moment)):
        yield "period", wrong
    if not data_type.instant and period not in PERIODS:
        yield "period", f"period must be one of {', '.join(PERIODS)}, not {period!r}."


def _moment(value: object) -> datetime | None:
    try:
        return parse_time(value) if isinstance(value, str) else None
    except (ValueError, OverflowError):
        return None


def _misaligned(period: str, moment: datetime) -> str:
    if moment.hour or moment.minute or moment.second or moment.microsecond:
        return f"_timestamp must be midnight for a {period}, not {moment:%H:%M:%S}."
    try:
        Period(period, moment.date())
    except ValueError as error:
        return f"{error}."
    return ""


def _field_faults(item: Field, value: object) -> Iterable[tuple[str, str]]:
    if item.name in ("period", "service"):
        return
    if value is None:
        if item.required:
            yield item.name, f"{item.name} is missing: {item.help}."
    elif item.kind == "text":
        if not isinstance(value, str) or not value.strip() or len(value) > LONGEST_TEXT:
            yield (
                item.name,
                f"{item.name} must be text of up to {LONGEST_TEXT} letters, not {value!r}.",
            )
    elif isinstance(value, bool) or not isinstance(value, int | float):
        yield item.name, f"{item.name} must be a number, not {value!r}."
    elif not 0 <= value <= MOST:
        yield item.name, f"{item.name} must be from 0 to a million million, not {value!r}."


def _is_plain(value: object) -> bool:
    if isinstance(value, float):
        return math.isfinite(value)
    return value is None or isinstance(value, str | bool | int)
