"""Measurement rows as the long frames that the KPI functions take."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, Select

from data.tables import MILLION, measurement
from kpi.frames import COUNTS, MEASUREMENT_COLUMNS

# In the order of MEASUREMENT_COLUMNS.
MEASURED = (
    measurement.c.service_id,
    measurement.c.measure,
    measurement.c.category,
    measurement.c.period,
    measurement.c.start_at,
    measurement.c.millionths,
    measurement.c.status,
    measurement.c.parts,
    measurement.c.expected,
    measurement.c.part,
)
_MICROSECONDS = 1_000_000
_FEW = 100


def by_column(rows: Sequence[Sequence[Any]], names: Sequence[str]) -> dict[str, Sequence[Any]]:
    """Raw rows as columns by name: of these pandas makes a frame many times faster."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return dict(zip(names, columns, strict=True))


def read(
    connection: Connection, query: Select[Any], given: Mapping[str, Any] | None = None
) -> pd.DataFrame:
    """A long frame of the rows that a query over the measurement table selects.

    The query's columns are those of MEASUREMENT_COLUMNS with ``millionths`` for ``value`` and
    seconds since 1970 for ``start_at``. given: its parameters.
    """
    return from_rows(connection.execute(query, given).all())


def from_rows(rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """A long frame from raw rows in the order of MEASUREMENT_COLUMNS."""
    data = by_column(rows, MEASUREMENT_COLUMNS)
    made = {name: _column(name, values) for name, values in data.items()}
    return pd.DataFrame(made, copy=False)


def _column(name: str, values: Sequence[Any]) -> Any:
    """A column as pandas would make it, which takes five times as long to find out how."""
    if name == "start_at":
        return (np.array(values, dtype=np.int64) * _MICROSECONDS).view("M8[us]")
    if name == "value":
        return np.array(values, dtype=np.float64) / MILLION
    if name in COUNTS:
        return np.array(values, dtype=np.int64)
    known = tuple(sorted(set(values)))
    places = {value: place for place, value in enumerate(known)}
    codes = np.fromiter(map(places.__getitem__, values), np.int64, len(values))
    return pd.Categorical.from_codes(codes, dtype=_words(known))


def _words(known: tuple[Any, ...]) -> pd.CategoricalDtype:
    # Of thousands of services there are too many to remember, and time to make them.
    return _few_words(known) if len(known) <= _FEW else pd.Categorical(known).dtype


@lru_cache(maxsize=1024)
def _few_words(known: tuple[Any, ...]) -> pd.CategoricalDtype:
    return pd.Categorical(known).dtype
