"""What a dashboard does not show, and why."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.definitions import HEADLINE, Kpi
from kpi.definitions import kpi as known_kpi
from kpi.modules import Module
from layouts.module_headings import kpi_drawn
from layouts.modules import module
from layouts.service_cards import NOT_SPLIT
from layouts.suppressed import too_few
from layouts.wording import capitalised

ABSENT = "no-figures"
NOT_REPORTED = "not reported"
# The KPIs that these types draw without naming them.
_KPIS = {"completion_rate": "completion-rate", "user_satisfaction": "user-satisfaction"}
_HEADLINE = [kpi.slug for kpi in HEADLINE]


def kpi_of(defined: Module) -> str:
    """The slug of the KPI that a module draws; '' for none."""
    return defined.kpi or _KPIS.get(defined.type, "")


def absent(shown: Dashboard, hidden: Sequence[Module]) -> Component | None:
    """The KPIs that have no chart, and why: one line each. None where all have one."""
    drawn = (_kpi(shown, one) for one in hidden if kpi_of(one))
    kpis = sorted({kpi.slug: kpi for kpi in drawn}.values(), key=_place)
    said = [html.Li(f"{kpi.name}: {_reason(shown, kpi)}") for kpi in kpis]
    return module(ABSENT, "Not shown here", html.Ul(said)) if said else None


def _kpi(shown: Dashboard, defined: Module) -> Kpi:
    return kpi_drawn(shown, defined) if defined.kpi else known_kpi(kpi_of(defined))


def _place(kpi: Kpi) -> int:
    """The four KPIs first, in their order."""
    return _HEADLINE.index(kpi.slug) if kpi.slug in _HEADLINE else len(_HEADLINE)


def reason(shown: Dashboard, defined: Module) -> str:
    """Why a module has nothing to draw, in a sentence."""
    figures = shown.figures.get(defined.slug)
    if figures is not None and not figures.split:
        return f"{capitalised(NOT_SPLIT)}."
    slug = kpi_of(defined)
    if slug in _HEADLINE and not defined.period:
        return f"{capitalised(_reason(shown, known_kpi(slug)))}."
    if defined.type == "journey" and shown.view.channel:
        return f"{capitalised(NOT_SPLIT)}."
    if shown.view.is_narrowed:
        return "Nothing was reported in the time that is shown."
    return "Not reported yet."


def _reason(shown: Dashboard, kpi: Kpi) -> str:
    if kpi.slug in _HEADLINE and kpi.slug not in shown.reported:
        return NOT_REPORTED
    if shown.view.channel and not kpi.by_channel:
        return NOT_SPLIT
    if kpi.slug in _HEADLINE and shown.latest[kpi.slug].status == "suppressed":
        return f"suppressed, {too_few(kpi)} in each {shown.view.period} of what is shown"
    return f"no figures for each {shown.view.period} in what is shown"
