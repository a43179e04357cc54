"""How a module is headed on a dashboard: by its definition's words, where it says any."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from dash import html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.definitions import SLUGS, Kpi
from kpi.definitions import kpi as known_kpi
from kpi.measures import MEASURES
from kpi.module_figures import withdrawn
from kpi.modules import Module
from kpi.own_dashboard import OwnShown
from layouts import ids
from layouts.modules import module
from layouts.wording import named

# Titles of the types that say themselves what they draw.
TITLES = {
    "completion_rate": "Completion rate",
    "journey": "The journey",
    "user_satisfaction": "User satisfaction",
    "realtime": "Right now",
    "availability": "Availability",
}
# Headings by the ones that they become where what they stand in is moved.
_LOWERED: Mapping[Any, Any] = {html.H2: html.H3}
_RAISED: Mapping[Any, Any] = {html.H3: html.H2, html.H4: html.H3}
_CHARTS = (ids.SERVICE_CHART, ids.SERVICE_CURVES)


def kpi_drawn(shown: Dashboard, defined: Module) -> Kpi:
    """What the figures of a module are that draws a KPI: one of all services, or an own one."""
    figures = shown.figures.get(defined.slug)
    if figures is not None:
        return figures.kpi
    if defined.kpi in SLUGS:
        return known_kpi(defined.kpi)
    own = own_drawn(shown, defined)
    return withdrawn(defined.kpi) if own is None else own.own.kpi


def kpi_name(slug: str) -> str:
    """The name of a KPI of all services; of one that a service no longer has, its slug's."""
    return known_kpi(slug).name if slug in SLUGS else withdrawn(slug).name


def own_drawn(shown: Dashboard, defined: Module) -> OwnShown | None:
    """What the page has of the service's own KPI that a module draws; None for any other."""
    return next((one for one in shown.own if one.slug == defined.kpi), None)


def title_of(shown: Dashboard, defined: Module) -> str:
    """What a module is called: its title, or the name of what it draws."""
    return plain_title(defined, lambda: kpi_drawn(shown, defined).name)


def plain_title(defined: Module, kpi_name: Callable[[], str]) -> str:
    """What a module is called: its title, or the name of what it draws.

    kpi_name: gives the name of the KPI that it draws; asked where that is what it is called.
    """
    if defined.title or not defined.source:
        return defined.title or TITLES.get(defined.type, "")
    if defined.kpi:
        return kpi_name()
    name = MEASURES[defined.measure].name
    return f"{name}: {named(defined.category).lower()}" if defined.category else name


def one_line(shown: Dashboard, defined: Module, words: str) -> html.Section:
    """A module that has nothing to draw, and says so."""
    return module(defined.slug, title_of(shown, defined), html.P(words, className="empty"))


def headed(section: Component, defined: Module) -> Component:
    """A module just built, under the name, the title and the description that it is defined by."""
    before = str(getattr(section, "id", ""))
    if before and before != defined.slug:
        _rename(section, before, defined.slug)
    title = next((part for part in walk(section) if isinstance(part, html.H2)), None)
    if title is not None and defined.title:
        title.children = defined.title
    if defined.description:
        section.children = [
            *_upto(section, title),
            html.P(defined.description),
            *_after(section, title),
        ]
    return section


def _upto(section: Component, title: Component | None) -> list[Any]:
    children = list(section.children)
    return children[: children.index(title) + 1] if title in children else []


def _after(section: Component, title: Component | None) -> list[Any]:
    return list(section.children)[len(_upto(section, title)) :]


def lowered(section: Component) -> Component:
    """A module just built with its headings a level lower: it stands below a heading."""
    return _levelled(section, _LOWERED)


def raised(section: Component) -> Component:
    """A module just built with its headings a level higher: it stands alone.

    Where there are several of its own level below the first, they are below it already.
    """
    own = [one for one in walk(section) if isinstance(one, html.H2)]
    if not own:
        return section
    part: Any
    for part in walk(section):
        children = getattr(part, "children", None)
        if isinstance(children, list) and own[0] in children:
            top = html.H1(**own[0].to_plotly_json()["props"])
            part.children = [top if one is own[0] else one for one in children]
    return section if len(own) > 1 else _levelled(section, _RAISED)


def _levelled(section: Component, levels: Mapping[Any, Any]) -> Component:
    for part in walk(section):
        children = getattr(part, "children", None)
        if isinstance(children, list):
            part.children = [_at_level(child, levels) for child in children]
    return section


def _at_level(child: Any, levels: Mapping[Any, Any]) -> Any:
    if type(child) not in levels:
        return child
    properties = child.to_plotly_json()["props"]
    return levels[type(child)](**properties)


def told_apart(content: Sequence[Component]) -> None:
    """Where two modules just built have one heading, only the first is a landmark of that name."""
    seen = set()
    for part in walk(list(content)):
        if not isinstance(part, html.Section) or not hasattr(part, "aria-labelledby"):
            continue
        heading = next((one for one in walk(part) if isinstance(one, html.H2 | html.H3)), None)
        name = str(getattr(heading, "children", ""))
        if name in seen:
            setattr(part, "aria-labelledby", None)
        seen.add(name)


def walk(component: Any) -> Iterator[Component]:
    """A component and all in it, in reading order."""
    if isinstance(component, list | tuple):
        for item in component:
            yield from walk(item)
    elif isinstance(component, Component):
        yield component
        yield from walk(getattr(component, "children", None))


def _rename(section: Component, before: str, slug: str) -> None:
    """Another name for a module: its anchor, what leads to it, and the ids of its charts."""
    for part in walk(section):
        _rename_part(part, before, slug)


def _rename_part(part: Any, before: str, slug: str) -> None:
    id = getattr(part, "id", None)
    if id in (before, f"{before}-heading"):
        part.id = slug + str(id)[len(before) :]
    elif isinstance(id, dict) and id.get("type") in _CHARTS and id.get("module") == before:
        part.id = {**id, "module": slug}
    for name, mark in (("href", "#"), ("data-embed", "/")):
        address = getattr(part, name, None)
        if isinstance(address, str) and address.endswith(f"{mark}{before}"):
            setattr(part, name, f"{address.removesuffix(before)}{slug}")
    if part.to_plotly_json()["props"].get("aria-labelledby") == f"{before}-heading":
        setattr(part, "aria-labelledby", f"{slug}-heading")
