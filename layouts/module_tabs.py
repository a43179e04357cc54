"""The tabs of a dashboard: links, so that each is an address and the keyboard reaches it."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.modules import Module, known_tabs
from layouts.aria import aria
from layouts.marks import marks
from layouts.service_addresses import page_address


def tab_links(shown: Dashboard, tabs: Module, chosen: Module) -> Component:
    """A link for each tab; the chosen one says that it is."""
    items = [_item(shown, tabs, one, one is chosen) for one in tabs.modules]
    name = aria(label=tabs.title or "Views")
    return html.Nav(html.Ul(items), className="tabs", **name, **marks(stay="yes"))


def _item(shown: Dashboard, tabs: Module, one: Module, is_chosen: bool) -> Component:
    # dcc.Link cannot carry aria-current, so the tab that is chosen is an ordinary link.
    href = _address(shown, tabs, one)
    if is_chosen:
        return html.Li(html.A(one.title, href=href, **aria(current="true")))
    return html.Li(dcc.Link(one.title, href=href))


def _address(shown: Dashboard, tabs: Module, one: Module) -> str:
    """The page as it is, with another tab of these chosen."""
    inside = {tab.slug for tab in tabs.modules}
    others = [slug for slug in shown.view.tabs if slug not in inside]
    chosen = known_tabs(shown.modules, (one.slug, *others))
    return page_address(shown, shown.view.with_tabs(chosen))
