"""Which periods of a journey are laid side by side: often asked for ones, or one's own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import dash_bootstrap_components as dbc
from dash import dcc, html
from dash.development.base_component import Component

from kpi.journeys import Asked, Journey
from kpi.periods import Period
from layouts import ids
from layouts.fields import date_field

# The address of the page with another comparison.
Address = Callable[[Asked], str]
FEW = 4
FIELDS = (
    (ids.SERVICE_JOURNEY_FROM, "Show from"),
    (ids.SERVICE_JOURNEY_TO, "Show to"),
    (ids.SERVICE_AGAINST_FROM, "Compare from"),
    (ids.SERVICE_AGAINST_TO, "Compare to"),
)


def presets(found: Journey) -> list[tuple[str, Asked]]:
    """Comparisons that are often asked for, of those that lie in what was reported."""
    if found.reach is None or found.first is None or found.last is None:
        return []
    newest, name, stage = found.reach[1], found.reach[1].name, found.asked.stage
    few = _back(newest, FEW - 1)
    choices = [
        (f"The latest {name} with the {name} before", (newest, newest), _run_before(newest, 1)),
        (f"The latest {FEW} {name}s with the {FEW} before", (few, newest), _run_before(few, FEW)),
    ]
    shown = (found.first, found.last)
    earlier = (found.first.year_before, found.last.year_before)
    words = f"The {name}s shown with the same {name}s a year before"
    possible = [(words, shown, earlier), *choices]
    return [
        (said, Asked(stage, _days(now) if now != shown else found.asked.span, _days(then)))
        for said, now, then in possible
        if then[0] >= found.reach[0]
    ]


def _back(period: Period, steps: int) -> Period:
    for _ in range(steps):
        period = period.previous
    return period


def _run_before(period: Period, length: int) -> tuple[Period, Period]:
    return _back(period, length), period.previous


def _days(span: tuple[Period, Period]) -> tuple[date, date]:
    return span[0].start, span[1].start


def comparing(found: Journey, address: Address) -> html.Details | None:
    """The choice of what to compare: links, and two pairs of days. None where there is one period.

    Each day stands for the week (or month) that it lies in.
    """
    if found.reach is None or found.first is None or found.reach[0] == found.reach[1]:
        return None
    links = [html.Li(dcc.Link(said, href=address(asked))) for said, asked in presets(found)]
    stop = Asked(found.asked.stage)
    if found.asked != stop:
        words = "Stop comparing" if found.asked.against else "Show the latest instead"
        links.append(html.Li(dcc.Link(words, href=address(stop))))
    return html.Details(
        [
            html.Summary("Compare with another period"),
            html.Ul(links, className="choices-of-time"),
            _form(found),
        ],
        className="behind",
        open=found.against is not None,
    )


def _form(found: Journey) -> Component:
    assert found.reach is not None, "there are no days to choose from"
    least, most = found.reach[0].start.isoformat(), found.reach[1].start.isoformat()
    other = found.against if found.against and found.against.first else None
    ends = [found.first, found.last]
    ends += [other.first, other.last] if other else [None, None]
    fields: list[Component] = [
        date_field(id, label, end.start.isoformat() if end else "", least, most)
        for (id, label), end in zip(FIELDS, ends, strict=True)
    ]
    button = dbc.Button(
        "Compare", id=ids.SERVICE_COMPARE, color="primary", outline=True, n_clicks=0
    )
    return html.Div([*fields, button], className="fields")
