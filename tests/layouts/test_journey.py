"""A journey shows how many reach each stage and where most leave."""

import math

import pandas as pd

from layouts.journey import journey, journey_summary, journey_table, main_stages, worst_stage
from tests.layouts.reading import classed, prop, typed, words

COLUMNS = ["stage", "visitors", "optional"]
NAN = float("nan")


def frame(*stages: tuple[str, float, bool]) -> pd.DataFrame:
    return pd.DataFrame(stages, columns=COLUMNS)


CLAIM = frame(
    ("eligibility", 1000.0, False),
    ("about-you", 600.0, False),
    ("your-partner", 200.0, True),
    ("pay-details", 450.0, False),
    ("thank-you", 450.0, False),
)


def test_leavers_are_counted_between_stages_that_everybody_passes() -> None:
    stages = main_stages(CLAIM)
    assert stages["stage"].tolist() == ["eligibility", "about-you", "pay-details", "thank-you"]
    assert stages["left"].tolist()[1:] == [400.0, 150.0, 0.0]
    assert stages["share"].tolist()[1:] == [0.4, 0.25, 0.0]
    assert math.isnan(stages["left"][0])


def test_more_visitors_than_at_the_stage_before_means_nobody_left() -> None:
    assert main_stages(frame(("a", 10.0, False), ("b", 12.0, False)))["left"].tolist()[1] == 0


def test_a_stage_that_was_not_reported_hides_who_left() -> None:
    stages = main_stages(frame(("a", 10.0, False), ("b", NAN, False), ("c", 5.0, False)))
    assert stages["left"].isna().all()
    assert worst_stage(stages) is None


def test_the_worst_stage_is_the_one_with_most_leavers_not_the_highest_share() -> None:
    stages = main_stages(frame(("a", 1000.0, False), ("b", 700.0, False), ("c", 450.0, False)))
    assert worst_stage(stages) == 1


def test_no_stage_is_worst_when_two_are_level_or_nobody_leaves() -> None:
    level = frame(("a", 100.0, False), ("b", 80.0, False), ("c", 60.0, False))
    assert worst_stage(main_stages(level)) is None
    assert worst_stage(main_stages(frame(("a", 5.0, False), ("b", 5.0, False)))) is None


def test_the_worst_stage_is_marked_in_words_as_well() -> None:
    worst = classed(journey(CLAIM), "worst")
    assert [words(item) for item in worst] == ["About you 600 40% left , the most of any stage"]


def test_bars_are_in_proportion_to_the_largest_stage() -> None:
    bars = [prop(item, "style")["width"] for item in classed(journey(CLAIM), "bar")]
    assert bars == ["100.0%", "60.0%", "45.0%", "45.0%"]


def test_optional_stages_are_listed_below() -> None:
    assert words(journey(CLAIM)).endswith("Asked of some people only: your partner 200")


def test_the_table_has_every_stage_in_full() -> None:
    body = typed(journey_table(CLAIM, "The claim"), "Tbody")
    assert words(body).startswith("Eligibility 1,000 About you 600 400 40.0%")


def test_the_sentence_says_how_many_left_of_how_many() -> None:
    assert journey_summary(CLAIM, "in May 2015") == (
        "400 people left at ‘About you’, 40% of those who had got that far; "
        "1,000 people started in May 2015."
    )


def test_no_journey_says_so() -> None:
    empty = pd.DataFrame(columns=COLUMNS)
    assert words(journey(empty)) == "No figures for this journey yet."
    assert journey_summary(empty, "") == "No figures for this journey yet."
