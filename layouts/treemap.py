"""Every service by size: a map of areas in which each one is a link, and a list on a phone."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan

import squarify
from dash import dcc, html

from layouts import colours
from layouts.wording import count_said

WIDTH, HEIGHT = 1100, 410
SMALLEST_WIDTH, SMALLEST_HEIGHT = 120, 56
MOST_DRAWN = WIDTH * HEIGHT // (SMALLEST_WIDTH * SMALLEST_HEIGHT)
MOST_LISTED = 40
NOTHING = "No volumes reported for this period."


@dataclass(frozen=True)
class Area:
    """One department, agency or service: its short name, where it leads, how big, how digital.

    size: transactions. take_up: proportion 0 to 1, None where not reported.
    full_name: said to screen readers and shown on hover, where the name is an abbreviation.
    """

    name: str
    href: str
    size: float
    take_up: float | None
    full_name: str = ""


@dataclass(frozen=True)
class Shade:
    """A class of digital take-up: its name in CSS, from which share on, colour and words."""

    name: str
    least: float
    colour: str
    words: str


SHADES = (
    Shade("high", 0.9, colours.TAKE_UP_HIGH, "90% or more"),
    Shade("good", 0.75, colours.TAKE_UP_GOOD, "75 to 89%"),
    Shade("middling", 0.5, colours.TAKE_UP_MIDDLING, "50 to 74%"),
    Shade("low", 0.0, colours.TAKE_UP_LOW, "under 50%"),
)
UNKNOWN = Shade("unknown", 0.0, colours.TAKE_UP_UNKNOWN, "not reported")


def shade_of(take_up: float | None) -> Shade:
    """The class of a take-up (0 to 1), by the percentage as it is shown."""
    if take_up is None or isnan(take_up):
        return UNKNOWN
    shown = round(take_up, 2)
    return next(shade for shade in SHADES if shown >= shade.least)


def digital_in_words(take_up: float | None) -> str:
    """'96% digital', or 'digital not reported'."""
    if take_up is None or isnan(take_up):
        return "digital not reported"
    return f"{take_up:.0%} digital"


Rectangle = dict[str, float]


def _rectangles(areas: Sequence[Area]) -> list[Rectangle]:
    sizes = squarify.normalize_sizes([area.size for area in areas], WIDTH, HEIGHT)
    found: list[Rectangle] = squarify.squarify(sizes, 0, 0, WIDTH, HEIGHT)
    return found


def _large_enough(rectangle: Rectangle) -> bool:
    return rectangle["dx"] >= SMALLEST_WIDTH and rectangle["dy"] >= SMALLEST_HEIGHT


def split_by_size(areas: Sequence[Area]) -> tuple[list[Area], list[Area]]:
    """The areas that can be drawn large enough to choose and read, and the rest; largest first.

    Areas without a size are in neither.
    """
    known = [area for area in areas if area.size > 0]
    ordered = sorted(known, key=lambda area: area.size, reverse=True)
    for drawn in range(min(len(ordered), MOST_DRAWN), 1, -1):
        if all(map(_large_enough, _rectangles(ordered[:drawn]))):
            return ordered[:drawn], ordered[drawn:]
    return ordered[:1], ordered[1:]


def _place(rectangle: Rectangle) -> dict[str, str]:
    return {
        "left": f"{rectangle['x'] / WIDTH * 100:.3f}%",
        "top": f"{rectangle['y'] / HEIGHT * 100:.3f}%",
        "width": f"{rectangle['dx'] / WIDTH * 100:.3f}%",
        "height": f"{rectangle['dy'] / HEIGHT * 100:.3f}%",
    }


def _words(area: Area) -> list[html.B | html.Span]:
    full = f" ({area.full_name})" if area.full_name and area.full_name != area.name else ""
    unseen = f"{full}, {count_said(area.size)} transactions, "
    return [
        html.B(area.name),
        html.Span(unseen, className="visually-hidden"),
        html.Span(digital_in_words(area.take_up), className="share"),
    ]


def _cell(area: Area, rectangle: Rectangle) -> html.Li:
    name = f"area {shade_of(area.take_up).name}"
    title = area.full_name or area.name
    link = dcc.Link(_words(area), href=area.href, className=name, title=title)
    return html.Li(link, style=_place(rectangle))


def _smaller(areas: Sequence[Area], rest_href: str) -> html.Details | html.P:
    words = f"and {len(areas):,} smaller {'one' if len(areas) == 1 else 'ones'}"
    if rest_href and len(areas) > MOST_LISTED:
        return html.P(dcc.Link(words, href=rest_href), className="smaller")
    items = [
        html.Li(
            [
                dcc.Link(area.full_name or area.name, href=area.href),
                f" {count_said(area.size)}, {digital_in_words(area.take_up)}",
            ]
        )
        for area in areas
    ]
    return html.Details([html.Summary(words), html.Ul(items)], className="smaller")


def treemap(areas: Sequence[Area], rest_href: str = "") -> html.Div:
    """One level of the tree: the largest areas drawn to size, the others in a list below.

    rest_href: where to find the others when there are more than forty of them.
    What is drawn is at least 70 by 56 px on the narrowest screen that shows the map (700 px).
    """
    drawn, smaller = split_by_size(areas)
    if not drawn:
        return html.Div(html.P(NOTHING, className="empty"))
    cells = [_cell(*pair) for pair in zip(drawn, _rectangles(drawn), strict=True)]
    found = [html.Ul(cells, className="treemap"), treemap_key()]
    return html.Div([*found, _smaller(smaller, rest_href)] if smaller else found)


def treemap_key() -> html.P:
    """What the colours mean, in words."""
    swatches = [
        html.Span([html.Span(className=f"swatch {shade.name}"), shade.words], className="entry")
        for shade in (*SHADES, UNKNOWN)
    ]
    return html.P([html.Span("Done digitally:"), *swatches], className="key")
