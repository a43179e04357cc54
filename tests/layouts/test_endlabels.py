"""Names at line ends can all be read."""

import numpy as np
import pandas as pd

from layouts.endlabels import end_labels, label_width, line_ends
from layouts.timeline import Points

END = pd.Timestamp("2017-09-01")


def places(ends: dict[str, float], height: int = 320) -> list[float]:
    """Where labels come to lie, in pixels from below, lowest first; the axis ends at 100."""
    found = end_labels({line: (END, value) for line, value in ends.items()}, 100.0, height)
    return [label["y"] * (height - 50) / 100 + label["yshift"] for label in found]


def test_a_label_alone_lies_beside_its_end() -> None:
    assert places({"digital": 50.0}) == [135.0]


def test_labels_keep_twenty_pixels_apart() -> None:
    assert places({"digital": 50.0, "paper": 50.0}) == [135.0, 155.0]


def test_a_label_of_two_rows_takes_more_room() -> None:
    assert places({"paper": 50.0, "telephone-and-counter": 50.0}) == [135.0, 165.0]


def test_labels_at_the_top_are_pushed_down_instead() -> None:
    assert places({"digital": 100.0, "paper": 100.0}) == [250.0, 270.0]


def test_a_line_without_a_name_has_no_label_and_needs_little_room() -> None:
    assert places({"": 50.0}) == []
    assert label_width([""]) == label_width([]) < label_width(["digital"])


def test_room_is_left_for_the_longest_row_of_a_name() -> None:
    assert label_width(["digital", "telephone-and-counter"]) == round(11 * 8.7) + 22


def test_a_name_is_as_high_as_the_last_reported_figure_and_past_a_partial_one() -> None:
    starts = np.array(["2017-07-01", "2017-08-01", "2017-09-01"], "M8[D]")
    status = np.array(["reported", "reported", "partial"], object)
    points = Points(starts, np.array([5.0, 6.0, 2.0]), status)
    last, none = (
        points.where(starts >= np.datetime64(day)) for day in ("2017-09-01", "2018-01-01")
    )
    assert line_ends({"digital": points, "none": none}) == {"digital": (END, 6.0)}
    assert line_ends({"digital": last}) == {"digital": (END, 2.0)}


def test_a_label_is_two_rows_at_the_most_and_shows_that_there_is_more() -> None:
    texts = [
        label["text"] for label in end_labels({"no-test-left-at-this-centre": (END, 5.0)}, 9.0, 320)
    ]
    assert texts == ["<b>No test left<br>at this…</b>"]
