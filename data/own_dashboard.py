"""Asks what a service's page draws of the KPIs of its own."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from data.normal import NormalQuery
from data.own_kpi_queries import OwnKpisQuery, OwnPartsQuery
from data.queries import KpiQuery, Run
from data.selection import Selection
from kpi.frames import no_figures
from kpi.own import OwnKpi
from kpi.own_dashboard import OwnShown, largest_first, own_shown
from kpi.views import View


def own_kpis(run: Run, about: Selection) -> tuple[OwnKpi, ...]:
    """The KPIs that a service has of its own."""
    found: Any = run(OwnKpisQuery(about.service, about.preview))
    return tuple(found)


def own_figures(run: Run, about: Selection, length: str) -> pd.DataFrame:
    """All figures of them of one length, gaps included, with what is normal for each."""
    slugs = tuple(own.slug for own in own_kpis(run, about))
    if not slugs:
        return no_figures()
    return run(NormalQuery(KpiQuery(about, period=length, kpis=slugs, complete=True)))


def own_kpis_shown(run: Run, about: Selection, shown: View) -> tuple[OwnShown, ...]:
    """Each of them in a view."""
    figures = own_figures(run, about, shown.period)
    found = (own_shown(own, figures, shown) for own in own_kpis(run, about))
    return tuple(_with_parts(run, about, one) for one in found)


def _with_parts(run: Run, about: Selection, found: OwnShown) -> OwnShown:
    period = found.latest.period
    if not found.is_bars or period is None:
        return found
    query = OwnPartsQuery(
        about.service, found.slug, period.name, period.start, period.end, about.preview
    )
    return replace(found, parts=largest_first(run(query)))
