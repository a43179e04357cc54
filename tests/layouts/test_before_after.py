"""Before and after: the finding first, then both sides, and what is not known said so."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from kpi.annotations import Annotation
from kpi.before_after import BeforeAfter, Difference, Pooled, stretches
from kpi.definitions import kpi
from layouts.before_after import About, beyond_in_words, build_before_after, finding
from tests.layouts.reading import classed, words

OPENED = Annotation(date(2016, 7, 4), "opened", date(2016, 7, 5), "New start page", "It asks less.")
ABOUT = About("allowance", "Carers allowance")
SIDES = stretches(OPENED, "week", 2)
NOBODY = Pooled(None, 0, 2)


def difference(slug: str, before: float | None, after: float | None, *verdicts: str) -> Difference:
    starts = pd.date_range("2016-06-20", periods=4, freq="7D")
    line = pd.DataFrame({"period": "week", "start_at": starts, "value": 0.5, "status": "reported"})
    sides = [NOBODY if value is None else Pooled(value, 2, 2) for value in (before, after)]
    return Difference(kpi(slug), sides[0], sides[1], line, verdicts)


def answer(*differences: Difference) -> BeforeAfter:
    return BeforeAfter(OPENED, "week", 5, *SIDES, differences)


def test_the_finding_names_what_left_its_normal_range_and_how() -> None:
    told = finding(
        answer(
            difference("user-satisfaction", 0.8, 0.85, "higher", "higher"),
            difference("completion-rate", 0.6, 0.5, "lower", "lower"),
            difference("transactions", 100, 200, "higher", "higher"),
        )
    )
    assert told == (
        "User satisfaction got better than usual, completion rate got worse than usual, "
        "transactions went higher than usual"
    )


def test_nothing_is_claimed_of_what_stayed_normal_or_is_not_judged() -> None:
    usual = difference("user-satisfaction", 0.8, 0.81, "normal", "normal")
    assert finding(answer(usual)) == "No KPI left its normal range"
    assert finding(answer(difference("user-satisfaction", 0.8, 0.9))) == "Before and after"


def test_how_many_weeks_were_unusual_is_said() -> None:
    some = difference("user-satisfaction", 0.8, 0.85, "higher", "normal")
    assert beyond_in_words(some, "week") == "1 of 2 weeks higher than usual"
    usual = difference("user-satisfaction", 0.8, 0.85, "normal", "normal")
    assert beyond_in_words(usual, "week") == "all 2 weeks as usual"
    told = words(build_before_after(answer(difference("completion-rate", 0.6, 0.7)), ABOUT))
    assert "too little history to say" in told


def test_both_sides_stand_beside_each_other_with_their_weeks() -> None:
    page = build_before_after(answer(difference("completion-rate", 0.6, 0.65)), ABOUT)
    told = words(page)
    assert "2 weeks on either side: 20 June 2016 to 3 July 2016, and 4 July 2016 to" in told
    assert "Completion rate 60.0% 65.0% better: up 5.0 percentage points" in told
    assert "It asks less." in told


def test_a_side_with_weeks_missing_says_how_many_it_is_of() -> None:
    one = replace(difference("completion-rate", 0.6, 0.65), after=Pooled(0.65, 1, 2))
    assert "65.0% 1 of 2 weeks reported" in words(build_before_after(answer(one), ABOUT))


def test_a_side_with_weeks_missing_is_not_compared() -> None:
    part = replace(difference("completion-rate", 0.6, 0.65), after=Pooled(0.65, 1, 2))
    told = words(build_before_after(answer(part), ABOUT))
    assert "1 of 2 weeks reported not comparable" in told
    assert "60.0% before, 65.0% after: not comparable." in told


def test_more_who_finished_than_started_is_not_compared() -> None:
    over = difference("completion-rate", 0.6, 1.05)
    told = words(build_before_after(answer(over), ABOUT))
    assert "60.0% before, 105.0% after: not comparable." in told


def test_what_is_unknown_on_a_side_is_not_compared() -> None:
    told = words(build_before_after(answer(difference("completion-rate", None, 0.65)), ABOUT))
    assert "Completion rate not reported 65.0% not comparable" in told


def test_without_figures_on_both_sides_the_page_says_so() -> None:
    page = build_before_after(BeforeAfter(OPENED, "week", 0, None, None), ABOUT)
    (state,) = classed(page, "empty-state")
    assert words(state).startswith("There are no figures of whole weeks or months on both sides")


def test_only_those_who_may_publish_are_led_to_the_form() -> None:
    known = answer(difference("completion-rate", 0.6, 0.65))
    assert "Change it" not in words(build_before_after(known, ABOUT))
    assert "Change it" in words(build_before_after(known, replace(ABOUT, may_publish=True)))
