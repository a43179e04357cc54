"""A dashboard's modules as they stand on the page: each drawn by its type, in order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.module_figures import BY_CHANNEL, of_the_page
from kpi.modules import SECTION, TAB, Module, chosen_tab, flat, on_show
from layouts.aria import aria
from layouts.cards import Card, kpi_cards
from layouts.module_absence import ABSENT, absent, reason
from layouts.module_bars import bar_chart_with_number, ranked_list
from layouts.module_headings import headed, lowered, one_line, told_apart
from layouts.module_lines import grouped_timeseries, single_timeseries
from layouts.module_numbers import availability, headline, latest_of_module, number_csv
from layouts.module_tables import table
from layouts.module_tabs import tab_links
from layouts.modules import side_by_side
from layouts.service_addresses import shared_address
from layouts.service_cards import service_card
from layouts.service_journey import journey_module
from layouts.service_kpis import SATISFACTION, has_figures, kpi_module
from layouts.service_projections import COMING, coming_module
from layouts.service_satisfaction import satisfaction_module
from layouts.service_use import live_module
from layouts.sharing import share_link
from layouts.wording import listed

# Draws one module; None where it has no figures.
Builder = Callable[[Dashboard, Module, datetime], Component | None]
COMPLETION = "completion-rate"


def _journey(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    return None if shown.view.channel else journey_module(shown)


def _satisfaction(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    return satisfaction_module(shown, SATISFACTION) if has_figures(shown, SATISFACTION) else None


def _completion(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    return kpi_module(shown, COMPLETION) if has_figures(shown, COMPLETION) else None


def _realtime(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    return live_module(shown, now)


# What draws each type. Cards stand in rows, and sections and tabs hold others: see below.
BUILDERS: Mapping[str, Builder] = {
    "single_timeseries": single_timeseries,
    "grouped_timeseries": grouped_timeseries,
    "completion_rate": _completion,
    "journey": _journey,
    "user_satisfaction": _satisfaction,
    "realtime": _realtime,
    "availability": availability,
    "bar_chart_with_number": bar_chart_with_number,
    "table": table,
    "list": ranked_list,
    "headline_figure": headline,
}


@dataclass(frozen=True)
class Drawn:
    """A dashboard with its modules drawn: by slug each of them, None where it has no figures."""

    shown: Dashboard
    modules: Mapping[str, Component | None]


def dashboard_modules(shown: Dashboard, now: datetime) -> list[Component]:
    """All modules of a service's dashboard, and what is not shown."""
    drawn = _drawn(shown, shown.modules, now)
    left_out = _left_out(drawn)
    content = [*arranged(drawn, shown.modules), *([left_out] if left_out is not None else [])]
    told_apart(content)
    return content


def one_module(shown: Dashboard, slug: str, now: datetime) -> Component | None:
    """A module of a service's dashboard alone, on show or not; None where none is called so.

    One that has no figures says so. Nothing else is drawn, but what the dashboard leaves out and
    the coming year have no definition of their own.
    """
    if slug == ABSENT:
        return _left_out(_drawn(shown, shown.modules, now))
    if slug == COMING:
        return coming_module(shown)
    found = next((one for one in flat(shown.modules) if one.slug == slug), None)
    if found is None:
        return None
    alone = replace(found, when_empty="say")
    if alone.type == "kpi":
        return _cards(Drawn(shown, {}), [alone], 2).children[0]
    return _part(_drawn(shown, (alone,), now), alone, 2)


def _drawn(shown: Dashboard, modules: Sequence[Module], now: datetime) -> Drawn:
    here = on_show(modules, shown.view.tabs)
    kinds = [(one, BUILDERS[one.type]) for one in here if one.type in BUILDERS]
    built = {one.slug: build(shown, one, now) for one, build in kinds}
    known = {one.slug: one for one, _ in kinds}
    return Drawn(
        shown,
        {slug: None if part is None else headed(part, known[slug]) for slug, part in built.items()},
    )


