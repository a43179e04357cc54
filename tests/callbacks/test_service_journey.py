"""The days that are compared write the address."""

from dash import no_update

from callbacks.service import chosen, parse
from callbacks.service_journey import compared
from kpi.journeys import Asked
from tests.callbacks.test_service import OPENING

DAYS: list[str | None] = ["2017-09-04", "2017-09-18", "2017-08-07", "2017-08-21"]


def test_two_periods_are_in_the_address_with_all_that_was_there() -> None:
    before = "?period=week&stage=pay&against=2016-01-04"
    assert compared(DAYS, before) == (
        "?period=week&stage=pay&journey=2017-09-04..2017-09-18&against=2017-08-07..2017-08-21"
    )


def test_one_day_is_both_ends_of_its_period_and_ends_come_in_order() -> None:
    days = [DAYS[1], DAYS[0], None, DAYS[2]]
    assert compared(days, "") == "?journey=2017-09-04..2017-09-18&against=2017-08-07"


def test_without_two_periods_nothing_is_compared() -> None:
    assert compared([*DAYS[:2], None, ""], "?stage=pay") is no_update


def test_what_is_no_span_is_said_and_left_out() -> None:
    wanted, notes = parse({"journey": "soon", "against": "2017-08-07", "stage": "pay"})
    assert notes == ("‘soon’ is no span such as 2017-09-04..2017-09-18, so it was left out.",)
    assert wanted.journey.parameters == {"stage": "pay", "against": "2017-08-07"}
    assert parse({})[0].journey == Asked()


def test_filters_keep_the_stage_that_is_open() -> None:
    values = {**OPENING, "channel": "all", "period": "week", "stage": "pay", "journey": ""}
    del values["shown"]
    assert chosen(values, OPENING) == "?period=week&stage=pay"
