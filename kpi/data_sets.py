"""Data sets as the catalogue tells of them: what, whose, since when, how fresh, how complete."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from kpi.paged import Paged
from kpi.periods import Period
from kpi.spans import STEPS

# What data sets can be filtered by, beside a search.
FIELDS = ("organisation", "service", "type")
DAY = timedelta(days=1)
Value = str | int | float | bool | None


@dataclass(frozen=True)
class Field:
    """A field of a data set's records.

    kind: 'text', 'number', 'yes or no' or 'time'. help: what it means, '' where nobody said.
    example: a value of it, None where there is none. method: how several values of it are put
    together: 'sum', 'mean' of moments, or '' where neither would mean anything. within: the
    text field whose values alone it may be put together for; '' where it may be for all. always:
    whether every one of the newest records has it.
    """

    name: str
    kind: str
    help: str = ""
    example: Value = None
    method: str = ""
    within: str = ""
    always: bool = False


@dataclass(frozen=True)
class Length:
    """How many periods of one length a data set has, of those from its first to its last.

    ``days_seen``: its records name no period, and these are the days that it has any of.
    ``there`` of ``expected``; expected is 0 where that cannot be said: years that start in any
    month overlap.
    """

    period: str
    first: date
    last: date
    there: int
    days_seen: bool = False

    @property
    def expected(self) -> int:
        """How many periods there are from the first to the last."""
        if self.period == "year" and self.there > self._steps:
            return 0
        return self._steps

    def period_from(self, start: date) -> Period | None:
        """The period of this length that starts on a day; None where none does."""
        try:
            return None if self.days_seen else Period(self.period, start)
        except ValueError:
            return None

    @property
    def _steps(self) -> int:
        if self.period in ("day", "week"):
            return (self.last - self.first).days // STEPS[self.period] + 1
        months = (self.last.year - self.first.year) * 12 + self.last.month - self.first.month
        return months // STEPS[self.period] + 1


@dataclass(frozen=True)
class Facts:
    """How much there is of a data set, and since when.

    first, newest: the moments of its first and newest record; None where none has one.
    counts_from: what its age counts from: the newest record, or the last write of one without a
    time. updated_at: its last write. issued_at: its first, as far as is known. lengths: by length
    of period, the finest first.
    """

    records: int = 0
    first: datetime | None = None
    newest: datetime | None = None
    counts_from: datetime | None = None
    updated_at: datetime | None = None
    issued_at: datetime | None = None
    lengths: tuple[Length, ...] = ()


@dataclass(frozen=True)
class Named:
    """Something with a page of its own: its slug and its name; both '' where there is none."""

    slug: str = ""
    name: str = ""


@dataclass(frozen=True)
class DataSet:
    """A data set, and how it stands.

    title: in words, never ''. kind: the title of its data type. service is what it is about,
    organisation who runs that, department where the organisation is an agency. max_age: seconds
    after which it is late; None: never. keywords: words to find it by.
    """

    group: str
    type: str
    title: str
    kind: str
    service: Named = Named()
    organisation: Named = Named()
    department: Named = Named()
    published: bool = True
    realtime: bool = False
    raw: bool = False
    max_age: int | None = None
    keywords: tuple[str, ...] = ()
    facts: Facts = Facts()
    fields: tuple[Field, ...] = ()

    @property
    def address(self) -> str:
        """As addresses and messages name it: 'carers-allowance/journey'."""
        return f"{self.group}/{self.type}"

    @property
    def due_at(self) -> datetime | None:
        """From when it is late without newer figures; None: never."""
        if self.max_age is None or self.facts.counts_from is None:
            return None
        try:
            return self.facts.counts_from + timedelta(seconds=self.max_age)
        except OverflowError:
            return None

    def is_late(self, now: datetime) -> bool:
        """Whether newer figures should be there by now: to the second, as the record API has it."""
        return self.due_at is not None and now - self.due_at > timedelta(seconds=-1)


@dataclass(frozen=True)
class Choice:
    """Something to filter by: a FIELDS name, its value, its words, and how many it would leave."""

    field: str
    value: str
    name: str
    data_sets: int


@dataclass(frozen=True)
class Listing(Paged):
    """One page of the data sets that a search leaves, by title.

    shown: those of this page. choices: of organisation and type, by name. service: the one that
    is filtered by. total: how many the search leaves. data_sets: how many there are;
    unpublished: how many more. number: this page, from 1. size: how many a page has.
    """

    shown: tuple[DataSet, ...]
    choices: tuple[Choice, ...]
    service: Named
    total: int
    data_sets: int
    unpublished: int
    number: int
    size: int


def moment(seconds: int | None) -> datetime | None:
    """A moment in UTC, of seconds since 1970."""
    if seconds is None:
        return None
    return datetime(1970, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)
