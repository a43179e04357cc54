"""People using services right now: the last day of the data sets that count them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import pandas as pd
from sqlalchemy import Connection, func, select

from data.datatypes import INSTANT
from data.frames import MEASURED, read
from data.queries import CatalogueQuery, Query, Run
from data.selection import Selection, published_alone
from data.tables import NOT_DAYS, measurement

_DAY = 24 * 3600
# Of so many services the counts are read alone; of more, all are read and others left out.
_FEW = 500
MEASURE = "live-users"


@dataclass(frozen=True)
class LiveQuery(Query):
    """Live users of the selected services in the 24 hours up to the newest count.

    A frame of service (slug), start_at (the moment, with time) and value (people), in order.
    """

    selection: Selection = field(default_factory=Selection)
    rests_on_live = True

    @property
    def service_alone(self) -> str:
        """That of its selection."""
        return self.selection.service_alone

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        chosen = run(CatalogueQuery(self.selection)).set_index("service")["slug"]
        live = [
            measurement.c.period == INSTANT,
            measurement.c.measure == MEASURE,
            measurement.c.category == "",
        ]
        if len(chosen) <= _FEW:
            live.append(measurement.c.service_id.in_(chosen.index.tolist()))
        else:
            live.extend((NOT_DAYS, *published_alone(connection, measurement.c.service_id)))
        newest = connection.execute(select(func.max(measurement.c.start_at)).where(*live)).scalar()
        since = measurement.c.start_at > (newest or 0) - _DAY
        frame = read(connection, select(*MEASURED).where(*live, since))
        frame = frame.assign(service=frame["service"].astype("int64").map(chosen))
        frame = frame.dropna(subset=["service"])[["service", "start_at", "value"]]
        return frame.sort_values(["start_at", "service"], ignore_index=True)
