"""Questions about records with any parameters in any combination, and what refuses them."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

Pairs = list[tuple[str, str]]
_MOMENTS = (
    *("2017-10-02T00:00:00Z", "2017-10-01T00:00:00+00:00", "2018-01-01T00:00:00Z"),
    *("2018-01-01T00:00:00+0100", "2018-04-02T00:00:00Z", "2017-12-31T23:59:59-01:00"),
)
_FIELDS = ("channel", "count", "flag", "period", "_id", "_timestamp", "_count", "nothing")
# What a parameter may be, more or less.
GOOD: dict[str, tuple[str, ...]] = {
    "start_at": _MOMENTS,
    "end_at": _MOMENTS,
    "duration": ("1", "2", "13"),
    "period": ("hour", "day", "week", "month", "quarter", "year"),
    "filter_by": ("channel:digital", "channel:", "flag:true", "count:1", "channel:a:b", "flag:x"),
    "filter_by_prefix": ("channel:d", "channel:", "channel:%", "count:1"),
    "group_by": _FIELDS,
    "sort_by": tuple(
        f"{field}:{way}" for field in (*_FIELDS, "count:sum") for way in ("ascending", "descending")
    ),
    "limit": ("0", "1", "3", "1000"),
    "collect": ("count", "count:sum", "count:mean", "channel:set", "channel:sum", "flag:count"),
    "flatten": ("true", "false"),
    "inclusive": ("true", "false"),
    "format": ("csv", "json", "x"),
}
ODD = (
    *("", "x", ":", "::", "-1", "0", "1.5", "9" * 30, "٣", "\0", "é", "😀", "x" * 3_000, "_:x"),
    *("2017-02-30T00:00:00Z", "1899-12-31T00:00:00Z", "9999-12-31T23:59:59Z", "2017-10-01"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2017-10-01T00:00:00 01:00"),
    *("year", "true", "a.b:c", "$where:1", "count:median", "_id:set", "count:sum:sideways"),
)
# The messages of the contract's table.
MESSAGES = frozenset(
    (
        "An unrecognised parameter was provided",
        "Either 'duration' or both 'start_at' and 'end_at' are required for a period query",
        "A period query can only be limited if it is grouped - please add 'group_by'",
        "start_at is not a valid datetime",
        "end_at is not a valid datetime",
        "Cannot use both filter_by and filter_by_prefix in the same query",
        "filter_by must be a field name and value separated by a colon (:) "
        "eg. authority:Westminster",
        "Cannot filter by an invalid field name",
        "'period' must be one of ['hour', 'day', 'week', 'month', 'quarter', 'year']",
        "Cannot sort for period queries without group_by. "
        "Period queries are always sorted by time.",
        "sort_by must be a field name and sort direction separated by a colon (:) "
        "eg. authority:ascending",
        "Unrecognised sort direction. Supported directions include: ascending, descending",
        "Cannot sort by an invalid field name",
        "Cannot group by an invalid field name",
        "Cannot group by internal fields, internal fields start with an underscore",
        "limit must be a positive integer",
        "duration must be a positive integer",
        "collect can be used only with either ['group_by', 'period']",
        "Absolute and relative time cannot be requested at the same time - either ask for "
        "'start_at' and 'end_at', or ask for 'start_at'/'end_at' with 'duration'",
        "Use of 'start_at' requires 'end_at' or 'duration'",
        "Use of 'end_at' requires 'start_at' or 'duration'",
        "'duration' must not be zero",
        "If 'duration' is requested (for relative time), 'period' is required - please add a "
        "period (like 'day', 'month' etc)",
        "Unknown collection method",
        "Cannot collect an invalid field name",
        "Cannot collect internal fields, internal fields start with an underscore",
        "Cannot collect by a field that is used for group_by",
        "flatten must be either 'true' or 'false'",
        "inclusive must be either 'true' or 'false'",
        "inclusive can be used only with either ['start_at', 'end_at']",
        "querying for raw data is not allowed",
        "The minimum time span for a query is 7 days",
        "start_at must be midnight",
        "end_at must be midnight",
        "start_at must be a monday",
        "end_at must be a monday",
        "'start_at' must be the first of the month for period=month queries",
        "'end_at' must be the first of the month for period=month queries",
        "invalid collect function",
    )
)


def questions() -> SearchStrategy[Pairs]:
    """A few parameters, some of them twice; one in a dozen is odd or has no such name."""
    good = st.sampled_from([(name, text) for name, texts in GOOD.items() for text in texts])
    odd = st.tuples(st.sampled_from([*GOOD, "x", "START_AT", "_id", ""]), st.sampled_from(ODD))
    either = st.integers(0, 11).flatmap(lambda n: good if n else odd)
    return st.tuples(st.sampled_from(USUAL), st.lists(either, max_size=3)).map(_together)


# What makes sense together, so that not all questions are refused.
USUAL: tuple[Pairs, ...] = (
    [],
    [("group_by", "channel")],
    [("start_at", "2017-10-02T00:00:00Z"), ("end_at", "2018-04-02T00:00:00Z")],
    [
        *(("start_at", "2017-10-02T00:00:00Z"), ("end_at", "2018-04-02T00:00:00Z")),
        *(("period", "week"), ("group_by", "channel")),
    ],
    [
        *(("start_at", "2017-10-01T00:00:00Z"), ("end_at", "2018-01-01T00:00:00Z")),
        *(("period", "month"), ("collect", "count:sum")),
    ],
    [("duration", "3"), ("period", "quarter"), ("start_at", "2017-10-01T00:00:00Z")],
)


def _together(given: tuple[Pairs, Pairs]) -> Pairs:
    usual, more = given
    return [*usual, *more]


def raw_questions() -> SearchStrategy[dict[str, str]]:
    """Simple questions for whole records: a filter, both ends, an order, a limit, or none."""
    ends = st.none() | st.tuples(st.sampled_from(_MOMENTS), st.sampled_from(_MOMENTS))
    field = st.sampled_from(["count", "channel", "nothing"])
    way = st.sampled_from(["ascending", "descending"])
    others: dict[str, SearchStrategy[str]] = {
        "filter_by": st.sampled_from(GOOD["filter_by"]),
        "sort_by": st.tuples(field, way).map(":".join),
        "limit": st.sampled_from(GOOD["limit"]),
    }
    return st.builds(_with_ends, st.fixed_dictionaries({}, optional=others), ends)


def _with_ends(given: dict[str, str], ends: tuple[str, str] | None) -> dict[str, str]:
    return given if ends is None else {**given, "start_at": ends[0], "end_at": ends[1]}
