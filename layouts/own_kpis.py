"""The modules of a service's own KPIs and standard metrics on its page."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.own_dashboard import OwnShown
from layouts.cards import figure
from layouts.findings import kpi_heading
from layouts.modules import module
from layouts.normal_range import banded
from layouts.service_addresses import kpis_csv, parts_csv, shared_address
from layouts.service_charts import SMALL, build_selectable, trend_chart
from layouts.service_kpis import line_in_words, sound_year_before
from layouts.share_bars import share_bars, shares_table, with_shares
from layouts.spans import during
from layouts.tables import figures_table
from layouts.targets import with_target
from layouts.wording import capitalised, named, said


def module_id(slug: str) -> str:
    """The id of an own KPI's module: no other part of the page is called so."""
    return f"own-{slug}"


def own_line(shown: Dashboard, one: OwnShown) -> Component:
    """An own KPI over time."""
    kpi, id = one.own.kpi, module_id(one.slug)
    summary = line_in_words(one.latest, one.line)
    figure = build_selectable(banded(one.line), kpi, SMALL)
    figure = with_target(figure, shown.targets.get(one.slug))
    return module(
        id,
        kpi_heading(kpi, one.latest.value, sound_year_before(one.latest)),
        trend_chart(figure, id, summary),
        summary=" ".join(filter(None, (summary, kpi.definition))),
        table=figures_table(one.line, kpi, f"{kpi.name} by {shown.view.period}"),
        csv_href=kpis_csv(shown, one.slug),
        share_href=shared_address(shown, id),
        title=kpi.name,
    )


def own_shares(shown: Dashboard, one: OwnShown) -> Component:
    """The parts of an own KPI in its latest period."""
    kpi, id, period = one.own.kpi, module_id(one.slug), one.latest.period
    assert period is not None, "what has figures has a latest one"
    caption = f"{kpi.name}, {period.label}"
    return module(
        id,
        kpi.name,
        [
            figure(one.latest.value, kpi),
            html.P(capitalised(period.label), className="of"),
            share_bars(one.parts, kpi),
        ],
        summary=_shares_in_words(one),
        table=shares_table(one.parts, kpi, named(one.own.group), caption),
        csv_href=parts_csv(shown, one.slug, period),
        share_href=shared_address(shown, id),
        title=kpi.name,
    )


def _shares_in_words(one: OwnShown) -> str:
    """'Mobile is 61% of 8,540 visits in October 2017.'"""
    kpi, period = one.own.kpi, one.latest.period
    assert period is not None, "what has figures has a latest one"
    if one.parts.empty:
        return f"{said(one.latest.value, kpi)} {during(period)}."
    largest = with_shares(one.parts).iloc[0]
    all_of_them = said(float(one.parts["value"].sum()), kpi)
    name = capitalised(str(largest["group"]))
    return f"{name}: {largest['share']:.0%} of {all_of_them} {during(period)}."
