"""A batch of records held against the record API's contract, message by message."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from data import record_ids, record_schema, record_times
from data.entries import DataSetEntry, Record
from data.record_times import TIMES, Moment

_FIELD_NAME = re.compile(r"[a-z_][a-z0-9_]+", re.ASCII | re.IGNORECASE)
_INTERNAL = (*TIMES, "_id")
_KINDS = {list: "a list", str: "text", bool: "true or false", type(None): "null"}
_INTEGERS = range(-(2**63), 2**63)


class Wrong(NamedTuple):
    """What is wrong with one record: where it stands (from 1), in which field, in words."""

    position: int
    field: str
    message: str


@dataclass(slots=True)
class Draft:
    """A record on its way in: its times in UTC and its _id made, as far as that went well."""

    body: Record
    moment: Moment | None = None
    unread: tuple[str, ...] = ()


@dataclass
class Findings:
    """What is wrong with a batch, in the contract's order of kinds; and the names it may use."""

    schema: list[Wrong] = field(default_factory=list)
    ids: list[Wrong] = field(default_factory=list)
    times: list[Wrong] = field(default_factory=list)
    fields: list[Wrong] = field(default_factory=list)
    names: set[str] = field(default_factory=set)

    def all(self) -> list[Wrong]:
        """All of it; what ids lack is told once for the whole batch."""
        return [*self.schema, *self.ids[:1], *self.times, *self.fields]


def check(
    entry: DataSetEntry, records: Sequence[Record], *, keeps_ids: bool
) -> tuple[list[Draft], list[Wrong]]:
    """Every record with its times in UTC and its automatic _id, and all that is wrong with them.

    :param keeps_ids: the records have the _id that they are stored under, whatever it is made of.
    """
    told = ((position, not_an_object(item)) for position, item in enumerate(records, start=1))
    odd = [Wrong(position, "", message) for position, message in told if message]
    if odd:
        return [], odd
    findings = Findings()
    if entry.schema is not None:
        findings.schema += _schema_faults(entry, records)
    auto_ids = () if keeps_ids else entry.auto_ids
    drafts = [
        _draft(position, dict(body), auto_ids, findings)
        for position, body in enumerate(records, start=1)
    ]
    return drafts, findings.all()


def not_an_object(item: object) -> str:
    """What is wrong with a record that is no object; empty where it is one."""
    if isinstance(item, dict):
        return ""
    kind = _KINDS.get(type(item), "a number")
    return f"a record is an object with named fields, not {kind}."


def _schema_faults(entry: DataSetEntry, records: Sequence[Record]) -> Iterator[Wrong]:
    checker = record_schema.validator(entry.schema or {})
    for position, body in enumerate(records, start=1):
        for name, message in record_schema.faults(checker, body):
            yield Wrong(position, name, message)


def _draft(position: int, body: Record, auto_ids: Sequence[str], findings: Findings) -> Draft:
    if auto_ids:
        lacking = record_ids.missing(body, auto_ids)
        if lacking:
            message = f"The following required id fields are missing: {', '.join(lacking)}"
            findings.ids.append(Wrong(position, lacking[0], message))
        else:
            body["_id"] = record_ids.automatic(body, auto_ids)
    draft = Draft(body)
    for name in TIMES:
        if name in body:
            _read_time(position, name, draft, findings)
    first = _first_fault(body, draft.unread, findings.names)
    if first:
        findings.fields.append(Wrong(position, *first))
    return draft


def _read_time(position: int, name: str, draft: Draft, findings: Findings) -> None:
    value = draft.body[name]
    moment = record_times.read(value)
    if moment is None:
        findings.times.append(Wrong(position, name, record_times.fault(name, value)))
        draft.unread += (name,)
        return
    draft.body[name] = moment.text
    if name == "_timestamp":
        draft.moment = moment


def _first_fault(body: Record, unread: Sequence[str], names: set[str]) -> tuple[str, str] | None:
    """The first bad field and what is wrong with it. names: those that are known to be good."""
    for name, value in body.items():
        if name not in names:
            if wrong := name_fault(name):
                return name, wrong
            names.add(name)
        # A time that is a list is told like one that is no date.
        if name in unread:
            return name, f"{name} is not a valid datetime object"
        if not is_value(value):
            return name, f"{name} has an invalid value"
        if name == "_id" and not record_ids.is_id(value):
            return name, f'_id "{value}" is not a valid id'
    return None


def name_fault(name: str) -> str:
    """What is wrong with the name of a field; empty where nothing is."""
    if not _FIELD_NAME.fullmatch(name):
        return f"{name} is not a valid key"
    if name[0] == "_" and name not in _INTERNAL:
        return f"{name} is not a recognised internal field"
    return ""


def is_value(value: object) -> bool:
    """Whether every engine can hold a value: text, a number, true, false or null."""
    if isinstance(value, str):
        return value.isprintable() or can_be_held(value)
    if value is None or isinstance(value, bool):
        return True
    if isinstance(value, int):
        return value in _INTEGERS
    return isinstance(value, float) and math.isfinite(value)


def can_be_held(text: str) -> bool:
    """PostgreSQL holds no NUL, and half of a surrogate pair is no character."""
    return "\0" not in text and not any("\ud800" <= letter <= "\udfff" for letter in text)
