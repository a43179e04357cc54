"""Ratings are shares of the answers; without answers there is no data."""

import pytest

from layouts.ratings import NO_ANSWERS, ratings, ratings_table, shares
from tests.layouts.reading import classed, prop, typed, words

COUNTS = [5.0, 6.0, 9.0, 30.0, 50.0]


def test_shares_are_of_all_answers() -> None:
    assert shares([1, 0, 0, 0, 3]) == [0.25, 0, 0, 0, 0.75]


def test_the_bar_says_all_five_shares_and_shows_the_ends() -> None:
    drawn = ratings(COUNTS)
    assert prop(classed(drawn, "likert")[0], "aria-label") == (
        "Very dissatisfied 5%, Dissatisfied 6%, Neither 9%, Satisfied 30%, Very satisfied 50%"
    )
    assert words(drawn) == "Very dissatisfied 5% Very satisfied 50%"


def test_the_table_has_answers_and_shares() -> None:
    assert words(typed(ratings_table(COUNTS, ""), "Tbody")).startswith("Very dissatisfied 5 5.0%")


@pytest.mark.parametrize("nothing", [[0, 0, 0, 0, 0], []])
def test_a_time_without_answers_is_no_data_not_zero(nothing: list[float]) -> None:
    assert words(ratings(nothing)) == NO_ANSWERS
    assert words(ratings_table(nothing, "")) == NO_ANSWERS
