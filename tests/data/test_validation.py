"""What a standard data type finds wrong is said in words, of every field at once."""

from __future__ import annotations

from typing import Any

import pytest

from data.entries import Batch, DataSetEntry
from data.validation import Rejected, parse

GOOD = {
    "_id": "one",
    "_timestamp": "2017-10-02T00:00:00+00:00",
    "period": "day",
    "channel": "digital",
    "count": 5,
}


def faults(kind: str = "transactions-by-channel", **changes: Any) -> list[tuple[str, str]]:
    body = {name: value for name, value in {**GOOD, **changes}.items() if value != "absent"}
    batch = Batch(DataSetEntry("group", kind, service="allowance"), [body])
    try:
        parse(batch, {"allowance"})
    except Rejected as refused:
        return [(fault.field, fault.message) for fault in refused.faults]
    return []


def test_a_good_record_has_no_faults() -> None:
    assert faults() == []


@pytest.mark.parametrize("key", [None, 5, "", "two words", " one", "k" * 501])
def test_an_id_is_text_without_spaces(key: object) -> None:
    assert faults(_id=key) == [("_id", f'_id "{key}" is not a valid id')]


def test_a_record_without_an_id_is_named_by_what_tells_it_apart() -> None:
    body = {name: value for name, value in GOOD.items() if name != "_id"}
    entry = DataSetEntry("group", "transactions-by-channel", service="allowance")
    (found,) = parse(Batch(entry, [body]), {"allowance"})
    assert found.key == found.body["_id"] == "2017-10-02.day.digital"


def test_a_record_has_a_timestamp() -> None:
    sentence = "_timestamp is missing: a time such as 2017-10-01T00:00:00+00:00."
    assert faults(_timestamp="absent") == [("_timestamp", sentence)]


def test_what_the_contract_refuses_goes_before_what_the_data_type_does() -> None:
    assert faults(_timestamp="yesterday", count=-1, note=[1]) == [
        ("_timestamp", "the _timestamp must be a date in the format yyyy-MM-ddT00:00:00Z"),
        ("_timestamp", "_timestamp is not a valid datetime object"),
    ]


@pytest.mark.parametrize("year", [1899, 2200, 9999])
def test_a_timestamp_lies_in_years_that_can_be_reckoned_with(year: int) -> None:
    sentence = f"_timestamp must be in the years 1900 to 2199, not {year}."
    assert faults(_timestamp=f"{year}-12-01") == [("_timestamp", sentence)]


@pytest.mark.parametrize(
    ("period", "moment", "sentence"),
    [
        ("day", "2017-10-02T01:00:00", "_timestamp must be midnight for a day, not 01:00:00."),
        ("week", "2017-10-03", "a week starts on a Monday, and 2017-10-03 is not that."),
        (
            "month",
            "2017-10-02",
            "a month starts on the 1st of a month, and 2017-10-02 is not that.",
        ),
        (
            "quarter",
            "2017-11-01",
            "a quarter starts on 1 January, 1 April, 1 July or 1 October, "
            "and 2017-11-01 is not that.",
        ),
        ("year", "2017-10-02", "a year starts on the 1st of a month, and 2017-10-02 is not that."),
    ],
)
def test_a_record_starts_where_its_period_does(period: str, moment: str, sentence: str) -> None:
    assert faults(period=period, _timestamp=moment) == [("period", sentence)]


def test_midnight_elsewhere_is_not_midnight_in_utc() -> None:
    assert faults(_timestamp="2017-10-02T00:00:00+01:00") == [
        ("period", "_timestamp must be midnight for a day, not 23:00:00.")
    ]
    assert faults(_timestamp="2017-10-02T01:00:00+01:00") == []


def test_a_period_is_asked_for_where_there_is_none() -> None:
    sentence = "period is missing: one of day, week, month, quarter, year."
    assert faults(period=None) == faults(period="absent") == [("period", sentence)]


@pytest.mark.parametrize("period", ["fortnight", "", 5])
def test_a_period_is_one_of_five_and_told_once(period: object) -> None:
    sentence = f"period must be one of day, week, month, quarter, year, not {period!r}."
    assert faults(period=period) == [("period", sentence)]


def test_a_year_may_start_in_any_month() -> None:
    assert faults(period="year", _timestamp="2016-05-01") == []


@pytest.mark.parametrize("count", ["5", True])
def test_a_number_is_a_number(count: object) -> None:
    assert faults(count=count) == [("count", f"count must be a number, not {count!r}.")]


