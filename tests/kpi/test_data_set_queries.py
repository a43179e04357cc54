"""Questions that a data set answers keep to the rules of the record API."""

from __future__ import annotations

from datetime import date, datetime
from itertools import product

import pytest

from kpi.data_set_queries import by_period, everything, newest, previews, questions
from kpi.data_sets import DataSet, Facts, Field, Length
from tests.fixtures.data_sets import CHANNEL, CLAIMS, COUNT, PERIOD, WEEKS, at, claims

YEARS = Length("year", date(2012, 4, 1), date(2014, 7, 1), 10)


def days_between(start: str, end: str) -> int:
    return (datetime.fromisoformat(end) - datetime.fromisoformat(start)).days


def test_the_first_question_is_of_the_last_twelve_months() -> None:
    first = questions(CLAIMS)[0]
    assert first.words == "by month: count added up"
    assert first.parameters == {
        "period": "month",
        "start_at": "2013-10-01T00:00:00Z",
        "end_at": "2014-10-01T00:00:00Z",
        "collect": "count:sum",
    }


def test_questions_split_filter_and_count_by_a_text_field() -> None:
    words = [one.words for one in questions(CLAIMS)]
    assert words == [
        "by month: count added up",
        "by month and channel: count added up",
        "by month, only where channel is digital",
        "the last 4 weeks that it has",
        "by channel: how many records there are",
    ]
    _, split, alone, weeks, counts = (one.parameters for one in questions(CLAIMS))
    assert split["group_by"] == "channel"
    assert alone["filter_by"] == ("channel:digital",)
    # The week of 29 September ends on Monday 6 October.
    assert (weeks["duration"], weeks["end_at"]) == ("4", "2014-10-06T00:00:00Z")
    assert counts == {"group_by": "channel"}


def test_records_are_asked_for_only_where_they_are_open() -> None:
    assert newest(CLAIMS) is None
    latest = newest(claims(raw=True))
    assert latest is not None
    assert latest.parameters == {"sort_by": "_timestamp:descending", "limit": "20"}
    assert questions(claims(raw=True))[-1] == latest


def test_all_of_it_is_its_records_as_long_as_one_answer_may_hold_them() -> None:
    whole = everything(claims(raw=True), 100)
    assert whole is not None
    assert dict(whole.parameters) == {}
    sums = everything(claims(raw=True), 99)
    assert sums == everything(CLAIMS, 100)
    assert sums is not None
    assert sums.words == "by month"
    assert sums.parameters["start_at"] == "2013-10-01T00:00:00Z"
    assert (sums.parameters["group_by"], sums.parameters["collect"]) == ("channel", ("count:sum",))


def test_a_field_that_some_records_lack_splits_nothing() -> None:
    # Grouping leaves out the records that lack the field.
    some = Field("channel", "text", "how it was done", "digital")
    asked = [one.parameters for one in questions(claims(fields=(PERIOD, some, COUNT)))]
    assert not [one for one in asked if "group_by" in one or "filter_by" in one]


def test_what_means_something_for_each_stage_alone_is_never_added_up_over_them() -> None:
    stage = Field("stage", "text", "which", "start", always=True)
    visitors = Field("count", "number", "visitors", 9, "sum", within="stage", always=True)
    asked = questions(claims(fields=(PERIOD, stage, visitors)))
    assert asked[0].words == "by month and stage: count added up"
    for one in asked:
        split = one.parameters.get("group_by") == "stage" or "filter_by" in one.parameters
        assert split or "collect" not in one.parameters


def test_values_of_unknown_meaning_are_counted_not_added_up() -> None:
    rate = Field("rate", "number", "", 0.5, always=True)
    first = questions(claims(fields=(rate,)))[0]
    assert first.words == "by month: how many records there are"
    assert "collect" not in first.parameters


