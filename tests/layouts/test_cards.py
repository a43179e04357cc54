"""A card says its figure, what it rests on, and how it changed; or that there is none."""

from kpi.definitions import kpi
from layouts.cards import Card, Volume, headline, headline_figure, kpi_card, kpi_cards, volumes
from layouts.sparkline import trend_line
from tests.layouts.reading import classed, prop, typed, words

COST = kpi("cost-per-transaction")
SATISFACTION = kpi("user-satisfaction")
COMPLETION = kpi("completion-rate")
TOTAL_COST = kpi("total-cost")


def test_a_card_reads_name_value_period_and_base_trend_change_verdict_target() -> None:
    card = kpi_card(
        Card(
            SATISFACTION,
            0.841,
            "September 2017",
            base="9,204 answers",
            before=0.873,
            against="on August",
            trend=trend_line([0.87, 0.84], "a trend"),
            verdict="lower than usual",
            target="Target 90%",
        )
    )
    assert words(card) == (
        "User satisfaction 84.1 % September 2017, 9,204 answers "
        "worse: down 3.2 percentage points on August lower than usual Target 90%"
    )
    assert [prop(item, "alt") for item in typed(card, "Img")] == ["a trend"]


def test_worse_is_said_and_marked_not_only_coloured() -> None:
    card = kpi_card(Card(SATISFACTION, 0.841, "2017", before=0.873))
    assert classed(card, "worse")
    assert words(classed(card, "visually-hidden")) == "worse:"


def test_a_falling_cost_is_better() -> None:
    card = kpi_card(Card(COST, 26.13, "2017", before=27.53))
    assert words(classed(card, "better")) == "better: down £1.40 on the year before"


def test_a_kpi_that_is_not_reported_says_so_and_compares_nothing() -> None:
    card = kpi_card(Card(COST, float("nan"), "2017", before=27.53, status="not reported"))
    assert words(card) == "Cost per transaction Not reported 2017"


def test_a_score_of_too_few_answers_says_why_it_is_suppressed() -> None:
    card = kpi_card(Card(SATISFACTION, None, "August 2017", status="suppressed"))
    assert "Suppressed: fewer than five answers" in words(card)


def test_a_figure_held_back_says_that_it_is_suppressed() -> None:
    card = kpi_card(Card(COST, None, "2017", status="suppressed"))
    assert words(classed(card, "value")) == "Suppressed"


def test_a_partial_figure_says_its_parts_and_is_not_compared() -> None:
    card = kpi_card(
        Card(
            SATISFACTION,
            0.8,
            "October 2017",
            before=0.7,
            status="partial",
            parts=29,
            expected=31,
            part="day",
            over=False,
        )
    )
    assert words(classed(card, "partial")) == "Partial: 29 of 31 days reported so far"
    assert not classed(card, "change")


def test_a_rate_over_a_hundred_percent_is_shown_and_warned_about() -> None:
    card = kpi_card(Card(COMPLETION, 1.034, "2017"))
    assert words(classed(card, "value")) == "103.4 %"
    assert words(classed(card, "warning")).startswith("Check the data.")
    assert not classed(kpi_card(Card(COMPLETION, 1.0, "2017")), "warning")


def test_the_cards_are_a_named_section() -> None:
    section = kpi_cards([Card(COST, 1.0, "2017"), Card(COMPLETION, 0.5, "2017")])
    assert len(typed(section, "Article")) == 2
    assert prop(section, "aria-label") == "Key performance indicators"


def test_a_headline_figure_reads_value_label_change_and_base() -> None:
    item = headline_figure(316_467_502, TOTAL_COST, "total cost", "45 services", before=331_727_000)
    assert words(headline([item])) == ("£316 million total cost better: down 4.6% 45 services")


def test_a_headline_without_an_earlier_figure_says_so() -> None:
    item = headline_figure(5.0, TOTAL_COST, "total cost", "1 service")
    assert words(classed(item, "change")) == "no earlier figure to compare with"


def test_last_weeks_volumes_lead_to_their_services() -> None:
    item = Volume("Tax your vehicle", "/services/tax", "914,667", "down 2%")
    assert [prop(link, "href") for link in typed(volumes([item]), "Link")] == ["/services/tax"]
    assert words(volumes([item])) == "Tax your vehicle 914,667 down 2%"


def test_no_volumes_say_so() -> None:
    assert "No service has reported" in words(volumes([]))
