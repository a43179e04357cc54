"""The address of the services page says everything that is set there, and no more."""

from typing import Any

import pandas as pd
import pytest

from kpi.ranges import KpiRange
from layouts.services_address import (
    EVERY,
    ServicesAddress,
    checked,
    chosen,
    parse,
    shown_bound,
    typed_bound,
)

CHOICES = pd.DataFrame(
    [
        ("department", "transport", ""),
        ("department", "treasury", ""),
        ("agency", "vehicles", "transport"),
        ("category", "Taxes", ""),
    ],
    columns=["field", "value", "department"],
)
FULL: dict[str, str | list[str]] = {
    "q": "driving licence",
    "department": "transport",
    "range": ["digital-take-up:0.8:", "transactions::5000"],
    "sort_by": "cost-per-transaction:descending",
    "page": "3",
}


def controls(**given: Any) -> dict[str, Any]:
    unset = dict.fromkeys(("department", "agency", "category", "customer_type"), EVERY)
    bounds = {"least": None, "most": "", "kpi": "digital-take-up"}
    return {"q": "", **unset, **bounds, "order": "name", **given}


def test_an_address_is_written_as_it_was_read() -> None:
    found, said = parse(FULL)
    assert said == []
    assert found.search == (
        "?q=driving+licence&department=transport&range=digital-take-up:0.8:"
        "&range=transactions::5000&sort_by=cost-per-transaction:descending&page=3"
    )


def test_defaults_are_left_out() -> None:
    found, said = parse({"q": "  ", "sort_by": "name", "page": "1", "category": ""})
    assert (found, said, found.href) == (ServicesAddress(), [], "/services")


def test_the_csv_asks_the_same_question_without_the_page() -> None:
    question = parse(FULL)[0].question
    assert "page" not in question
    assert question["sort_by"] == "cost-per-transaction:descending"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"range": "speed:1:"}, "There is no KPI called 'speed'"),
        ({"range": "transactions:5:1"}, "its least value is above its most. It was left out."),
        ({"sort_by": "colour"}, "cannot be sorted by ‘colour’, so they are sorted by name."),
        ({"sort_by": "name:sideways"}, "cannot be sorted by ‘name:sideways’"),
        ({"page": "x"}, "‘x’ is not a page, so the first one is shown."),
        ({"page": "0"}, "‘0’ is not a page"),
    ],
)
def test_what_cannot_be_read_is_said_and_left_out(given: dict[str, str], said: str) -> None:
    found, problems = parse(given)
    assert found == ServicesAddress()
    assert said in problems[0]


def test_of_a_filter_given_twice_the_last_counts_and_it_is_said() -> None:
    found, said = parse({"department": ["transport", "treasury"]})
    assert found.department == "treasury"
    assert said == ["Only one department can be chosen, so the last one is used."]


def test_what_does_not_exist_is_said_and_left_out() -> None:
    found, said = checked(ServicesAddress(department="nowhere", category="Taxes", page=2), CHOICES)
    assert found == ServicesAddress(category="Taxes", page=2)
    assert said == ["There is no department ‘nowhere’, so it was left out."]


def test_an_agency_of_another_department_is_left_out() -> None:
    found, said = checked(ServicesAddress(department="treasury", agency="vehicles"), CHOICES)
    assert found == ServicesAddress(department="treasury")
    assert said == ["There is no agency ‘vehicles’ in this department, so it was left out."]


def test_a_change_of_filter_goes_back_to_the_first_page() -> None:
    before = ServicesAddress(q="tax", page=4)
    assert chosen(before, controls(q="toll")) == ServicesAddress(q="toll")


def test_filters_that_did_not_change_leave_the_page_alone() -> None:
    before = ServicesAddress(q="tax", page=4)
    assert chosen(before, controls(q="tax")) is before


def test_another_department_comes_without_the_agency() -> None:
    before = ServicesAddress(department="transport", agency="vehicles")
    after = chosen(before, controls(department="treasury", agency="vehicles"))
    assert after == ServicesAddress(department="treasury")


def test_a_percentage_as_typed_is_a_proportion_in_the_address() -> None:
    after = chosen(ServicesAddress(), controls(least=81.59))
    assert after.ranges == (KpiRange("digital-take-up", 0.8159),)


def test_a_range_of_one_kpi_leaves_the_others() -> None:
    volume, take_up = KpiRange("transactions", 10), KpiRange("digital-take-up", 0.5)
    before = ServicesAddress(ranges=(volume, take_up))
    assert chosen(before, controls(least=60)).ranges == (volume, KpiRange("digital-take-up", 0.6))
    assert chosen(before, controls()).ranges == (volume,)


@pytest.mark.parametrize(
    ("slug", "bound", "shown"),
    [("digital-take-up", 0.07, 7), ("digital-take-up", 0.8159, 81.59), ("total-cost", 2.5, 2.5)],
)
def test_bounds_are_shown_as_they_are_typed(slug: str, bound: float, shown: float) -> None:
    assert shown_bound(bound, slug) == shown
    assert typed_bound(shown, slug) == bound


@pytest.mark.parametrize("nothing", [None, "", "lots", float("nan")])
def test_what_is_no_number_is_no_bound(nothing: object) -> None:
    assert typed_bound(nothing, "transactions") is None
