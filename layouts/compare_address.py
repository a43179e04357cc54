"""The address of the comparison page: its services, periods and search, read and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from kpi.comparisons import MOST, Comparison
from kpi.periods import day_of
from kpi.views import View, Wanted, moved
from layouts.addresses import address, csv_address, span_parameters
from layouts.given import Given, Parameters
from layouts.wording import listed

PATH = "/compare"


@dataclass(frozen=True)
class CompareAddress:
    """Everything that can be set on the comparison page; first and last are ISO dates or ''."""

    services: tuple[str, ...] = ()
    period: str = ""
    first: str = ""
    last: str = ""
    q: str = ""

    @property
    def search(self) -> str:
        """The query of this address; '' where nothing is set."""
        span = {"period": self.period, "from": self.first, "to": self.last}
        return address("", {"service": self.services, **span, "q": self.q})

    @property
    def href(self) -> str:
        """This address; what is not set is left out."""
        return PATH + self.search

    @property
    def wanted(self) -> Wanted:
        """The length of period and the span of time that it asks for."""
        return Wanted(self.period, _day(self.first), _day(self.last))

    def added(self, slug: str) -> Self:
        """With one service more, found: nothing is searched for any longer."""
        return replace(self, services=(*self.services, slug), q="")

    def without(self, slug: str) -> Self:
        """With one service less."""
        return replace(self, services=tuple(one for one in self.services if one != slug))

    def of(self, view: View) -> Self:
        """The same services in what is shown: of what need not be said, nothing."""
        period, first, last = (view.parameters.get(name, "") for name in ("period", "from", "to"))
        return replace(self, period=period, first=first, last=last)

    def pinned(self, view: View) -> Self:
        """The same services in the very periods that are shown, and nothing searched for."""
        period, first, last = (view.pinned.get(name, "") for name in ("period", "from", "to"))
        return replace(self, period=period, first=first, last=last, q="")


def _day(text: str) -> date | None:
    return day_of(text) if text else None


def _typed_day(text: str | None) -> date | None:
    """The day in a field; one that is typed wrong is as none."""
    try:
        return _day(text or "")
    except ValueError:
        return None


def compare_with(*services: str) -> str:
    """Where these services are compared."""
    return CompareAddress(services).href


def compare_csv(shown: Comparison) -> str:
    """The rows of exactly what is shown, as CSV.

    Its beginning stays open where the page's is: costs of twelve months may begin before it.
    """
    view = shown.view
    span = span_parameters(view.begins_at, view.ends_at or _end(shown))
    return csv_address("compare", {"service": shown.slugs, "period": view.period, **span})


def _end(shown: Comparison) -> date | None:
    """The first day after all that is shown: costs may be known for longer than the rest."""
    ends = shown.frame["end_at"]
    return None if ends.empty else ends.max().date()


def parse(parameters: Parameters) -> tuple[CompareAddress, list[str]]:
    """What an address's parameters ask for, and a sentence for each that cannot be given."""
    given = Given(parameters)
    slugs = list(dict.fromkeys(filter(None, map(str.strip, given.every("service")))))
    if len(slugs) > MOST:
        given.said.append(_too_many(slugs[MOST:]))
    found = CompareAddress(
        tuple(slugs[:MOST]),
        given.last("period", "length of time"),
        _date(given, "from"),
        _date(given, "to"),
        given.search("q"),
    )
    return found, given.said


def _too_many(left_out: list[str]) -> str:
    named = [f"‘{slug}’" for slug in left_out[:3]]
    if len(left_out) > len(named):
        named.append(f"{len(left_out) - len(named):,} more")
    verb = "was" if len(left_out) == 1 else "were"
    return f"At most six services can be compared, so {listed(named)} {verb} left out."


def _date(given: Given, name: str) -> str:
    text = given.last(name, "day")
    try:
        _day(text)
    except ValueError:
        given.said.append(f"‘{text}’ is not a date such as 2017-09-01, so it was left out.")
        return ""
    return text


def unknown_in_words(slugs: list[str]) -> list[str]:
    """A sentence for each service that is not there, as far as whoever asks may know."""
    return [f"There is no service ‘{slug}’, so it was left out." for slug in slugs]


def opening_data(view: View) -> dict[str, str]:
    """What is shown where nothing is asked for, and the length that is shown now."""
    return {**view.opening.parameters, "shown": view.period}


def chosen(
    before: CompareAddress, values: Mapping[str, str | None], opening: Mapping[str, str]
) -> CompareAddress:
    """The address after someone chose another period or another end of time.

    values: period, from and to (ISO dates) as the fields have them. opening: opening_data.
    """
    texts = [values[name] for name in ("from", "to")]
    ends = [
        _typed_day(text) if text != opening[name] else None
        for name, text in zip(("from", "to"), texts, strict=True)
    ]
    if ends[0] and ends[1] and ends[0] > ends[1]:
        ends.reverse()
    period = values["period"] or opening["shown"]
    wanted = moved(Wanted(opening["shown"], ends[0], ends[1]), period)
    first, last = (day.isoformat() if day else "" for day in (wanted.first, wanted.last))
    said = "" if period == opening["period"] else period
    return replace(before, period=said, first=first, last=last)
