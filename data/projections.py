"""Asks what a service's coming year will be like, and whether its targets are met."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.declarations import DeclarationsQuery
from data.held import kept_continuation
from data.own_dashboard import own_figures, own_kpis
from data.queries import KpiQuery, OneServiceQuery, Run
from data.selection import Selection
from data.sources import ReachQuery, lengths
from kpi.dashboard import COST, yearly_costs
from kpi.definitions import KPIS, SLUGS, Kpi, kpi
from kpi.projections import PROJECTED, no_projections, projections, twelve_months_projection
from kpi.targets import Target, Verdict, judged
from kpi.views import View, chosen_length

LENGTHS = ("week", "month", "quarter")


@dataclass(frozen=True)
class ProjectionQuery(OneServiceQuery):
    """The coming year of a service's volume and digital take-up: kpi.projections.COLUMNS.

    period: one of LENGTHS. ``preview`` is for those who may see a service that is not published.
    """

    period: str = "month"
    kpis: tuple[str, ...] = PROJECTED
    preview: bool = False

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        about = Selection(service=self.service, preview=self.preview)
        kpis, figures = [kpi(slug) for slug in self.kpis], run(figures_of(about, self.period))
        return projections(figures, kpis, partial(kept_continuation, run))


@dataclass(frozen=True)
class TargetQuery(OneServiceQuery):
    """The verdicts on a service's targets: a kpi.targets.Verdict by slug of the KPI, not a frame.

    They rest on figures of one length, which is the period where that is one of LENGTHS and
    otherwise what the service's page opens with; a cost on twelve months.
    """

    period: str = "month"
    preview: bool = False

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        declared: Any = run(DeclarationsQuery(self.service, "target", self.preview))
        if not declared:
            return {}
        about = Selection(service=self.service, preview=self.preview)
        kpis = {one.slug: one for one in (*KPIS, *(own.kpi for own in own_kpis(run, about)))}
        reach = run(ReachQuery(self.service, preview=self.preview))
        known = lengths(reach)
        length, _ = chosen_length(self.period if self.period in LENGTHS else "", known)
        found: dict[str, Verdict] = {}
        for target in (Target.parse(one.key, one.body) for one in declared if one.key in kpis):
            aim = kpis[target.kpi]
            if aim.slug == COST:
                verdict = judged(target, aim, *_costs(run, about, reach, today))
            else:
                verdict = judged(target, aim, _line(run, about, length, aim), today)
            if verdict:
                found[aim.slug] = verdict
        return found


def coming_year(run: Run, service: str, shown: View, preview: bool) -> pd.DataFrame:
    """The projections that a view draws: none of a part of the time, or of one channel."""
    if shown.is_narrowed or shown.channel or shown.period not in LENGTHS:
        return no_projections()
    return run(ProjectionQuery(service, shown.period, preview=preview))


def verdicts(run: Run, service: str, shown: View, preview: bool) -> Mapping[str, Verdict]:
    """The verdicts that a view tells: none on a part of the time, or on one channel."""
    if shown.is_narrowed or shown.channel:
        return {}
    found: Any = run(TargetQuery(service, shown.period, preview))
    return dict(found)


def figures_of(about: Selection, period: str) -> KpiQuery:
    """The KPIs of all time at a length, as a service's page asks for them."""
    return KpiQuery(about, period=period, kpis=SLUGS, complete=True)


def _costs(
    run: Run, about: Selection, reach: pd.DataFrame, today: date
) -> tuple[pd.DataFrame, date, pd.DataFrame]:
    """Costs over twelve months, today, and those to come, where months or quarters tell of them."""
    known = set(reach.loc[reach["measure"] == "cost", "period"])
    asked = [name for name in ("year", "quarter", "month") if name in known]
    each = {name: run(KpiQuery(about, period=name, kpis=(COST,))) for name in asked}
    yearly, finest = yearly_costs(list(each.values())), asked[-1] if asked else "year"
    coming = no_projections()
    if finest != "year":
        coming = twelve_months_projection(each[finest], kpi(COST))
        # Published years may go on after the months end.
        coming = coming[coming["end_at"] > yearly["end_at"].max()] if len(yearly) else coming
    return yearly, today, coming


def _line(run: Run, about: Selection, length: str, aim: Kpi) -> pd.DataFrame:
    """All figures of one KPI, of all services' or of the service's own."""
    is_own = aim.slug not in SLUGS
    rows = own_figures(run, about, length) if is_own else run(figures_of(about, length))
    return rows[rows["kpi"] == aim.slug]
