"""Section 2 of the contract: every rule, in its order, in its words."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.records.asking import Given, body, day, read, refusal, rows
from tests.api.records.writing import Api

OPEN, CLOSED = "/data/group/open", "/data/group/closed"
Query = dict[str, Given]
MONDAY, NEXT = "2013-03-11T00:00:00Z", "2013-03-18T00:00:00Z"
WEEK: Query = {"start_at": MONDAY, "end_at": NEXT}
FILTER = (
    "filter_by must be a field name and value separated by a colon (:) eg. authority:Westminster"
)
SORT = (
    "sort_by must be a field name and sort direction separated by a colon (:) "
    "eg. authority:ascending"
)
DIRECTION = "Unrecognised sort direction. Supported directions include: ascending, descending"
PERIOD = "'period' must be one of ['hour', 'day', 'week', 'month', 'quarter', 'year']"
BOTH_ENDS = "Either 'duration' or both 'start_at' and 'end_at' are required for a period query"
TWO_TIMES = (
    "Absolute and relative time cannot be requested at the same time - either ask for "
    "'start_at' and 'end_at', or ask for 'start_at'/'end_at' with 'duration'"
)
INTERNAL_GROUP = "Cannot group by internal fields, internal fields start with an underscore"
INTERNAL_COLLECT = "Cannot collect internal fields, internal fields start with an underscore"
NEEDS_PERIOD = (
    "If 'duration' is requested (for relative time), 'period' is required - please add a period "
    "(like 'day', 'month' etc)"
)
NO_SORT = (
    "Cannot sort for period queries without group_by. Period queries are always sorted by time."
)
LIMIT_UNGROUPED = "A period query can only be limited if it is grouped - please add 'group_by'"

# The number of the rule, a query that breaks it, and the message.
BROKEN: list[tuple[int, Query, str]] = [
    (1, {"foo": "bar"}, "An unrecognised parameter was provided"),
    (1, {"Start_at": MONDAY}, "An unrecognised parameter was provided"),
    (2, {"period": "day"}, BOTH_ENDS),
    (2, {"period": "day", "start_at": MONDAY}, BOTH_ENDS),
    (2, {"period": ""}, BOTH_ENDS),
    (3, {"period": "day", "limit": "3", **WEEK}, LIMIT_UNGROUPED),
    (4, {"start_at": "yesterday", "end_at": NEXT}, "start_at is not a valid datetime"),
    (4, {"start_at": MONDAY, "end_at": "2013-02-30T00:00:00Z"}, "end_at is not a valid datetime"),
    (4, {"start_at": "", "end_at": ""}, "start_at is not a valid datetime"),
    (
        5,
        {"filter_by": "foo:bar", "filter_by_prefix": "foo:bar"},
        "Cannot use both filter_by and filter_by_prefix in the same query",
    ),
    (6, {"filter_by": "foo"}, FILTER),
    (6, {"filter_by_prefix": "foo"}, FILTER),
    (6, {"filter_by": ("foo:bar", "")}, FILTER),
    (7, {"filter_by": "with-hyphen:bar"}, "Cannot filter by an invalid field name"),
    (7, {"filter_by": ":bar"}, "Cannot filter by an invalid field name"),
    (7, {"filter_by_prefix": "$foo:bar"}, "Cannot filter by an invalid field name"),
    (8, {"period": "decade", **WEEK}, PERIOD),
    (8, {"period": "Day", **WEEK}, PERIOD),
    (9, {"period": "day", "sort_by": "foo:ascending", **WEEK}, NO_SORT),
    (10, {"sort_by": "foo"}, SORT),
    (10, {"sort_by": ""}, SORT),
    (11, {"sort_by": "foo:up"}, DIRECTION),
    (11, {"sort_by": "foo:ascending:"}, DIRECTION),
    (12, {"sort_by": "with.dot:ascending"}, "Cannot sort by an invalid field name"),
    (12, {"sort_by": ":ascending"}, "Cannot sort by an invalid field name"),
    (12, {"sort_by": "foo:sum:ascending"}, "Cannot sort by an invalid field name"),
    (
        12,
        {"sort_by": "foo:median:ascending", "group_by": "bar"},
        "Cannot sort by an invalid field name",
    ),
    (13, {"group_by": "a"}, "Cannot group by an invalid field name"),
    (13, {"group_by": ("foo", "with space")}, "Cannot group by an invalid field name"),
    (14, {"group_by": "_week_start_at"}, INTERNAL_GROUP),
    (14, {"group_by": ("foo", "_id")}, INTERNAL_GROUP),
    (15, {"limit": "many"}, "limit must be a positive integer"),
    (15, {"limit": "-1"}, "limit must be a positive integer"),
    (15, {"limit": "1.0"}, "limit must be a positive integer"),
    (15, {"limit": ""}, "limit must be a positive integer"),
    (16, {"period": "day", "duration": "long"}, "duration must be a positive integer"),
    (16, {"period": "day", "duration": "-3"}, "duration must be a positive integer"),
    (17, {"collect": "foo"}, "collect can be used only with either ['group_by', 'period']"),
    (18, {"period": "day", "duration": "3", **WEEK}, TWO_TIMES),
    (19, {"start_at": MONDAY}, "Use of 'start_at' requires 'end_at' or 'duration'"),
    (20, {"end_at": NEXT}, "Use of 'end_at' requires 'start_at' or 'duration'"),
    (21, {"period": "day", "duration": "0"}, "'duration' must not be zero"),
    (22, {"duration": "3"}, NEEDS_PERIOD),
    (23, {"group_by": "foo", "collect": "bar:median"}, "Unknown collection method"),
    (23, {"group_by": "foo", "collect": "bar:"}, "Unknown collection method"),
    (23, {"group_by": "foo", "collect": "bar:sum:mean"}, "Unknown collection method"),
    (24, {"group_by": "foo", "collect": "b:sum"}, "Cannot collect an invalid field name"),
    (24, {"group_by": "foo", "collect": ""}, "Cannot collect an invalid field name"),
    (25, {"group_by": "foo", "collect": "_timestamp"}, INTERNAL_COLLECT),
    (
        26,
        {"group_by": ("foo", "bar"), "collect": "bar:count"},
        "Cannot collect by a field that is used for group_by",
    ),
    (27, {"flatten": "yes"}, "flatten must be either 'true' or 'false'"),
    (27, {"inclusive": "True"}, "inclusive must be either 'true' or 'false'"),
    (28, {"inclusive": "true"}, "inclusive can be used only with either ['start_at', 'end_at']"),
    (28, {"inclusive": "false"}, "inclusive can be used only with either ['start_at', 'end_at']"),
]
# These hold only where raw queries are not allowed.
BROKEN_WITHOUT_RAW: list[tuple[int, Query, str]] = [
    (29, {}, "querying for raw data is not allowed"),
    (29, {"filter_by": "foo:bar"}, "querying for raw data is not allowed"),
    (
        30,
        {"group_by": "foo", "start_at": MONDAY, "end_at": "2013-03-17T00:00:00Z"},
        "The minimum time span for a query is 7 days",
    ),
    (
        30,
        {"period": "year", "start_at": MONDAY, "end_at": "2013-03-04T00:00:00Z"},
        "The minimum time span for a query is 7 days",
    ),
    (
        31,
        {"group_by": "foo", "start_at": "2013-03-11T00:00:01Z", "end_at": "2013-03-19T00:00:00Z"},
        "start_at must be midnight",
    ),
    (
        31,
        {"period": "day", "start_at": MONDAY, "end_at": "2013-03-19T00:00:00+01:00"},
        "end_at must be midnight",
    ),
    (
        31,
        {"period": "day", "end_at": "2013-03-19T06:00:00Z", "duration": "3"},
        "end_at must be midnight",
    ),
    (
        32,
        {"period": "week", "start_at": "2013-03-12T00:00:00Z", "end_at": "2013-03-25T00:00:00Z"},
        "start_at must be a monday",
    ),
    (
        32,
        {"period": "week", "start_at": MONDAY, "end_at": "2013-03-26T00:00:00Z"},
        "end_at must be a monday",
    ),
    (
        32,
        {"period": "week", "start_at": "2013-03-12T00:00:00Z", "duration": "2"},
        "start_at must be a monday",
    ),
    (
        33,
        {"period": "month", "start_at": "2013-03-02T00:00:00Z", "end_at": "2013-05-01T00:00:00Z"},
        "'start_at' must be the first of the month for period=month queries",
    ),
    (
        33,
        {"period": "month", "start_at": "2013-03-01T00:00:00Z", "end_at": "2013-05-02T00:00:00Z"},
        "'end_at' must be the first of the month for period=month queries",
    ),
]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(tmp_path_factory.mktemp("rules"))
    made.make(type="open", raw_queries_allowed=True)
    made.make(type="closed")
    made.make(type="unqueryable", queryable=False)
    made.post([{"_id": "one", "_timestamp": MONDAY, "foo": "bar", "bar": 1}], CLOSED)
    yield made
    made.engine.dispose()


@pytest.mark.parametrize(("number", "query", "message"), BROKEN)
@pytest.mark.parametrize("path", [OPEN, CLOSED])
def test_a_broken_rule_is_told(
    api: Api, path: str, number: int, query: Query, message: str
) -> None:
    assert refusal(api, path, **query) == message, number


@pytest.mark.parametrize(("number", "query", "message"), BROKEN_WITHOUT_RAW)
def test_a_broken_rule_is_told_where_raw_queries_are_not_allowed(
    api: Api, number: int, query: Query, message: str
) -> None:
    assert refusal(api, CLOSED, **query) == message, number
    assert read(api, OPEN, **query).status_code == 200


def test_every_rule_is_broken_here() -> None:
    assert {number for number, _, _ in BROKEN} == set(range(1, 29))
    assert {number for number, _, _ in BROKEN_WITHOUT_RAW} == set(range(29, 34))


def message_of(number: int) -> str:
    """What is said first of a rule."""
    return next(message for own, _, message in BROKEN if own == number)


# Queries that break two rules: the earlier one is told.
ORDER: list[tuple[Query, str]] = [
    ({"foo": "1", "period": "day"}, message_of(1)),
    ({"period": "day", "limit": "x"}, BOTH_ENDS),
    ({"period": "day", "limit": "1", "start_at": "x", "end_at": "y"}, LIMIT_UNGROUPED),
    ({"start_at": "x", "end_at": "y", "filter_by": "z"}, "start_at is not a valid datetime"),
    ({"filter_by": "x", "filter_by_prefix": "y"}, message_of(5)),
    ({"filter_by": ("bad-name:x", "nothing")}, FILTER),
    ({"filter_by": "a:x", "period": "z", **WEEK}, "Cannot filter by an invalid field name"),
    ({"period": "z", "sort_by": "x", **WEEK}, PERIOD),
    ({"period": "day", "sort_by": "x", **WEEK}, NO_SORT),
    ({"sort_by": "x", "group_by": "y"}, SORT),
    ({"sort_by": "x:y", "group_by": "y"}, DIRECTION),
    ({"sort_by": "x:ascending", "group_by": "y"}, "Cannot sort by an invalid field name"),
    ({"group_by": ("_x", "-"), "limit": "z"}, "Cannot group by an invalid field name"),
    ({"group_by": "_x", "limit": "z"}, INTERNAL_GROUP),
    ({"limit": "z", "duration": "z"}, "limit must be a positive integer"),
    ({"duration": "z", "collect": "foo"}, "duration must be a positive integer"),
    ({"collect": "foo", "start_at": MONDAY}, message_of(17)),
    ({"period": "day", "duration": "0", **WEEK}, TWO_TIMES),
    ({"start_at": MONDAY, "inclusive": "x"}, "Use of 'start_at' requires 'end_at' or 'duration'"),
    ({"duration": "0"}, "'duration' must not be zero"),
    ({"duration": "1", "flatten": "x"}, NEEDS_PERIOD),
    ({"group_by": "foo", "collect": ("a", "bar:x")}, "Unknown collection method"),
    ({"group_by": "foo", "collect": ("_bar", "a")}, "Cannot collect an invalid field name"),
    ({"group_by": "foo", "collect": ("foo", "_bar")}, INTERNAL_COLLECT),
    ({"group_by": "foo", "collect": "foo", "flatten": "x"}, message_of(26)),
    ({"flatten": "x", "inclusive": "x"}, "flatten must be either 'true' or 'false'"),
    ({"inclusive": "x"}, "inclusive must be either 'true' or 'false'"),
    ({"inclusive": "true"}, message_of(28)),
    (
        {"start_at": "2013-03-12T00:00:01Z", "end_at": "2013-03-13T00:00:00Z"},
        "querying for raw data is not allowed",
    ),
    (
        {"period": "week", "start_at": "2013-03-12T00:00:01Z", "end_at": "2013-03-13T00:00:00Z"},
        "The minimum time span for a query is 7 days",
    ),
    (
        {"period": "week", "start_at": "2013-03-12T00:00:00Z", "end_at": "2013-03-26T01:00:00Z"},
        "end_at must be midnight",
    ),
    (
        {"period": "week", "start_at": "2013-03-12T00:00:00Z", "end_at": "2013-03-26T00:00:00Z"},
        "start_at must be a monday",
    ),
]


@pytest.mark.parametrize(("query", "message"), ORDER)
def test_the_first_broken_rule_is_the_answer(api: Api, query: Query, message: str) -> None:
    assert refusal(api, CLOSED, **query) == message


ALLOWED: list[tuple[str, Query]] = [
    ("a field name ignores case and may start with an underscore", {"filter_by": "_Foo9:bar"}),
    ("other kinds of parameters count once, the first", {"limit": ("1", "x")}),
    ("any other format is JSON", {"format": "xml"}),
    ("the second colon belongs to the value", {"filter_by": "foo:b:c"}),
    ("an empty value is the empty text", {"filter_by": "foo:"}),
    ("a flag may be false", {"flatten": "false"}),
    ("no limit", {"limit": "0"}),
    ("a limit beyond every number", {"limit": "9" * 5000}),
    ("less than a week", {"start_at": day(11), "end_at": day(12)}),
    ("not midnight", {"start_at": day(11, "10:11:12"), "end_at": day(12)}),
    ("a sum to sort by", {"group_by": "foo", "collect": "bar:sum", "sort_by": "bar:sum:ascending"}),
]


@pytest.mark.parametrize(("why", "query"), ALLOWED)
def test_these_break_no_rule(api: Api, why: str, query: Query) -> None:
    assert isinstance(rows(api, OPEN, **query), list), why


ALLOWED_WITHOUT_RAW: list[tuple[str, Query]] = [
    ("hours may be few", {"period": "hour", "start_at": day(11, "10:11:12"), "end_at": day(12)}),
    ("hours start anywhere", {"period": "hour", "start_at": day(12, "10:11:12"), "duration": "9"}),
    ("exactly seven days", {"period": "day", **WEEK}),
    (
        "midnight in UTC, though not on the clock there",
        {
            "period": "day",
            "start_at": "2013-03-11T01:00:00+01:00",
            "end_at": "2013-03-18T00:00:00Z",
        },
    ),
    (
        "a Monday as it is written, and midnight in UTC",
        {
            "period": "week",
            "start_at": "2013-03-11T14:00:00+14:00",
            "end_at": "2013-03-25T00:00:00Z",
        },
    ),
    ("quarters start anywhere", {"period": "quarter", "start_at": day(12), "end_at": day(20)}),
    ("years start anywhere", {"period": "year", "start_at": day(12), "end_at": day(20)}),
    ("a duration may be short", {"period": "day", "start_at": day(12), "duration": "1"}),
    ("no time at all", {"group_by": "foo"}),
]


@pytest.mark.parametrize(("why", "query"), ALLOWED_WITHOUT_RAW)
def test_these_break_no_rule_where_raw_queries_are_not_allowed(
    api: Api, why: str, query: Query
) -> None:
    assert isinstance(rows(api, CLOSED, **query), list), why


def test_a_weekday_is_told_as_it_is_written(api: Api) -> None:
    # Monday 00:00 in UTC is written as Sunday 19:00 five hours behind it.
    query = {"period": "week", "start_at": "2013-03-10T19:00:00-05:00", "end_at": NEXT}
    assert refusal(api, CLOSED, **query) == "start_at must be a monday"


@pytest.mark.parametrize("type", ["missing", "unqueryable"])
@pytest.mark.parametrize("query", [{}, {"foo": "bar"}])
def test_a_data_set_that_cannot_be_queried_comes_before_every_rule(
    api: Api, type: str, query: Query
) -> None:
    answer = read(api, f"/data/group/{type}", **query)
    assert answer.status_code == 404
    assert body(answer) == {"status": "error", "message": "data_set not found"}
