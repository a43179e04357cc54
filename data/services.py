"""Services with their latest KPIs, filtered, sorted and paged: the services page, API and CSV."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

import numpy as np
import numpy.typing as npt
import pandas as pd
from sqlalchemy import Connection

from data.queries import CatalogueQuery, LatestQuery, Query, Run
from data.selection import Selection, described
from kpi.definitions import SLUGS
from kpi.frames import WORDS

# What is known of each KPI beside its value, as in the column `transactions.start_at`.
FACETS = ("status", "period", "start_at", "end_at", "numerator", "denominator")
# Of so few services the figures are looked up one by one.
FEW = 500
SORTABLE = ("name", *SLUGS)


def column(kpi: str, facet: str = "") -> str:
    """The name of a KPI's column in a wide frame: `transactions`, `transactions.start_at`."""
    return f"{kpi}.{facet}" if facet else kpi


def check_sorting(sort_by: str) -> None:
    """Refuse, with a ValueError, to sort by what is neither the name nor a KPI."""
    if sort_by not in SORTABLE:
        raise ValueError(f"Cannot sort by {sort_by!r}: use one of {', '.join(SORTABLE)}.")


@dataclass(frozen=True)
class LatestWideQuery(Query):
    """The latest KPIs of each service in one row: `LatestQuery`, turned on its side.

    A frame indexed by service (id), in its order, with the columns of each KPI as in
    `ServiceQuery`; services without any KPI are absent.
    """

    services: tuple[int, ...] | None = None

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        latest = run(LatestQuery(self.services)).assign(status="reported")
        latest = latest.astype({"status": WORDS["status"], "period": WORDS["period"]})
        services = pd.Index(np.unique(latest["service"]), name="service")
        return pd.concat([_columns(latest, services, slug) for slug in SLUGS], axis=1)


def _columns(latest: pd.DataFrame, services: pd.Index, slug: str) -> pd.DataFrame:
    rows = latest[latest["kpi"] == slug].set_index("service")[["value", *FACETS]]
    names = {"value": slug, **{facet: column(slug, facet) for facet in FACETS}}
    return _unreported(rows.reindex(services).rename(columns=names), [slug])


def _unreported(wide: pd.DataFrame, kpis: list[str]) -> pd.DataFrame:
    names = [column(slug, "status") for slug in kpis]
    return wide.assign(**{name: wide[name].fillna("not reported") for name in names})


@dataclass(frozen=True)
class ServiceQuery(Query):
    """The selected services, each with its latest year-long figure of every KPI.

    ``sort_by`` is 'name' or a KPI's slug. Services without the KPI come last whichever the
    direction, and those with the same value by slug. ``limit`` None: all of them.

    A frame of selection.CATALOGUE_COLUMNS and for every KPI: <kpi> (value, NaN: not reported),
    <kpi>.status ('reported' or 'not reported'), <kpi>.period ('year' or 'twelve months'),
    <kpi>.start_at, <kpi>.end_at (exclusive), <kpi>.numerator, <kpi>.denominator.
    """

    selection: Selection = field(default_factory=Selection)
    sort_by: str = "name"
    descending: bool = False
    limit: int | None = None
    offset: int = 0

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        check_sorting(self.sort_by)
        chosen = run(CatalogueQuery(self.selection, brief=True))
        end = None if self.limit is None else self.offset + self.limit
        positions = order(chosen, self._values(run, chosen), self.descending)[self.offset : end]
        ids = tuple(chosen["service"].iloc[positions].tolist())
        wide = run(LatestWideQuery(ids if len(ids) <= FEW else None))
        figures = _unreported(wide.reindex(ids), list(SLUGS)).reset_index(drop=True)
        return pd.concat([described(connection, ids), figures], axis=1)

    def _values(self, run: Run, chosen: pd.DataFrame) -> npt.NDArray[np.float64] | None:
        if self.sort_by == "name":
            return None
        latest = run(LatestQuery())
        rows = latest[latest["kpi"] == self.sort_by].set_index("service")
        return rows["value"].reindex(chosen["service"]).to_numpy()

    def total(self, run: Run) -> int:
        """How many services the selection leaves, on all pages; ``run`` is `Reader.run`."""
        return len(run(CatalogueQuery(self.selection, brief=True)))


def order(
    frame: pd.DataFrame, value: npt.NDArray[np.float64] | None, descending: bool
) -> npt.NDArray[np.intp]:
    """Positions of a frame's rows (name, slug) sorted by a value, or by name where it is None.

    NaN comes last whichever the direction; the same value is sorted by slug.
    """
    if value is None:
        value = pd.factorize(frame["name"].str.casefold(), sort=True)[0].astype(np.float64)
    slug = pd.factorize(frame["slug"], sort=True)[0]
    return np.lexsort((slug, -value if descending else value, np.isnan(value)))
