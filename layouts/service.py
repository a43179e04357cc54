"""A service's page: what it is, its KPIs, how it is used, and what is behind the figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from kpi.dashboard import COST, Dashboard
from kpi.definitions import HEADLINE, Kpi
from layouts import ids
from layouts.addresses import annotations_address, organisation_address
from layouts.annotation_marks import annotated
from layouts.compare_address import compare_with
from layouts.frame import Way, breadcrumbs, title_row
from layouts.modules import empty_state, module, side_by_side
from layouts.notes import one_line
from layouts.own_kpis import own_cards, own_modules
from layouts.service_about import about_module
from layouts.service_addresses import kpis_csv, page_address
from layouts.service_cards import NOT_SPLIT, service_cards
from layouts.service_filters import channel_in_words, service_filters
from layouts.service_journey import journey_module
from layouts.service_kpis import SATISFACTION, cost_module, kpi_module
from layouts.service_projections import coming_module
from layouts.service_satisfaction import satisfaction_module
from layouts.service_use import channels_module, live_module
from layouts.spans import span_in_words
from layouts.suppressed import too_few

NOT_REPORTED = "not reported"
RATES = ("completion-rate", "digital-take-up")


def build_service(shown: Dashboard, now: datetime, *, may_publish: bool = False) -> list[Component]:
    """The whole page. may_publish: whether whoever asks may annotate the service."""
    content = [
        _breadcrumbs(shown),
        title_row(shown.name, _lede(shown), _buttons(shown, may_publish)),
        dcc.Location(id=ids.SERVICE_URL, refresh="callback-nav"),
        service_filters(shown),
        _notes(shown),
        *annotated(_figures(shown, now), shown.annotations, shown.slug),
        about_module(shown, now),
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


def _lede(shown: Dashboard) -> Component:
    words = one_line(str(shown.service["description"] or ""))
    url = str(shown.service["url"] or "")
    if not url.startswith(("https://", "http://")):
        return html.Span(words)
    return html.Span([f"{words} " if words else "", html.A("Go to the service", href=url)])


def _buttons(shown: Dashboard, may_publish: bool) -> Component:
    share = html.A(
        html.Span("Share", className="said"),
        href=page_address(shown),
        className="share btn btn-primary",
    )
    save = html.A("Download CSV", href=kpis_csv(shown), className="btn btn-outline-primary")
    compare = dcc.Link(
        "Compare", href=compare_with(shown.slug), className="btn btn-outline-primary"
    )
    note = dcc.Link("Annotate", href=annotations_address(shown.slug))
    more = [note] if may_publish else []
    return html.Div([share, compare, save, *more], className="buttons")


def _notes(shown: Dashboard) -> Component | None:
    """What of the address could not be given, in sentences."""
    if not shown.view.notes:
        return None
    said = [html.P(note) for note in shown.view.notes]
    return html.Div(said, className="empty-state", role="status")


def _figures(shown: Dashboard, now: datetime) -> list[Component | None]:
    if shown.view.first is None:
        words = "Nothing has been reported for this service yet."
        return [service_cards(shown), empty_state(words, _next(shown))]
    whole = not shown.view.channel
    return [
        service_cards(shown),
        own_cards(shown),
        journey_module(shown) if whole else None,
        channels_module(shown),
        coming_module(shown),
        *_pairs(_if_any(shown, SATISFACTION, satisfaction_module), live_module(shown, now)),
        *_pairs(*(_if_any(shown, slug, kpi_module) for slug in RATES)),
        _if_any(shown, COST, cost_module),
        *own_modules(shown),
        _absent(shown),
    ]


def _next(shown: Dashboard) -> Component:
    said = ["Other services of ", shown.service["department_name"]]
    href = organisation_address(str(shown.service["department"]))
    return html.P(dcc.Link(said, href=href))


def _has_figures(shown: Dashboard, slug: str) -> bool:
    """Whether a KPI has anything to draw in what is shown."""
    if shown.latest[slug].status == "not applicable":
        return False
    frame = shown.cost if slug == COST else shown.lines[slug]
    return bool(frame["value"].notna().any())


def _if_any(
    shown: Dashboard, slug: str, build: Callable[[Dashboard, str], Component]
) -> Component | None:
    return build(shown, slug) if _has_figures(shown, slug) else None


def _pairs(*modules: Component | None) -> list[Component]:
    """Two modules side by side, or the one there is."""
    found = [one for one in modules if one is not None]
    return [side_by_side(found)] if len(found) > 1 else found


def _absent(shown: Dashboard) -> Component | None:
    """The KPIs that have no chart, and why: one line each."""
    absent = [kpi for kpi in HEADLINE if not _has_figures(shown, kpi.slug)]
    said = [html.Li(f"{kpi.name}: {_reason(shown, kpi)}") for kpi in absent]
    return module("no-figures", "Not shown here", html.Ul(said)) if said else None


def _reason(shown: Dashboard, kpi: Kpi) -> str:
    if kpi.slug not in shown.reported:
        return NOT_REPORTED
    if shown.view.channel and not kpi.by_channel:
        return NOT_SPLIT
    if shown.latest[kpi.slug].status == "suppressed":
        return f"suppressed, {too_few(kpi)} in each {shown.view.period} of what is shown"
    return f"no figures for each {shown.view.period} in what is shown"
