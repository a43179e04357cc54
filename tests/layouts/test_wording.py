"""Numbers, changes, ages and lists read as people say them."""

from datetime import datetime

import pytest

from kpi.definitions import Kpi, kpi
from layouts import wording

COST = kpi("cost-per-transaction")
TAKE_UP = kpi("digital-take-up")
VOLUME = kpi("transactions")
TOTAL_COST = kpi("total-cost")
NAN = float("nan")
NOW = datetime(2017, 10, 14, 12, 0)


@pytest.mark.parametrize(
    ("value", "definition", "words"),
    [
        (1_039_075_681, VOLUME, "1.04 billion"),
        (1_642_669_139, VOLUME, "1.64 billion"),
        (1_000_000_000, VOLUME, "1 billion"),
        (999_700_000, VOLUME, "1 billion"),
        (24_120_000, VOLUME, "24.1 million"),
        (1_500_000, VOLUME, "1.5 million"),
        (300_000_000, VOLUME, "300 million"),
        (131_204, VOLUME, "131,204"),
        (0, VOLUME, "0"),
        (316_467_502.31, TOTAL_COST, "£316 million"),
        (5_684_441_556, TOTAL_COST, "£5.68 billion"),
        (12_345.67, TOTAL_COST, "£12,346"),
        (0.4014, COST, "£0.40"),
        (2.5199, COST, "£2.52"),
        (727, COST, "£727.00"),
        (0.002, COST, "under £0.01"),
        (0, COST, "£0.00"),
        (-1.4, COST, "−£1.40"),
        (0.8023, TAKE_UP, "80.2%"),
        (1.034, TAKE_UP, "103.4%"),
        (None, VOLUME, "not reported"),
        (NAN, COST, "not reported"),
    ],
)
def test_a_figure_is_written_as_people_say_it(
    value: float | None, definition: Kpi, words: str
) -> None:
    assert wording.said(value, definition) == words


@pytest.mark.parametrize(
    ("value", "definition", "words"),
    [
        (1_039_075_681, VOLUME, "1,039,075,681"),
        (316_467_502.31, TOTAL_COST, "£316,467,502.31"),
        (0.0212, COST, "£0.0212"),
        (2.5199, COST, "£2.52"),
        (0.81594, TAKE_UP, "81.59%"),
        (None, TAKE_UP, "not reported"),
        (NAN, VOLUME, "not reported"),
    ],
)
def test_a_table_has_the_figure_in_full(value: float | None, definition: Kpi, words: str) -> None:
    assert wording.exact(value, definition) == words


def test_the_unit_can_be_set_smaller_than_the_value() -> None:
    assert wording.value_and_unit(0.841, TAKE_UP) == ("84.1", "%")
    assert wording.value_and_unit(316_467_502, TOTAL_COST) == ("£316", " million")
    assert wording.value_and_unit(26.13, COST) == ("£26.13", "")


@pytest.mark.parametrize(
    ("value", "before", "definition", "words"),
    [
        (0.816, 0.797, TAKE_UP, "up 1.9 percentage points"),
        (0.809, 0.841, TAKE_UP, "down 3.2 percentage points"),
        (0.8001, 0.8004, TAKE_UP, "no change"),
        (0.40, 0.43, COST, "down 3 pence"),
        (0.41, 0.40, COST, "up 1 penny"),
        (0.403, 0.400, COST, "up 0.3 pence"),
        (26.13, 27.53, COST, "down £1.40"),
        (954, 1000, TOTAL_COST, "down 4.6%"),
        (104, 100, VOLUME, "up 4.0%"),
        (150, 100, VOLUME, "up 50%"),
        (12, 0, VOLUME, "up 12"),
        (0, 0, VOLUME, "no change"),
        (100_001, 100_000, VOLUME, "no change"),
        (None, 100, VOLUME, "no earlier figure to compare with"),
        (100, NAN, VOLUME, "no earlier figure to compare with"),
    ],
)
def test_a_change_is_said_in_the_unit_people_use(
    value: float | None, before: float, definition: Kpi, words: str
) -> None:
    assert wording.change_in_words(value, before, definition) == words


def test_a_falling_cost_is_better_and_a_falling_take_up_is_worse() -> None:
    assert wording.direction_of_change(0.40, 0.43, COST) == "better"
    assert wording.direction_of_change(0.79, 0.81, TAKE_UP) == "worse"


def test_fewer_transactions_are_neither_better_nor_worse() -> None:
    assert wording.direction_of_change(90, 100, VOLUME) == "flat"


def test_a_change_too_small_to_say_is_flat() -> None:
    assert wording.direction_of_change(0.8004, 0.8001, TAKE_UP) == "flat"


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ([], ""),
        (["June"], "June"),
        (["June", "July"], "June and July"),
        (["June", "July", "August"], "June, July and August"),
    ],
)
def test_a_list_ends_in_and(words: list[str], sentence: str) -> None:
    assert wording.listed(words) == sentence


def test_one_service_is_singular() -> None:
    assert wording.counted(1, "service") == "1 service"
    assert wording.counted(1200, "agency", "agencies") == "1,200 agencies"


def test_how_many_of_how_many() -> None:
    assert wording.out_of(414, 734, "service") == "414 of 734 services"
    assert wording.out_of(3, 3, "service") == "all 3 services"
    assert wording.out_of(0, 1, "service") == "0 of 1 service"


def test_a_month_that_is_not_over_is_so_far() -> None:
    assert wording.parts_in_words(29, 31, "day", over=False) == "29 of 31 days reported so far"
    assert wording.parts_in_words(3, 4, "quarter") == "3 of 4 quarters reported"


def test_a_slug_reads_as_a_name() -> None:
    assert wording.named("care-you-provide") == "Care you provide"
    assert wording.named("") == ""


def test_a_month_made_of_weeks_says_why_it_is_partial() -> None:
    words = wording.parts_in_words(4, 4, "week")
    assert words == "added up from 4 weeks, which do not fill it exactly"
    assert wording.parts_in_words(3, 4, "week") == "3 of 4 weeks reported"