def test_only_the_finest_of_several_lengths_is_added_up() -> None:
    # The months hold what the weeks hold.
    months = Length("month", date(2013, 10, 1), date(2014, 8, 1), 11)
    for one in questions(claims(lengths=(WEEKS, months))):
        if "period" in one.parameters:
            assert "period:week" in one.parameters["filter_by"]


def test_years_that_overlap_are_not_added_up() -> None:
    asked = questions(claims(lengths=(YEARS,)))
    assert asked[0].parameters["period"] == "year"
    assert not [one for one in asked if "collect" in one.parameters]


def test_quarters_are_asked_for_by_quarter() -> None:
    quarters = Length("quarter", date(2013, 10, 1), date(2014, 7, 1), 4)
    found = by_period(claims(lengths=(quarters,), newest=at("2014-07-01")))
    assert found is not None
    assert found.parameters["period"] == "quarter"
    assert found.parameters["end_at"] == "2014-10-01T00:00:00Z"


def test_without_times_there_are_groups_alone_and_without_records_nothing() -> None:
    undated = claims(first=None, newest=None, lengths=())
    assert [one.parameters for one in questions(undated)] == [{"group_by": "channel"}]
    assert everything(undated, 100) is None
    assert questions(claims(records=0)) == ()


@pytest.mark.parametrize("year", [1066, 9999])
def test_times_that_the_api_does_not_answer_about_are_not_asked_for(year: int) -> None:
    then = at(f"{year}-06-01")
    length = Length("month", then.date(), then.date(), 1)
    old = claims(first=then, newest=then, lengths=(length,))
    assert [one.parameters for one in questions(old)] == [{"group_by": "channel"}]


def test_a_preview_has_a_few_periods_of_each_group_or_more_of_all() -> None:
    split, whole = previews(CLAIMS)
    assert split.parameters["start_at"] == "2014-07-01T00:00:00Z"
    assert split.parameters["group_by"] == "channel"
    assert whole.parameters["start_at"] == "2013-10-01T00:00:00Z"
    assert [one.words for one in previews(claims(raw=True))] == ["the newest 20 records"]


def every_kind() -> list[DataSet]:
    """Data sets of every length, as old and as new as any, with and without what splits them."""
    lengths = [
        (),
        (WEEKS,),
        (Length("day", WEEKS.first, date(2014, 9, 30), 300),),
        (Length("month", date(2013, 10, 1), date(2014, 9, 1), 12),),
        (Length("quarter", date(2013, 10, 1), date(2014, 7, 1), 4), YEARS),
        (YEARS,),
        (Length("day", WEEKS.first, WEEKS.last, 9, days_seen=True),),
    ]
    fields: list[tuple[Field, ...]] = [(), (PERIOD, CHANNEL, COUNT), (COUNT,)]
    facts = [
        Facts(9, at(f"{WEEKS.first}T13:49"), at("2014-09-30T13:49"), lengths=one) for one in lengths
    ]
    return [
        claims(
            fields=some,
            raw=raw,
            **{name: getattr(one, name) for name in Facts.__dataclass_fields__},
        )
        for one, some, raw in product(facts, fields, (True, False))
    ]


@pytest.mark.parametrize("data_set", every_kind())
def test_every_question_keeps_to_the_rules_of_closed_records(data_set: DataSet) -> None:
    whole = everything(data_set, 1)
    for one in (*questions(data_set), *previews(data_set), *((whole,) if whole else ())):
        asked = one.parameters
        if data_set.raw and not {"period", "group_by"} & set(asked):
            continue
        assert {"period", "group_by"} & set(asked)
        ends = [str(asked[name]) for name in ("start_at", "end_at") if name in asked]
        assert all(end.endswith("T00:00:00Z") for end in ends)
        if len(ends) == 2:
            assert days_between(*ends) >= 7
        days = [datetime.fromisoformat(end) for end in ends]
        if asked.get("period") == "week":
            assert all(day.weekday() == 0 for day in days)
        if asked.get("period") == "month":
            assert all(day.day == 1 for day in days)
