"""Questions that hold all that their answers are made of: writes elsewhere leave them as they are.

Most writes to a service change few of its figures. What takes long and rests on the others alone is
asked for by these, and found among what is kept.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection

from data.queries import Query, Run
from kpi.dashboard import yearly_costs
from kpi.histories import History
from kpi.normal import Lines, ranges
from kpi.projections import continued_history

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class HeldQuery(Query):
    """A question that is kept by what it is made of, ``content``, under no revision."""

    content: str = ""

    @property
    def holds_all(self) -> bool:
        """That it does."""
        return True


@dataclass(frozen=True)
class RangesQuery(HeldQuery):
    """The lowest and the highest figures that are usual in lines: two arrays, and not a frame."""

    lines: Lines = field(compare=False, repr=False, kw_only=True)

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        return ranges(self.lines)


@dataclass(frozen=True)
class ContinuedQuery(HeldQuery):
    """The coming year of a history: kpi.projections.COLUMNS."""

    history: History = field(compare=False, repr=False, kw_only=True)

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        return continued_history(self.history)


@dataclass(frozen=True)
class YearlyCostsQuery(HeldQuery):
    """What transactions cost over twelve months: as kpi.dashboard.yearly_costs gives them."""

    costs: pd.DataFrame = field(compare=False, repr=False, kw_only=True)

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        return yearly_costs([self.costs])


def kept_ranges(run: Run, lines: Lines) -> tuple[Floats, Floats]:
    """As kpi.normal.ranges does, once for the same lines."""
    content = _digest((lines.length, lines.kpis), lines.starts, lines.values, lines.bases)
    found: Any = run(RangesQuery(content, lines=lines))
    return cast("tuple[Floats, Floats]", found)


def kept_continuation(run: Run, history: History) -> pd.DataFrame:
    """As kpi.projections.continued_history does, once for the same history."""
    told = (history.kpi, history.last, history.has_bases)
    return run(ContinuedQuery(_digest(told, history.values, history.bases), history=history))


def kept_yearly_costs(run: Run, costs: pd.DataFrame) -> pd.DataFrame:
    """As kpi.dashboard.yearly_costs does, once for the same costs."""
    return run(YearlyCostsQuery(_digest((), *_content(costs)), costs=costs))


def _content(frame: pd.DataFrame) -> Iterator[npt.NDArray[Any]]:
    """All that tells a frame from another one, as arrays."""
    for name, column in frame.items():
        yield np.array([str(name), str(column.dtype)])
        if isinstance(column.dtype, pd.CategoricalDtype):
            yield np.array(column.cat.categories, str)
            yield column.cat.codes.to_numpy()
        else:
            values = column.to_numpy()
            yield values.astype(str) if values.dtype == object else values


def _digest(told: tuple[object, ...], *arrays: npt.NDArray[Any]) -> str:
    found = hashlib.sha256(repr(told).encode())
    for array in arrays:
        found.update(f"{array.dtype}{array.shape}".encode())
        found.update(np.ascontiguousarray(array).tobytes())
    return found.hexdigest()
