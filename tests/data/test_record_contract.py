"""The record API's contract, message by message, on a data set of a type of its own."""

from __future__ import annotations

from typing import Any

import pytest

from data.entries import Batch, DataSetEntry
from data.parsed_records import ParsedRecord
from data.validation import Fault, Rejected, parse

DATE = "the _timestamp must be a date in the format yyyy-MM-ddT00:00:00Z"
NO_DATE = "_timestamp is not a valid datetime object"
TIMED = {"required": ["_timestamp"]}


def sent(*records: Any, merged: bool = False, **settings: Any) -> list[ParsedRecord]:
    """The records of a batch for a data set of a type that the platform does not know."""
    entry = DataSetEntry("group", "weather", **settings)
    return parse(Batch(entry, list(records), merged=merged), ())


def faults(*records: Any, **settings: Any) -> tuple[Fault, ...]:
    """What is wrong with a batch; nothing if it is good."""
    try:
        sent(*records, **settings)
    except Rejected as refused:
        return refused.faults
    return ()


def messages(*records: Any, **settings: Any) -> list[str]:
    return [fault.message for fault in faults(*records, **settings)]


@pytest.mark.parametrize(
    "key", ["a", "", "a-b", "a.b", "a b", "$a", "1a", "naïve", "ab\n", "a\u212a", "field:sum"]
)
def test_a_key_is_a_field_name(key: str) -> None:
    assert messages({key: 1}) == [f"{key} is not a valid key"]


@pytest.mark.parametrize("key", ["ab", "a1", "A_b", "COUNT", "a" * 1000])
def test_a_field_name_is_letters_digits_and_underscores_in_any_case(key: str) -> None:
    assert messages({key: 1}) == []


@pytest.mark.parametrize("key", ["_updated_at", "_week_start_at", "_Timestamp", "_ID", "__", "_1"])
def test_only_four_internal_fields_are_known(key: str) -> None:
    assert messages({key: 1}) == [f"{key} is not a recognised internal field"]


@pytest.mark.parametrize(
    "value",
    [
        [],
        [1],
        {},
        {"deep": 1},
        2**63,
        -(2**63) - 1,
        10**4000,
        float("nan"),
        float("inf"),
        "nul \0",
        "half \ud800",
        object,
    ],
)
def test_a_value_that_no_engine_can_hold_is_invalid(value: object) -> None:
    assert messages({"count": value}) == ["count has an invalid value"]


@pytest.mark.parametrize(
    "value",
    [
        "",
        "text",
        "two\nlines\t\u200b\N{GRINNING FACE}",
        0,
        -1.5,
        2**63 - 1,
        -(2**63),
        1e308,
        True,
        None,
    ],
)
def test_values_are_text_numbers_booleans_or_null(value: object) -> None:
    (found,) = sent({"_id": "a", "value": value})
    assert found.body == {"_id": "a", "value": value}


@pytest.mark.parametrize("value", ["", " ", "two words", "line\n", 5, None, True, "k" * 501])
def test_an_id_is_text_without_white_space(value: object) -> None:
    assert messages({"_id": value}) == [f'_id "{value}" is not a valid id']


@pytest.mark.parametrize("value", [[1], {}, 2**63])
def test_an_id_that_is_no_value_is_an_invalid_value(value: object) -> None:
    assert messages({"_id": value}) == ["_id has an invalid value"]


@pytest.mark.parametrize("value", ["hammer time", 5, None, True, [], {}])
def test_a_time_that_is_no_date_is_told_twice(value: object) -> None:
    assert messages({"_timestamp": value}) == [DATE, NO_DATE]


@pytest.mark.parametrize("name", ["_start_at", "_end_at"])
def test_the_other_times_are_told_without_an_article(name: str) -> None:
    assert messages({name: "soon"}) == [
        f"{name} must be a date in the format yyyy-MM-ddT00:00:00Z",
        f"{name} is not a valid datetime object",
    ]


def test_an_impossible_date_is_repeated() -> None:
    assert messages({"_timestamp": "2013-02-30T00:00:00Z"}) == [
        "2013-02-30T00:00:00Z in the _timestamp field is not a valid date",
        NO_DATE,
    ]


