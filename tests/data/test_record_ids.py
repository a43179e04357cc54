"""What names a record: its own _id, one made of its fields, or one that is made up."""

from __future__ import annotations

from base64 import b64decode

import pytest

from data.datatypes import data_type
from data.record_ids import automatic, is_id, made_up

WEEK = {"_timestamp": "2013-10-14T00:00:00+00:00", "period": "week", "count": 5}


@pytest.mark.parametrize("value", ["a", "2013-10-14.digital", "ünïcode", "k" * 500, "a/b//c"])
def test_an_id_is_any_text_without_white_space(value: str) -> None:
    assert is_id(value)


@pytest.mark.parametrize("value", ["", " ", "a b", "a\n", "a\u00a0b", "k" * 501, 5, None, True])
def test_other_values_are_no_id(value: object) -> None:
    assert not is_id(value)


def test_an_automatic_id_is_base64_of_the_values_with_dots_between() -> None:
    assert automatic({"foo": "foo", "bar": "bar"}, ["foo", "bar"]) == "Zm9vLmJhcg=="
    assert automatic({"foo": "foo", "bar": "bar"}, ["bar"]) == "YmFy"


@pytest.mark.parametrize(
    ("value", "text"),
    [(True, "True"), (None, "None"), (1, "1"), (1.0, "1.0"), (1e22, "1e+22"), ("é", "é")],
)
def test_automatic_ids_write_values_as_python_does(value: object, text: str) -> None:
    assert b64decode(automatic({"f": value, "g": "x"}, ["f", "g"])).decode() == f"{text}.x"


def test_a_record_of_a_standard_type_is_named_by_what_tells_it_apart() -> None:
    channels = data_type("transactions-by-channel")
    assert made_up({**WEEK, "channel": "digital"}, channels) == "2013-10-14.week.digital"
    assert made_up({**WEEK, "channel": "digital", "count": 6}, channels) == (
        "2013-10-14.week.digital"
    )


def test_a_text_field_that_the_type_does_not_know_tells_records_apart_too() -> None:
    channels = data_type("transactions-by-channel")
    named = made_up({**WEEK, "channel": "digital", "region": "North", "area": "1"}, channels)
    assert named == "2013-10-14.week.digital.area=1.region=North"


def test_a_moment_is_named_by_its_whole_time() -> None:
    moment = {"_timestamp": "2014-06-03T13:49:03+00:00", "unique_visitors": 39}
    assert made_up(moment, data_type("realtime")) == "2014-06-03T13:49:03+00:00"


def test_texts_that_differ_never_share_a_name() -> None:
    channels = data_type("transactions-by-channel")
    texts = ["assisted digital", "assisted-digital", "assisted.digital", "assisted%20digital"]
    names = [made_up({**WEEK, "channel": text}, channels) for text in texts]
    assert names == [
        "2013-10-14.week.assisted%20digital",
        "2013-10-14.week.assisted-digital",
        "2013-10-14.week.assisted%2Edigital",
        "2013-10-14.week.assisted%2520digital",
    ]


def test_a_text_that_may_be_missing_leaves_its_place_empty() -> None:
    costs = data_type("cost-per-transaction")
    assert made_up(WEEK, costs) == made_up({**WEEK, "channel": None}, costs) == "2013-10-14.week."


def test_a_name_that_would_be_too_long_is_shortened_and_still_its_own() -> None:
    channels = data_type("transactions-by-channel")
    names = {made_up({**WEEK, "channel": sign * 200}, channels) for sign in ". %"}
    assert len(names) == 3
    assert {len(name) for name in names} == {64}


def test_records_of_other_types_are_all_new() -> None:
    names = {made_up(dict(WEEK), data_type("weather")) for _ in range(100)}
    assert len(names) == 100
    assert all(is_id(name) for name in names)
