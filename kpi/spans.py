"""Periods by the thousand: the same arithmetic as in periods.py, on whole columns."""

from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.periods import MONTHS, PERIODS

Array = npt.NDArray[np.datetime64]
Ints = npt.NDArray[np.int64]
Move = Callable[[str, Array], Array]

TWELVE_MONTHS = "twelve months"
SPANS = (*PERIODS, TWELVE_MONTHS)
STEPS = {"day": 1, "week": 7, **MONTHS, TWELVE_MONTHS: 12}
AGAINST = ("previous", "year before")


def unit(name: str) -> str:
    """What a span of that name is counted in: 'D' (days) or 'M' (months)."""
    return "D" if name in ("day", "week") else "M"


def ordinals(name: str, starts: Array) -> Ints:
    """Starts (datetime64) as whole numbers; adjacent spans are STEPS[name] apart."""
    return starts.astype(f"M8[{unit(name)}]").astype(np.int64)


def starts(name: str, numbers: Ints) -> Array:
    """Ordinals back as starts (datetime64[D])."""
    return numbers.astype(f"M8[{unit(name)}]").astype("M8[D]")


def _moved(name: str, column: Array, steps: int) -> Array:
    return starts(name, ordinals(name, column) + steps * STEPS[name])


def _end(name: str, column: Array) -> Array:
    return _moved(name, column, 1)


def _previous(name: str, column: Array) -> Array:
    return _moved(name, column, -1)


def _year_before(name: str, column: Array) -> Array:
    if name == "week":
        return _moved(name, column, -52)
    if name != "day":
        return starts(name, ordinals(name, column) - 12)
    month = column.astype("M8[M]")
    same_day = (month - 12).astype("M8[D]") + (column.astype("M8[D]") - month.astype("M8[D]"))
    return np.minimum(same_day, (month - 11).astype("M8[D]") - 1)


def _each(period: pd.Series, start_at: pd.Series, move: Move) -> Array:
    moved = start_at.to_numpy().copy()
    names = pd.Categorical(period)
    for code, name in enumerate(names.categories):
        where = np.flatnonzero(names.codes == code)
        if len(where):
            moved[where] = move(name, moved[where])
    return moved


def ends(period: pd.Series, start_at: pd.Series) -> Array:
    """The exclusive end of each span, as datetime64 of the resolution of start_at."""
    return _each(period, start_at, _end)


def starts_before(period: pd.Series, start_at: pd.Series, against: str) -> Array:
    """The start of the span each is compared with: 'previous' or 'year before'.

    ValueError for any other comparison.
    """
    if against not in AGAINST:
        raise ValueError(f"{against!r} is not a comparison: use one of {', '.join(AGAINST)}")
    return _each(period, start_at, _previous if against == "previous" else _year_before)
