"""The most frequent errors at each stage; worked by hand."""

import pandas as pd

from kpi.journeys import Path, Stretch, added_up, by_period
from kpi.stage_messages import most_frequent
from tests.kpi.journeys import visitors
from tests.kpi.rows import long_frame, measurement

PATH = Path(("start", "pay", "done"), names={"pay": "Pay now"})
WEEKS = by_period(visitors({"2017-01-02": (100, 50, 40), "2017-01-09": (60, 50, 40)}), PATH)
STRETCH: Stretch = added_up(WEEKS, "week", PATH)


def errors(*rows: tuple[str, str, float]) -> pd.DataFrame:
    return long_frame(
        *(
            measurement("s", "errors-by-stage", count, category, period="week", start_at=start)
            for start, category, count in rows
        )
    )


def told(*starts: str) -> pd.DataFrame:
    rows = (measurement("s", "errors", 9, period="week", start_at=start) for start in starts)
    return long_frame(*rows)


def test_the_three_most_frequent_of_each_stage_come_in_its_order() -> None:
    rows = errors(
        ("2017-01-02", "pay/card", 3),
        ("2017-01-09", "pay/card", 2),
        ("2017-01-02", "pay/date", 9),
        ("2017-01-02", "pay/name", 4),
        ("2017-01-02", "pay/rare", 1),
        ("2017-01-02", "start/age and/or name", 8),
    )
    found = most_frequent(rows, told("2017-01-02", "2017-01-09"), WEEKS, STRETCH)
    pairs = list(zip(found["stage"], found["message"], found["count"], strict=True))
    assert pairs == [
        ("start", "age and/or name", 8),
        ("pay", "date", 9),
        ("pay", "card", 5),
        ("pay", "name", 4),
    ]
    assert found["name"].tolist() == ["", "Pay now", "Pay now", "Pay now"]
    # 160 started in both weeks, 100 came to pay.
    assert found["per_hundred"].tolist() == [5.0, 9.0, 5.0, 4.0]


def test_people_are_those_of_the_weeks_in_which_errors_were_told() -> None:
    found = most_frequent(errors(("2017-01-09", "start/x", 6)), told("2017-01-09"), WEEKS, STRETCH)
    assert found["people"].tolist() == [60]
    assert found["per_hundred"].tolist() == [10.0]
    assert found["periods"].tolist() == [1]


def test_errors_at_a_stage_that_is_not_shown_or_in_other_weeks_are_left_out() -> None:
    rows = errors(("2017-01-02", "elsewhere/x", 6), ("2016-12-26", "start/x", 6))
    assert most_frequent(rows, told("2016-12-26", "2017-01-02"), WEEKS, STRETCH).empty
    assert most_frequent(
        errors(("2017-01-02", "pay/x", 0)), told("2017-01-02"), WEEKS, STRETCH
    ).empty
