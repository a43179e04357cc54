"""Questions about the KPIs of one service's own: which there are, and their parts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection, select

from data import own_kpis
from data.frames import MEASURED, read
from data.queries import CatalogueQuery, OneServiceQuery, Run
from data.selection import Selection
from data.tables import measurement
from data.times import seconds
from kpi.formulas import figures


@dataclass(frozen=True)
class OwnKpisQuery(OneServiceQuery):
    """A service's own KPIs: a tuple of kpi.own.OwnKpi, declared ones first, and not a frame.

    ``preview`` is for those who may see a service that is not published.
    """

    preview: bool = False

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        chosen = run(CatalogueQuery(Selection(service=self.service, preview=self.preview)))
        return tuple(
            own for id in chosen["service"].tolist() for own in own_kpis.of_service(connection, id)
        )


@dataclass(frozen=True)
class OwnPartsQuery(OneServiceQuery):
    """One own KPI of a service, split by its group: a KPI frame with the parts in ``group``.

    Periods are those of one length that lie within [start_at, end_at); None is open. In the order
    of parts and starts.
    """

    kpi: str = ""
    period: str = "month"
    start_at: date | None = None
    end_at: date | None = None
    preview: bool = False

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        chosen = run(CatalogueQuery(Selection(service=self.service, preview=self.preview)))
        own: Any = run(OwnKpisQuery(self.service, self.preview))
        wanted = [item.kpi for item in own if item.slug == self.kpi]
        measures = {term.measure for item in wanted for term in item.terms}
        statement = select(*MEASURED).where(
            measurement.c.service_id.in_(chosen["service"].tolist()),
            measurement.c.period == self.period,
            measurement.c.measure.in_(measures),
            measurement.c.category != "",
        )
        if self.start_at:
            statement = statement.where(measurement.c.start_at >= seconds(self.start_at))
        if self.end_at:
            statement = statement.where(measurement.c.start_at < seconds(self.end_at))
        measured = read(connection, statement)
        # Each part is worked out as a service is: its measurements are its own.
        parts = measured.assign(service=measured["category"], category="")
        found = figures(parts.astype({"category": "category"}), wanted, today=today)
        found = found.rename(columns={"service": "group"})
        return found[found["end_at"] <= pd.Timestamp(self.end_at)] if self.end_at else found
