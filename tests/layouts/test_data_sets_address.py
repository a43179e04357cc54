"""The address of the catalogue, read and written."""

from __future__ import annotations

from kpi.data_sets import Choice, Listing, Named
from layouts.data_sets_address import DataSetsAddress, chosen, parse, problems

CHOICES = (
    Choice("organisation", "dwp", "Department for Work and Pensions", 2),
    Choice("type", "journey", "Journeys", 1),
)
LISTING = Listing((), CHOICES, Named("allowance", "Carer’s Allowance"), 30, 40, 1, 1, 25)


def test_an_address_is_read_and_written_the_same() -> None:
    given = {
        "q": "carer",
        "organisation": "dwp",
        "service": "allowance",
        "type": "journey",
        "unpublished": "yes",
        "page": "2",
    }
    wanted, said = parse(given)
    assert said == []
    assert wanted.href == (
        "/data?q=carer&organisation=dwp&service=allowance&type=journey&unpublished=yes&page=2"
    )
    assert DataSetsAddress().href == "/data"


def test_what_cannot_be_read_is_said_and_left_out() -> None:
    wanted, said = parse({"q": "  ", "type": ["a", "b"], "page": "zero", "unpublished": "maybe"})
    assert wanted == DataSetsAddress(type="b")
    assert said == [
        "‘zero’ is not a page, so the first one is shown.",
        "Only one data type can be chosen, so the last one is used.",
    ]


def test_what_leads_nowhere_is_said() -> None:
    asked = DataSetsAddress(organisation="nobody", service="allowance", type="journey", page=9)
    assert problems(asked, LISTING) == [
        "No data set has the organisation ‘nobody’.",
        "There is no page 9: this is page 2, the last.",
    ]


def test_a_filter_leads_to_the_first_page_and_keeps_the_service() -> None:
    before = DataSetsAddress(service="allowance", page=2)
    same = {"q": "", "organisation": "*", "type": "*", "unpublished": "*"}
    assert chosen(before, same) == before
    after = chosen(before, {**same, "q": "claim", "type": "journey"})
    assert after == DataSetsAddress(q="claim", service="allowance", type="journey")
    assert chosen(before, {**same, "unpublished": "yes"}).unpublished == "yes"


def test_any_filter_counts_as_one() -> None:
    assert DataSetsAddress(service="allowance").filtered
    assert not DataSetsAddress(unpublished="yes", page=3).filtered
