"""What part of a service's figures is looked at: how long each period is, from when, to when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from kpi.journeys import Asked
from kpi.periods import PERIODS, Period, months_later

# The length a dashboard opens with: the first of these of which there are figures.
PREFERRED = ("month", "quarter", "year", "week", "day")
# The parameter of every address that shows, to whoever has it, what is not published.
LINK = "link"
# So many of the latest are shown where nothing else is asked for; of other lengths, all.
MOST = {"day": 92, "week": 104}


@dataclass(frozen=True)
class Wanted:
    """What an address asks for; '' and None leave it to the service's figures.

    first, last: days in the first and the last period to show. channel: a kind of channel.
    answers: the first day of the period whose answers on satisfaction are looked at.
    journey: what is asked of the service's journey.
    tabs: the slugs of modules that are tabs.
    """

    period: str = ""
    first: date | None = None
    last: date | None = None
    channel: str = ""
    answers: date | None = None
    journey: Asked = field(default_factory=Asked)
    tabs: tuple[str, ...] = ()


def _day(period: Period | None) -> str:
    return period.start.isoformat() if period else ""


@dataclass(frozen=True)
class Opening:
    """What a service's page shows where nothing is asked for: its length, and that length's span.

    first and last are those of the length that is shown, whether it is the usual one or not.
    """

    period: str = "month"
    first: Period | None = None
    last: Period | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """It as an address would ask for it."""
        return {"period": self.period, "from": _day(self.first), "to": _day(self.last)}


@dataclass(frozen=True)
class View:
    """What is shown, once it is known of which periods a service has figures.

    lengths: the lengths of period that have figures, shortest first. periods: those of the chosen
    length that do, in order. first, last: the ones that what is shown begins and ends with; None
    where the service has no figure at all. opening: what it would show if nothing were asked for.
    notes: sentences on what was asked for and could not be given. answers: the period whose
    answers on satisfaction are looked at, where that is not the latest. journey: what is shown of
    the service's journey, other than what opens. tabs: those chosen, in the order of the page,
    apart from the first ones. link: what a service that is not published is seen by; '' where
    nothing of the kind is needed. Every address that the page leads to then has it, too.
    """

    period: str = "month"
    lengths: tuple[str, ...] = ()
    periods: tuple[Period, ...] = ()
    first: Period | None = None
    last: Period | None = None
    channel: str = ""
    channels: tuple[str, ...] = ()
    opening: Opening = Opening()
    notes: tuple[str, ...] = ()
    answers: Period | None = None
    journey: Asked = field(default_factory=Asked)
    tabs: tuple[str, ...] = ()
    link: str = ""

    @property
    def start_at(self) -> date | None:
        """The first day that is shown."""
        return self.first.start if self.first else None

    @property
    def end_at(self) -> date | None:
        """The first day after what is shown."""
        return self.last.end if self.last else None

    @property
    def begins_at(self) -> date | None:
        """The first day, if what is shown was narrowed to begin there; None if it is open."""
        return self.start_at if self.first != self.opening.first else None

    @property
    def ends_at(self) -> date | None:
        """The first day after it, if what is shown was narrowed to end there; None if open."""
        return self.end_at if self.last != self.opening.last else None

    @property
    def is_narrowed(self) -> bool:
        """Whether a span of time is shown rather than what the service opens with."""
        return (self.first, self.last) != (self.opening.first, self.opening.last)

    @property
    def parameters(self) -> dict[str, str]:
        """The view as an address asks for it: only what differs from what opens."""
        asked = {"period": self.period, "from": _day(self.first), "to": _day(self.last)}
        usual = self.opening.parameters
        found = {name: value for name, value in asked.items() if value != usual[name]}
        chosen = {"channel": self.channel, "tab": ",".join(self.tabs)}
        rest = {**chosen, "answers": _day(self.answers), **self.journey.parameters, LINK: self.link}
        return {**found, **{name: value for name, value in rest.items() if value}}

    @property
    def pinned(self) -> dict[str, str]:
        """The view as an address asks for it that shows the same time whenever it is opened."""
        if self.first is None:
            return self.parameters
        shown = {"period": self.period, "from": _day(self.first), "to": _day(self.last)}
        return {**shown, **self.parameters}

    def without_span(self) -> View:
        """The same without a span of time."""
        return replace(self, first=self.opening.first, last=self.opening.last, answers=None)

    def of_channel(self, channel: str) -> View:
        """The same of another channel; '' for all."""
        return replace(self, channel=channel)

    def with_tabs(self, tabs: tuple[str, ...], unmet: Sequence[str] = ()) -> View:
        """The same with other tabs chosen. unmet: sentences on those that are not there."""
        return replace(self, tabs=tabs, notes=(*self.notes, *unmet))


def chosen_length(wanted: str, lengths: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    """The length of period to show, and what to say if it is not the one that was asked for.

    lengths: those of which the service has figures.
    """
    usual = next((name for name in PREFERRED if name in lengths), PREFERRED[0])
    if not wanted or wanted in lengths:
        return wanted or usual, ()
    shown = f"Figures are shown for each {usual} instead."
    if wanted not in PERIODS:
        return usual, (f"‘{wanted}’ is not a length of time that can be shown. {shown}",)
    return usual, (f"This service has no figures for each {wanted}. {shown}",)


def view(
    wanted: Wanted,
    lengths: Sequence[str],
    period: str,
    periods: Sequence[Period],
    *,
    channels: Sequence[str] = (),
    notes: Sequence[str] = (),
) -> View:
    """What is shown of a service's figures.

    :param lengths: the lengths that have figures. period: the chosen one of them.
    :param periods: those of that length that have figures, in order.
    :param channels: the kinds of channel that have figures.
    """
    usual = next((name for name in PREFERRED if name in lengths), period)
    first, last, unmet = _span(wanted, period, periods)
    channel, unknown = _channel(wanted.channel, channels)
    return View(
        period=period,
        lengths=tuple(name for name in PERIODS if name in lengths),
        periods=tuple(periods),
        first=first,
        last=last,
        channel=channel,
        channels=tuple(channels),
        opening=Opening(usual, *_all_of(period, periods)),
        notes=(*notes, *unmet, *unknown),
    )


def _all_of(period: str, periods: Sequence[Period]) -> tuple[Period | None, Period | None]:
    if not periods:
        return None, None
    return periods[-MOST.get(period, len(periods)) :][0], periods[-1]


Span = tuple[Period | None, Period | None, tuple[str, ...]]


def _span(wanted: Wanted, period: str, periods: Sequence[Period]) -> Span:
    """The first and last period with figures in what was asked for, and what to say if none."""
    first, last = _all_of(period, periods)
    if not periods or (wanted.first is None and wanted.last is None):
        return first, last, ()
    least = _start(period, wanted.first) if wanted.first else periods[0].start
    most = _start(period, wanted.last) if wanted.last else periods[-1].start
    if least > most:
        return first, last, ("‘From’ is later than ‘To’, so all figures are shown.",)
    inside = [one for one in periods if least <= one.start <= most]
    if not inside:
        return first, last, ("Nothing was reported for that time, so all figures are shown.",)
    return inside[0], inside[-1], ()


def _start(period: str, day: date) -> date:
    # Rolling years start in any month: the month is what matters.
    return Period.containing("month" if period == "year" else period, day).start


def _channel(wanted: str, channels: Sequence[str]) -> tuple[str, tuple[str, ...]]:
    if not wanted or wanted in channels:
        return wanted, ()
    return "", (f"This service has no figures for the channel ‘{wanted}’: all channels are shown.",)


def moved(wanted: Wanted, period: str) -> Wanted:
    """The same span of time in periods of another length: those that hold its ends.

    Years are those that lie within it; where none does, the span is dropped.
    """
    if period == wanted.period:
        return wanted
    first, last = wanted.first, _last_day(wanted)
    if period == "year":
        last = months_later(last.replace(day=1), -11) if last else None
        if first and last and last < first:
            first = last = None
    return replace(wanted, period=period, first=_first(period, first), last=_last(period, last))


def _first(period: str, day: date | None) -> date | None:
    """The start of the first period of a span that begins on a day."""
    if day is None or period != "week":
        return _start(period, day) if day else None
    # A week belongs to whatever holds its Thursday.
    return Period.containing("week", day + timedelta(days=3)).start


def _last(period: str, day: date | None) -> date | None:
    """The start of the last period of a span that ends on a day."""
    if day is None or period != "week":
        return _start(period, day) if day else None
    return Period.containing("week", day - timedelta(days=3)).start


def _last_day(wanted: Wanted) -> date | None:
    """The last day of the last period that is asked for."""
    if wanted.last is None or not wanted.period:
        return wanted.last
    last = Period(wanted.period, _start(wanted.period, wanted.last))
    return last.end - timedelta(days=1)
