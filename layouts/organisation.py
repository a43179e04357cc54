"""The page of a department or an agency: the Overview's facts of its services, and over time."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import partial

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from kpi.definitions import KPIS, Kpi
from kpi.listings import Listing
from kpi.overview import Overview
from kpi.periods import Period
from layouts import ids
from layouts.activity import MOST_USED, RIGHT_NOW, last_period, right_now
from layouts.addresses import (
    Parameter,
    csv_address,
    organisation_address,
    span_parameters,
)
from layouts.areas import AGENCIES, AREAS, SERVICES, areas
from layouts.cards import HEADLINE
from layouts.charts import build_trend, chart
from layouts.frame import Way, breadcrumbs, title_row
from layouts.modules import Parts, actions, empty_state, module, side_by_side
from layouts.overview import TITLES as OF_SERVICES
from layouts.performance import (
    LEAGUES,
    headline_figures,
    leagues,
    lede,
    period_field,
    period_parameter,
    totals_csv,
)
from layouts.services_address import ServicesAddress
from layouts.services_table import services_table
from layouts.sharing import share_link
from layouts.tables import Column, data_table
from layouts.wording import capitalised, counted, exact, out_of, said

# As many points as it takes to be worth a line.
_WORTH_A_LINE = 2
# Sections of the page; each chart's is named for its KPI.
OVER_TIME, SERVICES_LISTED = "over-time", "its-services"
# What each module is called.
TITLES = {
    **OF_SERVICES,
    OVER_TIME: "Over time",
    **{item.slug: item.name for item in KPIS},
    SERVICES_LISTED: "Its services",
}


@dataclass(frozen=True)
class Organisation:
    """A department (``department`` is None) or an agency inside one."""

    slug: str
    name: str
    department: Organisation | None = None


@dataclass(frozen=True)
class OrganisationShown:
    """All that an organisation's page draws.

    answer: of one period; None where no figures are loaded. history: KPI totals of its services
    over time, of one period length. services: its services, those with most transactions first.
    notice: what of the address was not understood.
    """

    organisation: Organisation
    answer: Overview | None
    history: pd.DataFrame
    services: Listing
    notice: str = ""


def build_organisation(asked: OrganisationShown, now: datetime) -> list[Component]:
    """The whole page."""
    organisation, answer = asked.organisation, asked.answer
    crumbs = breadcrumbs(_ways(organisation))
    if answer is None:
        return [
            crumbs,
            title_row(organisation.name),
            empty_state("No figures have been loaded yet."),
        ]
    shown = answer.performance
    here: dict[str, Parameter] = {organisation_filter(organisation): organisation.slug}
    share = share_link(
        _page(organisation, shown.period), organisation.name, totals_csv(shown.period, here)
    )
    field = period_field(answer.choices, shown, of_all=False)
    return [
        crumbs,
        title_row(organisation.name, lede(shown), html.Div([field, share], className="buttons")),
        *([html.P(asked.notice, className="misunderstood")] if asked.notice else []),
        *organisation_sections(organisation_modules(asked, answer, now)),
    ]


def _page(organisation: Organisation, period: Period) -> str:
    """The page with the period that is shown, whenever it is opened."""
    return organisation_address(organisation.slug, {"period": period_parameter(period)})


def organisation_modules(asked: OrganisationShown, answer: Overview, now: datetime) -> Parts:
    """What draws each module, by the name of its section; without those that have no figures."""
    shown, organisation, lines = answer.performance, asked.organisation, _lines(asked.history)
    level = SERVICES if set(answer.areas.index) <= set(answer.names.index) else AGENCIES
    here: dict[str, Parameter] = {organisation_filter(organisation): organisation.slug}
    page = _page(organisation, shown.period)
    charts: Parts = {
        item.slug: partial(_line, lines[item.slug], item, organisation, page)
        for item in _drawn(lines)
    }
    known: Parts = {
        HEADLINE: lambda: headline_figures(shown, here, page),
        RIGHT_NOW: lambda: right_now(answer.live, now, here, page),
        MOST_USED: lambda: last_period(answer.busiest, page),
        OVER_TIME: lambda: _over_time(lines, charts),
        LEAGUES: lambda: leagues(shown, answer.names, page),
        AREAS: lambda: areas(answer.areas, shown.period, level, here, page),
        SERVICES_LISTED: lambda: _services(asked.services, organisation, page),
    }
    left_out = {
        RIGHT_NOW: answer.live.people is None,
        MOST_USED: answer.busiest.frame.empty,
        OVER_TIME: not charts,
        LEAGUES: shown.services <= 1,
    }
    there = {name: draw for name, draw in known.items() if not left_out.get(name)}
    return {**there, **charts}


def organisation_sections(modules: Parts) -> list[Component]:
    """The modules as they stand: what goes on beside each other, the charts in one section."""
    activity = [modules[name]() for name in (RIGHT_NOW, MOST_USED) if name in modules]
    rest = (OVER_TIME, LEAGUES, AREAS, SERVICES_LISTED)
    return [
        modules[HEADLINE](),
        *([html.Section(activity, className="split")] if activity else []),
        *(modules[name]() for name in rest if name in modules),
    ]


def organisation_filter(organisation: Organisation) -> str:
    """The filter of services, on page and API, that leaves its services."""
    return "department" if organisation.department is None else "agency"


def _ways(organisation: Organisation) -> list[Way]:
    above = organisation.department
    ways = [Way(above.name, organisation_address(above.slug))] if above else []
    return [Way("Overview", "/"), *ways, Way(organisation.name)]


def _lines(history: pd.DataFrame) -> dict[str, pd.DataFrame]:
    return {item.slug: history[history["kpi"] == item.slug] for item in KPIS}


def _drawn(lines: Mapping[str, pd.DataFrame]) -> list[Kpi]:
    """The KPIs that have a line to show."""
    return [item for item in KPIS if _points(lines[item.slug]) >= _WORTH_A_LINE]


def _over_time(lines: Mapping[str, pd.DataFrame], draw: Parts) -> Component:
    """The charts beside each other, and in words the KPIs that have no figures."""
    charts = [one() for one in draw.values()]
    absent = [item.name.lower() for item in KPIS if _points(lines[item.slug]) == 0]
    note = [html.P(f"Not reported: {', '.join(absent)}.", className="of")] if absent else []
    inside = [html.H2("Over time"), side_by_side(charts), *note]
    return html.Section(inside, id=OVER_TIME)


def _points(frame: pd.DataFrame) -> int:
    return int((frame["status"] == "reported").sum())


def _line(frame: pd.DataFrame, item: Kpi, organisation: Organisation, page: str) -> html.Section:
    # Years without any figure would make it look as if every other one were missing.
    known = frame.dropna(subset=["value"])
    reported = known[known["status"] == "reported"].sort_values("start_at")
    last = reported.iloc[-1]
    length = str(last["period"])
    when = Period(length, last["start_at"].date()).label
    base = out_of(int(last["services_reporting"]), int(last["services"]), "service")
    summary = f"{said(last['value'], item)} in {when}, from {base}.{_spread(reported)}"
    figure = build_trend(_comparable(known), item, height=240)
    times = span_parameters(frame["start_at"].min().date(), frame["end_at"].max().date())
    parameters: dict[str, Parameter] = {"period": length, "kpi": item.slug, **times}
    return module(
        item.slug,
        item.name,
        chart(figure, f"{ids.ORGANISATION_CHART}-{item.slug}-graph", summary),
        summary=summary,
        table=_table(frame, item, organisation),
        csv_href=csv_address(f"organisations/{organisation.slug}/kpis", parameters),
        share_href=f"{page}#{item.slug}",
    )


def _spread(reported: pd.DataFrame) -> str:
    """A warning where a line goes over changing numbers of services."""
    least, most = (int(n) for n in reported["services_reporting"].agg(["min", "max"]))
    if least == most:
        return ""
    thin = " Hollow points are from fewer than half as many services as the best reported."
    return f" Figures are from {least:,} to {most:,} services.{thin if least < most / 2 else ''}"


def _comparable(frame: pd.DataFrame) -> pd.DataFrame:
    """The line with figures of few services set apart: a jump there is who reported, not how.

    They get the status 'partial', which charts draw hollow and do not join.
    """
    few = frame["services_reporting"] < frame["services_reporting"].max() / 2
    status = frame["status"].astype(str)
    return frame.assign(status=status.where(~few | (status != "reported"), "partial"))


def _table(frame: pd.DataFrame, item: Kpi, organisation: Organisation) -> html.Div:
    """The line in full, the latest first, each figure with how many services it is of."""
    newest = frame.sort_values("start_at", ascending=False)
    names = ("period", "start_at", "value", "services_reporting", "services")
    rows = [
        [
            capitalised(Period(str(name), start.date()).label),
            exact(value, item),
            f"{reporting:,} of {every:,}",
        ]
        for name, start, value, reporting, every in zip(*(newest[n] for n in names), strict=True)
    ]
    columns = [Column("Period"), Column(item.name, numeric=True), Column("Services", numeric=True)]
    return data_table(columns, rows, f"{item.name} of {organisation.name}")


def _services(services: Listing, organisation: Organisation, page: str) -> html.Section:
    here = ServicesAddress(sort_by="transactions", descending=True)
    wanted = here.changed(**{organisation_filter(organisation): organisation.slug})
    every = f"All {counted(services.total, 'service')}, to filter and sort"
    csv_href, share_href = csv_address("services", wanted.question), f"{page}#{SERVICES_LISTED}"
    more = [dcc.Link(every, href=wanted.href)]
    below = actions("its services", None, csv_href, share_href, more)
    inside = [html.H2("Its services"), services_table(wanted, services), below]
    return html.Section(inside, id=SERVICES_LISTED)


def description(organisation: Organisation, services: int) -> str:
    """The page in a sentence, for search engines."""
    return (
        f"How the {counted(services, 'service')} of {organisation.name} perform: "
        "cost per transaction, digital take-up, volumes and live users."
    )
