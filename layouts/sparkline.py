"""Trend lines small enough for a card or a table row: an inline picture, no chart library."""

import math
from collections.abc import Iterator, Sequence
from itertools import groupby
from urllib.parse import quote

from dash import html

from kpi.definitions import Kpi
from layouts import colours
from layouts.wording import said

WIDTH, HEIGHT, EDGE = 220, 44, 5
Values = Sequence[float | None]
# The lowest and the highest value that are normal, at each place; None where not known.
Band = Sequence[tuple[float, float] | None]


def _finite(values: Values) -> list[float | None]:
    return [None if v is None or math.isnan(v) else float(v) for v in values]


class _Scale:
    """From values to places in the picture; a level line runs through the middle."""

    def __init__(self, values: Sequence[float | None], band: Band) -> None:
        known = [v for v in values if v is not None] + [v for ends in band if ends for v in ends]
        self.low, self.high = min(known), max(known)
        self.step = (WIDTH - 2 * EDGE) / max(1, len(values) - 1)

    def x(self, place: int) -> float:
        return round(EDGE + place * self.step, 1)

    def y(self, value: float) -> float:
        if self.high == self.low:
            return HEIGHT / 2
        share = (value - self.low) / (self.high - self.low)
        return round(HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE), 1)


def _pieces(values: Sequence[float | None]) -> Iterator[list[tuple[int, float]]]:
    """Runs of values with no gap between them, each value with its place."""
    for known, run in groupby(enumerate(values), key=lambda item: item[1] is not None):
        if known:
            yield [(place, value) for place, value in run if value is not None]


def _path(values: Sequence[float | None], scale: _Scale) -> str:
    drawn = []
    for piece in _pieces(values):
        points = [f"{scale.x(place)},{scale.y(value)}" for place, value in piece]
        drawn.append("M" + "L".join(points if len(points) > 1 else points * 2))
    return "".join(drawn)


def _stroke(path: str, width: int, colour: str) -> str:
    return (
        f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="{width}" '
        'stroke-linecap="round" stroke-linejoin="round" vector-effect="non-scaling-stroke"/>'
    )


def _band(band: Band, scale: _Scale) -> str:
    """A shape for each run of places that have a range."""
    shapes = []
    for known, run in groupby(enumerate(band), key=lambda item: item[1] is not None):
        ends = [(scale.x(place), pair) for place, pair in run if pair]
        edges = [[f"{x},{scale.y(pair[side])}" for x, pair in ends] for side in (0, 1)]
        shapes += ["M" + "L".join([*edges[0], *reversed(edges[1])]) + "Z"] if known else []
    return f'<path d="{"".join(shapes)}" fill="{colours.BAND}"/>' if shapes else ""


def _picture(values: Sequence[float | None], band: Band, colour: str) -> str:
    scale = _Scale(values, band)
    place, value = [(i, v) for i, v in enumerate(values) if v is not None][-1]
    end = f"M{scale.x(place)},{scale.y(value)}h0.01"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        'preserveAspectRatio="none">'
        f"{_band(band, scale)}"
        f"{_stroke(_path(values, scale), 2, colour)}{_stroke(end, 7, colour)}</svg>"
    )


def trend_line(
    values: Values, alt: str, band: Band = (), colour: str = colours.DARK_BLUE
) -> html.Img | None:
    """The values in order as a picture of a line; a gap where one is None or NaN.

    band: the lowest and highest value that are normal at each place, drawn grey behind the line.
    alt: what the line shows, in words; '' where words beside it say so already.
    Returns None where there is no value at all: nothing to draw.
    """
    known = _finite(values)
    if not any(value is not None for value in known):
        return None
    source = f"data:image/svg+xml,{quote(_picture(known, band, colour), safe='')}"
    return html.Img(src=source, alt=alt, className="trend-line")


def trend_in_words(values: Values, kpi: Kpi, first: str, last: str) -> str:
    """Alternative text of a trend line: what it went from and to, and its extremes.

    first, last: labels of the first and the last period, as 'October 2013'.
    """
    known = [value for value in _finite(values) if value is not None]
    if not known:
        return "No figures reported"
    if len(known) == 1:
        return f"One figure reported: {said(known[0], kpi)}"
    ends = f"from {said(known[0], kpi)} to {said(known[-1], kpi)}"
    extremes = f"lowest {said(min(known), kpi)}, highest {said(max(known), kpi)}"
    return f"Trend from {first} to {last}: {ends}, {extremes}"
