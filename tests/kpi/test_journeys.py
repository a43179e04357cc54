"""Journeys over a stretch of weeks, who left where, and what that costs; worked by hand."""

import math
from datetime import date

import pandas as pd
import pytest

from kpi.journeys import (
    Asked,
    ChannelCosts,
    Path,
    Stretch,
    added_up,
    by_period,
    latest_run,
    parse_days,
    periods_in,
    worst_stage,
)
from kpi.periods import Period
from tests.kpi.journeys import stretch, visitors

PATH = Path(("start", "pay", "done"))


def run_of(frame: pd.DataFrame, path: Path = PATH) -> Stretch:
    return added_up(latest_run(by_period(frame, path), "week"), "week", path)


def test_a_journey_adds_up_the_weeks_since_the_last_gap() -> None:
    weeks = {"2017-01-02": (90, 80, 70), "2017-01-16": (10, 8, 6), "2017-01-23": (20, 9, 7)}
    found = run_of(visitors(weeks))
    assert found.frame["visitors"].tolist() == [30, 17, 13]
    assert found.first == Period("week", date(2017, 1, 16))
    assert (found.last, found.periods) == (Period("week", date(2017, 1, 23)), 2)


def test_a_week_that_lacks_a_required_stage_is_not_in_a_journey() -> None:
    weeks = {"2017-01-02": (90, 80, 70), "2017-01-09": (10, 8)}
    found = run_of(visitors(weeks))
    assert (found.frame["visitors"].tolist(), found.periods) == ([90, 80, 70], 1)


def test_a_week_that_lacks_an_optional_stage_is_and_that_stage_is_not_reported() -> None:
    path = Path(("start", "pay", "done"), optional=("done",))
    found = run_of(visitors({"2017-01-02": (90, 80, 70), "2017-01-09": (10, 8)}), path)
    assert found.periods == 2
    assert found.frame["visitors"].tolist()[:2] == [100, 88]
    assert math.isnan(found.frame["visitors"][2])


def test_without_an_order_the_most_visited_stage_comes_first_and_optional_ones_last() -> None:
    found = run_of(visitors({"2017-01-02": (90, 95, 70)}), Path(optional=("start",)))
    assert found.frame["stage"].tolist() == ["pay", "done", "start"]
    assert found.frame["kind"].tolist() == ["required", "required", "optional"]


def test_a_stage_that_the_settings_do_not_place_is_never_drop_off() -> None:
    found = run_of(visitors({"2017-01-02": (90, 5, 70)}), Path(("start", "done")))
    assert found.frame["stage"].tolist() == ["start", "done", "pay"]
    assert found.frame["kind"].tolist() == ["required", "required", "other"]
    assert found.stages["left"].tolist()[1] == 20
    assert math.isnan(found.frame["left"][2])


def test_a_stage_that_the_settings_name_but_nobody_reported_leaves_no_complete_week() -> None:
    found = run_of(visitors({"2017-01-02": (90, 80, 70)}), Path(("start", "pay", "check", "done")))
    assert found.frame.empty


def test_at_most_thirteen_weeks_make_a_journey() -> None:
    starts = pd.date_range("2017-01-02", periods=15, freq="7D")
    found = run_of(visitors({str(day.date()): (1, 1, 1) for day in starts}))
    assert (found.periods, found.frame["visitors"].tolist()) == (13, [13, 13, 13])


@pytest.mark.parametrize("frame", [pd.DataFrame(), visitors({"2017-01-02": (1,)}).iloc[:0]])
def test_without_figures_there_is_no_journey(frame: pd.DataFrame) -> None:
    assert run_of(frame).periods == 0


def test_a_stage_has_the_name_that_the_settings_give_it() -> None:
    found = run_of(visitors({"2017-01-02": (9, 8, 7)}), Path(PATH.stages, names={"pay": "Pay now"}))
    assert found.frame["name"].tolist() == ["", "Pay now", ""]


def test_periods_without_every_stage_are_missing_from_a_span_and_it_says_how_many() -> None:
    rows = by_period(visitors({"2017-01-02": (9, 8, 7), "2017-01-09": (9, 8)}), PATH)
    found = added_up(rows, "week", PATH, date(2017, 1, 2), date(2017, 1, 23))
    assert (found.periods, found.expected) == (1, 3)
    assert found.frame["visitors"].tolist() == [9, 8, 7]


