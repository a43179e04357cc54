"""What a service's page says: each KPI's latest figure and its change, and what its charts draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import partial
from math import isnan
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.annotations import Annotation
from kpi.default_dashboard import DEFAULT
from kpi.definitions import HEADLINE, KPIS, Kpi
from kpi.definitions import kpi as known_kpi
from kpi.frames import no_figures, period_of
from kpi.journeys import Journey
from kpi.live import LiveUsers
from kpi.modules import Module
from kpi.normal import HISTORY, Usual, usual
from kpi.periods import Period
from kpi.projections import no_projections
from kpi.ratings import Ratings
from kpi.rows import Rows
from kpi.targets import Verdict
from kpi.views import View
from kpi.windows import twelve_months

if TYPE_CHECKING:
    from kpi.module_figures import ModuleFigures
    from kpi.own_dashboard import OwnShown

Starts = npt.NDArray[np.datetime64]
Flags = npt.NDArray[np.bool_]
COST, VOLUME = "cost-per-transaction", "transactions"


@dataclass(frozen=True)
class Latest:
    """A KPI's latest reported figure in a view, and what it is compared with.

    status: 'reported'; 'partial' where there is nothing better; 'suppressed' where every figure
    is of too few; 'not reported'; 'not applicable' where the KPI is not split by channel and one
    is chosen. value is None in the last three cases.
    window: whether the figure is of twelve months, a window or a published year.
    base: what it was divided by. before, year_before: the aligned figures to compare with, None
    where they are not reported. trend: the values of the same line, None for a gap.
    newer: a later partial figure, as (period, value, parts, expected, part).
    usual: what is normal, None where figures of that length are not judged; of the figure
    usual_of in the period usual_in, which of a window is its last one. trend_ranges: the lowest and
    highest that were normal along the trend, None where not known.
    """

    kpi: Kpi
    status: str = "not reported"
    value: float | None = None
    period: Period | None = None
    window: bool = False
    base: float | None = None
    parts: int = 1
    expected: int = 1
    part: str = ""
    before: float | None = None
    year_before: float | None = None
    trend: tuple[float | None, ...] = ()
    trend_ends: tuple[Period, ...] = ()
    newer: Newer | None = None
    usual: Usual | None = None
    usual_of: float | None = None
    usual_in: Period | None = None
    trend_ranges: tuple[tuple[float, float] | None, ...] = ()


@dataclass(frozen=True)
class Newer:
    """A partial figure that is later than the latest reported one."""

    period: Period
    value: float
    parts: int
    expected: int
    part: str


@dataclass(frozen=True)
class Channels:
    """Transactions by channel, or all of them beside the digital ones.

    frame: line, period, start_at, value, status, parts, expected, part. kinds: line -> kind of
    channel ('digital', 'assisted-digital', 'non-digital'; '' for all), by which a page filters.
    split: whether the lines are channels.
    """

    frame: pd.DataFrame
    kinds: Mapping[str, str]
    split: bool = True


@dataclass(frozen=True)
class Reported:
    """One data set of a service: when it was last updated and how much of it there is.

    period: the length it reports by; reported of expected: how many it did report between the
    first and the last; partial: how many beside those in part. expected is 0 for rolling
    years, which overlap, and for moments.
    """

    title: str
    type: str
    updated_at: datetime | None
    period: str
    reported: int
    partial: int
    expected: int
    first: Period | None
    last: Period | None


@dataclass(frozen=True)
class Dashboard:
    """All that a service's page draws.

    service: the row of the catalogue. lines: by KPI (and the volume) its rows of a judged KPI
    frame in the order of time, gaps included, from its first figure in the view to its last.
    latest: by KPI, and the volume.
    cost: the costs to draw: those of the view, or the years where it has none.
    live: of this service alone. reported: slugs of the KPIs that were ever reported.
    annotations: all there are, in the order of time.
    projections: the coming year. targets: the verdicts, by KPI. Both of all time and all channels.
    own: the KPIs of the service's own.
    modules: what is drawn, in order. figures: by slug, those of the modules that draw others than
    the page's.
    """

    service: pd.Series
    view: View
    lines: Mapping[str, pd.DataFrame]
    latest: Mapping[str, Latest]
    cost: pd.DataFrame
    channels: Channels
    journey: Journey
    ratings: Ratings
    live: LiveUsers
    data_sets: tuple[Reported, ...]
    reported: frozenset[str]
    annotations: tuple[Annotation, ...] = ()
    projections: pd.DataFrame = field(default_factory=no_projections)
    targets: Mapping[str, Verdict] = field(default_factory=dict)
    own: tuple[OwnShown, ...] = ()
    modules: tuple[Module, ...] = DEFAULT
    figures: Mapping[str, ModuleFigures] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The service's name."""
        return str(self.service["name"])

    @property
    def slug(self) -> str:
        """The service's slug."""
        return str(self.service["slug"])


