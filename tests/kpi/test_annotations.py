"""Annotations: when they were, what they touch, and what a period's row says of them."""

from __future__ import annotations

from datetime import date

import pandas as pd

from kpi.annotations import Annotation, between, noted

OPENED = Annotation.parse("opened", {"start_at": "2016-07-04", "title": "New start page"})
STRIKE = Annotation.parse(
    "strike", {"start_at": "2016-07-29", "end_at": "2016-08-03", "title": "Strike", "text": "Post."}
)


def months(*starts: str) -> pd.DataFrame:
    first = pd.to_datetime(list(starts))
    return pd.DataFrame({"start_at": first, "end_at": first + pd.DateOffset(months=1)})


def test_what_has_no_end_was_one_day() -> None:
    assert (OPENED.start, OPENED.end) == (date(2016, 7, 4), date(2016, 7, 5))
    assert not OPENED.is_span
    assert OPENED.when == "4 July 2016"


def test_a_span_is_told_with_its_last_day() -> None:
    assert STRIKE.is_span
    assert STRIKE.when == "29 July 2016 to 2 August 2016"
    assert STRIKE.text == "Post."


def test_those_that_touch_a_span_come_in_the_order_of_time() -> None:
    assert between([STRIKE, OPENED], date(2016, 7, 1), date(2016, 8, 1)) == [OPENED, STRIKE]
    assert between([STRIKE, OPENED], date(2016, 8, 3), date(2016, 9, 1)) == []


def test_each_period_says_what_touched_it() -> None:
    frame = months("2016-06-01", "2016-07-01", "2016-08-01", "2016-09-01")
    assert list(noted(frame, [STRIKE, OPENED])) == ["", "New start page; Strike", "Strike", ""]


def test_without_annotations_nothing_is_said() -> None:
    assert list(noted(months("2016-06-01"), [])) == [""]
    assert list(noted(months(), [OPENED])) == []
