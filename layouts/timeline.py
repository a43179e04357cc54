"""Points for the times at which nothing was reported, so that a line breaks there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.periods import Period
from kpi.rows import Rows
from kpi.spans import STEPS, Array, ordinals, starts

SKIPS = 3
# Rolling years are a series with a rhythm if this share of their starts is there.
REGULAR = 2 / 3


@dataclass(frozen=True)
class Points:
    """A line's points in the order of time, as arrays: its start, NaN for a gap, and its status."""

    start_at: Array
    value: npt.NDArray[np.float64]
    status: npt.NDArray[Any]

    def __len__(self) -> int:
        return len(self.value)

    def where(self, kept: npt.NDArray[np.bool_]) -> Points:
        """Those of the points for which it is so."""
        return Points(self.start_at[kept], self.value[kept], self.status[kept])


def times(start_at: Array) -> Array:
    """Starts as charts have them: to the second, so that they are written without fractions."""
    return start_at.astype("M8[s]")


def _months_between(start_at: Array) -> int:
    """How far apart years start: 12 months where all do in one month, otherwise 3 or 1."""
    months = np.unique(ordinals("year", start_at))
    return next(step for step in (12, 3, 1) if len(np.unique(months % step)) == 1)


def _every_start(name: str, start_at: Array) -> Array:
    """The starts of all periods from the first to the last. start_at: in the order of time."""
    step = _months_between(start_at) if name == "year" else STEPS[name]
    first, last = ordinals(name, start_at[[0, -1]])
    every = starts(name, np.arange(first, last + 1, step))
    has_no_rhythm = name == "year" and step < 12 and len(start_at) < REGULAR * len(every)
    return _uncovered(start_at) if has_no_rhythm else every


def _uncovered(start_at: Array) -> Array:
    """Years without a rhythm, and a start for each time between them that none of them covers."""
    ends = starts("year", ordinals("year", start_at) + 12)[:-1]
    return np.sort(np.concatenate([start_at, ends[ends < start_at[1:]]]))


def with_gaps(rows: Rows) -> Points:
    """The points of one line in order, with one of NaN for each period that has none.

    rows: period, start_at, value, status of the line. An added point has the status 'not reported'.
    Rolling years may start every 3 months or every one: what the rows have decides; without such a
    rhythm, only times that no year covers break.
    """
    rows = rows.in_order_of("start_at")
    known = Points(rows["start_at"], rows["value"], rows["status"])
    if not len(known):
        return known
    every = _every_start(str(rows["period"][0]), known.start_at).astype(known.start_at.dtype)
    if len(every) == len(known):
        return known
    place = np.searchsorted(every, known.start_at)
    value, status = np.full(len(every), np.nan), np.full(len(every), "not reported", object)
    value[place], status[place] = known.value, known.status
    return Points(every, value, status)


def periods_of(frame: pd.DataFrame) -> list[Period]:
    """Each row's period. frame: period, start_at."""
    days = frame["start_at"].to_numpy().astype("M8[D]").tolist()
    names = np.asarray(frame["period"]).tolist()
    return [Period(str(name), day) for name, day in zip(names, days, strict=True)]


def live_gaps(frame: pd.DataFrame) -> pd.DataFrame:
    """Counts in order, with a row of NaN wherever more than three were skipped.

    frame: start_at (datetime64 with time), value.
    """
    rows = frame.sort_values("start_at")[["start_at", "value"]].reset_index(drop=True)
    steps = rows["start_at"].diff()
    late = steps > SKIPS * steps.median()
    breaks = pd.DataFrame({"start_at": (rows["start_at"] - steps / 2)[late], "value": float("nan")})
    if breaks.empty:
        return rows
    return pd.concat([rows, breaks]).sort_values("start_at").reset_index(drop=True)
