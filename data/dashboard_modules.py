"""Asks what the modules of a service's own dashboard draw, beyond what its page has anyway."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from data.dashboard_kind import KEY
from data.declarations import DeclarationsQuery
from data.normal import NormalQuery
from data.own_dashboard import own_kpis
from data.queries import KpiQuery, MeasurementQuery, Run
from data.selection import Selection
from kpi.dashboard import Latest, latest_of
from kpi.default_dashboard import default_modules
from kpi.definitions import KPIS, Kpi
from kpi.measures import MEASURES
from kpi.module_figures import (
    OF_CHANNELS,
    ModuleFigures,
    as_figures,
    by_category,
    days_of,
    inside,
    lengths_to_try,
    of_the_page,
    withdrawn,
)
from kpi.modules import Module, is_known_tab, known_tabs, on_show, parse_modules
from kpi.views import View

# What availability tells of: standard metrics.
UPTIME, LOAD_TIME = "uptime", "page-load-time"
# Of these types the parts of a measure are drawn; the others draw one line of it.
_OF_PARTS = ("grouped_timeseries", "bar_chart_with_number", "list", "table")


@dataclass(frozen=True)
class Asked:
    """Who asks for the figures of modules: of which service, and what is shown of it."""

    run: Run
    about: Selection
    view: View

    def kpi(self, slug: str) -> Kpi | None:
        """A KPI of all services or of this one; None where it has none of that slug."""
        own = (one.kpi for one in own_kpis(self.run, self.about))
        return next((one for one in (*KPIS, *own) if one.slug == slug), None)

    def measured(self, measure: str, length: str, *, spanned: bool = False) -> pd.DataFrame:
        """A measure of one length, all of it or what the view spans."""
        days = days_of(self.view, length) if spanned else (None, None)
        return self.run(
            MeasurementQuery(self.about.service, measure, length, *days, self.about.preview)
        )


def own_modules(run: Run, service: str, preview: bool) -> tuple[Module, ...]:
    """The modules of a service's dashboard: those that it declared, or the default ones."""
    found: Any = run(DeclarationsQuery(service, KEY, preview))
    if found:
        return parse_modules(found[0].body)
    about = Selection(service=service, preview=preview)
    return default_modules(own_kpis(run, about))


def with_tabs(view: View, modules: Iterable[Module], wanted: tuple[str, ...]) -> View:
    """A view with the tabs that were asked for, or a note on those that are not there."""
    listed = tuple(modules)
    absent = [one for one in wanted if not is_known_tab(listed, one)]
    notes = [f"There is no tab ‘{one}’ here: the first one is shown." for one in absent]
    return view.with_tabs(known_tabs(listed, wanted), notes)


def module_figures(
    run: Run, about: Selection, view: View, modules: Iterable[Module]
) -> dict[str, ModuleFigures]:
    """By slug what each module on show draws, of those that draw more than the page's figures."""
    asked = Asked(run, about, view)
    return {
        module.slug: _figures(asked, module)
        for module in on_show(modules, view.tabs)
        if (module.source or module.type == "availability") and not of_the_page(module)
    }


def _figures(asked: Asked, module: Module) -> ModuleFigures:
    if module.type == "availability":
        return _availability(asked, module)
    if module.kpi:
        return _of_kpi(asked, module)
    measure = MEASURES[module.measure]
    if asked.view.channel and measure.slug not in OF_CHANNELS:
        return ModuleFigures(measure.as_kpi, split=False)
    is_split = module.type in _OF_PARTS and bool(measure.by)
    return _parts(asked, module) if is_split else _line(asked, module)


def _first(asked: Asked, module: Module, make: Callable[[str], ModuleFigures]) -> ModuleFigures:
    """The figures of the first length that has any; those of the best length where none has."""
    tried = [make(length) for length in lengths_to_try(module, asked.view)[:1]]
    for length in lengths_to_try(module, asked.view)[1:]:
        if tried[-1].has_any:
            break
        tried.append(make(length))
    return tried[-1] if tried[-1].has_any else tried[0]


def _of_kpi(asked: Asked, module: Module) -> ModuleFigures:
    known = asked.kpi(module.kpi)
    if known is None:
        return ModuleFigures(withdrawn(module.kpi))
    if asked.view.channel and not known.by_channel:
        return ModuleFigures(known, split=False)
    channel = asked.view.channel.replace("assisted-", "assisted ")

    def make(length: str) -> ModuleFigures:
        query = KpiQuery(asked.about, length, kpis=(known.slug,), channel=channel, complete=True)
        return _drawn(asked, known, length, asked.run(NormalQuery(query)))

    return _first(asked, module, make)


def _line(asked: Asked, module: Module) -> ModuleFigures:
    """One category of a measure over time; for a channel that is looked at, that channel's."""
    channel = asked.view.channel.replace("assisted-", "assisted ")

    def make(length: str) -> ModuleFigures:
        rows = as_figures(asked.measured(module.measure, length), module.category or channel)
        return _drawn(asked, MEASURES[module.measure].as_kpi, length, rows)

    return _first(asked, module, make)


def _parts(asked: Asked, module: Module) -> ModuleFigures:
    def make(length: str) -> ModuleFigures:
        measured = asked.measured(module.measure, length, spanned=True)
        return ModuleFigures(
            MEASURES[module.measure].as_kpi,
            length,
            *days_of(asked.view, length),
            frame=inside(by_category(measured), asked.view, length),
            total=inside(as_figures(measured, ""), asked.view, length),
        )

    return _first(asked, module, make)


def _availability(asked: Asked, module: Module) -> ModuleFigures:
    found = [_of_kpi(asked, replace(module, kpi=slug)) for slug in (UPTIME, LOAD_TIME)]
    return replace(found[0], beside=found[1])


def _drawn(asked: Asked, known: Kpi, length: str, rows: pd.DataFrame) -> ModuleFigures:
    """The rows that are shown, from the first figure to the last, and the latest of them."""
    shown = inside(rows, asked.view, length)
    known_at = shown["start_at"][shown["value"].notna()]
    drawn = shown[shown["start_at"].between(known_at.min(), known_at.max())]
    drawn = drawn.sort_values("start_at", ignore_index=True)
    latest = Latest(known) if drawn.empty else latest_of(known, rows, drawn)
    return ModuleFigures(known, length, *days_of(asked.view, length), frame=drawn, latest=latest)
