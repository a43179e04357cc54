"""Many records are checked by columns: with the same outcome as one by one."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from datetime import date, timedelta
from typing import Any

import pytest

from data import record_columns
from data.datatypes import STANDARD_TYPES
from data.entries import Batch, DataSetEntry, Record
from data.parsed_records import ParsedRecord
from data.validation import Rejected, parse

SERVICES = {"allowance", "dwp-carers-allowance-new-claims"}
OWN_TYPE = "queue-lengths"
# What a field is given now and then, in place of what its type's example has.
ODD: tuple[Any, ...] = (
    None, True, False, 0, 1, -1, 10**12, 10**12 + 1, 2**63, -(2**63), 1.5, -0.0, float("nan"),
    float("inf"), "", " ", "a.b%c d", "x" * 101, "x" * 501, "two\nlines", "\0", "\ud800", "é😀",
    [1], {"a": 1}, "day", "week", "month", "year", "2017-10-01", "2017-10-02T00:00:00Z",
    "2017-10-02 01:00:00.5+0100", "2017-W40-1T00:00:00+00:00", "1899-12-31", "2200-01-01",
    "yesterday", "a/b",
)  # fmt: skip
MORE = ("note", "_id", "_start_at", "_end_at", "_secret", "x", "Ärger", "stage", "service")
Outcome = list[ParsedRecord] | list[tuple[int, str, str]]


def _records(kind: str, chance: random.Random) -> list[Record]:
    """Records like a type's example, most of them alike, some with odd values or other fields."""
    example = next((dict(one.example) for one in STANDARD_TYPES if one.slug == kind), {})
    example = example or {"_timestamp": "2017-10-01T00:00:00+00:00", "length": 5, "queue": "a"}
    odd, often = chance.sample(ODD, 4), chance.choice((0.0, 0.02, 0.3))
    extra = chance.choices(MORE, k=chance.randrange(2))
    found = []
    for number in range(chance.randrange(1, 60)):
        body = {**example, **{name: f"{name}-{number}" for name in extra}}
        if "_id" in extra or chance.random() < 0.1 * often:
            body["_id"] = f"one-{number}"
        for name in list(body):
            if chance.random() < often:
                body[name] = chance.choice(odd)
            if chance.random() < often / 4:
                del body[name]
        found.append(body)
    return found


def _spread(records: Sequence[Record], chance: random.Random) -> list[Record]:
    """Mostly the same at starts of their own, so that most names are, too."""
    if chance.random() < 0.2:
        return list(records)
    first, step = date(2001, 1, 1), timedelta(weeks=1)
    mondays = [first + step * n for n in range(len(records))]
    months = [date(2001 + n // 12, n % 12 + 1, 1) for n in range(len(records))]
    is_weekly = any(one.get("period") == "week" for one in records)
    starts = mondays if is_weekly else months
    pairs = zip(records, map(str, starts), strict=True)
    return [{**one, "_timestamp": day} if "_timestamp" in one else one for one, day in pairs]


def _outcome(batch: Batch) -> Outcome:
    try:
        return parse(batch, SERVICES)
    except Rejected as refused:
        return [(fault.position, fault.field, fault.message) for fault in refused.faults]


def _told(outcome: Outcome) -> str:
    """As text, in which true is not 1 and the order of fields counts."""
    return repr(outcome)


@pytest.fixture
def one_by_one(monkeypatch: pytest.MonkeyPatch) -> Callable[[Batch], Outcome]:
    """The outcome of records that are looked at one by one."""

    def _found(batch: Batch) -> Outcome:
        with monkeypatch.context() as patched:
            patched.setattr(record_columns, "sound", lambda *_: None)
            return _outcome(batch)

    return _found


@pytest.mark.parametrize("kind", [one.slug for one in STANDARD_TYPES])
def test_records_are_the_same_and_faults_told_alike_by_columns_and_one_by_one(
    kind: str, one_by_one: Callable[[Batch], Outcome]
) -> None:
    chance = random.Random(kind)
    entry = DataSetEntry("group", kind, service="allowance")
    together = 0
    for _ in range(150):
        records = _spread(_records(kind, chance), chance)
        batch = Batch(entry, records)
        before = repr(records)
        assert _told(_outcome(batch)) == _told(one_by_one(batch))
        assert repr(records) == before
        together += record_columns.sound(entry, records, SERVICES) is not None
    # Otherwise nothing was compared.
    assert together > 20


def test_records_without_fields_of_their_type_s_own_are_alike_but_for_the_names_made_for_them(
    one_by_one: Callable[[Batch], Outcome],
) -> None:
    chance = random.Random(1)
    entry = DataSetEntry("group", OWN_TYPE)
    for _ in range(150):
        records = [{"_id": f"n{n}", **one} for n, one in enumerate(_records(OWN_TYPE, chance))]
        batch = Batch(entry, records)
        assert _told(_outcome(batch)) == _told(one_by_one(batch))


def test_two_records_of_one_made_up_name_that_say_otherwise_are_told_from_where_they_stand() -> (
    None
):
    entry = DataSetEntry("group", "realtime", service="allowance")
    moments = [f"2017-10-02T00:00:{second:02}Z" for second in range(20)]
    records: list[Record] = [{"_timestamp": one, "unique_visitors": 5} for one in moments]
    # The same moment in another shape of record.
    records += [{**one, "note": 1, "unique_visitors": 6} for one in records]
    with pytest.raises(Rejected) as refused:
        parse(Batch(entry, records), SERVICES)
    assert [fault.position for fault in refused.value.faults] == list(range(21, 41))
    assert "record 21 is told from record 1 by no text field" in str(refused.value)


def test_a_few_odd_records_among_many_are_named_as_they_would_be_alone() -> None:
    entry = DataSetEntry("group", "errors", service="allowance")
    body = {"_timestamp": "2017-10-02", "period": "week", "error": "late.payment", "count": 1}
    records = [{**body, "stage": f"stage {number}"} for number in range(30)]
    records += [{**body, "error": f"no {number}"} for number in range(30)]
    keys = [item.key for item in parse(Batch(entry, records), SERVICES)]
    alone = [parse(Batch(entry, [one]), SERVICES)[0].key for one in records]
    assert keys == alone
    assert keys[0] == "2017-10-02.week.late%2Epayment.stage=stage%200"