def test_times_are_stored_in_utc() -> None:
    body = {
        "_id": "a",
        "_timestamp": "2013-03-11T01:00:00+01:00",
        "_start_at": "2013-03-11",
        "_end_at": "2013-03-18 00:00:00.5",
    }
    (found,) = sent(body)
    assert found.body == {
        "_id": "a",
        "_timestamp": "2013-03-11T00:00:00+00:00",
        "_start_at": "2013-03-11T00:00:00+00:00",
        "_end_at": "2013-03-18T00:00:00.500000+00:00",
    }
    assert (found.key, found.at, found.micros) == ("a", 15_775 * 86_400, 0)
    assert body["_timestamp"] == "2013-03-11T01:00:00+01:00"


def test_a_record_may_be_without_any_time_and_without_any_field() -> None:
    (found,) = sent({})
    assert (found.at, found.micros, found.body) == (None, 0, {"_id": found.key})


def test_the_first_bad_field_of_each_record_is_told_in_the_order_sent() -> None:
    assert messages({"ok": 1, "b": 1, "c-d": 1}, {"c-d": 1, "b": 1}, {"fine": 1}) == [
        "b is not a valid key",
        "c-d is not a valid key",
    ]


def test_all_faults_come_in_the_contracts_order_and_each_knows_its_place() -> None:
    found = faults(
        {"_timestamp": "soon", "_end_at": "2013-02-30", "f": 1},
        {"_id": "a b", "gg": 1, "ff": 2},
        {"ff": 1, "x-y": 3},
        {"_timestamp": "2013-02-30", "ff": 2},
        schema=TIMED,
        auto_ids=("ff", "gg"),
    )
    assert [(fault.position, fault.field, fault.message) for fault in found] == [
        (2, "_timestamp", "'_timestamp' is a required property"),
        (3, "_timestamp", "'_timestamp' is a required property"),
        (1, "ff", "The following required id fields are missing: ff, gg"),
        (1, "_timestamp", DATE),
        (1, "_end_at", "2013-02-30 in the _end_at field is not a valid date"),
        (4, "_timestamp", "2013-02-30 in the _timestamp field is not a valid date"),
        (1, "_timestamp", NO_DATE),
        (3, "x-y", "x-y is not a valid key"),
        (4, "_timestamp", NO_DATE),
    ]
    assert {fault.data_set for fault in found} == {"group/weather"}


def test_automatic_ids_are_made_of_the_values_as_sent_and_replace_any_id() -> None:
    # base64 of '2013-03-11.Camden'.
    (found,) = sent(
        {"_id": "mine", "_timestamp": "2013-03-11", "authority": "Camden"},
        auto_ids=("_timestamp", "authority"),
    )
    assert found.key == found.body["_id"] == "MjAxMy0wMy0xMS5DYW1kZW4="


def test_what_ids_lack_is_told_once_of_the_first_record_that_lacks_it() -> None:
    assert messages({"ff": 1, "gg": 2}, {"gg": 1}, {}, auto_ids=("ff", "gg")) == [
        "The following required id fields are missing: ff"
    ]


def test_an_automatic_id_of_empty_text_is_no_id() -> None:
    assert messages({"ff": ""}, auto_ids=("ff",)) == ['_id "" is not a valid id']


def test_an_automatic_id_of_a_list_is_only_told_as_an_invalid_value() -> None:
    assert messages({"ff": [1], "gg": 1}, auto_ids=("ff", "gg")) == ["ff has an invalid value"]


def test_merged_records_keep_the_id_that_they_are_stored_under() -> None:
    (found,) = sent({"_id": "kept", "ff": 1}, merged=True, auto_ids=("ff",))
    assert found.key == "kept"


def test_the_schema_looks_at_records_as_they_were_sent() -> None:
    schema = {"properties": {"_timestamp": {"format": "date-time"}, "_id": {"enum": ["x"]}}}
    body = {"_id": "x", "_timestamp": "2013-03-11 00:00:00", "ff": 1}
    assert messages(body, schema=schema, auto_ids=("ff",)) == [
        "'2013-03-11 00:00:00' is not a 'date-time'"
    ]


@pytest.mark.parametrize(
    ("item", "kind"),
    [
        ([1], "a list"),
        ("text", "text"),
        (True, "true or false"),
        (None, "null"),
        (5, "a number"),
        (1.5, "a number"),
    ],
)
def test_a_record_is_an_object(item: object, kind: str) -> None:
    sentence = f"a record is an object with named fields, not {kind}."
    assert [(f.position, f.message) for f in faults({"b": 1}, item)] == [(2, sentence)]


def test_nothing_is_wrong_with_no_records() -> None:
    assert sent() == []
