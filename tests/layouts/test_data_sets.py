"""The catalogue as a page."""

from __future__ import annotations

from typing import Any

from dash.development.base_component import Component

from kpi.data_sets import Choice, DataSet, Listing, Named
from layouts.data_sets import build_data_sets
from layouts.data_sets_address import DataSetsAddress
from tests.fixtures.data_sets import CLAIMS, NOW, at, claims
from tests.layouts.reading import classed, prop, typed, words

CHOICES = (
    Choice("organisation", "dwp", "Department for Work and Pensions", 2),
    Choice("organisation", "hmrc", "Revenue and Customs", 0),
    Choice("type", "journey", "Journeys", 1),
)


def listing(*shown: DataSet, **changed: Any) -> Listing:
    plain = {"total": len(shown), "data_sets": 40, "unpublished": 0, "number": 1, "size": 25}
    return Listing(shown, CHOICES, Named("allowance", "Carer’s Allowance"), **{**plain, **changed})


def page(found: Listing, wanted: DataSetsAddress | None = None, **more: Any) -> list[Component]:
    return build_data_sets(wanted or DataSetsAddress(), found, NOW, 1000, **more)


def links(component: Any) -> dict[str, str]:
    """Where each plain link leads, by the words that are seen."""
    return {words(one.children[0]): prop(one, "href") for one in typed(component, "A")}


def test_an_entry_says_what_whose_since_when_how_fresh_and_how_complete() -> None:
    (entry,) = typed(classed(page(listing(CLAIMS)), "catalogue"), "Li")
    assert words(typed(entry, "H2")) == "Carer’s Allowance: claims"
    assert words(classed(entry, "of")[0]) == (
        "Transactions by channel · Carer’s Allowance · Department for Work and Pensions"
    )
    assert words(classed(entry, "of")[1]) == (
        "Fields: period (text) , channel (text) , count (number)"
    )
    assert words(classed(entry, "standing")) == (
        "Since Week of 14 October 2013 "
        "Newest Week of 29 September 2014, 11 days ago Next due by 30 October 2014. "
        "Complete 50 of 51 weeks"
    )


def test_an_entry_leads_to_its_page_its_service_and_who_runs_that() -> None:
    (entry,) = typed(classed(page(listing(CLAIMS)), "catalogue"), "Li")
    assert [prop(link, "href") for link in typed(entry, "Link")] == [
        "/data/carers-allowance/transactions-by-channel",
        "/services/carers-allowance",
        "/organisations/dwp",
    ]


def test_an_entry_can_be_had_as_csv_and_json_and_asked() -> None:
    given = links(classed(page(listing(CLAIMS)), "catalogue"))
    assert list(given) == ["CSV by month", "JSON by month", "Example query"]
    assert given["CSV by month"].endswith("&format=csv")
    assert given["Example query"].endswith("&collect=count:sum&format=json")


def test_open_records_come_as_they_are() -> None:
    given = links(classed(page(listing(claims(raw=True))), "catalogue"))
    address = "/data/carers-allowance/transactions-by-channel"
    assert (given["CSV"], given["JSON"]) == (f"{address}?format=csv", f"{address}?format=json")


def test_what_is_unpublished_says_so_and_comes_as_json_alone() -> None:
    found = classed(page(listing(claims(published=False))), "catalogue")
    assert words(classed(found, "unpublished")) == "Unpublished: may change"
    assert list(links(found)) == ["JSON by month", "Example query"]


def test_what_is_late_stands_out() -> None:
    found = build_data_sets(DataSetsAddress(), listing(CLAIMS), at("2014-12-01"), 1000)
    assert words(classed(found, "late")) == "Late since 30 October 2014."


def test_a_data_set_of_no_service_is_of_many() -> None:
    found = page(listing(claims(service=Named(), organisation=Named())))
    assert words(classed(classed(found, "catalogue"), "of")[0]) == (
        "Transactions by channel · many services"
    )


def test_what_was_found_is_said_with_a_way_to_take_each_filter_back() -> None:
    wanted = DataSetsAddress(q="claims", organisation="dwp", service="allowance")
    found = page(listing(CLAIMS, total=30), wanted)
    assert words(typed(classed(found, "results"), "P")) == (
        "30 of 40 data sets: ‘claims’, Department for Work and Pensions, Carer’s Allowance. "
        "Showing 1 to 25."
    )
    removed = {words(one): prop(one, "href") for one in typed(classed(found, "chosen"), "Link")}
    assert removed["Remove filter: ‘claims’"] == "/data?organisation=dwp&service=allowance"
    assert removed["Remove all filters"] == "/data"


def test_filters_offer_what_would_leave_something() -> None:
    options = [prop(one, "options") for one in typed(page(listing(CLAIMS)), "Select")]
    assert [one["label"] for one in options[0]] == [
        "All organisations",
        "Department for Work and Pensions (2)",
    ]


def test_unpublished_ones_can_be_asked_for_where_there_are_any() -> None:
    def is_hidden(found: list[Component]) -> Any:
        field = typed(found, "Select")[2]
        (around,) = (
            one for one in typed(found, "Div") if "hidden" in one.to_plotly_json()["props"]
        )
        assert field in typed(around, "Select")
        return prop(around, "hidden")

    assert is_hidden(page(listing(CLAIMS)))
    assert not is_hidden(page(listing(CLAIMS, unpublished=2)))


def test_pages_lead_on() -> None:
    found = page(listing(CLAIMS, total=60), DataSetsAddress(q="a"))
    assert "/data?q=a&page=2" in [prop(one, "href") for one in typed(found, "Link")]


def test_nothing_found_leads_back_and_problems_are_said() -> None:
    found = page(listing(), DataSetsAddress(q="nothing"), problems=["No page 9."])
    assert "No data set matches this. Show all data sets" in words(found)
    assert words(classed(found, "problems")) == "No page 9."


def test_without_any_data_set_it_says_how_to_load_some() -> None:
    assert "No data set has been published yet." in words(page(listing(data_sets=0)))
