"""Wiring of the Overview: the period in the address, and the select that changes it."""

from __future__ import annotations

from datetime import date

from dash import Dash, Input, Output, no_update
from dash.development.base_component import Component

from callbacks import pages
from callbacks.platform import platform
from data.overview import overview
from data.selection import Selection
from kpi.periods import Period
from layouts import ids
from layouts.addresses import search_of
from layouts.overview import DESCRIPTION, TITLE, build_empty, build_overview


def register(app: Dash) -> None:
    """Register the page, and the period select of this and the organisations' pages."""
    page = pages.Page(
        name="overview",
        path="/",
        section="/",
        content=_content,
        title=TITLE,
        description=DESCRIPTION,
        screen=True,
    )
    pages.register(page)

    @app.callback(
        # A location of the page's own: one that comes with the select is not written when it comes.
        Output(ids.PERIOD_URL, "search"),
        Input(ids.PERIOD_CHOICE, "value"),
        prevent_initial_call=True,
    )
    def _choose_period(value: str | None) -> object:
        return search_of({"period": value}) if value else no_update


def parse_period(text: object) -> tuple[Period | None, str]:
    """The period of an address such as 'year:2016-10-01', and what was not understood."""
    if not text:
        return None, ""
    name, _, start = str(text).partition(":")
    try:
        return Period(name, date.fromisoformat(start)), ""
    except ValueError as error:
        return None, f"The period {text!r} was not understood ({error}), so the latest is shown."


def _content(period: str = "", **_others: object) -> list[Component]:
    here = platform()
    asked, notice = parse_period(period)
    answer = overview(here.reader, here.settings, Selection(), asked)
    if answer is None:
        return build_empty()
    return build_overview(answer, here.reader.now(), notice)
