"""The figures that one module draws, and what is read off them: the newest, the largest."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

import numpy as np
import pandas as pd

from kpi.dashboard import Latest, within
from kpi.definitions import HEADLINE, SLUGS, Kpi, Term
from kpi.frames import no_figures
from kpi.module_types import MOST_LINES
from kpi.modules import Module
from kpi.periods import PERIODS, Period
from kpi.spans import ends
from kpi.views import View

BY_CHANNEL = "transactions-by-channel"
# What can be told for one channel: the kinds of channel are their categories.
OF_CHANNELS = ("transactions", "cost")
_HEADLINE = frozenset(kpi.slug for kpi in HEADLINE)


@dataclass(frozen=True)
class ModuleFigures:
    """What one module draws, all of one length of period.

    kpi: what the figures are and how they are written. period: their length; start_at, end_at:
    the days that were asked for, None where open. frame: period, start_at, value, status, parts,
    expected, part, in the order of time; with a line (the category) where it is of parts, and then
    total has the same of all together. latest: the latest figure. split: False where one channel
    is looked at, of which these figures do not tell. beside: figures that belong to these.
    """

    kpi: Kpi
    period: str = ""
    start_at: date | None = None
    end_at: date | None = None
    frame: pd.DataFrame = field(default_factory=no_figures)
    total: pd.DataFrame = field(default_factory=no_figures)
    latest: Latest | None = None
    split: bool = True
    beside: ModuleFigures | None = None

    @property
    def has_any(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.frame["value"].notna().any())


class Newest(NamedTuple):
    """The parts in the latest period: categories and values, the total, whether it is partial."""

    period: Period
    parts: pd.Series
    total: float
    partial: bool


def withdrawn(slug: str) -> Kpi:
    """What stands for a KPI of a service's own that it has no more: it has no figures."""
    words = "This service has no such KPI any more."
    name = slug.replace("-", " ").capitalize()
    term = Term(slug)
    return Kpi(slug, name, "count", "number", "", term, None, words, words, decimals=0)


def of_the_page(module: Module) -> bool:
    """Whether the page's own figures are what a module draws, without asking for more.

    A page has those of the four KPIs, and of the service's own.
    """
    if module.measure:
        whole = module.type == "grouped_timeseries" and module.limit == MOST_LINES
        return whole and module.measure == BY_CHANNEL and not module.period
    had = module.kpi in _HEADLINE or module.kpi not in SLUGS
    return module.type != "availability" and (not module.kpi or (had and not module.period))


def lengths_to_try(module: Module, view: View) -> list[str]:
    """The lengths of period a module may have, the best first: the page's, longer, then shorter."""
    if module.period:
        return [module.period]
    place = PERIODS.index(view.period)
    return [*PERIODS[place:], *PERIODS[:place][::-1]]


def days_of(view: View, length: str) -> tuple[date | None, date | None]:
    """The first day to show figures of that length from, and the first day after; None is open."""
    if length == view.period:
        return view.start_at, view.end_at
    return view.begins_at, view.ends_at


def inside(frame: pd.DataFrame, view: View, length: str) -> pd.DataFrame:
    """The rows of that length that lie in what a view shows. frame: start_at and end_at."""
    if length == view.period and view.first is not None:
        return within(frame, view)
    start_at, end_at = days_of(view, length)
    kept = pd.Series(True, frame.index)
    if start_at:
        kept &= frame["start_at"] >= pd.Timestamp(start_at)
    if end_at:
        kept &= frame["end_at"] <= pd.Timestamp(end_at)
    return frame[kept]


def as_figures(measured: pd.DataFrame, category: str) -> pd.DataFrame:
    """One category of a measure as KPI rows are: with an end and without a denominator."""
    rows = measured[measured["category"].astype(str) == category]
    end_at = ends(rows["period"], rows["start_at"])
    return rows.assign(end_at=end_at, denominator=np.nan).reset_index(drop=True)


def by_category(measured: pd.DataFrame) -> pd.DataFrame:
    """The parts of a measure, each a line; all of them together are not a part."""
    names = measured["category"].astype(str)
    end_at = ends(measured["period"], measured["start_at"])
    parts = measured.assign(line=names, end_at=end_at)
    return parts[names != ""].reset_index(drop=True)


def largest(parts: pd.DataFrame, most: int) -> tuple[list[str], int, float]:
    """The largest lines of a frame, how many others there are, and their share of it all (0 to 1).

    parts: line, value. By what each comes to over the whole frame.
    """
    sums = parts.groupby("line", observed=True)["value"].sum(min_count=1).dropna()
    sums = sums.sort_values(ascending=False, kind="stable")
    everything = float(sums.sum())
    rest = sums.iloc[most:]
    share = float(rest.sum()) / everything if everything else 0.0
    return [str(line) for line in sums.index[:most]], len(rest), share


def newest(figures: ModuleFigures) -> Newest | None:
    """The parts of the latest period in which any was reported, the largest first.

    Periods of which a part alone is known count only where no other does. The total is the one
    that was reported, otherwise the sum of the parts. None without any figure.
    """
    known = figures.frame[figures.frame["value"].notna()]
    if known.empty:
        return None
    in_part = set(known.loc[known["status"] != "reported", "start_at"])
    sound = known.loc[~known["start_at"].isin(in_part), "start_at"]
    start = known["start_at"].max() if sound.empty else sound.max()
    rows = known[known["start_at"] == start]
    parts = rows.set_index("line")["value"].sort_values(ascending=False, kind="stable")
    whole = figures.total[figures.total["start_at"] == start]["value"].dropna()
    total = float(whole.iloc[0]) if len(whole) else float(parts.sum())
    period = Period(str(rows["period"].iloc[0]), start.date())
    return Newest(period, parts, total, not len(sound))
