"""A service's page: what it is, its KPIs, how it is used, and what is behind the figures."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from dash import dcc, html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.periods import Period
from layouts import ids
from layouts.addresses import annotations_address, organisation_address, share_links_address
from layouts.annotation_marks import annotated
from layouts.compare_address import compare_with
from layouts.dashboard_modules import dashboard_modules
from layouts.frame import Way, breadcrumbs, title_row
from layouts.modules import empty_state
from layouts.notes import one_line
from layouts.screen import screen_address
from layouts.service_about import about_module
from layouts.service_addresses import kpis_csv, page_address, shared_address
from layouts.service_cards import service_cards
from layouts.service_filters import channel_in_words, service_filters
from layouts.sharing import share_button
from layouts.spans import span_in_words


@dataclass(frozen=True)
class Access:
    """Why whoever asks sees the service, and what they may do with it.

    may_publish: whether they may annotate it. hidden: whether it is not published. until: the last
    day that the link shows it that they came by; None where they need none.
    """

    may_publish: bool = False
    hidden: bool = False
    until: date | None = None


def build_service(shown: Dashboard, now: datetime, access: Access | None = None) -> list[Component]:
    """The whole page.

    now: what live users are told by. access: None where everyone sees it.
    """
    access = access or Access()
    content = [
        _breadcrumbs(shown),
        title_row(shown.name, lede(shown), _buttons(shown, access)),
        dcc.Location(id=ids.SERVICE_URL, refresh="callback-nav"),
        _hidden(access),
        service_filters(shown),
        notes(shown),
        *annotated(figures(shown, now), shown.annotations, shown.slug, shown.view.link),
        about_module(shown),
    ]
    return [part for part in content if part is not None]


def description(name: str, about: str, department: str) -> str:
    """The page's description for search engines and link previews."""
    sentence = one_line(about) or f"A service of {department}."
    return f"{name}: cost, satisfaction, completion and digital take-up. {sentence}"


def _breadcrumbs(shown: Dashboard) -> Component:
    """From the Overview to what is shown: each filter is a step, and the step before undoes it."""
    row, view = shown.service, shown.view
    ways = [Way("Overview", "/"), _organisation(row["department_name"], row["department"])]
    if row["agency"] and row["agency_name"] != row["department_name"]:
        ways.append(_organisation(row["agency_name"], row["agency"]))
    everything = view.without_span().of_channel("")
    ways.append(Way(shown.name, page_address(shown, everything)))
    if view.channel:
        every_time = page_address(shown, view.without_span())
        ways.append(Way(channel_in_words(view.channel), every_time))
    if view.is_narrowed and view.first and view.last:
        ways.append(Way(span_in_words(view.first, view.last)))
    return breadcrumbs(ways)


def _organisation(name: str, slug: str) -> Way:
    return Way(str(name), organisation_address(str(slug)))


def lede(shown: Dashboard) -> Component:
    """What the service is, in a line, and where it is used."""
    words = one_line(str(shown.service["description"] or ""))
    url = str(shown.service["url"] or "")
    if not url.startswith(("https://", "http://")):
        return html.Span(words)
    return html.Span([f"{words} " if words else "", html.A("Go to the service", href=url)])


def _hidden(access: Access) -> Component | None:
    """That not everyone sees the page, and for how long whoever has the link does."""
    if not access.hidden:
        return None
    words: list[Component | str] = [html.Strong("Not published.")]
    if access.until:
        words.append(f" This link shows it until {Period('day', access.until).label}.")
    else:
        words.append(" Only those who publish for it see this page.")
    return html.P(words, className="not-published")


def _buttons(shown: Dashboard, access: Access) -> Component:
    csv_href = kpis_csv(shown)
    share = share_button(shared_address(shown), shown.name, csv_href)
    save = html.A("Download CSV", href=csv_href, className="btn btn-outline-primary")
    compare = dcc.Link(
        "Compare", href=compare_with(shown.slug), className="btn btn-outline-primary"
    )
    note = dcc.Link("Annotate", href=annotations_address(shown.slug))
    links = dcc.Link("Show it to others", href=share_links_address(shown.slug))
    wall = html.A("Big screen", href=screen_address(page_address(shown)))
    more = [note] if access.may_publish else []
    more += [links] if access.may_publish and access.hidden else []
    # A link shows this service alone, for a while: nothing to compare it with, and no screen stays.
    found = [share, save] if shown.view.link else [share, compare, save, *more, wall]
    return html.Div(found, className="buttons")


def notes(shown: Dashboard) -> Component | None:
    """What of the address could not be given, in sentences."""
    if not shown.view.notes:
        return None
    said = [html.P(note) for note in shown.view.notes]
    return html.Div(said, className="empty-state", role="status")


def figures(shown: Dashboard, now: datetime) -> list[Component]:
    """The modules; of a service that has reported nothing, the cards and what to do next."""
    if shown.view.first is None and _is_silent(shown):
        words = "Nothing has been reported for this service yet."
        return [service_cards(shown), empty_state(words, _next(shown))]
    return dashboard_modules(shown, now)


def _is_silent(shown: Dashboard) -> bool:
    """Whether nothing below the cards would say that it is not reported."""
    below = [one for one in shown.modules if one.type != "kpi"]
    return bool(below) and all(one.hides for one in below)


def _next(shown: Dashboard) -> Component:
    said = ["Other services of ", shown.service["department_name"]]
    href = organisation_address(str(shown.service["department"]))
    return html.P(dcc.Link(said, href=href))
