"""What a service's page says: each KPI's latest figure and its change, and what its charts draw."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from kpi.annotations import Annotation
from kpi.default_dashboard import DEFAULT
from kpi.definitions import HEADLINE, KPIS, Kpi
from kpi.definitions import kpi as known_kpi
from kpi.frames import no_figures
from kpi.journeys import Journey
from kpi.live import LiveUsers
from kpi.modules import Module
from kpi.normal import HISTORY, Usual, usual
from kpi.periods import Period
from kpi.projections import no_projections
from kpi.ratings import Ratings
from kpi.spans import TWELVE_MONTHS
from kpi.targets import Verdict
from kpi.views import View
from kpi.windows import twelve_months

if TYPE_CHECKING:
    from kpi.module_figures import ModuleFigures
    from kpi.own_dashboard import OwnShown

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
    return {kpi.slug: line_of(figures[figures["kpi"] == kpi.slug]) for kpi in KPIS}


def _kpis() -> tuple[Kpi, ...]:
    return (*HEADLINE, known_kpi(VOLUME))


def line_of(rows: pd.DataFrame) -> pd.DataFrame:
    """One KPI's rows in the order of time, from its first figure to its last."""
    rows = rows.sort_values("start_at")
    known = rows["start_at"][_told(rows)]
    return rows[rows["start_at"].between(known.min(), known.max())].reset_index(drop=True)


def _told(figures: pd.DataFrame) -> pd.Series:
    """Which rows stand for something that was sent, be it too little to show."""
    return figures["value"].notna() | (figures["status"] == "suppressed")


def within(frame: pd.DataFrame, view: View) -> pd.DataFrame:
    """The rows of a frame that start in what a view shows."""
    if view.first is None or view.last is None:
        return frame.iloc[:0]
    first, last = pd.Timestamp(view.first.start), pd.Timestamp(view.last.start)
    return frame[frame["start_at"].between(first, last)]


def periods_of(figures: pd.DataFrame) -> list[Period]:
    """The periods of which a KPI frame of one length has any figure, in order."""
    known = figures.loc[_told(figures), ["period", "start_at"]].drop_duplicates()
    pairs = zip(known["period"], known["start_at"], strict=True)
    return sorted(_period(str(name), start) for name, start in pairs)


def _period(name: str, start: pd.Timestamp) -> Period:
    return Period("year" if name == TWELVE_MONTHS else name, start.date())


def latest(figures: pd.DataFrame, yearly: pd.DataFrame, view: View) -> dict[str, Latest]:
    """Each headline KPI's latest figure in a view, and the volume's.

    :param figures: judged KPI frame of the service at the view's length, the whole time.
    :param yearly: the cost per transaction of years and windows of twelve months.
    """
    found = {}
    for kpi in _kpis():
        rows = figures[figures["kpi"] == kpi.slug]
        if view.channel and not kpi.by_channel:
            found[kpi.slug] = Latest(kpi, "not applicable")
        elif kpi.slug == COST:
            window = latest_of(kpi, yearly, ending(yearly, view), window=True)
            found[kpi.slug] = _judged_by_last(window, latest_of(kpi, rows, within(rows, view)))
        else:
            found[kpi.slug] = latest_of(kpi, rows, within(rows, view))
    return found


def _judged_by_last(window: Latest, last: Latest) -> Latest:
    """Twelve months with the verdict on the last period in them, if they end with it."""
    if window.period is None or last.period is None or window.period.end != last.period.end:
        return window
    return replace(window, usual=last.usual, usual_of=last.usual_of, usual_in=last.usual_in)


def ending(yearly: pd.DataFrame, view: View) -> pd.DataFrame:
    """The years that end in what a view shows: the twelve months may begin before it."""
    if view.first is None:
        return yearly.iloc[:0]
    after, until = view.begins_at or date.min, view.ends_at or date.max
    ends = yearly["end_at"].dt.date
    return yearly[(ends > after) & (ends <= until)]


def latest_of(kpi: Kpi, line: pd.DataFrame, shown: pd.DataFrame, *, window: bool = False) -> Latest:
    """The latest figure of one KPI. line: all its rows, as of a KPI frame; shown: those in view."""
    shown = shown.sort_values(["end_at", "start_at"])
    known = shown[shown["value"].notna()]
    sound = known[known["status"] == "reported"]
    if known.empty:
        return Latest(kpi, "suppressed" if len(shown) and _told(shown).any() else "not reported")
    row = (known if sound.empty else sound).iloc[-1]
    period = _period(str(row["period"]), row["start_at"])
    values = [None if pd.isna(value) else float(value) for value in shown["value"]]
    return Latest(
        kpi,
        str(row["status"]),
        float(row["value"]),
        period,
        window=window,
        base=None if pd.isna(row["denominator"]) else float(row["denominator"]),
        parts=int(row["parts"]),
        expected=int(row["expected"]),
        part=str(row["part"]),
        before=_value_at(line, period.previous),
        year_before=_value_at(line, period.year_before),
        trend=tuple(values),
        trend_ends=_ends(shown),
        newer=None if sound.empty else _newer(known.iloc[-1], row),
        **({} if sound.empty else _usual(row, period, shown)),
    )


def _usual(row: pd.Series, period: Period, shown: pd.DataFrame) -> dict[str, Any]:
    """What is normal for a figure, and along its line; nothing at lengths that are not judged."""
    if period.name not in HISTORY or "normal_low" not in row.index:
        return {}
    ends = zip(shown["normal_low"], shown["normal_high"], strict=True)
    ranges = tuple(None if pd.isna(low) else (float(low), float(high)) for low, high in ends)
    value = float(row["value"])
    return {"usual": usual(row), "usual_of": value, "usual_in": period, "trend_ranges": ranges}


def _ends(shown: pd.DataFrame) -> tuple[Period, ...]:
    rows = [shown.iloc[place] for place in (0, -1)]
    return tuple(_period(str(row["period"]), row["start_at"]) for row in rows)


def _value_at(line: pd.DataFrame, period: Period) -> float | None:
    """The reported value of exactly that period, None without one."""
    same = (line["start_at"] == pd.Timestamp(period.start)) & (line["status"] == "reported")
    values = line.loc[same, "value"]
    return float(values.iloc[0]) if len(values) else None


def _newer(row: pd.Series, latest_row: pd.Series) -> Newer | None:
    if row["status"] != "partial" or row["end_at"] <= latest_row["end_at"]:
        return None
    period = _period(str(row["period"]), row["start_at"])
    parts, expected = int(row["parts"]), int(row["expected"])
    return Newer(period, float(row["value"]), parts, expected, str(row["part"]))


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
