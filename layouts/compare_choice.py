"""Which services are compared: those that are, with a way to remove each, and others to add."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pandas as pd
from dash import dcc, html
from dash.development.base_component import Component

from kpi.comparisons import MOST
from kpi.views import View
from layouts import ids
from layouts.aria import aria
from layouts.compare_address import PATH, CompareAddress, opening_data
from layouts.fields import filters, radio_field, search_field, select_field
from layouts.marks import marks
from layouts.spans import LENGTHS, span_in_words
from layouts.wording import capitalised, counted

FULL = "Six services are compared, which is the most there can be. Remove one to add another."


def choice(
    wanted: CompareAddress, names: Mapping[str, str], candidates: pd.DataFrame
) -> html.Section:
    """The services that are compared and how to change them.

    names: by slug, in order. candidates: slug, name, department_name of those that can be added.
    """
    words = f"{counted(len(names), 'service')} compared." if names else "Choose up to six services."
    # assets/staying.js says it to a screen reader whenever it changes.
    said = html.P(words, id=ids.COMPARE_CHOSEN, tabIndex=-1, **marks(announce="true"))
    above = html.Div([said, *([_chosen(wanted, names)] if names else [])], className="results")
    add = [html.P(FULL)] if len(names) >= MOST else _add(wanted, names, candidates)
    return html.Section([above, *add], **aria(label="Services compared"))


def _chosen(wanted: CompareAddress, names: Mapping[str, str]) -> html.Ul:
    links = [
        html.Li(dcc.Link([_hidden("Remove "), name], href=wanted.without(slug).href))
        for slug, name in names.items()
    ]
    clear = dcc.Link(["Clear", _hidden(" all services")], href=PATH, className="all")
    return html.Ul([*links, html.Li(clear)], className="chosen", **_leads())


def _leads() -> dict[str, Any]:
    return marks(leads_to=ids.COMPARE_CHOSEN)


def _hidden(words: str) -> html.Span:
    return html.Span(words, className="visually-hidden")


def _add(
    wanted: CompareAddress, names: Mapping[str, str], candidates: pd.DataFrame
) -> list[Component]:
    field = search_field(ids.COMPARE_Q, "Add a service", wanted.q, "By its name or department")
    found = html.Div(_candidates(wanted, names, candidates))
    return [html.Div([html.Div(field), found], className="split")]


def _candidates(
    wanted: CompareAddress, names: Mapping[str, str], candidates: pd.DataFrame
) -> list[Component]:
    if candidates.empty:
        words = f"No other service matches ‘{wanted.q}’." if wanted.q else "There is no other."
        return [html.P(words, className="of")]
    likest = [*names.values()][-1:]
    title = "Found" if wanted.q else f"Like {likest[0]}" if likest else "Used most"
    rows = zip(candidates["slug"], candidates["name"], candidates["department_name"], strict=True)
    links = [
        html.Li(
            [
                dcc.Link(f"Add {name}", href=wanted.added(slug).href),
                *([html.Span(f" {department}", className="of")] if wanted.q else []),
            ]
        )
        for slug, name, department in rows
    ]
    return [
        html.P(title, className="of"),
        html.Ul(links, className="candidates", **_leads()),
    ]


def periods(view: View) -> Component | None:
    """The band in which the length and the span of time are chosen: only what has figures."""
    if not view.first or not view.last:
        return None
    lengths = [(name, LENGTHS[name]) for name in view.lengths]
    options = [(one.start.isoformat(), capitalised(one.label)) for one in view.periods]
    ends = ((ids.COMPARE_FROM, "From", view.first), (ids.COMPARE_TO, "To", view.last))
    fields: list[Component] = [
        radio_field(ids.COMPARE_PERIOD, "Compare by", lengths, view.period),
        *(select_field(id, words, options, end.start.isoformat()) for id, words, end in ends),
        dcc.Store(id=ids.COMPARE_OPENING, data=opening_data(view)),
    ]
    return filters(fields, f"{LENGTHS[view.period]}, {span_in_words(view.first, view.last)}")