@pytest.mark.parametrize("count", [-1, -0.5, 1e12 + 1, 2**62])
def test_a_number_is_not_negative_and_not_absurd(count: float) -> None:
    sentence = f"count must be from 0 to a million million, not {count!r}."
    assert faults(count=count) == [("count", sentence)]


def test_a_proportion_is_at_most_one() -> None:
    assert faults("digital-take-up", rate=1) == []
    assert faults("digital-take-up", rate=80) == [("rate", "rate must be from 0 to 1, not 80.")]


def test_a_number_that_is_null_was_not_reported() -> None:
    assert faults(count=None) == []


def test_a_missing_field_says_what_it_is_for() -> None:
    assert faults(count="absent") == [("count", "count is missing: completed transactions.")]
    assert faults(channel=None) == [
        ("channel", "channel is missing: how the transaction was done, such as digital.")
    ]


@pytest.mark.parametrize("channel", ["", "  ", 5, "c" * 101])
def test_a_text_is_a_text(channel: object) -> None:
    sentence = f"channel must be text of up to 100 letters, not {channel!r}."
    assert faults(channel=channel) == [("channel", sentence)]


@pytest.mark.parametrize("value", [{"deep": 1}, [1], float("nan"), float("inf"), object])
@pytest.mark.parametrize("name", ["note", "count", "period", "channel"])
def test_fields_are_flat(name: str, value: Any) -> None:
    assert faults(**{name: value}) == [(name, f"{name} has an invalid value")]


def test_other_fields_are_free() -> None:
    assert faults(note="free", urgent=True, size=1.5, other=None) == []


def test_a_type_that_there_is_not_is_checked_by_the_contract_alone() -> None:
    assert faults("weather", period="fortnight", count=-1, _timestamp="absent") == []
    assert faults("weather", _updated_at="now") == [
        ("_updated_at", "_updated_at is not a recognised internal field")
    ]


def test_a_moment_needs_no_period() -> None:
    batch = Batch(
        DataSetEntry("licensing", "realtime", service="allowance"),
        [{"_id": "x", "_timestamp": "2014-06-03T13:49:03+00:00", "unique_visitors": 39}],
    )
    (found,) = parse(batch, {"allowance"})
    assert (found.period, found.at, found.service) == ("instant", 1_401_803_343, "allowance")


@pytest.mark.parametrize("service", [None, "nobody", 5])
def test_a_record_is_about_a_service_that_there_is(service: object) -> None:
    assert faults("summaries", service=service) == [
        ("service", f"there is no service {service!r}.")
    ]


def unnamed(count: float, **more: object) -> dict[str, object]:
    """A day's digital transactions without an _id."""
    return {
        "_timestamp": "2017-10-02",
        "period": "day",
        "channel": "digital",
        "count": count,
        **more,
    }


def test_two_records_without_ids_that_say_different_things_of_the_same_are_refused() -> None:
    entry = DataSetEntry("allowance", "transactions-by-channel", service="allowance")
    with pytest.raises(Rejected) as refused:
        parse(Batch(entry, [unnamed(5), unnamed(6, region="North"), unnamed(7)]), ["allowance"])
    [fault] = refused.value.faults
    assert (fault.position, fault.field) == (3, "_id")
    assert fault.message == (
        "record 3 is told from record 1 by no text field, and says otherwise. Send one of them, or "
        "give each an _id."
    )


def test_the_same_record_twice_in_a_batch_is_one_record() -> None:
    entry = DataSetEntry("allowance", "transactions-by-channel", service="allowance")
    found = parse(Batch(entry, [unnamed(5), unnamed(5)]), ["allowance"])
    assert {item.key for item in found} == {"2017-10-02.day.digital"}


def test_faults_of_the_contract_do_not_hide_those_of_the_data_type() -> None:
    entry = DataSetEntry("allowance", "transactions-by-channel", service="allowance")
    records = [unnamed(-1), unnamed(1, _id="two words"), unnamed(1, period="fortnight")]
    with pytest.raises(Rejected) as refused:
        parse(Batch(entry, records), ["allowance"])
    told = [(fault.position, fault.field) for fault in refused.value.faults]
    assert told == [(2, "_id"), (1, "count"), (3, "period")]
    assert str(refused.value).endswith(
        "is not a valid id. There are 2 more faults. Nothing was written."
    )
