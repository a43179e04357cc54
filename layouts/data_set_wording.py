"""What the catalogue says of a data set in words: whose, since when, how fresh, how complete."""

from __future__ import annotations

from datetime import datetime

from kpi.data_sets import DataSet, Length
from kpi.periods import day_in_words
from layouts.spans import span_in_words
from layouts.wording import DAY, HOUR, MINUTE, capitalised, counted, listed, out_of

UNPUBLISHED = "Unpublished: may change"
NO_RECORDS = "no records yet"
_YEAR, _MONTH, _WEEK = 365.2425 * DAY, 365.2425 / 12 * DAY, 7 * DAY
_UNITS = (
    (_YEAR, "year"),
    (_MONTH, "month"),
    (_WEEK, "week"),
    (DAY, "day"),
    (HOUR, "hour"),
    (MINUTE, "minute"),
)
# What is expected oftener than this is said with its time of day.
_OFTEN = 2 * DAY


def moment_in_words(moment: datetime, *, with_time: bool = True) -> str:
    """'29 September 2014', with its time where it is not midnight: '3 June 2014, 13:49'."""
    is_midnight = moment.hour == moment.minute == moment.second == 0
    day = day_in_words(moment.date())
    return f"{day}, {moment:%H:%M}" if with_time and not is_midnight else day


def ago(moment: datetime, now: datetime) -> str:
    """How long ago in one unit: '12 years ago', '3 minutes ago', 'just now'."""
    seconds = (now - moment).total_seconds()
    for size, noun in _UNITS:
        # A unit is named once there are two of it: '13 months ago', not '1 year ago'.
        if seconds >= 2 * size or (seconds >= size and noun in ("day", "hour", "minute")):
            return f"{counted(int(seconds // size), noun)} ago"
    return "just now"


def since(data_set: DataSet) -> str:
    """What its first record is of: 'week of 14 October 2013', '3 June 2014'."""
    first = data_set.facts.first
    if first is None:
        return _undated(data_set)
    lengths = (one for one in data_set.facts.lengths if one.first == first.date())
    period = next((found for one in lengths if (found := one.period_from(one.first))), None)
    return period.label if period else moment_in_words(first, with_time=False)


def newest(data_set: DataSet) -> str:
    """What its newest record is of: 'week of 29 September 2014', '3 June 2014, 13:49'."""
    last = data_set.facts.newest
    if last is None:
        return _undated(data_set)
    lengths = (one for one in data_set.facts.lengths if one.last == last.date())
    period = next((found for one in lengths if (found := one.period_from(one.last))), None)
    return period.label if period else moment_in_words(last)


def _undated(data_set: DataSet) -> str:
    return "no dates" if data_set.facts.records else NO_RECORDS


def span(data_set: DataSet) -> str:
    """From its first record to its newest: 'October 2014 to September 2017'; '' without dates."""
    facts = data_set.facts
    if facts.first is None or facts.newest is None:
        return ""
    for one in facts.lengths:
        first, last = one.period_from(one.first), one.period_from(one.last)
        if first and last and (one.first, one.last) == (facts.first.date(), facts.newest.date()):
            return span_in_words(first, last)
    days = dict.fromkeys(day_in_words(moment.date()) for moment in (facts.first, facts.newest))
    return " to ".join(days)


def freshness(data_set: DataSet, now: datetime) -> str:
    """Newest figure and age: 'Week of 29 September 2014, 12 years ago'."""
    counts_from = data_set.facts.counts_from
    if counts_from is None:
        return capitalised(newest(data_set))
    return f"{capitalised(newest(data_set))}, {ago(counts_from, now)}"


def punctuality(data_set: DataSet, now: datetime) -> str:
    """Whether newer figures should be there: 'Late since 30 October 2014'; '' if never."""
    due = data_set.due_at
    if due is None or data_set.max_age is None:
        return ""
    when = moment_in_words(due, with_time=data_set.max_age < _OFTEN)
    return f"Late since {when}" if data_set.is_late(now) else f"Next due by {when}"


def complete(data_set: DataSet) -> str:
    """Of how many periods there are records: '98 of 104 weeks', 'records on 98 of 104 days'."""
    said = [_length(one) for one in data_set.facts.lengths]
    return listed(said) or since(data_set)


def _length(length: Length) -> str:
    if not length.expected:
        return counted(length.there, "rolling year")
    if length.there > length.expected:
        return counted(length.there, length.period)
    words = out_of(length.there, length.expected, length.period)
    return f"records on {words}" if length.days_seen else words


def whose(data_set: DataSet) -> str:
    """Whose figures these are, without links: 'Tax a vehicle, Vehicle Agency'."""
    names = (data_set.service.name, data_set.organisation.name)
    return ", ".join(name for name in names if name) or "Of many services"


def description(data_set: DataSet) -> str:
    """A data set in a few sentences, for search engines and harvesters."""
    facts = data_set.facts
    about = f"{data_set.kind}: {whose(data_set)}."
    if not facts.records:
        return f"{about} {capitalised(NO_RECORDS)}."
    reach = f", {span(data_set)}" if span(data_set) else ""
    held = f" {counted(facts.records, 'record')}{reach}: {complete(data_set)}."
    fields = listed([one.name for one in data_set.fields])
    return f"{about}{held}" + (f" Fields: {fields}." if fields else "")
