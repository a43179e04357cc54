"""A service's page, or one of its modules, as an embed shows it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.modules import Module, flat
from kpi.periods import PERIODS
from layouts import ids
from layouts.annotation_marks import annotated
from layouts.dashboard_modules import one_module
from layouts.embed import Embedded
from layouts.frame import title_row
from layouts.marks import marks
from layouts.module_absence import ABSENT
from layouts.module_headings import kpi_name, plain_title, title_of
from layouts.modules import empty_state
from layouts.service import figures, lede, notes
from layouts.service_about import ABOUT, about_module
from layouts.service_addresses import page_address
from layouts.service_filters import channel_in_words, opening_data, service_filters
from layouts.service_projections import COMING
from layouts.spans import LENGTHS, span_in_words

# What every service's page has beside the modules of its dashboard.
OF_EVERY_PAGE = {ABOUT: "About the figures", ABSENT: "Not shown here", COMING: "The coming year"}
# These say when themselves.
_TIMELESS = ("realtime", "journey")


def module_titles(modules: Sequence[Module], own: Mapping[str, str]) -> dict[str, str]:
    """By slug what each module of a service's page is called. own: the names of its own KPIs."""

    def title(one: Module) -> str:
        return plain_title(one, lambda: own[one.kpi] if one.kpi in own else kpi_name(one.kpi))

    return {**{one.slug: title(one) or "Views" for one in flat(modules)}, **OF_EVERY_PAGE}


def service_embed(
    shown: Dashboard, module: str, now: datetime, *, controls: bool = False
) -> Embedded:
    """The service's dashboard, or one module of it."""
    said = notes(shown)
    content = [
        dcc.Location(id=ids.SERVICE_URL, refresh="callback-nav"),
        *_filters(shown, controls),
        *([said] if said else []),
        *annotated(_drawn(shown, module, now), shown.annotations, shown.slug, shown.view.link),
        *_everything(shown, controls),
    ]
    heading = [] if module else [title_row(shown.name, lede(shown))]
    return Embedded(
        [*heading, *content],
        title=shown.name,
        page=page_address(shown),
        module=module,
        name=_name(shown, module),
        period=_period(shown, module),
        updated_at=_updated_at(shown),
    )


def _drawn(shown: Dashboard, module: str, now: datetime) -> list[Component]:
    if not module:
        return [*figures(shown, now), about_module(shown)]
    if module == ABOUT:
        return [about_module(shown)]
    found = one_module(shown, module, now)
    return [empty_state("There is nothing of this to show.") if found is None else found]


def _filters(shown: Dashboard, controls: bool) -> list[Component]:
    """The filters where they were asked for; else what the charts need to know of them."""
    band = service_filters(shown)
    if band is None or controls:
        return [band] if band else []
    return [dcc.Store(id=ids.SERVICE_OPENING, data=opening_data(shown.view))]


def _everything(shown: Dashboard, controls: bool) -> list[Component]:
    """The way back from a click, where no filter says what is chosen."""
    view = shown.view
    if controls or not (view.is_narrowed or view.channel):
        return []
    way = dcc.Link("Show everything", href=page_address(shown, view.without_span().of_channel("")))
    return [html.P(way, className="choice-links", **marks(stay="yes"))]


def _name(shown: Dashboard, module: str) -> str:
    found = next((one for one in flat(shown.modules) if one.slug == module), None)
    return title_of(shown, found) if found else OF_EVERY_PAGE.get(module, "")


def _period(shown: Dashboard, module: str) -> str:
    """'month by month, October 2013 to September 2017, digital'; '' where it is not of that."""
    view = shown.view
    types = [one.type for one in flat(shown.modules) if one.slug == module]
    if view.first is None or view.last is None or module == ABOUT or set(types) & set(_TIMELESS):
        return ""
    length = LENGTHS[view.period].lower()
    said = [f"{length} by {length}", span_in_words(view.first, view.last)]
    return ", ".join([*said, *([channel_in_words(view.channel).lower()] if view.channel else [])])


def _updated_at(shown: Dashboard) -> datetime | None:
    """When any of the service's figures but live users came last; those say it themselves."""
    told = (one for one in shown.data_sets if one.period in PERIODS)
    return max((one.updated_at for one in told if one.updated_at), default=None)
