"""Frames as plain values: dates as text, whole numbers whole, None for what is missing."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

Row = dict[str, Any]
Floats = npt.NDArray[np.float64]
DAY, MOMENT = "%Y-%m-%d", "%Y-%m-%dT%H:%M:%S+00:00"
# So many rows of a frame are plain values at a time.
_PIECE = 2000
# A double holds 15 digits; sums of many may be wrong in the last of them.
_DIGITS, _RATIO_DIGITS, _MOST_DECIMALS, _PENNIES = 14, 10, 6, 2


@dataclass(frozen=True)
class FrameRows:
    """The rows of a frame, made plain piece by piece while they are gone through."""

    frame: pd.DataFrame
    make: Callable[[pd.DataFrame], list[Row]]

    def __len__(self) -> int:
        return len(self.frame)

    def __iter__(self) -> Iterator[Row]:
        for first in range(0, len(self.frame), _PIECE):
            yield from self.make(self.frame.iloc[first : first + _PIECE])


def rows_of(frame: pd.DataFrame, columns: Iterable[str], times: str = DAY) -> FrameRows:
    """What `rows` gives, a piece at a time."""
    return FrameRows(frame, partial(rows, columns=tuple(columns), times=times))


def rows(frame: pd.DataFrame, columns: Iterable[str], times: str = DAY) -> list[Row]:
    """The rows of a frame as JSON can hold them, with these columns in this order.

    Amounts have at most six decimals, but their pennies whatever their size; the column `value`
    ten digits at least.
    """
    wanted = list(columns)
    cells = [column(frame[name], times, is_ratio=name == "value") for name in wanted]
    return [dict(zip(wanted, row, strict=True)) for row in zip(*cells, strict=True)]


def column(values: pd.Series, times: str = DAY, is_ratio: bool = False) -> list[Any]:
    """A column as JSON can hold it; NaN, NaT and empty text are None."""
    if values.dtype.kind == "M":
        return list(values.dt.strftime(times).astype(object).where(values.notna(), None))
    if values.dtype.kind == "f":
        return [_plain(number) for number in _rounded(values.to_numpy(), is_ratio).tolist()]
    if values.dtype.kind in "ib":
        return list(values.tolist())
    known = values.astype(object)
    return list(known.where(known.notna() & (known != ""), None))


def _rounded(values: Floats, is_ratio: bool) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        size = np.floor(np.log10(np.abs(values)))
    size = np.where(np.isfinite(size), size, 0)
    decimals = np.clip(_DIGITS - 1 - size, _PENNIES, _MOST_DECIMALS)
    if is_ratio:
        decimals = np.clip(_RATIO_DIGITS - 1 - size, decimals, 15)
    scale = 10.0**decimals
    return np.asarray(np.rint(values * scale) / scale, np.float64)


def _plain(number: float) -> float | int | None:
    if math.isnan(number):
        return None
    return int(number) if number.is_integer() else number
