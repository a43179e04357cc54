"""How people answered, in a sentence and as a table."""

from datetime import date
from typing import Any

import pandas as pd
import pytest

from kpi.definitions import kpi
from kpi.dissatisfaction import Usual
from kpi.periods import Period
from kpi.ratings import COLUMNS, Ratings
from layouts.service_satisfaction import answers_in_words, satisfaction_table, usual_in_words
from tests.kpi.rows import figure, kpi_frame
from tests.layouts.reading import typed, words

SEPTEMBER = Period("month", date(2017, 9, 1))
USUAL = Usual(0.056, 0.084, 0.05, 0.09, 0.07, 0.01, 0.07)


def answered(*counts: float, **more: Any) -> pd.DataFrame:
    about = {"period": "month", "start_at": pd.Timestamp("2017-09-01"), "status": "reported"}
    about |= {"parts": 30, "expected": 30, "part": "day"} | more
    row = [*about.values(), sum(counts), *counts]
    return pd.DataFrame([row], columns=list(COLUMNS))


def test_answers_are_said_with_who_is_dissatisfied_and_what_is_usual() -> None:
    found = Ratings(answered(460, 552, 828, 2761, 4603), SEPTEMBER, SEPTEMBER, USUAL)
    assert answers_in_words(found) == (
        "9,204 answers in September 2017; 11% dissatisfied, usually 6 to 8%."
    )


def test_without_history_nothing_is_said_to_be_usual() -> None:
    found = Ratings(answered(0, 1, 0, 0, 9), SEPTEMBER, SEPTEMBER)
    assert answers_in_words(found) == "10 answers in September 2017; 10% dissatisfied."


def test_a_part_of_a_month_says_so_and_is_not_compared() -> None:
    rows = answered(0, 1, 0, 0, 9, status="partial", parts=20)
    found = Ratings(rows, SEPTEMBER, SEPTEMBER, USUAL)
    assert answers_in_words(found) == (
        "10 answers in September 2017, 20 of 30 days reported; 10% dissatisfied."
    )


def test_where_nobody_answered_nothing_is_said() -> None:
    assert answers_in_words(Ratings()) == ""
    assert answers_in_words(Ratings(answered(0, 0, 0, 0, 0), SEPTEMBER)) == ""


@pytest.mark.parametrize(("low", "high", "said"), [(0.06, 0.08, "6 to 8%"), (0.07, 0.074, "7%")])
def test_what_is_usual_reads_as_a_range_or_as_one_share(low: float, high: float, said: str) -> None:
    assert usual_in_words(Usual(low, high, 0, 1, 0.07, 0.01, 0.07)) == said


def table(answers: pd.DataFrame, status: str = "reported", score: float | None = 9) -> list[str]:
    slug = "user-satisfaction"
    row = figure("a", slug, score, 10, period="month", start="2017-09-01", status=status)
    built = satisfaction_table(kpi_frame(row), answers, kpi(slug), "By month")
    return [words(cell) for cell in typed(typed(built, "Tbody"), "Td")]


def test_a_month_has_its_score_its_answers_and_five_shares() -> None:
    cells = table(answered(0, 1, 0, 1, 8))
    assert cells == ["90.00%", "10", "0.0%", "10.0%", "0.0%", "10.0%", "80.0%"]


def test_a_suppressed_month_tells_none_of_them() -> None:
    held = answered(*[float("nan")] * 5, status="suppressed")
    assert table(held, "suppressed", None) == ["suppressed"] * 7


def test_a_month_without_answers_has_no_shares() -> None:
    cells = table(answered(0, 0, 0, 0, 0), "not applicable", None)
    assert cells == ["not applicable", "0", *["no answers"] * 5]


def test_a_month_that_was_not_reported_says_so() -> None:
    assert table(answered(0, 0, 0, 0, 0).iloc[:0], "not reported", None) == ["not reported"] * 7
