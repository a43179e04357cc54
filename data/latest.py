"""Each service's latest year-long figure of every KPI, kept as figures are written.

A list of thousands of services would otherwise read their whole history to find it.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from sqlalchemy import Connection, delete, select

from data.catalogue import Ids
from data.dialect import upsert
from data.frames import MEASURED, read
from data.measurements import MILLION
from data.records import chunks
from data.tables import latest_figure, measurement
from data.times import day_of
from kpi.formulas import figures
from kpi.windows import latest_year

# The KPI formulas rest on these alone; stages and single ratings are many and not among them.
KPI_MEASURES = (
    "transactions",
    "cost",
    "journey-started",
    "journey-completed",
    "satisfaction",
    "ratings",
)
KPI_CATEGORIES = ("", "digital")


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
    return [
        {
            "service_id": int(row.service),
            "kpi": row.kpi,
            "period": row.period,
            "start_at": int(row.start_at.timestamp()),
            "end_at": int(row.end_at.timestamp()),
            "numerator": round(row.numerator * MILLION),
            "denominator": None if pd.isna(row.denominator) else round(row.denominator * MILLION),
        }
        for row in latest.itertuples()
    ]
