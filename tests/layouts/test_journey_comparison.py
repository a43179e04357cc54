"""Two periods of one journey, side by side."""

from dataclasses import replace

from layouts.journey_comparison import (
    Difference,
    comparison,
    comparison_table,
    completion_compared,
    when,
)
from tests.kpi.journeys import stretch
from tests.layouts.reading import classed, prop, typed, words

NOW = stretch(("start", 200, "required"), ("pay", 150, "required"), ("done", 120, "required"))
THEN = stretch(
    ("start", 100, "required"),
    ("pay", 70, "required"),
    ("done", 63, "required"),
    first="2017-08-07",
)


def nowhere(stage: str) -> str:
    return f"/{stage}"


def test_each_stage_has_both_figures_and_the_difference_of_the_shares_that_left() -> None:
    items = [words(item) for item in typed(comparison(NOW, THEN, nowhere), "Li")]
    # 25% left at pay, 30% before: 5 points better. 20% at done, 10% before: 10 points worse.
    assert items[1] == (
        "Pay week of 4 September 2017: 150 25% left week of 7 August 2017: 70 30% left "
        "better: down 5.0 points"
    )
    assert items[2].endswith(
        "120 20% left week of 7 August 2017: 63 10% left worse: up 10.0 points"
    )


def test_bars_are_of_those_who_started_as_volumes_differ() -> None:
    bars = [prop(one, "style")["width"] for one in classed(comparison(NOW, THEN, nowhere), "bar")]
    assert bars == ["100.0%", "100.0%", "75.0%", "70.0%", "60.0%", "63.0%"]


def test_the_table_has_the_same_in_full() -> None:
    table = words(comparison_table(NOW, THEN, "Both"))
    assert "Pay 150 25.0% 70 30.0% down 5.0 points" in table


def test_completion_is_compared_in_a_sentence() -> None:
    assert completion_compared(NOW, THEN) == (
        "60.0% of those who started finished, down 3.0 points on the week of 7 August 2017."
    )
    assert "the same share as in" in completion_compared(NOW, NOW)


def test_shares_that_read_the_same_are_no_change_and_missing_ones_no_difference() -> None:
    assert Difference.of(0.2501, 0.25) == Difference("no change", "flat")
    assert Difference.of(float("nan"), 0.25) == Difference("", "flat")


def test_missing_weeks_are_said_in_words() -> None:
    some = stretch(("start", 9, "required"), ("done", 5, "required"), periods=3, expected=4)
    assert when(some) == ("4 September 2017 to 24 September 2017, 3 of 4 weeks reported in full")


def test_what_weeks_are_missing_of_is_not_compared() -> None:
    some = replace(THEN, periods=3, expected=4)
    items = [words(item) for item in typed(comparison(NOW, some, nowhere), "Li")]
    assert items[1].endswith("70 30% left not comparable")
    assert items[0].endswith("100")
    assert "Pay 150 25.0% 70 30.0% not comparable" in words(comparison_table(NOW, some, "Both"))
    assert completion_compared(NOW, some) == ""


def test_a_stage_that_was_not_there_before_has_no_difference() -> None:
    before = stretch(("start", 100, "required"), ("done", 63, "required"))
    items = [words(item) for item in typed(comparison(NOW, before, nowhere), "Li")]
    assert items[1] == (
        "Pay week of 4 September 2017: 150 25% left week of 4 September 2017: not reported"
    )
