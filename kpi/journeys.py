"""Journeys: how many people reach each stage, where they leave, and what that costs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd

from kpi.periods import Period, day_of
from kpi.spans import STEPS, ordinals

MOST_WEEKS = 13
REQUIRED, OPTIONAL, OTHER = "required", "optional", "other"
STAGE_COLUMNS = ("stage", "name", "kind", "visitors", "left", "share")


@dataclass(frozen=True)
class Path:
    """A journey's stages as its data set has them: in order, the optional ones, their names.

    Without any in order, every stage that is not optional is on the path, the most visited first.
    """

    stages: tuple[str, ...] = ()
    optional: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    def kind(self, stage: str) -> str:
        """'required': everybody passes it. 'optional'. 'other': the settings do not place it."""
        if stage in self.optional:
            return OPTIONAL
        return REQUIRED if stage in self.stages or not self.stages else OTHER

    def required(self, known: Sequence[str]) -> list[str]:
        """The stages that everybody passes: those in order, or all of the known ones."""
        return [stage for stage in self.stages or known if self.kind(stage) == REQUIRED]


@dataclass(frozen=True)
class Stretch:
    """People at each stage, added up over periods in which every required stage was reported.

    frame: stage, name ('' where none was given), kind, visitors (people; NaN where an optional
    stage was not reported in all of them), left (people who reached the required stage before but
    not this one; negative where there are more here), share (of those at the stage before), in
    order, those beside the path last. periods: how many were added up, of the expected ones in
    span, [start, end).
    """

    frame: pd.DataFrame = field(default_factory=lambda: pd.DataFrame(columns=list(STAGE_COLUMNS)))
    first: Period | None = None
    last: Period | None = None
    periods: int = 0
    expected: int = 0
    span: tuple[date, date] | None = None

    @property
    def stages(self) -> pd.DataFrame:
        """The stages that everybody passes, numbered from 0."""
        return self.frame[self.frame["kind"] == REQUIRED].reset_index(drop=True)

    @property
    def is_whole(self) -> bool:
        """Whether all of the periods in its span were reported: what is not, is never compared."""
        return self.periods == self.expected

    @property
    def completion(self) -> float | None:
        """How many of those who started finished, 0 to 1: the last required stage by the first."""
        visitors = self.stages["visitors"]
        if len(visitors) < 2 or not visitors.iloc[0] > 0:
            return None
        return float(visitors.iloc[-1] / visitors.iloc[0])


def by_period(frame: pd.DataFrame, path: Path) -> pd.DataFrame:
    """Visitors by start (rows) and stage of the periods in which every required stage is reported.

    :param frame: long frame of the measure 'journey' of one length, a row a stage and period.
    """
    if frame.empty:
        return pd.DataFrame()
    reported = frame[frame["status"] == "reported"]
    wide = reported.pivot_table(index="start_at", columns="category", values="value", observed=True)
    required = path.required([str(stage) for stage in wide.columns])
    if not required or not set(required) <= set(wide.columns):
        return wide.iloc[:0]
    return wide.dropna(subset=required)


def latest_run(wide: pd.DataFrame, length: str) -> pd.DataFrame:
    """The latest rows of `by_period` without a gap between them: 13 at the most."""
    if wide.empty:
        return wide
    number = ordinals(length, wide.index.to_numpy())
    gaps = (number[1:] - number[:-1] != STEPS[length]).nonzero()[0]
    return wide.iloc[(gaps[-1] + 1 if len(gaps) else 0) :].tail(MOST_WEEKS)


def added_up(
    wide: pd.DataFrame, length: str, path: Path, start: date | None = None, end: date | None = None
) -> Stretch:
    """All rows of `by_period` together.

    :param start, end: the span that they are of; where one is None, that end is the rows' own.
    """
    if wide.empty:
        return Stretch()
    first, last = (Period(length, wide.index[place].date()) for place in (0, -1))
    span = (start or first.start, end or last.end)
    frame = _stages(wide.sum(skipna=False), path)
    return Stretch(frame, first, last, len(wide), periods_in(length, *span), span)


def periods_in(length: str, start: date, end: date) -> int:
    """How many calendar periods of a length lie in [start, end)."""
    step, unit = STEPS[length], "D" if length in ("day", "week") else "M"
    # Weeks begin on a Monday, and 1 January 1970 was a Thursday.
    first = 4 if length == "week" else 0
    starts, ends = (np.datetime64(day).astype(f"M8[{unit}]").astype(int) for day in (start, end))
    if unit == "M" and start.day > 1:
        starts += 1
    return max(0, int((ends - first) // step + (first - starts) // step))


def _stages(visitors: pd.Series, path: Path) -> pd.DataFrame:
    known = [str(stage) for stage in visitors.sort_values(ascending=False).index]
    places = {stage: place for place, stage in enumerate(path.stages)}
    kinds = (REQUIRED, OPTIONAL, OTHER)
    order = sorted(
        known, key=lambda stage: (kinds.index(path.kind(stage)), places.get(stage, len(places)))
    )
    frame = pd.DataFrame(
        {
            "stage": order,
            "name": [path.names.get(stage, "") for stage in order],
            "kind": [path.kind(stage) for stage in order],
            "visitors": visitors[order].to_numpy(dtype=float),
        }
    )
    return with_leavers(frame)


def with_leavers(frame: pd.DataFrame) -> pd.DataFrame:
    """Stages with left and share: see Stretch. Neither is said of the first, nor beside the path.

    frame: kind, visitors, in order.
    """
    people = frame["visitors"].where(frame["kind"] == REQUIRED)
    before = people[frame["kind"] == REQUIRED].shift(1).reindex(frame.index)
    left = before - people
    return frame.assign(left=left, share=left / before.where(before > 0))


def worst_stage(stages: pd.DataFrame) -> int | None:
    """The place of the one stage with more leavers than every other; None if there is none.

    stages: the required ones, as `Stretch.stages` has them.
    """
    left = stages["left"].dropna()
    most = left.max() if not left.empty else 0
    places = left.index[left == most]
    return int(places[0]) if most > 0 and len(places) == 1 else None


@dataclass(frozen=True)
class ChannelCosts:
    """What a transaction costs online and elsewhere, in pounds, over the same twelve months.

    elsewhere: the name of the one other channel; '' where there are several.
    """

    digital: float
    other: float
    twelve_months: Period
    elsewhere: str = ""

    def of_turning(self, people: float) -> float:
        """What it costs more if so many people do not use the digital channel but another."""
        return people * (self.other - self.digital)


@dataclass(frozen=True)
class Asked:
    """What an address asks of a journey: a stage to look at, and the periods to show and compare.

    span, against: days in the first and in the last period of each; None leaves it to the page.
    """

    stage: str = ""
    span: tuple[date, date] | None = None
    against: tuple[date, date] | None = None

    @property
    def parameters(self) -> dict[str, str]:
        """It as an address would ask for it: only what is asked for."""
        asked = {
            "stage": self.stage,
            "journey": _days(self.span),
            "against": _days(self.against),
        }
        return {name: value for name, value in asked.items() if value}


def _days(span: tuple[date, date] | None) -> str:
    if span is None:
        return ""
    first, last = span
    return f"{first}" if first == last else f"{first}..{last}"


def parse_days(text: str) -> tuple[date, date]:
    """'2017-09-04..2017-09-18', or one day alone, as two days in order.

    :raises ValueError: when it is anything else.
    """
    first, _, last = text.partition("..")
    found = sorted((day_of(first), day_of(last or first)))
    return found[0], found[1]


@dataclass(frozen=True)
class Trend:
    """A stage over time: people at it, and the share of them that went on to the next one.

    frame: as kpi.stage_trends.stage_trend returns it, of periods of one length in [start_at,
    end_at). next_stage: the required one after it; '' for the last stage, and beside the path.
    """

    stage: str
    frame: pd.DataFrame
    length: str
    start_at: date
    end_at: date
    next_stage: str = ""


@dataclass(frozen=True)
class Journey:
    """A journey as a page shows it.

    shown: what is drawn; against: what it is compared with, None if with nothing. asked: what of
    an address is given, in its shortest form. reach: the first and last period reported, None
    without any. costs: None where they are not known for each channel. troubles: errors met and
    help opened by stage, by what they are called ('errors', 'help'). notes: what was asked for
    and could not be given.
    """

    shown: Stretch = field(default_factory=Stretch)
    against: Stretch | None = None
    asked: Asked = field(default_factory=Asked)
    reach: tuple[Period, Period] | None = None
    costs: ChannelCosts | None = None
    trend: Trend | None = None
    messages: pd.DataFrame = field(default_factory=pd.DataFrame)
    notes: tuple[str, ...] = ()

    @property
    def frame(self) -> pd.DataFrame:
        """The stages that are drawn."""
        return self.shown.frame

    @property
    def first(self) -> Period | None:
        """The first period that is added up."""
        return self.shown.first

    @property
    def last(self) -> Period | None:
        """The last period that is added up."""
        return self.shown.last

    @property
    def periods(self) -> int:
        """How many periods were added up."""
        return self.shown.periods
