"""Departments and agencies with their KPIs, filtered, sorted and paged."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection

from data.organisations import OrganisationQuery
from data.queries import CatalogueQuery, CoverageQuery, KpiQuery, Query, Run
from data.selection import Selection
from data.services import FACETS, check_sorting, column, order
from kpi.coverage import latest_complete_enough
from kpi.definitions import SLUGS
from kpi.frames import WORDS
from kpi.periods import Period
from kpi.totals import no_totals, totals

COUNTS = ("services_reporting", "services")


@dataclass(frozen=True)
class OrganisationKpiQuery(Query):
    """Organisations with every KPI in the latest year that is complete enough, over its services.

    With filters: those that run at least one of the selected services, with the figures of these.
    ``complete_enough`` is the share of all services, in percent, that must have reported the year.

    A frame of slug, name, abbreviation, department ('' for a department), services (how many of
    the selected ones) and for every KPI the columns that `data.services.ServiceQuery` has, with
    <kpi>.services_reporting and <kpi>.services beside.
    """

    selection: Selection = field(default_factory=Selection)
    complete_enough: int = 50
    sort_by: str = "name"
    descending: bool = False
    limit: int | None = None
    offset: int = 0

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        check_sorting(self.sort_by)
        found = run(_OrganisationsWide(self.selection, self.complete_enough))
        value = None if self.sort_by == "name" else found[self.sort_by].to_numpy()
        end = None if self.limit is None else self.offset + self.limit
        positions = order(found, value, self.descending)[self.offset : end]
        return found.iloc[positions].reset_index(drop=True)

    def total(self, run: Run) -> int:
        """How many organisations the selection leaves, on all pages; ``run`` is `Reader.run`."""
        return len(run(_OrganisationsWide(self.selection, self.complete_enough)))


@dataclass(frozen=True)
class _OrganisationsWide(Query):
    selection: Selection
    complete_enough: int

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        chosen = run(CatalogueQuery(self.selection))
        runs = pd.concat([chosen.set_index("slug")[name] for name in ("department", "agency")])
        runs = runs[runs != ""]
        found = run(OrganisationQuery())
        count = found["slug"].map(runs.value_counts()).fillna(0).astype("int64")
        found = found.assign(services=count)
        if self.selection != Selection():
            found = found[found["services"] > 0].reset_index(drop=True)
        share = self.complete_enough / 100
        period = latest_complete_enough(run(CoverageQuery("year")), share)
        sums = _sums(run, self.selection, period, chosen)
        wide = [_columns(sums, found, slug, period) for slug in SLUGS]
        return pd.concat([found, *wide], axis=1)


def _sums(
    run: Run, selection: Selection, period: Period | None, chosen: pd.DataFrame
) -> pd.DataFrame:
    """Totals of each department, then of each agency, in a ``group`` column."""
    if period is None:
        return no_totals(grouped=True)
    figures = run(KpiQuery(selection, "year", period.start, period.end, small_bases=True))
    sums = []
    for name in ("department", "agency"):
        groups = chosen[chosen[name] != ""].set_index("slug")[name]
        sums.append(totals(figures, len(chosen), groups))
    return pd.concat([rows.astype({"group": "object"}) for rows in sums], ignore_index=True)


def _columns(
    sums: pd.DataFrame, organisations: pd.DataFrame, slug: str, period: Period | None
) -> pd.DataFrame:
    rows = sums[sums["kpi"] == slug].set_index("group").reindex(organisations["slug"])
    rows = rows[["value", *FACETS, *COUNTS]].reset_index(drop=True)
    rows = rows.assign(
        status=rows["status"].fillna("not reported"),
        services_reporting=rows["services_reporting"].fillna(0).astype("int64"),
        services=organisations["services"],
        period=pd.Categorical([period.name if period else None], dtype=WORDS["period"]).repeat(
            len(rows)
        ),
        start_at=np.datetime64(period.start if period else "NaT", "us"),
        end_at=np.datetime64(period.end if period else "NaT", "us"),
    )
    return rows.rename(columns=lambda name: slug if name == "value" else column(slug, name))
