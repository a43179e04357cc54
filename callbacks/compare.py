"""Wiring of the comparison page: the address says all; search and periods write the address."""

from __future__ import annotations

from dataclasses import replace

from dash import Dash, Input, Output, State, no_update
from dash._pages import _parse_query_string
from dash.development.base_component import Component

from callbacks import pages
from callbacks.platform import platform, viewer
from data.comparison_candidates import CandidateQuery
from data.comparisons import ComparisonQuery, comparison
from data.previews import visible
from data.selection import Selection
from kpi.comparisons import Comparison
from layouts import ids
from layouts.compare import DESCRIPTION, TITLE, build_compare
from layouts.compare_address import PATH, CompareAddress, chosen, parse, unknown_in_words
from layouts.embed_addresses import keeping_controls
from layouts.given import Parameters


def register(app: Dash) -> None:
    """Register the page and its callbacks."""
    page = pages.Page(
        name="compare",
        path=PATH,
        section=PATH,
        content=_content,
        title=TITLE,
        description=DESCRIPTION,
    )
    pages.register(page)
    _register_search(app)
    _register_periods(app)


def _register_search(app: Dash) -> None:
    @app.callback(
        # A location of the page's own: one that comes and goes with the fields is not written
        # when they come.
        Output(ids.COMPARE_URL, "search"),
        Input(ids.COMPARE_Q, "value"),
        State(ids.COMPARE_URL, "search"),
        prevent_initial_call=True,
    )
    def _search(q: str | None, search: str | None) -> object:
        before, _ = parse(_parse_query_string(search or ""))
        after = replace(before, q=(q or "").lstrip())
        return no_update if after == before else keeping_controls(after.search, search)


def _register_periods(app: Dash) -> None:
    @app.callback(
        Output(ids.COMPARE_URL, "search", allow_duplicate=True),
        {
            "period": Input(ids.COMPARE_PERIOD, "value"),
            "from": Input(ids.COMPARE_FROM, "value"),
            "to": Input(ids.COMPARE_TO, "value"),
        },
        State(ids.COMPARE_OPENING, "data"),
        State(ids.COMPARE_URL, "search"),
        prevent_initial_call=True,
    )
    def _choose(
        values: dict[str, str | None], opening: dict[str, str], search: str | None
    ) -> object:
        before, _ = parse(_parse_query_string(search or ""))
        after = chosen(before, values, opening)
        return no_update if after == before else keeping_controls(after.search, search)


def asked_for(given: Parameters) -> tuple[CompareAddress, Comparison | None, list[str]]:
    """What an address asks for, what is known of it, and what of it cannot be given."""
    asked, unread = parse(given)
    abouts, unknown = _seen(asked.services)
    wanted = replace(asked, services=tuple(about.service for about in abouts))
    shown = _compared(abouts, wanted) if abouts else None
    return wanted, shown, [*unread, *unknown_in_words(unknown)]


def _content(**given: str | list[str]) -> list[Component]:
    wanted, shown, notes = asked_for(given)
    query = CandidateQuery(wanted.services, " ".join(wanted.q.split()))
    return build_compare(wanted, shown, platform().reader.run(query), notes)


def _seen(slugs: tuple[str, ...]) -> tuple[list[Selection], list[str]]:
    """The services as whoever asks may see them, and those that are not there for them."""
    found = {slug: visible(platform().reader, slug, viewer()) for slug in slugs}
    unknown = [slug for slug, about in found.items() if about is None]
    return [about for about in found.values() if about is not None], unknown


def _compared(abouts: list[Selection], wanted: CompareAddress) -> Comparison:
    previews = tuple(about.service for about in abouts if about.preview)
    query = ComparisonQuery(wanted.services, previews, wanted.wanted)
    return comparison(platform().reader, query)
