"""What is shown where there is no page, or where it cannot be shown now."""

from __future__ import annotations

from dash import dcc, html
from dash.development.base_component import Component

from layouts.frame import title_row

TITLE = "Page not found"
DESCRIPTION = "There is no page at this address."
LINK_TITLE = "This link does not work"
AWAY_TITLE = "Try again soon"
TOO_MANY_TITLE = "Too many requests"
TOO_LARGE_TITLE = "Too large"
UNREADABLE_TITLE = "This could not be read"
UNREADABLE = "Nothing was changed. Load the page again, then try once more."
FAILURE = "Sorry, this page could not be shown"
LOGGED = "Something went wrong on our side, and has been logged."
TELL = "If it happens again, tell whoever runs this platform this number:"


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


def build_link_refused(why: str) -> list[Component]:
    """A link that shows nothing: what may be wrong with it, and what to do."""
    return [
        title_row(LINK_TITLE, why),
        html.P("If you copied the address, check that nothing is missing at its end."),
        html.P(dcc.Link("See how published services perform", href="/services")),
    ]


def build_failure() -> list[Component]:
    """Something broke: say so plainly; the exception is in the log."""
    return [
        title_row(FAILURE, "Something went wrong on our side."),
        html.P("No figures were lost. Try again in a few minutes."),
        html.P(dcc.Link("See how services perform", href="/")),
    ]


def build_refused(title: str, sentence: str) -> list[Component]:
    """What was asked is not answered: why, and what to do about it."""
    return [html.Main([html.H1(title), html.P(sentence)], className="container")]


def build_too_slow(sentence: str) -> list[Component]:
    """The figures of a page took too long."""
    return [title_row(FAILURE, sentence), html.P(dcc.Link("See how services perform", href="/"))]
