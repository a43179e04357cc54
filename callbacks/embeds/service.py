"""A service's page as embeds show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from callbacks.embeds.modules import named
from callbacks.platform import platform
from callbacks.service import dashboard_of, moment_of, parse, visible_service
from callbacks.service import title as title_of
from data.dashboard_modules import own_modules
from data.own_dashboard import own_kpis
from kpi.dashboard import Dashboard
from kpi.modules import on_show, tabs_to
from layouts.embed import Embedded
from layouts.service_embed import module_titles, service_embed


def title(slug: str) -> str:
    """The service's name."""
    return title_of(slug)


def name(slug: str, module: str) -> str:
    """What a module is called."""
    about, run = visible_service(slug), platform().reader.run
    modules = own_modules(run, about.service, about.preview)
    own = {one.slug: one.kpi.name for one in own_kpis(run, about)}
    return named(module_titles(modules, own), module, title(slug))


def embedded(slug: str, module: str, given: Mapping[str, Any], controls: bool) -> Embedded:
    """The service's dashboard, or a module of it with the tab that it is in."""
    shown = _shown(slug, module, given)
    return service_embed(shown, module, moment_of(shown), controls=controls)


def _shown(slug: str, module: str, given: Mapping[str, Any]) -> Dashboard:
    wanted, notes = parse(given)
    about = visible_service(slug)
    shown = dashboard_of(about, wanted, notes)
    tabs = tabs_to(shown.modules, module)
    if not tabs or any(one.slug == module for one in on_show(shown.modules, shown.view.tabs)):
        return shown
    return dashboard_of(about, replace(wanted, tabs=tabs), notes)