def _left_out(drawn: Drawn) -> Component | None:
    """What is not shown, and why."""
    here = on_show(drawn.shown.modules, drawn.shown.view.tabs)
    known = drawn.modules
    return absent(
        drawn.shown,
        [one for one in here if one.hides and one.slug in known and known[one.slug] is None],
    )


def rows(modules: Sequence[Module]) -> Iterator[list[Module]]:
    """The modules as they stand: cards that follow one another, two halves, or one alone."""
    row: list[Module] = []
    for one in modules:
        if row and not _goes_beside(row, one):
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def _goes_beside(row: Sequence[Module], one: Module) -> bool:
    if "kpi" in (row[0].type, one.type):
        return row[0].type == one.type
    return len(row) == 1 and row[0].is_half and one.is_half


def arranged(drawn: Drawn, modules: Sequence[Module], level: int = 2) -> list[Component]:
    """Modules in order, two halves side by side. level: of the headings, 2 or 3."""
    found: list[Component] = []
    for row in rows(modules):
        if row[0].type == "kpi":
            found.append(_cards(drawn, row, level))
            continue
        parts = [part for part in (_part(drawn, one, level) for one in row) if part is not None]
        found += [side_by_side(parts)] if len(parts) > 1 else parts
        found += _coming(drawn.shown, row, level)
    return found


def _coming(shown: Dashboard, row: Sequence[Module], level: int) -> list[Component]:
    """Where transactions stand by channel, all of them in the coming year go below."""
    if not any(one.measure == BY_CHANNEL and of_the_page(one) for one in row):
        return []
    coming = coming_module(shown)
    if coming is None:
        return []
    return [lowered(coming) if level > 2 else coming]


def _part(drawn: Drawn, defined: Module, level: int) -> Component | None:
    if defined.type == SECTION:
        part: Component | None = _section(drawn, defined)
    elif defined.type == TAB:
        part = _tabs(drawn, defined, level)
    else:
        part = drawn.modules[defined.slug]
    if part is None and not defined.hides:
        part = headed(one_line(drawn.shown, defined, reason(drawn.shown, defined)), defined)
    return lowered(part) if part is not None and level > 2 else part


def _cards(drawn: Drawn, row: Sequence[Module], level: int) -> Component:
    shown = drawn.shown
    cards = [service_card(shown, latest_of_module(shown, one)) for one in row]
    is_first = row[0] == next(one for one in flat(shown.modules) if one.type == "kpi")
    section = (
        kpi_cards(cards) if is_first else kpi_cards(cards, listed([c.kpi.name for c in cards]))
    )
    for card, defined, latest in zip(section.children, row, cards, strict=True):
        card.id = defined.slug
        card.children.append(_shared(shown, defined, latest))
        headed(card, defined)
    return lowered(section) if level > 2 else section


def _shared(shown: Dashboard, defined: Module, card: Card) -> Component | None:
    if card.value is None:
        return None
    about = f"{card.kpi.name}, the latest figure"
    href, csv_href = shared_address(shown, defined.slug), number_csv(shown, defined)
    return html.Div([share_link(href, about, csv_href)], className="actions")


def _section(drawn: Drawn, defined: Module) -> Component | None:
    inside = arranged(drawn, defined.modules, level=3)
    if not inside:
        return None
    return _holder(defined, [html.H2(defined.title, id=f"{defined.slug}-heading"), *inside])


def _holder(defined: Module, children: list[Component]) -> Component:
    """A section of the page that holds modules, under the heading that comes first."""
    label = aria(labelledby=f"{defined.slug}-heading")
    return headed(html.Section(children, id=defined.slug, className="module", **label), defined)


def _tabs(drawn: Drawn, defined: Module, level: int) -> Component:
    """The tabs, and what is in the one that is chosen; the others are not drawn."""
    chosen = chosen_tab(defined, drawn.shown.view.tabs)
    name = None if defined.title else "visually-hidden"
    heading = html.H2(defined.title or "Views", id=f"{defined.slug}-heading", className=name)
    below = 3 if defined.title else level
    inside = arranged(drawn, (chosen,), below)
    return _holder(defined, [heading, tab_links(drawn.shown, defined, chosen), *inside])
