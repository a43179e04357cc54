"""Headings claim only what the figures show."""

from datetime import date

import pandas as pd

from kpi.definitions import kpi
from kpi.journeys import Stretch
from kpi.periods import Period
from layouts.findings import (
    CHANNELS,
    JOURNEY,
    SATISFACTION,
    channels_heading,
    dissatisfied_heading,
    journey_heading,
    kpi_heading,
    satisfaction_heading,
)
from tests.kpi.journeys import stretch

NAN = float("nan")


def stages(*visitors: float) -> Stretch:
    names = ["eligibility", "about-you", "pay-details", "thank-you"]
    return stretch(
        *((name, people, "required") for name, people in zip(names, visitors, strict=False))
    )


def channels(digital: list[float], paper: list[float], status: str = "reported") -> pd.DataFrame:
    starts = pd.date_range("2015-01-01", periods=len(digital), freq="MS")
    lines = [("digital", digital), ("paper", paper)]
    return pd.concat(
        pd.DataFrame({"start_at": starts, "value": values, "status": status, "line": line})
        for line, values in lines
    )


def test_most_people_give_up_where_more_than_half_of_the_leavers_do() -> None:
    heading = journey_heading(stages(100.0, 60.0, 50.0, 40.0))
    assert heading == "Most people who give up do so at ‘About you’"


def test_more_than_anywhere_else_is_not_yet_most() -> None:
    heading = journey_heading(stages(100.0, 60.0, 30.0, 10.0))
    assert heading == "More people give up at ‘About you’ than anywhere else"


def test_level_stages_have_no_finding() -> None:
    assert journey_heading(stages(100.0, 80.0, 60.0)) == JOURNEY
    assert journey_heading(stages()) == JOURNEY


def test_digital_overtook_paper_if_it_crossed_once_and_stayed_ahead() -> None:
    frame = channels([1.0, 2.0, 5.0, 6.0, 7.0], [4.0, 4.0, 4.0, 3.0, 2.0])
    assert channels_heading(frame) == "Digital overtook paper in 2015"


def test_a_crossing_that_did_not_last_is_no_finding() -> None:
    back = channels([1.0, 5.0, 1.0, 5.0, 6.0, 7.0], [4.0] * 6)
    too_new = channels([1.0, 2.0, 3.0, 5.0], [4.0] * 4)
    assert channels_heading(back) == CHANNELS
    assert channels_heading(too_new) == CHANNELS


def test_a_channel_always_ahead_overtook_nothing() -> None:
    assert channels_heading(channels([5.0, 6.0, 7.0], [4.0, 3.0, 2.0])) == CHANNELS


def test_partial_figures_and_single_channels_give_no_finding() -> None:
    frame = channels([1.0, 5.0, 6.0, 7.0], [4.0] * 4, status="partial")
    assert channels_heading(frame) == CHANNELS
    one = channels([1.0, 5.0, 6.0, 7.0], [4.0] * 4)
    assert channels_heading(one[one["line"] == "paper"]) == CHANNELS
    assert channels_heading(one.iloc[:0]) == CHANNELS


def test_satisfaction_is_compared_with_the_year_before() -> None:
    assert satisfaction_heading(0.80, 0.85) == "People are less satisfied than a year before"
    assert satisfaction_heading(0.85, 0.80) == "People are more satisfied than a year before"
    steady = "People are about as satisfied as a year before"
    assert satisfaction_heading(0.805, 0.80) == steady


def test_without_a_year_before_there_is_a_plain_title() -> None:
    assert satisfaction_heading(0.8, None) == SATISFACTION
    assert satisfaction_heading(NAN, 0.8) == SATISFACTION
    assert kpi_heading(kpi("completion-rate"), 0.6, NAN) == "Completion rate"


def test_more_or_fewer_dissatisfied_people_than_usual_are_a_finding() -> None:
    assert dissatisfied_heading("more") == "More people are dissatisfied than usual"
    assert dissatisfied_heading("fewer") == "Fewer people are dissatisfied than usual"
    may = Period("month", date(2016, 5, 1))
    assert dissatisfied_heading("more", may) == (
        "More people were dissatisfied than usual in May 2016"
    )
    assert dissatisfied_heading("") == ""


def test_a_kpis_heading_says_its_change() -> None:
    heading = kpi_heading(kpi("completion-rate"), 0.62, 0.60)
    assert heading == "Completion rate: up 2.0 percentage points on the year before"
