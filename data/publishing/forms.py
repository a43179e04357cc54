"""Correcting one record by hand: which one, its figures, what changing them would change."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection, Engine, select

from data.data_sets import StoredDataSet
from data.datatypes import data_type
from data.deliveries import Sender, deliver
from data.entries import Record
from data.publishing.matching import Matched
from data.publishing.outlooks import delivery_of, outlook
from data.publishing.uploads import CHANGED, Moved, unchanged
from data.records import StoredRecords
from data.rules import Field
from data.spreadsheets.numbers import read_number
from data.spreadsheets.targets import titled
from data.spreadsheets.unreadable import Unreadable
from data.tables import record
from data.validation import Rejected
from kpi.corrections import about_in_words
from kpi.periods import Period
from kpi.publishing import CorrectionAnswer, FormField, Option, RecordForm

ACTION = "correct"
# Older ones than this many are corrected with a file.
_STARTS_MOST = 500
_WHY_MOST = 500
_NO_WHY = "Say why it changes: it is shown to everyone in the history of corrections."
_LONG_WHY = f"Say it in at most {_WHY_MOST} letters."


@dataclass(frozen=True)
class Corrected:
    """What was typed: a text for each figure, and why."""

    texts: Mapping[str, str]
    why: str


def starts(connection: Connection, stored: StoredDataSet) -> list[Option]:
    """When the newest records are: each moment once, as an address has it and in words."""
    period = record.c.body["period"].as_string()
    query = (
        select(record.c.at, period)
        .where(record.c.data_set_id == stored.id, record.c.at.is_not(None))
        .distinct()
        .order_by(record.c.at.desc(), period)
        .limit(_STARTS_MOST)
    )
    return [(_start(at, name), _words(at, name)) for at, name in connection.execute(query)]


def records_at(connection: Connection, stored: StoredDataSet, start: str) -> list[Option]:
    """The records of one of `starts`: each by its _id, and what it is about."""
    moment, _, period = start.partition("/")
    try:
        at = int(datetime.fromisoformat(moment).replace(tzinfo=UTC).timestamp())
    except ValueError:
        return []
    found = StoredRecords(connection, stored.id, stored.entry).at_starts([at])
    told = [(item.key, about_in_words(item.body)) for item in found if _length(item.body) == period]
    return sorted(told, key=lambda option: option[1])


def record_form(connection: Connection, stored: StoredDataSet, key: str) -> RecordForm | None:
    """The form of one record, with what it says now; None where there is none."""
    body = _body(connection, stored, key)
    return None if body is None else _form(stored, body, {})


def check(
    engine: Engine, stored: StoredDataSet, key: str, typed: Corrected, sender: Sender
) -> CorrectionAnswer:
    """What the correction would change, or what is wrong with it.

    :raises Moved: when the record is not there any more.
    """
    before, after, form = _corrected(engine, stored, key, typed)
    answer = CorrectionAnswer(form, why_fault(typed.why), version=stored.version)
    if answer.why_fault or any(one.fault for one in form.fields):
        return answer
    try:
        found = outlook(engine, stored, Matched([after], [before]), sender)
    except Rejected as rejected:
        return replace(answer, form=_with_faults(form, rejected), problem=_others(form, rejected))
    if not found.changes_anything:
        return replace(answer, problem="Nothing is changed yet: the figures are as they were.")
    return replace(answer, outlook=found)


def correct(
    engine: Engine, stored: StoredDataSet, key: str, typed: Corrected, sender: Sender
) -> int:
    """Write a correction; the number of its entry in the audit.

    :raises Moved: when the data set has changed since ``stored``, or something is wrong with it.
    """
    _, after, form = _corrected(engine, stored, key, typed)
    if why_fault(typed.why) or any(one.fault for one in form.fields):
        raise Moved("Something is wrong with what was typed.")
    sender = replace(sender, action=ACTION, reason=typed.why.strip())
    try:
        done = deliver(engine, delivery_of(stored, [after]), sender, check=unchanged(stored))
    except Rejected as rejected:
        raise Moved(str(rejected)) from rejected
    return done.audit_id


def why_fault(why: str) -> str:
    """What is wrong with a reason; '' where nothing is."""
    if not why.strip():
        return _NO_WHY
    return _LONG_WHY if len(why.strip()) > _WHY_MOST else ""


def _corrected(
    engine: Engine, stored: StoredDataSet, key: str, typed: Corrected
) -> tuple[Record, Record, RecordForm]:
    """A record before and after, and the form as it was filled in."""
    with engine.connect() as connection:
        body = _body(connection, stored, key)
    if body is None:
        raise Moved(CHANGED)
    form = _form(stored, body, typed.texts)
    after = dict(body)
    for field in _fields(stored, body):
        text = typed.texts.get(field.name)
        if text is not None:
            _put(after, field, text)
    return body, after, form


def _put(after: Record, field: Field, text: str) -> None:
    try:
        value = read_number(text, field.unit)
    except Unreadable:
        return
    if value is None and not field.required:
        after.pop(field.name, None)
    else:
        after[field.name] = value


def _form(stored: StoredDataSet, body: Record, texts: Mapping[str, str]) -> RecordForm:
    fields = [
        FormField(
            one.name,
            titled(one.name),
            one.help,
            one.unit,
            texts.get(one.name, _text(body.get(one.name))),
            _fault(one, texts.get(one.name, "")),
        )
        for one in _fields(stored, body)
    ]
    return RecordForm(str(body["_id"]), about_in_words(body), tuple(fields))


def _fields(stored: StoredDataSet, body: Record) -> Iterator[Field]:
    """The figures of a record: those of its type, or the numbers that it has."""
    kind = data_type(stored.entry.type)
    if kind.fields:
        yield from (one for one in kind.fields if one.kind == "number")
        return
    for name, value in body.items():
        if isinstance(value, int | float) and not isinstance(value, bool):
            yield Field(name, "number", False, "")


def _fault(field: Field, text: str) -> str:
    try:
        read_number(text, field.unit)
    except Unreadable as error:
        return f"‘{text.strip()}’ {error}."
    return ""


def _text(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)


def _with_faults(form: RecordForm, rejected: Rejected) -> RecordForm:
    wrong = {fault.field: fault.message for fault in rejected.faults}
    return replace(
        form,
        fields=tuple(replace(one, fault=wrong.get(one.name, "")) for one in form.fields),
    )


def _others(form: RecordForm, rejected: Rejected) -> str:
    """What is wrong beside the figures."""
    names = {one.name for one in form.fields}
    others = [fault.message for fault in rejected.faults if fault.field not in names]
    return " ".join(others) if rejected.faults else str(rejected)


def _body(connection: Connection, stored: StoredDataSet, key: str) -> Record | None:
    return StoredRecords(connection, stored.id, stored.entry).bodies([key]).get(key)


def _length(body: Record) -> str:
    return str(body.get("period") or "")


def _start(at: int, period: str | None) -> str:
    moment = datetime.fromtimestamp(at, UTC)
    return f"{moment:%Y-%m-%dT%H:%M:%S}/{period or ''}"


def _words(at: int, period: str | None) -> str:
    moment = datetime.fromtimestamp(at, UTC)
    try:
        label = Period(str(period), moment.date()).label
    except ValueError:
        return f"{moment.day} {moment:%B %Y, %H:%M:%S}"
    return f"{label[:1].upper()}{label[1:]}"
