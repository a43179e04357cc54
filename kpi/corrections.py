"""The history of corrections: what was replaced or removed, grouped by what did it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from typing import Any, Protocol

from kpi.periods import Period
from kpi.publishing import Replaced, Value

_TOLD_APART_BY = ("_timestamp", "period")
_NOT_TOLD = ("_id", "_timestamp", "_start_at", "_end_at", "period")
HOW = {
    "upload": "File uploaded",
    "correct": "Corrected by hand",
    "undo": "Undone",
    "empty": "All records removed",
}
_OTHERWISE = "Sent again"
# How many records of a write are told of one by one.
RECORDS_MOST = 5


class Changed(Protocol):
    """A record that was replaced or removed: `data.changes.Correction` is one."""

    @property
    def audit_id(self) -> int:
        """What did it."""

    @property
    def at(self) -> int:
        """When, in seconds since 1970."""

    @property
    def action(self) -> str:
        """What the audit calls it."""

    @property
    def reason(self) -> str:
        """Why, in the words of whoever did it."""

    @property
    def before(self) -> Mapping[str, Any]:
        """What was there."""

    @property
    def after(self) -> Mapping[str, Any] | None:
        """What is; None where it was removed."""


@dataclass(frozen=True)
class CorrectedRecord:
    """A record: what it is about, in words, and its values that changed; or it was removed."""

    about: str
    values: tuple[Replaced, ...]
    removed: bool = False


@dataclass(frozen=True)
class Correction:
    """A write that replaced or removed records: when, how, why, and the first of the records.

    ``more`` is how many others it changed.
    """

    at: datetime
    how: str
    reason: str
    records: tuple[CorrectedRecord, ...]
    more: int = 0


def corrections_of(
    changed: Iterable[Changed], counts: Mapping[int, int], *, with_values: bool = True
) -> list[Correction]:
    """Corrections from the first records of each, in order. Who did it is for the audit alone.

    :param counts: how many records each write changed, by its ``audit_id``.
    :param with_values: False where the values of single records are not for everyone.
    """
    groups = groupby(changed, key=lambda one: one.audit_id)
    return [_correction(list(rows), counts[number], with_values) for number, rows in groups]


def about_in_words(record: Mapping[str, Any]) -> str:
    """What a record is about: 'week of 14 October 2013, paper'."""
    words = [str(value) for name, value in record.items() if _is_word(name, value)]
    return ", ".join([_when(record), *words] if _when(record) else words)


def replaced(
    before: Mapping[str, Any], after: Mapping[str, Any], about: str = ""
) -> tuple[Replaced, ...]:
    """The fields whose values are others, in order."""
    names = [name for name in {**before, **after} if name not in _NOT_TOLD]
    return tuple(
        Replaced(about, name, before.get(name), after.get(name))
        for name in names
        if not _same(before.get(name), after.get(name))
    )


def _same(before: Value, after: Value) -> bool:
    return before == after and isinstance(before, bool) is isinstance(after, bool)


def _correction(rows: list[Changed], count: int, with_values: bool) -> Correction:
    first = rows[0]
    records = tuple(_record(row) for row in rows[:RECORDS_MOST] if with_values)
    return Correction(
        at=datetime.fromtimestamp(first.at, UTC),
        how=HOW.get(first.action, _OTHERWISE),
        reason=first.reason if first.action == "correct" else "",
        records=records,
        more=count - len(records),
    )


def _record(row: Changed) -> CorrectedRecord:
    values = replaced(row.before, row.after or {})
    return CorrectedRecord(about_in_words(row.before), values, row.after is None)


def _is_word(name: str, value: object) -> bool:
    return isinstance(value, str) and name not in _NOT_TOLD


def _when(record: Mapping[str, Any]) -> str:
    stamp, period = (record.get(name) for name in _TOLD_APART_BY)
    if not isinstance(stamp, str):
        return ""
    moment = datetime.fromisoformat(stamp)
    try:
        return Period(str(period), moment.date()).label
    except ValueError:
        return f"{moment.day} {moment:%B %Y, %H:%M}"