CLAIM = stretch(
    ("eligibility", 1000, "required"),
    ("about-you", 600, "required"),
    ("pay-details", 450, "required"),
    ("thank-you", 450, "required"),
    ("your-partner", 200, "optional"),
)


def test_leavers_are_counted_between_stages_that_everybody_passes() -> None:
    assert CLAIM.stages["left"].tolist()[1:] == [400.0, 150.0, 0.0]
    assert CLAIM.stages["share"].tolist()[1:] == [0.4, 0.25, 0.0]
    assert math.isnan(CLAIM.stages["left"][0])
    assert math.isnan(CLAIM.frame["left"][4])


def test_a_stage_that_gained_people_is_as_it_is_and_never_the_worst() -> None:
    found = stretch(("a", 10, "required"), ("b", 12, "required"), ("c", 11, "required"))
    assert found.stages["left"].tolist()[1:] == [-2.0, 1.0]
    assert found.stages["share"][1] == -0.2
    assert worst_stage(found.stages) == 2


def test_a_stage_that_was_not_reported_hides_who_left() -> None:
    found = stretch(("a", 10, "required"), ("b", math.nan, "required"), ("c", 5, "required"))
    assert found.stages["left"].isna().all()
    assert worst_stage(found.stages) is None


def test_the_worst_stage_is_the_one_with_most_leavers_not_the_highest_share() -> None:
    found = stretch(("a", 1000, "required"), ("b", 700, "required"), ("c", 450, "required"))
    assert worst_stage(found.stages) == 1


def test_no_stage_is_worst_when_two_are_level_or_nobody_leaves() -> None:
    level = stretch(("a", 100, "required"), ("b", 80, "required"), ("c", 60, "required"))
    assert worst_stage(level.stages) is None
    assert worst_stage(stretch(("a", 5, "required"), ("b", 5, "required")).stages) is None


def test_completion_is_the_last_required_stage_by_the_first() -> None:
    assert CLAIM.completion == 0.45
    assert stretch(("a", 5, "required"), ("b", 3, "optional")).completion is None
    assert stretch(("a", 0, "required"), ("b", 3, "required")).completion is None


def test_turning_to_paper_costs_the_difference_of_both_costs_for_each_who_leaves() -> None:
    costs = ChannelCosts(2.5, 10.0, Period("year", date(2016, 10, 1)))
    # 40 people, £7.50 more for each.
    assert costs.of_turning(40) == 300.0


def test_what_is_asked_of_a_journey_is_short_and_read_back_as_it_was() -> None:
    span, week = (date(2017, 9, 4), date(2017, 9, 25)), (date(2017, 8, 28), date(2017, 8, 28))
    asked = Asked("pay", span, week)
    assert asked.parameters == {
        "stage": "pay",
        "journey": "2017-09-04..2017-09-25",
        "against": "2017-08-28",
    }
    assert parse_days("2017-09-04..2017-09-25") == parse_days("2017-09-25..2017-09-04") == span
    assert parse_days("2017-08-28") == week
    assert Asked().parameters == {}


@pytest.mark.parametrize("text", ["", "..", "2017-09-04..soon", "yesterday", "..2017-09-04"])
def test_what_is_no_span_of_days_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="Invalid isoformat"):
        parse_days(text)


@pytest.mark.parametrize(
    ("length", "start", "end", "count"),
    [
        ("week", date(2017, 9, 4), date(2017, 10, 2), 4),
        ("week", date(2017, 9, 5), date(2017, 10, 1), 2),
        ("day", date(2017, 9, 4), date(2017, 9, 6), 2),
        ("month", date(2017, 1, 2), date(2017, 4, 15), 2),
        ("quarter", date(2017, 1, 1), date(2018, 1, 1), 4),
        ("year", date(2016, 2, 1), date(2019, 1, 1), 2),
        ("month", date(2017, 4, 1), date(2017, 3, 1), 0),
        ("week", date(1, 1, 1), date(9999, 12, 31), 521722),
    ],
)
def test_periods_that_lie_in_a_span_are_counted(
    length: str, start: date, end: date, count: int
) -> None:
    assert periods_in(length, start, end) == count
