"""Publish: the data sets that whoever is signed in may publish to, and how fresh each is."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dash import dcc, html
from dash.development.base_component import Component

from kpi.publishing import Publishable
from layouts import ids
from layouts.addresses import publish_address
from layouts.aria import aria
from layouts.data_set_wording import ago, moment_in_words
from layouts.fields import search_field
from layouts.frame import title_row
from layouts.modules import empty_state
from layouts.tables import Cell, Column, data_table
from layouts.wording import counted

TITLE = "Publish figures"
DESCRIPTION = "Upload the figures of your service, or correct one of them."
LEDE = "Choose the data set that your figures belong to."
# With as many as this there is something to search.
_MANY = 10
_SHOWN_MOST = 200


def build_publish(
    found: Sequence[Publishable], of: int, words: str, now: datetime
) -> list[Component]:
    """The page. found: those that a search for ``words`` leaves, of as many as ``of``."""
    url = dcc.Location(id=ids.PUBLISH_URL, refresh="callback-nav")
    if not of:
        return [url, title_row(TITLE), _nothing()]
    search = search_field(ids.PUBLISH_Q, "Search your data sets", words)
    hidden = of < _MANY and not words
    return [
        url,
        title_row(TITLE, LEDE),
        html.Div(search, className="ask", hidden=hidden),
        html.Section(
            [_table(found, now), *_more(found)],
            className="own-data-sets",
            **aria(label="Your data sets"),
        ),
    ]


def _table(found: Sequence[Publishable], now: datetime) -> Component:
    columns = [Column("Data set"), Column("Newest figures"), Column("Last written")]
    rows = [_row(one, now) for one in found[:_SHOWN_MOST]]
    empty = "None of your data sets matches that."
    caption = counted(len(found), "data set")
    return data_table(columns, rows, caption, empty=empty)


def _row(one: Publishable, now: datetime) -> list[Cell]:
    link = dcc.Link(one.title, href=publish_address(one.group, one.type))
    told = one.service and one.service not in one.title
    service: list[Component] = [html.Span(one.service, className="of")] if told else []
    newest = "none yet"
    if one.newest:
        newest = f"{moment_in_words(one.newest)}, {ago(one.newest, now)}"
    late = [html.Span("Late", className="late")] if one.late else []
    written = ago(one.updated_at, now) if one.updated_at else "never"
    return [_stacked([link, *service]), _stacked([newest, *late]), written]


def _stacked(parts: list[Component | str]) -> Component:
    return html.Div(parts, className="stacked")


def _more(found: Sequence[Publishable]) -> list[Component]:
    more = len(found) - _SHOWN_MOST
    return [html.P(f"And {more:,} more: search for yours.", className="of")] if more > 0 else []


def _nothing() -> Component:
    return empty_state(
        "You may not publish to any data set yet.",
        html.P(
            "Ask whoever runs this platform to let you publish for your service or organisation."
        ),
    )
