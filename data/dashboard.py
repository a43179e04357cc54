"""Asks what a service's page draws."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast

import pandas as pd
from sqlalchemy import Connection

from data import sources
from data.annotations import annotations_of
from data.channels import channel_kind
from data.dashboard_modules import module_figures, own_modules, with_tabs
from data.datatypes import data_type
from data.held import kept_yearly_costs
from data.live import LiveQuery
from data.normal import NormalQuery
from data.own_dashboard import own_figures, own_kpis_shown
from data.projections import coming_year, verdicts
from data.queries import CatalogueQuery, KpiQuery, MeasurementQuery, OneServiceQuery, Run
from data.ratings import ratings
from data.reader import Reader
from data.selection import Selection
from data.service_journeys import Told, journey
from data.sources import ReachQuery, SourceQuery
from kpi.dashboard import (
    COST,
    Channels,
    Dashboard,
    Reported,
    ending,
    latest,
    lines,
    periods_of,
    within,
)
from kpi.definitions import SLUGS
from kpi.frames import no_figures
from kpi.live import NOBODY, live_users
from kpi.views import View, Wanted, chosen_length, view

ALL, DIGITAL, BY_CHANNEL = "all transactions", "digital", "transactions-by-channel"


@dataclass(frozen=True)
class DashboardQuery(OneServiceQuery):
    """All that the page of a service draws, read from one snapshot and kept as one answer.

    The answer is a kpi.dashboard.Dashboard, not a frame; None if there is no such service.
    Without ``live`` it leaves out who is there now and where figures came from, and is kept when
    those change. ``preview`` is for those who may see a service that is not published.
    """

    wanted: Wanted = field(default_factory=Wanted)
    live: bool = True
    preview: bool = False

    @property
    def rests_on_live(self) -> bool:
        """Only as a whole."""
        return self.live

    @property
    def selection(self) -> Selection:
        """The one service."""
        return Selection(service=self.service, preview=self.preview)

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        if not self.live:
            services = run(CatalogueQuery(self.selection))
            return None if services.empty else _dashboard(run, services.iloc[0], self)
        settled: Any = run(replace(self, live=False))
        return settled and replace(
            settled,
            live=live_users(run(LiveQuery(self.selection))),
            data_sets=_data_sets(run, self),
        )


def dashboard(
    reader: Reader,
    slug: str,
    wanted: Wanted,
    notes: tuple[str, ...] = (),
    *,
    preview: bool = False,
) -> Dashboard | None:
    """Ask a DashboardQuery. notes: what of an address was not understood, in sentences."""
    query = DashboardQuery(slug, wanted, preview=preview)
    found = cast("Dashboard | None", reader.run(query))
    if found is None or not notes:
        return found
    return replace(found, view=replace(found.view, notes=(*notes, *found.view.notes)))


def _dashboard(run: Run, service: pd.Series, query: DashboardQuery) -> Dashboard:
    about = query.selection
    reach = run(ReachQuery(about.service, preview=about.preview))
    figures, shown = _view(run, query, reach)
    modules = own_modules(run, query.service, query.preview)
    shown = with_tabs(shown, modules, query.wanted.tabs)
    found_in = run(SourceQuery(about.service, preview=about.preview))
    yearly = _yearly(run, about, shown, reach)
    found = latest(figures, yearly, shown)
    answers, shown = ratings(run, about, shown, query.wanted.answers)
    channels = _channels(run, about, shown, found_in)
    told = Told(reach, found_in, found[COST], channels.kinds)
    people = journey(run, about, shown, query.wanted.journey, told)
    shown = replace(shown, journey=people.asked, notes=(*shown.notes, *people.notes))
    return Dashboard(
        service=service,
        view=shown,
        lines=lines(within(figures, shown)),
        latest=found,
        cost=_cost(figures, yearly, shown),
        channels=channels,
        journey=people,
        ratings=answers,
        live=NOBODY,
        data_sets=(),
        reported=sources.reported(reach),
        annotations=annotations_of(run, about.service, preview=about.preview),
        projections=coming_year(run, query.service, shown, query.preview),
        targets=verdicts(run, query.service, shown, query.preview),
        own=own_kpis_shown(run, about, shown),
        modules=modules,
        figures=module_figures(run, about, shown, modules),
    )


def _data_sets(run: Run, query: DashboardQuery) -> tuple[Reported, ...]:
    slug, preview = query.service, query.preview
    reach = pd.concat([run(ReachQuery(slug, live, preview)) for live in (False, True)])
    return sources.data_sets(reach, run(SourceQuery(slug, True, preview)))


def _sources_of(found: pd.DataFrame, slug: str) -> pd.DataFrame:
    """Those of a data type, whichever of its names they have."""
    return found[found["type"].isin((slug, *data_type(slug).aliases))]


def _view(run: Run, query: DashboardQuery, reach: pd.DataFrame) -> tuple[pd.DataFrame, View]:
    """The KPIs of all time at the length to show, and what is shown of them."""
    about, wanted = query.selection, query.wanted
    lengths, kinds = sources.lengths(reach), sources.kinds(reach)
    length, unmet = chosen_length(wanted.period, lengths)
    channel = wanted.channel if wanted.channel in kinds else ""
    every = run(_figures(about, length, ""))
    figures = run(NormalQuery(_figures(about, length, channel)))
    periods = sorted({*periods_of(every), *periods_of(own_figures(run, about, length))})
    shown = view(wanted, lengths, length, periods, channels=kinds, notes=unmet)
    return figures, shown


def _figures(
    about: Selection, length: str, channel: str, kpis: tuple[str, ...] = SLUGS
) -> KpiQuery:
    return KpiQuery(
        about,
        period=length,
        kpis=kpis,
        channel=channel.replace("assisted-", "assisted "),
        complete=kpis == SLUGS,
    )


def _yearly(run: Run, about: Selection, shown: View, reach: pd.DataFrame) -> pd.DataFrame:
    """What transactions cost over twelve months."""
    known = set(reach.loc[reach["measure"] == "cost", "period"])
    lengths = [name for name in ("year", "quarter", "month") if name in known]
    if not lengths:
        return no_figures()
    first, *others = lengths
    costs = run(replace(_figures(about, first, shown.channel, (COST,)), also=tuple(others)))
    return kept_yearly_costs(run, costs)


def _cost(figures: pd.DataFrame, yearly: pd.DataFrame, shown: View) -> pd.DataFrame:
    """The costs at the view's length; where there are none, the published years that end in it."""
    rows = within(figures[figures["kpi"] == COST], shown)
    if rows["value"].notna().any() or yearly.empty:
        return rows
    return ending(yearly[yearly["period"] == "year"], shown)


