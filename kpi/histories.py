"""What a projection rests on: the latest years in which figures were reported without a break."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpi.continuations import LEAST, QUARTERS, Numbers
from kpi.definitions import Kpi
from kpi.periods import Period
from kpi.rows import Rows
from kpi.spans import STEPS, TWELVE_MONTHS, ordinals

# How many periods make a quarter of a year. Years are looked at every three months.
IN_A_QUARTER = {"week": 13, "month": 3, "quarter": 1, "year": 1}
# How many periods in a row may be missing between two that are there; of longer ones, none.
BRIDGED = {"week": 2, "month": 1}
# And how many in all, as a share of the history.
_MOST_BRIDGED = 0.05


@dataclass(frozen=True)
class History:
    """An unbroken run of figures, up to the latest reported one.

    values: the figures in order. bases: what each was divided by; ones where it is an amount, or
    where a rate was published without its terms. last: the period of the last of them.
    """

    kpi: Kpi
    last: Period
    values: Numbers
    bases: Numbers
    has_bases: bool

    @property
    def per_quarter(self) -> int:
        """How many of its periods make a quarter of a year."""
        return IN_A_QUARTER[self.last.name]

    @property
    def quarters(self) -> Numbers:
        """The figure of each stretch of a quarter, back from the last one, in order.

        An amount's is the mean of its periods; a ratio's is pooled.
        """
        size = self.per_quarter
        values, bases = self._whole(self.values), self._whole(self.bases)
        sums = (values * bases).reshape(-1, size).sum(axis=1)
        return sums / np.maximum(bases.reshape(-1, size).sum(axis=1), np.finfo(float).tiny)

    @property
    def whole_quarters(self) -> Numbers:
        """The values, without those at the beginning that fill no stretch of a quarter."""
        return self._whole(self.values)

    def _whole(self, numbers: Numbers) -> Numbers:
        return numbers[len(numbers) % self.per_quarter :]


def history(figures: pd.DataFrame, kpi: Kpi) -> History | None:
    """A service's figures of one KPI and length up to the latest reported one.

    :param figures: KPI frame of one service and one length of period (weeks, months, quarters, or
        years and windows of twelve months, of which those three months apart count).
    :returns: None with less than two years without a break that cannot be bridged, for other
        lengths, or where nothing was counted in the last year.
    """
    rows = _reported(figures)
    length = _length(rows) if len(rows) else ""
    if length not in IN_A_QUARTER:
        return None
    values, bases = _run(rows, length)
    per_quarter, is_ratio = IN_A_QUARTER[length], kpi.denominator is not None
    is_used = is_ratio or values[-QUARTERS * per_quarter :].any()
    if len(values) < LEAST * per_quarter or not is_used:
        return None
    has_bases = is_ratio and not np.isnan(bases).any()
    if is_ratio and not has_bases and per_quarter > 1:
        # Rates without their terms cannot be pooled.
        return None
    bases = bases if has_bases else np.ones(len(values))
    return History(kpi, rows.period(-1), values, bases, has_bases)


def _reported(figures: pd.DataFrame) -> Rows:
    """What was reported in the order of time, of each start the last row."""
    rows = Rows.of(figures)
    rows = rows.where(rows.reported)
    rows = rows.in_order_of("start_at")
    start_at = rows["start_at"]
    return rows.where(np.append(start_at[1:] != start_at[:-1], True)[: len(rows)])


def _length(rows: Rows) -> str:
    name = str(rows["period"][-1])
    return "year" if name == TWELVE_MONTHS else name


def _run(rows: Rows, length: str) -> tuple[Numbers, Numbers]:
    """The values and denominators back to the last break, bridged."""
    numbers = ordinals("month" if length == "year" else length, rows["start_at"])
    step = 3 if length == "year" else STEPS[length]
    ago, off = np.divmod(numbers[-1] - numbers, step)
    # Those of the latest first, as breaks are looked for from there.
    rows, places = rows.where(off == 0), ago[off == 0][::-1]
    breaks = np.flatnonzero(np.diff(places) > 1 + BRIDGED.get(length, 0))
    places = places[: breaks[0] + 1] if len(breaks) else places
    places = _sparingly(places)
    found = np.full((2, places[-1] + 1), np.nan)
    for into, name in zip(found, ("value", "denominator"), strict=True):
        into[places[-1] - places] = rows[name][::-1][: len(places)]
    if found.shape[1] > len(places):
        found = np.stack([_bridged(column) for column in found])
    return found[0], found[1]


def _bridged(column: Numbers) -> Numbers:
    """The numbers with those between two known ones on a straight line, after the last as it."""
    at, known = np.arange(len(column)), ~np.isnan(column)
    if not known.any():
        return column
    return np.interp(at, at[known], column[known], left=np.nan)


def _sparingly(places: np.ndarray) -> np.ndarray:
    """As many of the latest as leave few enough to be bridged."""
    missing = places - np.arange(len(places))
    few = missing <= _MOST_BRIDGED * np.maximum(places + 1, 1)
    return places[: int(np.flatnonzero(few)[-1]) + 1]
