"""League tables: a short list of services with their figures and bars."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html

SMALLEST_BAR = 1.0
NOBODY = "No service has enough figures for this yet."


@dataclass(frozen=True)
class Place:
    """One service in a league: where it leads, its figure, and the figure in words."""

    name: str
    href: str
    value: float
    words: str


def bar(share: float) -> html.Span:
    """A bar of that share of the room, 0 to 1, which the words beside it say as well."""
    width = max(SMALLEST_BAR, min(100.0, share * 100))
    return html.Span(className="bar", style={"width": f"{width:.1f}%"})


def _place(place: Place, largest: float) -> html.Li:
    share = abs(place.value) / largest if largest else 0
    name = dcc.Link(place.name, href=place.href)
    return html.Li([name, html.B(place.words), bar(share)])


def league(title: str, base: str, places: Sequence[Place], level: int = 3) -> html.Div:
    """The places in order under their title, each bar in proportion to the largest of them.

    base: what it is out of, as '45 services with at least 1,000 transactions'.
    """
    heading = html.H2(title) if level == 2 else html.H3(title)
    largest = max((abs(place.value) for place in places), default=0)
    listed = html.Ol([_place(place, largest) for place in places], className="league")
    found = listed if places else html.P(NOBODY, className="empty")
    return html.Div([heading, html.P(base, className="of"), found])
