"""The contract's rules for queries: what is refused, in which words, in which order.

The numbers are those of the contract's table. Each rule gives a message for everything that breaks
it; the first message of the first broken rule is the answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from api.records.parameters import NAMES
from api.records.questions import ENDS, FILTERS, Question, is_collected, is_field, is_internal
from data.record_periods import RECORD_PERIODS
from data.record_query import METHODS

_DIRECTIONS = ("ascending", "descending")
_FLAGS = ("true", "false")
_WEEK = 7 * 86_400
Messages = Iterator[str]
Rule = Callable[[Question], Messages]


def first_message(question: Question, raw_queries_allowed: bool) -> str | None:
    """What is wrong with a question first; None if nothing is."""
    rules = RULES if raw_queries_allowed else (*RULES, *RULES_WITHOUT_RAW)
    return next((message for rule in rules for message in rule(question)), None)


def _names(question: Question) -> Messages:
    """1"""
    if any(name not in NAMES for name in question.given):
        yield "An unrecognised parameter was provided"


def _periods(question: Question) -> Messages:
    """2 and 3"""
    if "period" not in question:
        return
    if "duration" not in question and not _has_both_ends(question):
        yield ("Either 'duration' or both 'start_at' and 'end_at' are required for a period query")
    if "limit" in question and "group_by" not in question:
        yield "A period query can only be limited if it is grouped - please add 'group_by'"


def _times(question: Question) -> Messages:
    """4"""
    for name in ENDS:
        if name in question and question.time(name) is None:
            yield f"{name} is not a valid datetime"


def _filters(question: Question) -> Messages:
    """5 to 7"""
    if all(name in question for name in FILTERS):
        yield "Cannot use both filter_by and filter_by_prefix in the same query"
    filters = [pair for name in FILTERS for pair in question.pairs(name)]
    if not all(item.colon for item in filters):
        yield (
            "filter_by must be a field name and value separated by a colon (:) "
            "eg. authority:Westminster"
        )
    if not all(is_field(item.field) for item in filters):
        yield "Cannot filter by an invalid field name"


def _period_names(question: Question) -> Messages:
    """8"""
    if "period" in question and question.text("period") not in RECORD_PERIODS:
        yield f"'period' must be one of {list(RECORD_PERIODS)}"


def _sorting(question: Question) -> Messages:
    """9 to 12"""
    if "sort_by" not in question:
        return
    key, colon, direction = question.sorting
    if "period" in question and "group_by" not in question:
        yield (
            "Cannot sort for period queries without group_by. "
            "Period queries are always sorted by time."
        )
    if not colon:
        yield (
            "sort_by must be a field name and sort direction separated by a colon (:) "
            "eg. authority:ascending"
        )
    if direction not in _DIRECTIONS:
        yield "Unrecognised sort direction. Supported directions include: ascending, descending"
    if not is_field(key) and not ("group_by" in question and is_collected(key)):
        yield "Cannot sort by an invalid field name"


def _groups(question: Question) -> Messages:
    """13 and 14"""
    fields = question.texts("group_by")
    if not all(map(is_field, fields)):
        yield "Cannot group by an invalid field name"
    if any(map(is_internal, fields)):
        yield "Cannot group by internal fields, internal fields start with an underscore"


def _numbers(question: Question) -> Messages:
    """15 and 16"""
    for name in ("limit", "duration"):
        if name in question and question.whole(name) is None:
            yield f"{name} must be a positive integer"


def _collects_something(question: Question) -> Messages:
    """17"""
    if "collect" in question and question.is_raw:
        yield "collect can be used only with either ['group_by', 'period']"


def _ends(question: Question) -> Messages:
    """18 to 22"""
    has_duration = "duration" in question
    if has_duration and _has_both_ends(question):
        yield (
            "Absolute and relative time cannot be requested at the same time - either ask for "
            "'start_at' and 'end_at', or ask for 'start_at'/'end_at' with 'duration'"
        )
    for name, other in (ENDS, ENDS[::-1]):
        if name in question and other not in question and not has_duration:
            yield f"Use of '{name}' requires '{other}' or 'duration'"
    if has_duration and question.whole("duration") == 0:
        yield "'duration' must not be zero"
    if has_duration and "period" not in question:
        yield (
            "If 'duration' is requested (for relative time), 'period' is required - "
            "please add a period (like 'day', 'month' etc)"
        )


def _collects(question: Question) -> Messages:
    """23 to 26"""
    collected = question.pairs("collect")
    fields = [item.field for item in collected]
    if any(item.colon and item.rest not in METHODS for item in collected):
        yield "Unknown collection method"
    if not all(map(is_field, fields)):
        yield "Cannot collect an invalid field name"
    if any(map(is_internal, fields)):
        yield "Cannot collect internal fields, internal fields start with an underscore"
    if set(fields) & set(question.texts("group_by")):
        yield "Cannot collect by a field that is used for group_by"


def _flags(question: Question) -> Messages:
    """27 and 28"""
    for name in ("flatten", "inclusive"):
        if name in question and question.text(name) not in _FLAGS:
            yield f"{name} must be either 'true' or 'false'"
    if "inclusive" in question and not any(name in question for name in ENDS):
        yield "inclusive can be used only with either ['start_at', 'end_at']"


def _is_not_raw(question: Question) -> Messages:
    """29"""
    if question.is_raw:
        yield "querying for raw data is not allowed"


def _is_long_enough(question: Question) -> Messages:
    """30"""
    start, end = (question.time(name) for name in ENDS)
    if start and end and question.text("period") != "hour" and end.at - start.at < _WEEK:
        yield "The minimum time span for a query is 7 days"


def _starts_with_periods(question: Question) -> Messages:
    """31 to 33"""
    period = question.text("period")
    ends = [(name, time) for name in ENDS if (time := question.time(name))]
    if period == "hour":
        return
    for name, time in ends:
        if not time.is_midnight:
            yield f"{name} must be midnight"
    for name, time in ends:
        if period == "week" and time.written.weekday() != 0:
            yield f"{name} must be a monday"
    for name, time in ends:
        if period == "month" and time.written.day != 1:
            yield f"'{name}' must be the first of the month for period=month queries"


def _has_both_ends(question: Question) -> bool:
    return all(name in question for name in ENDS)


RULES: tuple[Rule, ...] = (
    _names,
    _periods,
    _times,
    _filters,
    _period_names,
    _sorting,
    _groups,
    _numbers,
    _collects_something,
    _ends,
    _collects,
    _flags,
)
# These hold only where nobody may read the records themselves.
RULES_WITHOUT_RAW: tuple[Rule, ...] = (_is_not_raw, _is_long_enough, _starts_with_periods)
