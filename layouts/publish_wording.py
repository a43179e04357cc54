"""What is written, in words: how many records, from when to when, and their values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from kpi.periods import Period
from kpi.publishing import Span, Value
from layouts.data_set_wording import moment_in_words
from layouts.spans import span_in_words
from layouts.wording import NOT_REPORTED, capitalised

ACTIONS = {
    "upload": "File uploaded",
    "correct": "Corrected by hand",
    "undo": "Undone",
    "empty": "Emptied",
    "deliver": "Sent",
}


def counts_in_words(counts: Iterable[tuple[int, str]]) -> str:
    """'12 new records, 1 replaced, 3 unchanged'; what there is none of is left out."""
    told = [(number, words) for number, words in counts if number]
    if not told:
        return "no record changed"
    (number, words), *others = told
    first = f"{number:,} {words} record{'' if number == 1 else 's'}"
    return ", ".join([first, *(f"{number:,} {words}" for number, words in others)])


def when_in_words(when: Period | datetime | None) -> str:
    """'week of 14 October 2013', '3 June 2014, 13:49'; without either 'none yet'."""
    if when is None:
        return "none yet"
    return when.label if isinstance(when, Period) else moment_in_words(when)


def span_said(span: Span) -> str:
    """From when to when: '14 October 2013 to 10 November 2013', 'Week of 14 October 2013'."""
    first, last = span.first, span.last
    if isinstance(first, Period) and isinstance(last, Period) and first.name == last.name:
        return capitalised(first.label if first == last else span_in_words(first, last))
    words = [when_in_words(first), when_in_words(last)]
    return capitalised(words[0] if words[0] == words[1] else f"{words[0]} to {words[1]}")


def value_in_words(value: Value) -> str:
    """A record's value as a table shows it."""
    if value is None:
        return NOT_REPORTED
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return f"{value:,.10g}"
    return f"{value:,}" if isinstance(value, int) else value
