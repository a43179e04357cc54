"""KPIs before and after something happened, over the same number of periods on either side."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import pandas as pd

from kpi.annotations import Annotation
from kpi.definitions import Kpi
from kpi.frames import counted
from kpi.normal import HIGHER, LOWER
from kpi.periods import Period

# The most periods on either side, of each length that is looked at; the first with figures counts.
MOST = {"week": 13, "month": 6}
# After so many periods in a row a new level is normal; so many of them tell that there is one.
ADAPTS, LEAST_BEYOND = 4, 2


@dataclass(frozen=True)
class Stretch:
    """Adjacent periods of one length: the first, and how many."""

    first: Period
    count: int

    @property
    def periods(self) -> list[Period]:
        """All of them, in order."""
        found = [self.first]
        while len(found) < self.count:
            found.append(found[-1].next)
        return found

    @property
    def last(self) -> Period:
        """The last of them."""
        return self.periods[-1]

    @property
    def end(self) -> date:
        """The first day after them."""
        return self.last.end


@dataclass(frozen=True)
class Pooled:
    """A KPI over a stretch: its value, and of how many of the periods it was reported.

    An amount is its mean a period; a rate is the sum of its numerators by that of its denominators.
    value is None where nothing was reported, or where it is of too few people to tell.
    """

    value: float | None
    reported: int
    expected: int
    suppressed: bool = False

    @property
    def is_whole(self) -> bool:
        """Whether there is a figure of every one of the periods."""
        return self.value is not None and self.reported == self.expected


@dataclass(frozen=True)
class Difference:
    """One KPI on both sides.

    line: its rows from the first period before to the last after, with their normal ranges.
    verdicts: whether each figure after it was 'normal', 'lower' or 'higher' than usual, in order;
    none where too little is known to say.
    """

    kpi: Kpi
    before: Pooled
    after: Pooled
    line: pd.DataFrame
    verdicts: tuple[str, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether there is a figure on both sides."""
        return self.before.value is not None and self.after.value is not None

    @property
    def is_silent(self) -> bool:
        """Whether nothing was reported on either side."""
        return not self.before.reported and not self.after.reported

    @property
    def beyond(self) -> str:
        """'lower' or 'higher', where it moved that way and out of its normal range; else ''.

        A level that lasts is normal after four periods (see kpi.expectations), so that of the
        first four two have to be beyond.
        """
        if self.before.value is None or self.after.value is None:
            return ""
        way = HIGHER if self.after.value > self.before.value else LOWER
        return way if self.verdicts[:ADAPTS].count(way) >= LEAST_BEYOND else ""

    @property
    def is_comparable(self) -> bool:
        """Whether both sides were reported in whole, and neither is over 100%, which cannot be."""
        sides = (self.before, self.after)
        return all(side.is_whole and not self._is_doubtful(side) for side in sides)

    def _is_doubtful(self, side: Pooled) -> bool:
        return self.kpi.unit == "proportion" and side.value is not None and side.value > 1


@dataclass(frozen=True)
class BeforeAfter:
    """What happened, the stretches on either side of it, and each KPI over them.

    most: over how many periods a side it could be looked at. before and after are None where
    there are no figures on one of the sides.
    """

    annotation: Annotation
    period: str
    most: int
    before: Stretch | None
    after: Stretch | None
    differences: tuple[Difference, ...] = ()


def nothing_known(annotation: Annotation) -> BeforeAfter:
    """The answer where there are no figures on both sides of it."""
    return BeforeAfter(annotation, next(iter(MOST)), 0, None, None)


def room(annotation: Annotation, period: str, known: Iterable[Period]) -> int:
    """How many whole periods there are on either side: as many as on the shorter one.

    known: the periods of that length of which any KPI was reported.
    """
    reported = sorted(known)
    if not reported:
        return 0
    before = _last_before(annotation, period)
    after = _first_after(annotation, period)
    sides = (_steps(reported[0], before), _steps(after, reported[-1]))
    return max(0, min(*sides, MOST[period]))


def stretches(annotation: Annotation, period: str, count: int) -> tuple[Stretch, Stretch]:
    """So many whole periods before what happened began, and after it was over.

    The period in which it began or ended, if it is cut by that, belongs to neither side.
    """
    first = _last_before(annotation, period)
    for _ in range(count - 1):
        first = first.previous
    return Stretch(first, count), Stretch(_first_after(annotation, period), count)


def fullest(figures: pd.DataFrame, annotation: Annotation, period: str, most: int) -> int:
    """Over how many periods a side the most KPIs are reported in whole: the most of such numbers.

    figures: a KPI frame of one service and one length. most: as `room` tells, at least 1.
    """
    sound = figures[counted(figures)]
    known = [set(rows["start_at"]) for _, rows in sound.groupby("kpi", observed=True)]

    def whole(count: int) -> int:
        sides = stretches(annotation, period, count)
        starts = {pd.Timestamp(one.start) for side in sides for one in side.periods}
        return sum(starts <= reported for reported in known)

    return max(range(1, most + 1), key=lambda count: (whole(count), count))


def _last_before(annotation: Annotation, period: str) -> Period:
    return Period.containing(period, annotation.start).previous


def _first_after(annotation: Annotation, period: str) -> Period:
    # What happened on a Monday may have changed all of its week, as a release does at midnight.
    day = annotation.end if annotation.is_span else annotation.start
    holding = Period.containing(period, day)
    return holding if holding.start == day else holding.next


def _steps(first: Period, last: Period) -> int:
    """How many periods there are from the first to the last, both included."""
    count = 0
    while first <= last and count < MOST[first.name]:
        first, count = first.next, count + 1
    return count


def pooled(figures: pd.DataFrame, stretch: Stretch, least_base: int = 0) -> Pooled:
    """One KPI over a stretch: what was reported in whole, added up and divided.

    :param figures: rows of one KPI of a KPI frame, those of few people as they are.
    :param least_base: a rate of fewer than these is suppressed.
    """
    starts = [pd.Timestamp(period.start) for period in stretch.periods]
    rows = figures[figures["start_at"].isin(starts) & counted(figures)]
    total, base = rows["numerator"].sum(), rows["denominator"].sum()
    is_amount = bool(rows["denominator"].isna().all())
    divisor = len(rows) if is_amount else base
    if not is_amount and 0 < base < least_base:
        return Pooled(None, len(rows), stretch.count, suppressed=True)
    value = float(total / divisor) if divisor else None
    return Pooled(value, len(rows), stretch.count)


def differences(
    figures: pd.DataFrame,
    judged: pd.DataFrame,
    kpis: Sequence[Kpi],
    before: Stretch,
    after: Stretch,
) -> tuple[Difference, ...]:
    """Each KPI before and after.

    :param figures: a KPI frame of one service and one length, asked for with ``small_bases``.
    :param judged: the same as it is shown, with normal ranges (see kpi.normal.judged).
    """
    found = []
    for kpi in kpis:
        rows = figures[figures["kpi"] == kpi.slug]
        sides = [pooled(rows, side, kpi.least_base) for side in (before, after)]
        line = _between(judged[judged["kpi"] == kpi.slug], before.first, after.last)
        told = _between(line, after.first, after.last)["verdict"].dropna()
        found.append(Difference(kpi, sides[0], sides[1], line, tuple(told.astype(str))))
    return tuple(found)


def _between(rows: pd.DataFrame, first: Period, last: Period) -> pd.DataFrame:
    inside = rows["start_at"].between(pd.Timestamp(first.start), pd.Timestamp(last.start))
    return rows[inside].sort_values("start_at", ignore_index=True)
