"""Questions read into queries, or refused."""

from __future__ import annotations

from datetime import datetime

from werkzeug.datastructures import MultiDict

from api.errors import BadRequest
from api.records.questions import Pair, Question
from api.records.rules import first_message
from data.record_query import Collected, Filter, Method, RecordQuery, Sorting
from data.record_refusals import Unanswerable
from data.record_windows import Window, lasting
from data.times import seconds

_BOOLEANS = {"true": True, "false": False}


def read(given: MultiDict[str, str], raw_queries_allowed: bool, now: datetime) -> RecordQuery:
    """The query that a request's parameters ask for. now: what a `duration` alone counts from.

    :raises BadRequest: with the first of the contract's messages that fits.
    """
    question = Question(given)
    message = first_message(question, raw_queries_allowed)
    if message is not None:
        raise BadRequest(message)
    try:
        return _query(question, seconds(now))
    except Unanswerable as error:
        raise BadRequest(str(error)) from error


def _query(question: Question, now: int) -> RecordQuery:
    return RecordQuery(
        window=_window(question, now),
        period=question.text("period") or None,
        shift=("later" if "start_at" in question else "earlier") if "duration" in question else "",
        filters=_filters(question),
        group_by=tuple(question.texts("group_by")),
        sort_by=_sorting(question),
        limit=question.whole("limit") or 0,
        collect=tuple(_collected(item) for item in question.pairs("collect")),
        flatten=question.text("flatten") == "true",
    )


def _window(question: Question, now: int) -> Window | None:
    start, end = _moment(question, "start_at"), _moment(question, "end_at")
    inclusive = question.text("inclusive") == "true"
    if "duration" in question:
        periods = question.whole("duration")
        assert periods is not None
        period = question.text("period")
        return lasting(period, periods, start=start, end=end, now=now, inclusive=inclusive)
    if start is None or end is None:
        return None
    return Window(start, end, inclusive)


def _moment(question: Question, name: str) -> int | None:
    time = question.time(name)
    return None if time is None else time.at


def _filters(question: Question) -> tuple[Filter, ...]:
    exact = [
        Filter(item.field, _BOOLEANS.get(item.rest, item.rest))
        for item in question.pairs("filter_by")
    ]
    prefixes = [
        Filter(item.field, item.rest, is_prefix=True) for item in question.pairs("filter_by_prefix")
    ]
    return (*exact, *prefixes)


def _sorting(question: Question) -> Sorting | None:
    if "sort_by" not in question:
        return None
    return Sorting(question.sorting.field, question.sorting.rest == "descending")


def _collected(item: Pair) -> Collected:
    if not item.colon:
        return Collected(item.field, "set", bare=True)
    methods: dict[str, Method] = {"sum": "sum", "count": "count", "set": "set", "mean": "mean"}
    return Collected(item.field, methods[item.rest])
