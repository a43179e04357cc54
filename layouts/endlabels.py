"""The names of lines, beside their ends instead of in a legend."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from layouts.wording import named

LETTER, LABEL_HEIGHT, BESIDE = 8.7, 20, 12
WIDEST_ROW = 12
MARGINS = 50

End = tuple[Any, float]


def _label_of(line: str) -> str:
    """A line's name in at most two short rows."""
    words, rows = named(line).split(" "), [""]
    for word in words:
        if rows[-1] and len(rows[-1]) + len(word) >= WIDEST_ROW:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return "<br>".join(rows)


def label_width(labels: Sequence[str]) -> int:
    """The room in pixels to leave right of the lines for these labels."""
    longest = max((len(row) for label in labels for row in label.split("<br>")), default=0)
    return round(longest * LETTER) + 22 if longest else 14


def _spread(places: list[float]) -> list[float]:
    """Places in pixels, lowest first, moved up until no two labels overlap."""
    spread: list[float] = []
    for place in places:
        spread.append(max(place, spread[-1] + LABEL_HEIGHT) if spread else place)
    return spread


def end_labels(ends: dict[str, End], top: float, height: int) -> list[dict[str, Any]]:
    """Plotly annotations: the lines' names beside their ends, pushed apart where ends are close.

    ends: by line, where it ends. top: the value at the top of the axis. height: pixels.
    """
    order = sorted((line for line in ends if line), key=lambda line: ends[line][1])
    per_unit = (height - MARGINS) / top
    shifted = _spread([ends[line][1] * per_unit for line in order])
    return [
        {
            "x": ends[line][0],
            "y": ends[line][1],
            "yshift": round(place - ends[line][1] * per_unit),
            "xshift": BESIDE,
            "text": f"<b>{_label_of(line)}</b>",
            "xanchor": "left",
            "align": "left",
            "showarrow": False,
        }
        for line, place in zip(order, shifted, strict=True)
    ]


def line_ends(frames: dict[str, pd.DataFrame]) -> dict[str, End]:
    """Where each line ends: its last reported figure, or else its last partial one.

    frames: by line, columns start_at, value, status.
    """
    found = {}
    for line, rows in frames.items():
        known = rows.dropna(subset=["value"])
        reported = known[known["status"] == "reported"]
        last = (known if reported.empty else reported).tail(1)
        if not last.empty:
            found[line] = (last["start_at"].iloc[0], float(last["value"].iloc[0]))
    return found
