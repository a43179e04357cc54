"""Each service's latest year-long figure of every KPI, kept as figures are written.

A list of thousands of services would otherwise read their whole history to find it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Any

import pandas as pd
from sqlalchemy import Connection, delete, select

from data.catalogue import Ids
from data.datatypes import INSTANT
from data.dialect import upsert
from data.frames import MEASURED, read
from data.measurements import FigureKey
from data.records import chunks
from data.tables import MILLION, latest_figure, measurement
from data.times import day_of
from kpi.definitions import KPIS
from kpi.formulas import figures
from kpi.windows import latest_year

# The KPI formulas rest on these alone; stages and single ratings are many and not among them.
_TERMS = frozenset(term for item in KPIS for term in item.terms)
KPI_MEASURES = tuple(sorted({term.measure for term in _TERMS}))
KPI_CATEGORIES = tuple(sorted({term.category for term in _TERMS}))


def concerned(keys: Iterable[FigureKey]) -> set[str]:
    """The slugs of the services whose KPIs rest on any of these figures."""
    return {key.service for key in keys if key.period != INSTANT and key.measure in KPI_MEASURES}


def refresh(connection: Connection, services: Ids, slugs: set[str], now: int) -> None:
    """Work out the latest figures of these services again."""
    for chunk in chunks(sorted(services[slug] for slug in slugs)):
        query = select(*MEASURED).where(
            measurement.c.service_id.in_(chunk),
            measurement.c.period.in_(("month", "quarter", "year")),
            measurement.c.measure.in_(KPI_MEASURES),
            measurement.c.category.in_(KPI_CATEGORIES),
        )
        rows = _latest_rows(read(connection, query), now)
        connection.execute(delete(latest_figure).where(latest_figure.c.service_id.in_(chunk)))
        upsert(connection, latest_figure, rows)


def _latest_rows(measured: pd.DataFrame, now: int) -> list[dict[str, Any]]:
    reported = figures(measured, today=day_of(now), zero_bases=True)
    if reported.empty:
        return []
    latest = latest_year(reported)
    columns = (
        latest["service"].astype("int64").tolist(),
        latest["kpi"].astype(str).tolist(),
        latest["period"].astype(str).tolist(),
        _seconds(latest["start_at"]),
        _seconds(latest["end_at"]),
        # A rate that was published without its terms is kept like an amount.
        _millionths(latest["numerator"].fillna(latest["value"])),
        _millionths(latest["denominator"]),
    )
    names = [column.name for column in latest_figure.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _seconds(moments: pd.Series) -> list[int]:
    return moments.astype("datetime64[s]").astype("int64").tolist()


def _millionths(values: pd.Series) -> list[int | None]:
    return [None if math.isnan(value) else round(value * MILLION) for value in values.tolist()]
