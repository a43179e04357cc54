"""Wiring of the journey on a service's page: the days to compare write the address."""

from __future__ import annotations

from datetime import date

from dash import Dash, Input, Output, State, no_update
from dash._pages import _parse_query_string

from callbacks.service import JOURNEY, texts_of
from kpi.journeys import Asked
from kpi.periods import day_of
from layouts import ids
from layouts.addresses import search_of
from layouts.journey_choices import FIELDS


def register(app: Dash) -> None:
    """Register its callback."""

    @app.callback(
        Output(ids.SERVICE_URL, "search", allow_duplicate=True),
        inputs={"clicks": Input(ids.SERVICE_COMPARE, "n_clicks")},
        state={
            "days": [State(id, "value") for id, _ in FIELDS],
            "search": State(ids.SERVICE_URL, "search"),
        },
        prevent_initial_call=True,
    )
    def _compare(clicks: int | None, days: list[str | None], search: str) -> object:
        return compared(days, search) if clicks else no_update


def compared(days: list[str | None], search: str | None) -> object:
    """The query with two periods laid side by side; no update where there are not two of them.

    days: from and to of what is shown and of what it is compared with, as ISO dates. A single
    day of a pair is both of its ends.
    """
    spans = [_span(days[place], days[place + 1]) for place in (0, 2)]
    if None in spans:
        return no_update
    before = _parse_query_string(search or "")
    kept = {name: value for name, value in before.items() if name not in JOURNEY}
    stage = texts_of(search).get("stage", "")
    return search_of({**kept, **Asked(stage, *spans).parameters})


def _span(first: str | None, last: str | None) -> tuple[date, date] | None:
    try:
        ends = sorted(day_of(day) for day in (first or last, last or first) if day)
    except ValueError:
        return None
    return (ends[0], ends[1]) if ends else None
