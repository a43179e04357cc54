"""Section 5 of the record API's contract in plain Python: a dictionary, and what is refused.

It shares no code with the platform: names, times and ids are read here in another way.
"""

from __future__ import annotations

import base64
import string
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

Record = dict[str, Any]
Wrong = tuple[int, str, str]
Answer = tuple[int, dict[str, Any]]
TIMES = ("_timestamp", "_start_at", "_end_at")
KNOWN = (*TIMES, "_id")
OK: Answer = (200, {"status": "ok"})
LETTERS = set(string.ascii_letters + "_")
_FORMATS = [
    f"%Y-%m-%d{separator}%H:%M:%S{fraction}{zone}"
    for separator in "T "
    for fraction in ("", ".%f")
    for zone in ("", "%z")
] + ["%Y-%m-%d"]


class Model:
    """One data set: its settings, and the records that it should hold.

    ``unnamed`` are records that were sent without an _id: which one they got is not known.
    """

    def __init__(self, auto_ids: Sequence[str] = (), *, timed: bool = False) -> None:
        self.auto_ids, self.timed = auto_ids, timed
        self.records: dict[str, Record] = {}
        self.unnamed: list[Record] = []

    def post(self, sent: Any) -> Answer:
        """Add or replace records, all of them or none."""
        batch = sent if isinstance(sent, list) else [sent]
        named = [self._named(body) if isinstance(body, dict) else body for body in batch]
        wrong = self._wrong(batch, named)
        if wrong:
            return _refused(wrong)
        for body in map(_in_utc, named):
            if "_id" in body:
                self.records[body["_id"]] = body
            else:
                self.unnamed.append(body)
        return OK

    def put(self, name: str) -> Answer:
        """Empty it."""
        self.records, self.unnamed = {}, []
        return 200, {"status": "ok", "message": f"{name} now contains 0 records"}

    def delete(self, key: str) -> Answer:
        """Delete one record."""
        if key not in self.records:
            return 400, {"messages": f"No record found with id {key}"}
        del self.records[key]
        return OK

    def patch(self, key: str, fields: Record) -> Answer:
        """Lay fields over one record."""
        if fields.get("_id", key) != key:
            return _refused([(1, "_id", "the _id of a record cannot be changed.")])
        if key not in self.records:
            return 400, {"messages": f"No record found with id {key}"}
        merged = {**self.records[key], **fields, "_id": key}
        wrong = [*self._schema(1, merged), *_time_faults(1, merged), *_field_faults(1, merged)]
        if wrong:
            return _refused(wrong)
        self.records[key] = _in_utc(merged)
        return OK

    def _named(self, body: Record) -> Record:
        if not self.auto_ids or any(name not in body for name in self.auto_ids):
            return body
        if any(isinstance(body[name], list | dict) for name in self.auto_ids):
            # It is refused, whatever its _id would be.
            return {name: value for name, value in body.items() if name != "_id"}
        text = ".".join(str(body[name]) for name in self.auto_ids)
        return {**body, "_id": base64.b64encode(text.encode()).decode()}

    def _wrong(self, batch: Sequence[Any], named: Sequence[Any]) -> list[Wrong]:
        odd = [
            (position, "", f"a record is an object with named fields, not {_kind(item)}.")
            for position, item in enumerate(batch, 1)
            if not isinstance(item, dict)
        ]
        if odd:
            return odd
        schema = [wrong for n, body in enumerate(batch, 1) for wrong in self._schema(n, body)]
        times = [wrong for n, body in enumerate(batch, 1) for wrong in _time_faults(n, body)]
        fields = [wrong for n, body in enumerate(named, 1) for wrong in _field_faults(n, body)]
        return [*schema, *self._lacking(batch), *times, *fields]

    def _schema(self, position: int, body: Record) -> list[Wrong]:
        """A schema that asks for a _timestamp, and for one that is a date-time if it is text."""
        if not self.timed:
            return []
        if "_timestamp" not in body:
            return [(position, "_timestamp", "'_timestamp' is a required property")]
        value = body["_timestamp"]
        if isinstance(value, str) and (_as_written(value) is None or "T" not in value):
            return [(position, "_timestamp", f"{value!r} is not a 'date-time'")]
        return []

    def _lacking(self, batch: Sequence[Record]) -> list[Wrong]:
        for position, body in enumerate(batch, 1):
            lacking = [name for name in self.auto_ids if name not in body]
            if lacking:
                names = ", ".join(lacking)
                message = f"The following required id fields are missing: {names}"
                return [(position, lacking[0], message)]
        return []


