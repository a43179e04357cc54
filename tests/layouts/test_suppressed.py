"""What too few people are behind is named in words."""

import pandas as pd
import pytest

from kpi.definitions import kpi
from layouts.suppressed import suppressed_in_words, too_few

SATISFACTION = kpi("user-satisfaction")


def test_the_reason_names_the_least_and_what_is_counted() -> None:
    assert too_few(SATISFACTION) == "fewer than five answers"


@pytest.mark.parametrize(
    ("period", "starts", "words"),
    [
        ("month", ["2017-08-01"], "Fewer than five answers in August 2017: not shown."),
        (
            "month",
            ["2017-07-01", "2017-08-01"],
            "Fewer than five answers in July and August 2017: not shown.",
        ),
        ("day", ["2017-08-01"], "Fewer than five answers on 1 August 2017: not shown."),
        (
            "week",
            ["2017-08-07"],
            "Fewer than five answers in the week of 7 August 2017: not shown.",
        ),
    ],
)
def test_suppressed_periods_are_named(period: str, starts: list[str], words: str) -> None:
    frame = pd.DataFrame(
        {"period": period, "start_at": pd.to_datetime(starts), "status": "suppressed"}
    )
    assert suppressed_in_words(frame, SATISFACTION) == words
    assert suppressed_in_words(frame.assign(status="not reported"), SATISFACTION) == ""
