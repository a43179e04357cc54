"""Records as they arrive: checked one by one, every fault named, or parsed for writing."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime

from data.datatypes import DATA_TYPES, INSTANT, DataType, Field
from data.entries import Batch, Record
from data.times import parse_time, seconds
from kpi.periods import PERIODS, Period


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
    parsed: list[ParsedRecord] = []
    for position, body in enumerate(batch.records, start=1):
        found = list(_faults(body, data_type, services))
        faults += [Fault(data_set, position, name, message) for name, message in found]
        if not found:
            parsed.append(_parsed(body, data_type, batch.data_set.service or ""))
    if faults:
        raise Rejected(_summary(faults), faults)
    return parsed


def _summary(faults: list[Fault]) -> str:
    more = f" There are {len(faults) - 1:,} more faults." if len(faults) > 1 else ""
    return f"{faults[0]}{more} Nothing was written."


def _parsed(body: Record, data_type: DataType, service: str) -> ParsedRecord:
    period = INSTANT if data_type.instant else body["period"]
    at = seconds(parse_time(body["_timestamp"]))
    return ParsedRecord(body["_id"], at, period, body.get("service", service), body)


def _faults(
    body: Record, data_type: DataType, services: Collection[str]
) -> Iterable[tuple[str, str]]:
    key = body.get("_id")
    if not isinstance(key, str) or key.split() != [key]:
        yield "_id", f"_id must be text without spaces, not {key!r}."
    moment = _moment(body.get("_timestamp"))
    if moment is None:
        yield "_timestamp", f"_timestamp must be a time such as 2017-10-01T00:00:00+00:00, not {body.get('_timestamp')!r}."
    elif not data_type.instant and (message := _misaligned(body.get("period"), moment)):
        yield "period", message
    for item in data_type.fields:
        yield from _field_faults(item, body.get(item.name))
    if data_type.names_its_service and body.get("service") not in services:
        yield "service", f"there is no service {body.get('service')!r}."


def _moment(value: object) -> datetime | None:
    try:
        return parse_time(value) if isinstance(value, str) else None
    except ValueError:
        return None


def _misaligned(period: object, moment: datetime) -> str:
    if period not in PERIODS:
        return f"period must be one of {', '.join(PERIODS)}, not {period!r}."
    if moment.hour or moment.minute or moment.second or moment.microsecond:
        return f"_timestamp must be midnight for a {period}, not {moment:%H:%M:%S}."
    try:
        Period(str(period), moment.date())
    except ValueError as error:
        return str(error)
    return ""


def _field_faults(item: Field, value: object) -> Iterable[tuple[str, str]]:
    if value is None:
        if item.required:
            yield item.name, f"{item.name} is missing: {item.help}."
    elif item.kind == "text":
        if not isinstance(value, str) or not value.strip():
            yield item.name, f"{item.name} must be text, not {value!r}."
    elif isinstance(value, bool) or not isinstance(value, int | float):
        yield item.name, f"{item.name} must be a number, not {value!r}."
    elif not math.isfinite(value) or value < 0 or value > 1e12:
        yield item.name, f"{item.name} must be from 0 to a million million, not {value!r}."
