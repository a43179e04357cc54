"""Asks in which range a service's figures normally lie."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from data.queries import KpiQuery, Query, Run
from kpi.definitions import kpi
from kpi.normal import judged


@dataclass(frozen=True)
class NormalQuery(Query):
    """The figures of a KpiQuery, each with its normal range and a verdict (see kpi.normal).

    What is normal is learnt of all figures there are, whatever the span that is asked for: those
    before a period say what is normal in it.
    """

    figures: KpiQuery = field(default_factory=KpiQuery)

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        return judged(run(self.figures), [kpi(slug) for slug in self.figures.kpis])
