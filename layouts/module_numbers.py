"""Modules of numbers set large: one figure with its change; availability and speed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard, Latest
from kpi.module_figures import ModuleFigures, of_the_page
from kpi.modules import Module
from layouts.cards import headline_figure, kpi_card
from layouts.module_addresses import module_csv
from layouts.module_headings import kpi_drawn, lowered, own_drawn, title_of
from layouts.modules import action, module
from layouts.service_addresses import kpis_csv, shared_address
from layouts.service_cards import service_card, when
from layouts.spans import during, on_previous
from layouts.tables import figures_table
from layouts.wording import capitalised, parts_in_words, said


def latest_of_module(shown: Dashboard, defined: Module) -> Latest:
    """The latest figure of what a module draws."""
    if of_the_page(defined):
        own = own_drawn(shown, defined)
        other = Latest(kpi_drawn(shown, defined)) if own is None else own.latest
        return shown.latest.get(defined.kpi, other)
    figures = shown.figures[defined.slug]
    unsplit = Latest(figures.kpi, "not applicable")
    return (figures.latest or Latest(figures.kpi)) if figures.split else unsplit


def number_csv(shown: Dashboard, defined: Module) -> str:
    """The figures of the KPI of which a module tells the latest, as CSV."""
    if of_the_page(defined):
        return kpis_csv(shown, defined.kpi)
    return module_csv(shown, defined, shown.figures[defined.slug])


def headline(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    """One big number, when it was, and how it has changed."""
    found, title = latest_of_module(shown, defined), title_of(shown, defined)
    if found.value is None or found.period is None:
        return None
    by_year = found.window
    before = found.year_before if by_year else found.before
    is_sound = found.status == "reported"
    number = headline_figure(
        found.value,
        found.kpi,
        capitalised(when(found)),
        "" if is_sound else f"Partial: {parts_in_words(found.parts, found.expected, found.part)}",
        before=before if is_sound else None,
        against="on the year before" if by_year else on_previous(found.period),
    )
    return module(
        defined.slug,
        title,
        number,
        csv_href=number_csv(shown, defined),
        share_href=shared_address(shown, defined.slug),
        title=title,
    )


def availability(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    """How much of the time the service could be used, and how fast its pages were."""
    up = shown.figures[defined.slug]
    both = [one for one in (up, up.beside) if one is not None]
    known = [one for one in both if one.has_any]
    if not known:
        return None
    title = title_of(shown, defined)
    cards = [lowered(kpi_card(service_card(shown, _latest(one)))) for one in known]
    tables = [figures_table(one.frame, one.kpi, f"{one.kpi.name} by {one.period}") for one in known]
    return module(
        defined.slug,
        title,
        html.Div(cards, className="split"),
        summary=" ".join(_in_words(one) for one in known),
        table=html.Div(tables),
        share_href=shared_address(shown, defined.slug),
        more=[_csv(shown, defined, one) for one in known],
        title=title,
    )


def _latest(figures: ModuleFigures) -> Latest:
    return figures.latest or Latest(figures.kpi)


def _in_words(figures: ModuleFigures) -> str:
    """'It could be used 99.95% of the time in October 2017.'"""
    found = _latest(figures)
    if found.period is None:
        return ""
    value = said(found.value, found.kpi)
    when_it_was = during(found.period)
    if found.kpi.format == "percentage":
        return f"It could be used {value} of the time {when_it_was}."
    return f"Its pages took {value} to load {when_it_was}, on average."


def _csv(shown: Dashboard, defined: Module, figures: ModuleFigures) -> Component:
    drawn = replace(defined, kpi=figures.kpi.slug)
    return action(f"{figures.kpi.name} as CSV", module_csv(shown, drawn, figures), "Availability")
