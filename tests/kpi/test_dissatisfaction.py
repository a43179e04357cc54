"""More people are dissatisfied than usual only where that is clear."""

from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from kpi.dissatisfaction import compared, usual
from kpi.periods import Period

SEPTEMBER = Period("month", date(2017, 9, 1))
# From 6 to 8%, with one odd month of 20%.
BEFORE = [0.06, 0.07, 0.08, 0.07, 0.06, 0.2, 0.08, 0.07, 0.06, 0.07, 0.08, 0.07]


def history(shares: Any, answers: int = 1000, status: str = "reported") -> pd.DataFrame:
    """Months up to August 2017 of so many answers each."""
    starts = pd.date_range(end="2017-08-01", periods=len(shares), freq="MS")
    ones = np.round(np.asarray(shares) * answers)
    return pd.DataFrame(
        {"start_at": starts, "status": status, "answers": answers, "1": ones, "2": 0.0}
    )


def test_one_odd_month_makes_nothing_usual() -> None:
    found = usual(history(BEFORE), SEPTEMBER)
    assert found is not None
    assert (found.low, found.high, found.middle) == (0.06, 0.08, 0.07)
    assert (found.least, found.most) == (0.06, 0.2)


@pytest.mark.parametrize(
    ("share", "said"), [(0.11, "more"), (0.02, "fewer"), (0.08, ""), (0.06, ""), (0.07, "")]
)
def test_a_share_beyond_all_before_it_is_more_or_fewer(share: float, said: str) -> None:
    steady = [0.08 if one > 0.1 else one for one in BEFORE]
    assert compared(share, 9204, usual(history(steady), SEPTEMBER)) == said


def test_what_was_there_before_is_not_out_of_the_ordinary() -> None:
    assert compared(0.15, 9204, usual(history(BEFORE), SEPTEMBER)) == ""


def test_few_answers_are_no_proof() -> None:
    known = usual(history([0.07] * 12), SEPTEMBER)
    # 2 of 10: chance alone makes 0.07 ± 0.08 of ten answers.
    assert compared(0.2, 10, known) == ""
    assert compared(0.2, 1000, known) == "more"


def test_nobody_dissatisfied_so_far_is_not_never() -> None:
    known = usual(history([0.0] * 12, answers=10), SEPTEMBER)
    assert compared(0.01, 100, known) == ""


@pytest.mark.parametrize("known", [[0.07] * 9, []])
def test_with_too_little_history_nothing_is_claimed(known: list[float]) -> None:
    assert usual(history(known), SEPTEMBER) is None
    assert compared(0.9, 1000, None) == ""


def test_only_whole_months_that_may_be_told_make_what_is_usual() -> None:
    for status in ("partial", "suppressed"):
        assert usual(history(BEFORE, status=status), SEPTEMBER) is None


def test_only_the_twelve_months_before_count() -> None:
    found = usual(history([0.5] * 12 + [0.07] * 12), SEPTEMBER)
    assert found is not None
    assert found.most == 0.07


def simulated(rise: float, times: int = 800) -> float:
    """The share of services of which 'more' or 'fewer' is said.

    People are dissatisfied with a chance of 7%, which moves by one percentage point from month to
    month, and 400 answer a month: a standard deviation of 1.6 points.
    """
    rng = np.random.default_rng(20171001)
    chances = np.clip(rng.normal(0.07, 0.01, (times, 13)), 0.001, 1)
    shares = rng.binomial(400, chances) / 400
    deviation = float(np.hypot(0.01, np.sqrt(0.07 * 0.93 / 400)))
    said = [
        compared(row[-1] + rise * deviation, 400, usual(history(row[:-1], 400), SEPTEMBER))
        for row in shares
    ]
    return sum(map(bool, said)) / times


def test_at_most_two_in_a_hundred_quiet_months_are_called_unusual() -> None:
    assert simulated(0) <= 0.02


def test_nine_in_ten_rises_of_five_standard_deviations_are_found() -> None:
    assert simulated(5) >= 0.9
