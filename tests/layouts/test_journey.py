"""A journey shows how many reach each stage and where most leave."""

from dataclasses import replace
from datetime import date

from kpi.journeys import ChannelCosts, Stretch
from kpi.periods import Period
from layouts.journey import (
    about,
    cost_in_words,
    journey,
    journey_summary,
    journey_table,
)
from tests.kpi.journeys import stretch
from tests.layouts.reading import classed, prop, typed, words

NAN = float("nan")
CLAIM = stretch(
    ("eligibility", 1000.0, "required"),
    ("about-you", 600.0, "required"),
    ("pay-details", 450.0, "required"),
    ("thank-you", 450.0, "required"),
    ("your-partner", 200.0, "optional"),
)
YEAR = Period("year", date(2016, 10, 1))


def test_the_worst_stage_is_marked_in_words_as_well() -> None:
    worst = classed(journey(CLAIM), "worst")
    said = ["About you 600 400 left, 40% , the most of any stage"]
    assert [words(item) for item in worst] == said


def test_bars_are_in_proportion_to_the_largest_stage() -> None:
    bars = [prop(item, "style")["width"] for item in classed(journey(CLAIM), "bar")]
    assert bars == ["100.0%", "60.0%", "45.0%", "45.0%"]


def test_optional_stages_are_listed_below() -> None:
    assert words(journey(CLAIM)).endswith("Asked of some people only: Your partner 200")


def test_a_stage_that_the_settings_do_not_place_is_said_to_be_so() -> None:
    found = stretch(("a", 9, "required"), ("b", 5, "required"), ("c", 3, "other"))
    words_below = "Not placed among the stages by the data set’s settings: C 3"
    assert words(journey(found)).endswith(words_below)


def test_a_stage_that_gained_people_says_so_and_the_data_are_to_be_checked() -> None:
    found = stretch(("a", 10, "required"), ("b", 12, "required"), ("c", 6, "required"))
    items = [words(item) for item in typed(journey(found), "Li")]
    assert items[1] == "B 12 2 more"
    (note,) = classed(journey(found), "warning")
    assert words(note) == "Check the data. More people at ‘B’ than at the stage before."
    assert not classed(journey(CLAIM), "warning")


def test_a_stage_has_its_own_name_where_it_was_given_one() -> None:
    named = CLAIM.frame.assign(name=["", "You and your life", "", "", "Your husband or wife"])
    found = replace(CLAIM, frame=named)
    assert "You and your life 600" in words(journey(found))
    assert "Your husband or wife 200" in words(journey(found))
    assert "at ‘You and your life’" in journey_summary(found, "in May 2015")


def test_each_stage_leads_to_its_trend_and_the_open_one_says_so() -> None:
    shown = journey(CLAIM, lambda stage: f"/here?stage={stage}", "about-you")
    links = [prop(link, "href") for link in typed(shown, "Link")]
    assert links[:2] == ["/here?stage=eligibility", "/here?stage=about-you"]
    assert links[-1] == "/here?stage=your-partner"
    opened = [
        item for item in typed(shown, "Li") if "aria-current" in item.to_plotly_json()["props"]
    ]
    assert [words(item) for item in opened] == [words(classed(shown, "worst"))]


def test_the_table_has_every_stage_in_full() -> None:
    body = words(typed(journey_table(CLAIM, "The claim"), "Tbody"))
    assert body.startswith("Eligibility 1,000 About you 600 400 40.0%")
    assert body.endswith("Your partner (beside the path) 200")


def test_the_sentence_says_how_many_left_of_how_many() -> None:
    assert journey_summary(CLAIM, "in May 2015") == (
        "400 people left at ‘About you’, 40% of those who had got that far; "
        "1,000 people started in May 2015."
    )


def test_over_several_weeks_the_sentence_says_how_many_leave_in_one() -> None:
    weeks = replace(CLAIM, periods=3, expected=3)
    # 400 in 3 weeks: 133 a week.
    assert "got that far, about 130 a week; 1,000" in journey_summary(weeks, "in May 2015")


def test_means_are_said_in_two_figures() -> None:
    said = [about(n) for n in (1731.6, 400.0, 96.4, 7.0, 0.3, 1_749_999)]
    assert said == ["about 1,700", "400", "about 96", "7", "less than 1", "about 1,700,000"]
    assert about(263_697, "£") == "about £260,000"


def test_the_cost_of_another_channel_is_said_where_both_are_known() -> None:
    weeks = replace(CLAIM, periods=4, expected=4)
    # 100 people a week, £7.50 more for each of them.
    assert cost_in_words(weeks, ChannelCosts(2.5, 10.0, YEAR, "paper")) == (
        "If each of them turned to paper instead, at £10.00 a transaction against £2.50 online, "
        "that would cost £750 a week more."
    )
    assert "turned to another channel" in cost_in_words(weeks, ChannelCosts(2.5, 10.0, YEAR))
    assert "£750 a week less." in cost_in_words(weeks, ChannelCosts(10.0, 2.5, YEAR))
    assert cost_in_words(weeks, None) == ""
    level = stretch(("a", 5, "required"), ("b", 5, "required"))
    assert cost_in_words(level, ChannelCosts(2.5, 10.0, YEAR)) == ""


def test_no_journey_says_so() -> None:
    assert words(journey(Stretch())) == "No figures for this journey yet."
    assert journey_summary(Stretch(), "") == "No figures for this journey yet."
