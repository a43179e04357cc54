"""Finds services to compare with: those that are searched for, or those that suggest themselves."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.queries import CatalogueQuery, LatestQuery, Query, Run
from data.selection import Selection

COLUMNS = ("slug", "name", "department_name", "transactions")
_SUGGESTED, _FOUND = 5, 10


@dataclass(frozen=True)
class CandidateQuery(Query):
    """Published services beside those that are compared already, the likeliest first.

    With ``q`` the most used of those that match it. Otherwise those of the last service's
    department, and then all others, nearest to it in transactions; without any service the most
    used ones. A frame of COLUMNS; transactions are those of the latest year, NaN without.
    """

    services: tuple[str, ...] = ()
    q: str = ""

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        every = run(CatalogueQuery(Selection(q=self.q), brief=True))
        latest = run(LatestQuery())
        volumes = latest[latest["kpi"] == "transactions"].set_index("service")["value"]
        every = every.assign(transactions=every["service"].map(volumes).astype("float64"))
        last = every[every["slug"].isin(self.services[-1:])]
        others = every[~every["slug"].isin(self.services)]
        ranked = _nearest(others, last) if len(last) and not self.q else _busiest(others)
        return ranked.head(_FOUND if self.q else _SUGGESTED)[list(COLUMNS)].reset_index(drop=True)


def _busiest(others: pd.DataFrame) -> pd.DataFrame:
    return others.sort_values("transactions", ascending=False, kind="stable")


def _nearest(others: pd.DataFrame, last: pd.DataFrame) -> pd.DataFrame:
    """Those of the same department first, each lot by how many times as much it is used."""
    own = np.log1p(last["transactions"].iloc[0])
    ranked = others.assign(
        elsewhere=others["department"] != last["department"].iloc[0],
        far=(np.log1p(others["transactions"]) - own).abs(),
    )
    return ranked.sort_values(["elsewhere", "far"], kind="stable")