def _refused(wrong: Sequence[Wrong]) -> Answer:
    faults = [{"record": n, "field": name, "message": message} for n, name, message in wrong]
    return 400, {"messages": [message for *_, message in wrong], "faults": faults[:100]}


def _kind(item: object) -> str:
    if item is None:
        return "null"
    if isinstance(item, bool):
        return "true or false"
    if isinstance(item, str):
        return "text"
    return "a list" if isinstance(item, list) else "a number"


def _time_faults(position: int, body: Record) -> list[Wrong]:
    wrong = []
    for name in TIMES:
        if name in body and _moment(body[name]) is None:
            value = body[name]
            if isinstance(value, str) and _looks_like_a_date(value):
                message = f"{value} in the {name} field is not a valid date"
            else:
                form = "must be a date in the format yyyy-MM-ddT00:00:00Z"
                message = f"the {name} {form}" if name == "_timestamp" else f"{name} {form}"
            wrong.append((position, name, message))
    return wrong


def _field_faults(position: int, body: Record) -> list[Wrong]:
    for name, value in body.items():
        message = _field_fault(name, value)
        if message:
            return [(position, name, message)]
    return []


def _field_fault(name: str, value: object) -> str:
    is_id = isinstance(value, str) and value != "" and value == "".join(value.split())
    rules = {
        f"{name} is not a valid key": not _is_name(name),
        f"{name} is not a recognised internal field": name[:1] == "_" and name not in KNOWN,
        f"{name} is not a valid datetime object": name in TIMES and not _moment(value),
        f"{name} has an invalid value": not _is_value(value),
        f'_id "{value}" is not a valid id': name == "_id" and not is_id,
    }
    return next((message for message, broken in rules.items() if broken), "")


def _is_name(name: str) -> bool:
    return len(name) > 1 and name[0] in LETTERS and not set(name) - LETTERS - set(string.digits)


def _is_value(value: object) -> bool:
    if isinstance(value, str):
        return "\0" not in value
    if isinstance(value, int):
        return abs(2 * value + 1) < 2**64
    return not isinstance(value, list | dict)


def _looks_like_a_date(text: str) -> bool:
    """Every digit where the time of 11 March has one."""
    shapes = ["".join("9" if letter.isdigit() else letter for letter in t) for t in _EXAMPLES]
    return "".join("9" if letter.isdigit() else letter for letter in text) in shapes


_EXAMPLES = ["2013-03-11"] + [
    f"2013-03-11{separator}00:00:00{fraction}{zone}"
    for separator in "T "
    for fraction in ("", *("." + "5" * digits for digits in range(1, 7)))
    for zone in ("", "Z", "+00:00", "-00:00", "+0000", "-0000")
]


def _as_written(value: object) -> datetime | None:
    for form in _FORMATS if isinstance(value, str) and _looks_like_a_date(value) else ():
        try:
            return datetime.strptime(str(value), form)
        except ValueError:
            continue
    return None


def _moment(value: object) -> datetime | None:
    """The moment in UTC; None where the calendar ends before it gets there."""
    found = _as_written(value)
    try:
        return found and found.replace(tzinfo=UTC) - (found.utcoffset() or timedelta())
    except OverflowError:
        return None


def _in_utc(body: Record) -> Record:
    made = dict(body)
    for name in TIMES:
        moment = _moment(body.get(name))
        if moment:
            fraction = f".{moment.microsecond:06}" if moment.microsecond else ""
            made[name] = f"{moment:%Y-%m-%dT%H:%M:%S}{fraction}+00:00"
    return made
