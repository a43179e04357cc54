"""Measurement rows as the long frames that the KPI functions take."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select

from data.tables import MILLION, measurement
from kpi.frames import MEASUREMENT_COLUMNS

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
_CATEGORICAL = ("service", "measure", "category", "period", "status", "part")


def by_column(rows: Sequence[Sequence[Any]], names: Sequence[str]) -> dict[str, Sequence[Any]]:
    """Raw rows as columns by name: of these pandas makes a frame many times faster."""
    columns = list(zip(*rows, strict=True)) if rows else [()] * len(names)
    return dict(zip(names, columns, strict=True))


def read(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    """A long frame of the rows that a query over the measurement table selects.

    The query's columns are those of MEASUREMENT_COLUMNS with ``millionths`` for ``value`` and
    seconds since 1970 for ``start_at``.
    """
    return from_rows(connection.execute(query).all())


def from_rows(rows: Sequence[Sequence[Any]]) -> pd.DataFrame:
    """A long frame from raw rows in the order of MEASUREMENT_COLUMNS."""
    data = by_column(rows, MEASUREMENT_COLUMNS)
    frame = pd.DataFrame(
        {
            "start_at": pd.to_datetime(pd.Series(data["start_at"], dtype="int64"), unit="s"),
            "value": pd.Series(data["value"], dtype="float64") / MILLION,
            "parts": pd.Series(data["parts"], dtype="int64"),
            "expected": pd.Series(data["expected"], dtype="int64"),
            **{name: pd.Categorical(data[name]) for name in _CATEGORICAL},
        }
    )
    return frame[list(MEASUREMENT_COLUMNS)]
