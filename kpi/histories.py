"""What a projection rests on: the latest years in which figures were reported without a break."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpi.continuations import LEAST, QUARTERS, Numbers
from kpi.definitions import Kpi
from kpi.frames import period_of
from kpi.periods import Period
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
    rows = figures[(figures["status"] == "reported") & figures["value"].notna()]
    rows = rows.drop_duplicates("start_at", keep="last").sort_values("start_at")
    if rows.empty or _length(rows) not in IN_A_QUARTER:
        return None
    found = _run(rows, _length(rows))
    per_quarter = IN_A_QUARTER[_length(rows)]
    is_used = kpi.denominator is not None or found["value"].tail(QUARTERS * per_quarter).any()
    if len(found) < LEAST * per_quarter or not is_used:
        return None
    last = rows.iloc[-1]
    values = found["value"].to_numpy(dtype=float)
    has_bases = kpi.denominator is not None and bool(found["denominator"].notna().all())
    bases = found["denominator"].to_numpy(dtype=float) if has_bases else np.ones(len(values))
    if kpi.denominator is not None and not has_bases and per_quarter > 1:
        # Rates without their terms cannot be pooled.
        return None
    period = period_of(str(last["period"]), last["start_at"])
    return History(kpi, period, values, bases, has_bases)


def _length(rows: pd.DataFrame) -> str:
    name = str(rows["period"].iloc[-1])
    return "year" if name == TWELVE_MONTHS else name


def _run(rows: pd.DataFrame, length: str) -> pd.DataFrame:
    """The rows back to the last break: value and denominator by how many periods ago, bridged."""
    numbers = ordinals("month" if length == "year" else length, rows["start_at"].to_numpy())
    step = 3 if length == "year" else STEPS[length]
    ago, off = np.divmod(numbers[-1] - numbers, step)
    on_step = off == 0
    known = rows.loc[on_step, ["value", "denominator"]].set_index(ago[on_step])
    places = np.sort(known.index.to_numpy())
    breaks = np.flatnonzero(np.diff(places) > 1 + BRIDGED.get(length, 0))
    places = places[: breaks[0] + 1] if len(breaks) else places
    places = _sparingly(places)
    every = known.reindex(np.arange(places[-1], -1, -1)).astype(float)
    return every.interpolate() if len(every) > len(places) else every


def _sparingly(places: np.ndarray) -> np.ndarray:
    """As many of the latest as leave few enough to be bridged."""
    missing = places - np.arange(len(places))
    few = missing <= _MOST_BRIDGED * np.maximum(places + 1, 1)
    return places[: int(np.flatnonzero(few)[-1]) + 1]
