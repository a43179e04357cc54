"""Rows of a KPI frame as arrays, of which some are taken in a fraction of a frame's time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.frames import period_of
from kpi.periods import Period

Array = npt.NDArray[Any]
Places = npt.NDArray[np.intp]


@dataclass(frozen=True)
class Rows:
    """Some rows of a KPI frame, in an order: those at these places of it.

    Reading a column gives the values of those rows; words are objects, times datetime64.
    """

    frame: pd.DataFrame
    at: Places
    _read: dict[str, Array] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, frame: pd.DataFrame) -> Self:
        """All rows of a frame, in its order."""
        return cls(frame, np.arange(len(frame)))

    def __len__(self) -> int:
        return len(self.at)

    def __getitem__(self, name: str) -> Array:
        return self._whole(name)[self.at]

    def where(self, kept: npt.NDArray[np.bool_]) -> Rows:
        """Those of the rows for which it is so."""
        return Rows(self.frame, self.at[kept], self._read)

    def in_order_of(self, *names: str) -> Rows:
        """The same rows by these columns, the first before the second; equal ones as they were."""
        order = np.lexsort([self[name] for name in reversed(names)])
        return Rows(self.frame, self.at[order], self._read)

    @property
    def reported(self) -> npt.NDArray[np.bool_]:
        """Which rows have a figure that was reported."""
        return (self["status"] == "reported") & ~np.isnan(self["value"])

    @property
    def told(self) -> npt.NDArray[np.bool_]:
        """Which rows stand for something that was sent, be it too little to show."""
        return ~np.isnan(self["value"]) | (self["status"] == "suppressed")

    def row(self, place: int) -> Mapping[str, Any]:
        """One of the rows, by column."""
        return {str(name): self._whole(str(name))[self.at[place]] for name in self.frame.columns}

    def period(self, place: int) -> Period:
        """The period of one of the rows; that of a window of twelve months is a year."""
        start = pd.Timestamp(self["start_at"][place])
        return period_of(str(self["period"][place]), start)

    def taken(self) -> pd.DataFrame:
        """They as a frame of its own, numbered from 0."""
        found = self.frame.take(self.at)
        found.index = pd.RangeIndex(len(found))
        return found

    def _whole(self, name: str) -> Array:
        if name not in self._read:
            column = self.frame[name]
            numbers = name in _NUMBERS
            self._read[name] = column.to_numpy(float) if numbers else np.asarray(column)
        return self._read[name]


_NUMBERS = ("value", "numerator", "denominator", "normal_low", "normal_high")
