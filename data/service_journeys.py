"""Asks for the journey that a service's page shows, as its address wants it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, cast

import pandas as pd

from data.channel_costs import channel_costs
from data.journeys import MEASURE, MessagesQuery, StagesQuery, StageTrendQuery, path_of
from data.queries import MeasurementQuery, Run
from data.selection import Selection
from kpi.dashboard import Latest
from kpi.journeys import Asked, Journey, Path, Stretch, Trend, by_period, latest_run
from kpi.periods import Period
from kpi.views import View

_DAY = timedelta(days=1)
_WEEKS_LOOKED_AT = 26
Span = tuple[date, date]
Ends = tuple[Period, Period]


@dataclass(frozen=True)
class Told:
    """What a page knows of a service before it asks for its journey.

    reach: of a ReachQuery; sources: of a SourceQuery; cost: its latest cost per transaction;
    kinds: channel -> kind of channel.
    """

    reach: pd.DataFrame
    sources: pd.DataFrame
    cost: Latest
    kinds: Mapping[str, str]


def journey(run: Run, about: Selection, shown: View, asked: Asked, told: Told) -> Journey:
    """A service's journey in what its page shows; one without stages where it has none."""
    length = _length(told.reach, shown)
    ends = _reach(told.reach, length)
    if ends is None or shown.first is None:
        return Journey()
    spans, notes = _within_reach(asked, length, ends)
    stretch, other = (_stretch(run, about, length, span) for span in spans)
    if stretch is None or stretch.last is None:
        stretch = _latest(run, about, shown, ends[1], path_of(told.sources))
    trend, unknown = _trend(run, about, shown, stretch, asked.stage)
    return Journey(
        stretch,
        other,
        Asked(trend.stage if trend else "", *spans),
        ends,
        channel_costs(run, about, told.cost, told.kinds),
        trend,
        _messages(run, about, stretch),
        (*notes, *unknown),
    )


def _length(reach: pd.DataFrame, shown: View) -> str:
    known = set(reach.loc[reach["measure"] == "journey-started", "period"])
    return "week" if "week" in known else shown.period


def _reach(reach: pd.DataFrame, length: str) -> Ends | None:
    """The first and the last period of that length for which people who started are told."""
    rows = reach[(reach["measure"] == "journey-started") & (reach["period"] == length)]
    if rows.empty:
        return None
    days = rows["first"].min().date(), rows["last"].max().date()
    return Period(length, days[0]), Period(length, days[1])


def _within_reach(
    asked: Asked, length: str, ends: Ends
) -> tuple[list[Span | None], tuple[str, ...]]:
    """Both spans that are asked for in whole periods that were reported; what to say if not."""
    spans = [span and _clipped(span, length, ends) for span in (asked.span, asked.against)]
    wanted = zip((asked.span, asked.against), spans, strict=True)
    notes = tuple(
        f"The journey was not reported from {days[0]} to {days[1]}."
        for days, span in wanted
        if days and not span
    )
    return spans, notes


def _clipped(days: Span, length: str, ends: Ends) -> Span | None:
    first, last = (Period.containing(length, day).start for day in days)
    first, last = max(first, ends[0].start), min(last, ends[1].start)
    return (first, last) if first <= last else None


def _stretch(run: Run, about: Selection, length: str, span: Span | None) -> Stretch | None:
    if span is None:
        return None
    end = Period(length, span[1]).end
    found: Any = run(StagesQuery(about.service, length, span[0], end, about.preview))
    return cast("Stretch", found)


def _latest(run: Run, about: Selection, shown: View, newest: Period, path: Path) -> Stretch:
    """The latest periods in a row of what is shown."""
    rows = by_period(run(_stages_in(shown, about, newest)), path)
    rows = latest_run(rows, newest.name)
    if rows.empty:
        return Stretch()
    span = (rows.index[0].date(), rows.index[-1].date())
    return _stretch(run, about, newest.name, span) or Stretch()


def _stages_in(shown: View, about: Selection, newest: Period) -> MeasurementQuery:
    """Visitors by stage in what is shown; by week, those of its last half-year."""
    start, end = shown.begins_at, shown.ends_at or newest.end
    if newest.name == "week":
        # A week belongs to whatever holds its Thursday, so it may end three days later.
        end = min(end + 3 * _DAY, newest.end)
        start = max((start or date.min + 3 * _DAY) - 3 * _DAY, end - _WEEKS_LOOKED_AT * 7 * _DAY)
    return MeasurementQuery(about.service, MEASURE, newest.name, start, end, about.preview)


def _trend(
    run: Run, about: Selection, shown: View, stretch: Stretch, stage: str
) -> tuple[Trend | None, tuple[str, ...]]:
    """A stage over the whole of what is shown, in the periods that it is told by."""
    if not stage or stretch.last is None:
        return None, ()
    if stage not in set(stretch.frame["stage"]):
        return None, (f"There is no stage ‘{stage}’ in this journey.",)
    start, end = cast("date", shown.start_at), cast("date", shown.end_at)
    for length in dict.fromkeys((stretch.last.name, shown.period)):
        query = StageTrendQuery(about.service, stage, length, start, end, about.preview)
        frame = run(query)
        if not frame.empty:
            after = str(frame["next_stage"].iloc[0])
            return Trend(stage, frame, length, start, end, after), ()
    return None, ("This stage was not reported in what is shown.",)


def _messages(run: Run, about: Selection, stretch: Stretch) -> pd.DataFrame:
    if stretch.first is None or stretch.span is None:
        return pd.DataFrame()
    asked = (stretch.first.name, *stretch.span, about.preview)
    return run(MessagesQuery(about.service, *asked))
