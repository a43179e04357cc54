"""Wiring of the page with the data sets that someone may publish to."""

from __future__ import annotations

from dash import Dash, Input, Output
from dash.development.base_component import Component

from callbacks import pages
from callbacks.platform import platform
from data.publishing.listing import publishable, searched
from layouts import ids
from layouts.addresses import search_of
from layouts.frame import PUBLISH_HREF
from layouts.publish import DESCRIPTION, TITLE, build_publish


def register(app: Dash) -> None:
    """Register the page and its search."""
    page = pages.Page(
        name="publish",
        path=PUBLISH_HREF,
        content=_content,
        title=TITLE,
        description=DESCRIPTION,
        personal=True,
    )
    pages.register(page)

    @app.callback(
        Output(ids.PUBLISH_URL, "search"),
        Input(ids.PUBLISH_Q, "value"),
        prevent_initial_call=True,
    )
    def _search(words: str | None) -> str:
        return search_of({"q": " ".join((words or "").split())})


def _content(q: str | list[str] = "", **_others: object) -> list[Component]:
    here, words = platform(), q if isinstance(q, str) else q[-1]
    found = publishable(here.engine, pages.signed_in(), here.reader.now())
    return build_publish(searched(found, words), len(found), words, here.reader.now())
