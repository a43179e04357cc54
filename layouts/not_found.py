"""What is shown where there is no page, or where it cannot be shown now."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from layouts.frame import title_row

TITLE = "Page not found"
DESCRIPTION = "There is no page at this address."
AWAY_TITLE = "Try again soon"


def build_not_found(looked_for: str = "") -> list[Component]:
    """A helpful 404: what was looked for, and where to go from here."""
    return [
        title_row(TITLE, looked_for or DESCRIPTION),
        html.P(
            "If you typed the address, check that it is right. If you followed a link, the"
            " service, organisation or data set may have been renamed or removed."
        ),
        html.Ul(
            [
                html.Li(dcc.Link("Search all services", href="/services")),
                html.Li(dcc.Link("Search all data sets", href="/data")),
                html.Li(dcc.Link("See how services perform", href="/")),
            ]
        ),
    ]


def build_failure() -> list[Component]:
    """Something broke: say so plainly; the exception is in the log."""
    return [
        title_row("Sorry, this page could not be shown", "Something went wrong on our side."),
        html.P("No figures were lost. Try again in a few minutes."),
        html.P(dcc.Link("See how services perform", href="/")),
    ]


def build_away() -> list[Component]:
    """The database is away or busy, so that nothing can be shown, nor written."""
    return [
        html.Main(
            [
                title_row(AWAY_TITLE, "The database cannot be reached, or is busy."),
                html.P("Nothing was written. Try again in half a minute."),
            ],
            className="container",
        )
    ]
