"""Asks in which range a service's figures normally lie."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from functools import partial

import pandas as pd
from sqlalchemy import Connection

from data.held import kept_ranges
from data.queries import CatalogueQuery, KpiQuery, Query, Run, definitions
from kpi.normal import COLUMNS, HISTORY, judged

# A row of a service's KPI frame is one of these.
_ROW = ["service", "kpi", "start_at"]


@dataclass(frozen=True)
class NormalQuery(Query):
    """The figures of a KpiQuery, each with its normal range and a verdict (see kpi.normal).

    What is normal is learnt from all figures there are, whatever span is asked for: those before a
    period say what is normal in it.
    """

    figures: KpiQuery = field(default_factory=KpiQuery)

    @property
    def service_alone(self) -> str:
        """That of its figures."""
        return self.figures.service_alone

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        asked = self.figures
        found, open_ended = run(asked), replace(asked, start_at=None, end_at=None)
        if asked == open_ended or asked.period not in HISTORY:
            services = run(CatalogueQuery(asked.selection))["service"].tolist()
            kpis = definitions(connection, asked.kpis, services)
            return judged(found, kpis, partial(kept_ranges, run))
        known = run(NormalQuery(open_ended))
        return found.merge(known[[*_ROW, *COLUMNS]], on=_ROW, how="left")
