"""Wiring of the Overview: the period in the address, and the select that changes it."""

from __future__ import annotations

from dash import Dash, Input, Output, State, no_update
from dash.development.base_component import Component

from callbacks import pages
from callbacks.platform import platform
from data.overview import overview
from data.selection import Selection
from kpi.overview import Overview
from kpi.periods import Period, day_of
from layouts import ids
from layouts.addresses import search_of
from layouts.embed_addresses import keeping_controls
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
        State(ids.PERIOD_URL, "search"),
        prevent_initial_call=True,
    )
    def _choose_period(value: str | None, search: str | None) -> object:
        return keeping_controls(search_of({"period": value}), search) if value else no_update


def parse_period(text: object) -> tuple[Period | None, str]:
    """The period of an address such as 'year:2016-10-01', and what was not understood."""
    if not text:
        return None, ""
    name, _, start = str(text).partition(":")
    try:
        return Period(name, day_of(start)), ""
    except ValueError as error:
        return None, f"The period {text!r} was not understood ({error}), so the latest is shown."


def answer_of(period: object) -> tuple[Overview | None, str]:
    """What is known of an address's period, and what of it was not understood."""
    here = platform()
    asked, notice = parse_period(period)
    return overview(here.reader, here.settings, Selection(), asked), notice


def _content(period: str = "", **_others: object) -> list[Component]:
    answer, notice = answer_of(period)
    if answer is None:
        return build_empty()
    return build_overview(answer, platform().reader.now(), notice)