def _channels(run: Run, about: Selection, shown: View, found_in: pd.DataFrame) -> Channels:
    asked = (shown.period, shown.start_at, shown.end_at, about.preview)
    frame = run(MeasurementQuery(about.service, BY_CHANNEL, *asked))
    frame = frame.assign(line=frame["category"].astype(str))
    kinds = _kinds(frame["line"], _sources_of(found_in, BY_CHANNEL))
    if not frame.empty:
        known = [line for line, kind in kinds.items() if shown.channel in ("", kind)]
        return Channels(within(frame[frame["line"].isin(known)], shown), kinds)
    frame = run(MeasurementQuery(about.service, "transactions", *asked))
    wanted = [shown.channel.replace("-", " ")] if shown.channel == DIGITAL else ["", DIGITAL]
    frame = frame[frame["category"].isin(wanted)]
    lines = frame["category"].astype(str).replace({"": ALL})
    return Channels(within(frame.assign(line=lines), shown), {ALL: "", DIGITAL: DIGITAL}, False)


def _kinds(lines: pd.Series, found_in: pd.DataFrame) -> dict[str, str]:
    """What each channel counts as, as addresses write it."""
    own = found_in["channel_kinds"].iloc[0] if len(found_in) else {}
    return {line: channel_kind(line, own).replace(" ", "-") for line in lines.unique()}