def lines(figures: pd.DataFrame) -> dict[str, pd.DataFrame]:
    """Each KPI's rows in the order of time, from its first figure to its last."""
    every = Rows.of(figures)
    return {kpi.slug: _line(every.where(every["kpi"] == kpi.slug)) for kpi in KPIS}


def _kpis() -> tuple[Kpi, ...]:
    return (*HEADLINE, known_kpi(VOLUME))


def line_of(rows: pd.DataFrame) -> pd.DataFrame:
    """One KPI's rows in the order of time, from its first figure to its last."""
    return _line(Rows.of(rows))


def _line(rows: Rows) -> pd.DataFrame:
    rows = rows.in_order_of("start_at")
    start, told = rows["start_at"], rows.told
    if not told.any():
        return rows.where(told).taken()
    known = start[told]
    return rows.where((start >= known[0]) & (start <= known[-1])).taken()


def within(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows of a frame that start in what a view shows."""
    return frame[_starts_within(frame["start_at"].to_numpy(), view)]


def _starts_within(start_at: Starts, view: View) -> Flags:
    if view.first is None or view.last is None:
        return np.zeros(len(start_at), np.bool_)
    first, last = np.datetime64(view.first.start), np.datetime64(view.last.start)
    return (start_at >= first) & (start_at <= last)


def periods_of(figures: pd.DataFrame) -> list[Period]:
    """The periods of which a KPI frame of one length has any figure, in order."""
    rows = Rows.of(figures)
    rows = rows.where(rows.told)
    known = dict.fromkeys(zip(rows["period"], rows["start_at"].tolist(), strict=True))
    return sorted(period_of(str(name), pd.Timestamp(start)) for name, start in known)


def latest(figures: pd.DataFrame, yearly: pd.DataFrame, view: View) -> dict[str, Latest]:
    """Each headline KPI's latest figure in a view, and the volume's.

    :param figures: judged KPI frame of the service at the view's length, the whole time.
    :param yearly: the cost per transaction of years and windows of twelve months.
    """
    every, years, found = Rows.of(figures), Rows.of(yearly), {}
    for kpi in _kpis():
        rows = every.where(every["kpi"] == kpi.slug)
        last = partial(_latest, kpi, rows, rows.where(_starts_within(rows["start_at"], view)))
        if view.channel and not kpi.by_channel:
            found[kpi.slug] = Latest(kpi, "not applicable")
        elif kpi.slug == COST:
            ended = years.where(_ends_within(years["end_at"], view))
            found[kpi.slug] = _judged_by_last(_latest(kpi, years, ended, window=True), last())
        else:
            found[kpi.slug] = last()
    return found


def _judged_by_last(window: Latest, last: Latest) -> Latest:
    """Twelve months with the verdict on the last period in them, if they end with it."""
    if window.period is None or last.period is None or window.period.end != last.period.end:
        return window
    return replace(window, usual=last.usual, usual_of=last.usual_of, usual_in=last.usual_in)


def ending(yearly: pd.DataFrame, view: View) -> pd.DataFrame:
    """The years that end in what a view shows: the twelve months may begin before it."""
    return yearly[_ends_within(yearly["end_at"].to_numpy(), view)]


def _ends_within(end_at: Starts, view: View) -> Flags:
    if view.first is None:
        return np.zeros(len(end_at), np.bool_)
    days = end_at.astype("M8[D]")
    after, until = view.begins_at or date.min, view.ends_at or date.max
    return (days > np.datetime64(after)) & (days <= np.datetime64(until))


def latest_of(kpi: Kpi, line: pd.DataFrame, shown: pd.DataFrame) -> Latest:
    """The latest figure of one KPI. line: all its rows, as of a KPI frame; shown: those in view."""
    return _latest(kpi, Rows.of(line), Rows.of(shown))


def _latest(kpi: Kpi, line: Rows, shown: Rows, *, window: bool = False) -> Latest:
    shown = shown.in_order_of("end_at", "start_at")
    values = shown["value"]
    known = np.flatnonzero(~np.isnan(values))
    if not len(known):
        return Latest(kpi, "suppressed" if shown.told.any() else "not reported")
    sound = known[shown["status"][known] == "reported"]
    place = int((sound if len(sound) else known)[-1])
    row, period = shown.row(place), shown.period(place)
    return Latest(
        kpi,
        str(row["status"]),
        float(row["value"]),
        period,
        window=window,
        base=None if np.isnan(row["denominator"]) else float(row["denominator"]),
        parts=int(row["parts"]),
        expected=int(row["expected"]),
        part=str(row["part"]),
        before=_value_at(line, period.previous),
        year_before=_value_at(line, period.year_before),
        trend=tuple(None if isnan(value) else value for value in values.tolist()),
        trend_ends=(shown.period(0), shown.period(-1)),
        newer=_newer(shown, int(known[-1]), row) if len(sound) else None,
        **(_usual(row, period, shown) if len(sound) else {}),
    )


def _usual(row: Mapping[str, Any], period: Period, shown: Rows) -> dict[str, Any]:
    """What is normal for a figure, and along its line; nothing at lengths that are not judged."""
    if period.name not in HISTORY or "normal_low" not in row:
        return {}
    ends = zip(shown["normal_low"].tolist(), shown["normal_high"].tolist(), strict=True)
    ranges = tuple(None if isnan(low) else (low, high) for low, high in ends)
    value = float(row["value"])
    return {"usual": usual(row), "usual_of": value, "usual_in": period, "trend_ranges": ranges}


def _value_at(line: Rows, period: Period) -> float | None:
    """The reported value of exactly that period, None without one."""
    same = line["start_at"] == np.datetime64(period.start)
    values = line["value"][same & (line["status"] == "reported")]
    return float(values[0]) if len(values) else None


def _newer(shown: Rows, place: int, latest_row: Mapping[str, Any]) -> Newer | None:
    row = shown.row(place)
    if row["status"] != "partial" or row["end_at"] <= latest_row["end_at"]:
        return None
    parts, expected = int(row["parts"]), int(row["expected"])
    return Newer(shown.period(place), float(row["value"]), parts, expected, str(row["part"]))


def yearly_costs(costs: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """Costs per transaction over twelve months: the published years, and windows where none is.

    costs: KPI frames of the cost per transaction by year, quarter and month, any of them empty.
    Calendar years that are only partly reported are left out: a window says more.
    """
    known = [frame for frame in costs if not frame.empty]
    if not known:
        return no_figures()
    every = pd.concat(known, ignore_index=True)
    whole = every[every["period"] == "year"]
    both = pd.concat([whole, twelve_months(every)], ignore_index=True)
    sound = both[both["status"] == "reported"]
    return sound.drop_duplicates(["start_at"]).sort_values("start_at", ignore_index=True)
