"""Answers period by period, and in the one that is looked at."""

from datetime import date
from itertools import chain
from typing import Any

import pandas as pd

from kpi.periods import Period
from kpi.ratings import SCALE, Ratings, answered, by_period, suppressed
from kpi.suppression import suppress_measured
from tests.kpi.rows import long_frame, measurement

JULY, AUGUST = Period("month", date(2017, 7, 1)), Period("month", date(2017, 8, 1))
SEPTEMBER = Period("month", date(2017, 9, 1))


def month(start: Period, *counts: float, **more: Any) -> list[dict[str, Any]]:
    about = {"start_at": str(start.start), **more}
    each = zip(SCALE, counts, strict=True)
    rows = [measurement("a", "ratings", count, rating, **about) for rating, count in each]
    return [*rows, measurement("a", "ratings", sum(counts), **about)]


def answers_of(*rows: list[dict[str, Any]]) -> pd.DataFrame:
    return by_period(suppress_measured(long_frame(*chain(*rows))))


def test_each_period_has_all_five_ratings_and_how_many_answered() -> None:
    found = answers_of(month(AUGUST, 1, 2, 3, 4, 5), month(JULY, 5, 0, 0, 0, 5))
    assert found["start_at"].dt.month.tolist() == [7, 8]
    assert found["answers"].tolist() == [10, 15]
    assert found[list(SCALE)].to_numpy().tolist() == [[5, 0, 0, 0, 5], [1, 2, 3, 4, 5]]


def test_a_suppressed_period_has_no_counts_and_cannot_be_looked_at() -> None:
    found = answers_of(month(JULY, 1, 2, 3, 4, 5), month(AUGUST, 1, 0, 0, 0, 3))
    assert found[["answers", *SCALE]].iloc[1].isna().all()
    assert (answered(found), suppressed(found)) == ([JULY], [AUGUST])


def test_a_period_without_answers_is_neither_answered_nor_suppressed() -> None:
    found = answers_of(month(JULY, 0, 0, 0, 0, 0))
    assert (answered(found), suppressed(found)) == ([], [])
    assert Ratings(found, JULY).counts == ()


def test_who_was_dissatisfied_answered_1_or_2() -> None:
    found = Ratings(answers_of(month(SEPTEMBER, 5, 6, 9, 30, 50)), SEPTEMBER)
    assert found.counts == (5, 6, 9, 30, 50)
    assert found.dissatisfied == 0.11


def test_of_a_partial_period_nothing_is_claimed() -> None:
    rows = month(SEPTEMBER, 90, 0, 0, 0, 10, status="partial", parts=20, expected=30, part="day")
    found = Ratings(answers_of(rows), SEPTEMBER)
    assert (found.is_whole, found.verdict) == (False, "")


def test_without_ratings_there_is_nothing_to_look_at() -> None:
    none = by_period(long_frame(*month(JULY, 0, 0, 0, 0, 0)).iloc[:0])
    assert (len(none), Ratings(none).row, Ratings(none).dissatisfied) == (0, None, None)
