"""The lines behind the latest figures of a few services."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data.frames import MEASURED, read
from data.latest import KPI_CATEGORIES, KPI_MEASURES
from data.queries import LatestQuery, Query, Run
from data.tables import measurement
from kpi.formulas import figures
from kpi.trends import LINE, months, short_lines, year_long

COLUMNS = ("service", "kpi", "period", "start_at", "end_at", "value")


@dataclass(frozen=True)
class TrendQuery(Query):
    """How each KPI of these services (row ids) moved up to its latest year-long figure.

    A frame of service (id), kpi, period ('year', 'twelve months' or 'month'), start_at, end_at,
    value; by service, KPI and end. A line of a single year is of months instead, where there are
    at least two.
    """

    services: tuple[int, ...]

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        whole = self._figures(connection, today, "year", "quarter")
        latest = run(LatestQuery(self.services))[list(COLUMNS)]
        lines = year_long(whole, latest.astype({"kpi": "str", "period": "str"}))
        young = short_lines(lines)
        if not young.any():
            return lines
        finer = months(self._figures(connection, today, "month"), COLUMNS).astype(lines.dtypes)
        wanted = finer.merge(lines.loc[young, LINE], on=LINE)
        wanted = wanted[~short_lines(wanted)]
        replaced = pd.MultiIndex.from_frame(lines[LINE]).isin(
            pd.MultiIndex.from_frame(wanted[LINE])
        )
        return pd.concat([lines[~replaced], wanted]).sort_values([*LINE, "end_at"])

    def _figures(self, connection: Connection, today: date, *periods: str) -> pd.DataFrame:
        rows = read(connection, select(*MEASURED).where(*self._wheres(periods)))
        found = figures(rows, today=today, small_bases=True)
        return found.astype({"service": "int64"})

    def _wheres(self, periods: tuple[str, ...]) -> tuple[Any, ...]:
        return (
            measurement.c.service_id.in_(self.services),
            measurement.c.period.in_(periods),
            measurement.c.measure.in_(KPI_MEASURES),
            measurement.c.category.in_(KPI_CATEGORIES),
        )
