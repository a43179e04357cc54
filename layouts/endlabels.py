"""The names of lines, beside their ends instead of in a legend."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from layouts.timeline import Points, times
from layouts.wording import named

LETTER, LABEL_HEIGHT, BESIDE = 8.7, 20, 12
WIDEST_ROW, MOST_ROWS = 12, 2
MARGINS = 50

End = tuple[Any, float]


def _label_of(line: str) -> str:
    """A line's name in at most two short rows; what is longer is said in full elsewhere."""
    words, rows = named(line).split(" "), [""]
    for word in words:
        if rows[-1] and len(rows[-1]) + len(word) >= WIDEST_ROW:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return "<br>".join(rows[:MOST_ROWS]) + ("…" if len(rows) > MOST_ROWS else "")


def label_width(lines: Sequence[str]) -> int:
    """The room in pixels to leave right of the lines for their names."""
    longest = max((len(row) for line in lines for row in _label_of(line).split("<br>")), default=0)
    return round(longest * LETTER) + 22 if longest else 14


def _spread(places: Sequence[float], sizes: Sequence[int], room: float) -> list[float]:
    """Middles of labels in pixels from below, moved until none overlap and all are in the room."""
    spread = list(places)
    gaps = [(below + above) / 2 for below, above in pairwise(sizes)]
    for place, gap in enumerate(gaps):
        spread[place + 1] = max(spread[place + 1], spread[place] + gap)
    spread[-1:] = [min(place, room) for place in spread[-1:]]
    for place, gap in reversed(list(enumerate(gaps))):
        spread[place] = min(spread[place], spread[place + 1] - gap)
    return spread


def end_labels(ends: dict[str, End], top: float, height: int) -> list[dict[str, Any]]:
    """Plotly annotations: the lines' names beside their ends, pushed apart where ends are close.

    ends: by line, where it ends. top: the value at the top of the axis. height: pixels.
    """
    order = sorted((line for line in ends if line), key=lambda line: ends[line][1])
    room = height - MARGINS
    places = [ends[line][1] * room / top for line in order]
    texts = [_label_of(line) for line in order]
    sizes = [LABEL_HEIGHT * (1 + text.count("<br>")) for text in texts]
    return [
        {
            "x": ends[line][0],
            "y": ends[line][1],
            "yshift": round(moved - place),
            "xshift": BESIDE,
            "text": f"<b>{text}</b>",
            "xanchor": "left",
            "align": "left",
            "showarrow": False,
        }
        for line, text, place, moved in zip(
            order, texts, places, _spread(places, sizes, room), strict=True
        )
    ]


def line_ends(lines: Mapping[str, Points]) -> dict[str, End]:
    """Where each line's name goes: after its last figure, as high as the last reported one."""
    found = {}
    for line, points in lines.items():
        known = points.where(~np.isnan(points.value))
        reported = known.value[known.status == "reported"]
        if len(known):
            # Beside whatever is drawn last, so that the name covers no partial figure.
            height = reported if len(reported) else known.value
            found[line] = (times(known.start_at)[-1].item(), float(height[-1]))
    return found
