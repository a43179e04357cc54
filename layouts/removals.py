"""The filters that are set, each as a link that removes it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from layouts.marks import marks

# What is filtered by in words, and the address without it.
Removal = tuple[str, str]


def removals(found: Sequence[Removal], cleared: str, leads_to: str) -> Component | None:
    """A link for each filter that is set; None where none is.

    cleared: the address without any. leads_to: the id of what takes the focus.
    """
    if not found:
        return None
    links = [html.Li(dcc.Link([_removes(), words], href=href)) for words, href in found]
    if len(found) > 1:
        links.append(html.Li(dcc.Link("Remove all filters", href=cleared, className="all")))
    return html.Ul(links, className="chosen", **marks(leads_to=leads_to))


def _removes() -> html.Span:
    return html.Span("Remove filter: ", className="visually-hidden")
