"""The services page: filters with what they leave, results in words, and a real table."""

from typing import Any

import pandas as pd
import pytest

from kpi.definitions import SLUGS
from kpi.listings import Listing
from kpi.ranges import KpiRange
from layouts import ids
from layouts.services import build_services
from layouts.services_address import EVERY, ServicesAddress
from layouts.services_filters import range_in_words
from layouts.services_table import services_table
from tests.layouts.reading import classed, prop, typed, words

YEAR = ("2016-10-01", "2017-10-01")
OLD = ("2012-04-01", "2013-04-01")
CHOICES = pd.DataFrame(
    [
        ("department", "transport", "Department for Transport", "", 3),
        ("department", "treasury", "Treasury", "", 0),
        ("agency", "vehicles", "Vehicle Agency", "transport", 2),
        ("agency", "mint", "Mint", "treasury", 1),
        ("category", "Taxes", "Taxes", "", 2),
    ],
    columns=["field", "value", "name", "department", "services"],
)


def service(slug: str, **figures: tuple[float, tuple[str, str]]) -> dict[str, Any]:
    """A row of ServiceQuery: each figure with its year."""
    row: dict[str, Any] = {"service": 1, "slug": slug, "name": slug.capitalize()}
    row |= {"agency_name": "Vehicle Agency", "department_name": "Department for Transport"}
    for kpi in SLUGS:
        value, year = figures.get(kpi.replace("-", "_"), (float("nan"), None))
        start, end = map(pd.Timestamp, year) if year else (pd.NaT, pd.NaT)
        row |= {kpi: value, f"{kpi}.start_at": start, f"{kpi}.end_at": end}
        row[f"{kpi}.period"] = "year"
    return row


TAX = service("tax", transactions=(1000.0, YEAR), digital_take_up=(1.25, YEAR))
TOLL = service("toll", transactions=(300.0, YEAR), cost_per_transaction=(2.5, OLD))
TRENDS = pd.DataFrame(
    [
        (1, "transactions", "year", pd.Timestamp("2015-10-01"), pd.Timestamp("2016-10-01"), 900.0),
        (1, "transactions", "year", pd.Timestamp("2016-10-01"), pd.Timestamp("2017-10-01"), 1000.0),
    ],
    columns=["service", "kpi", "period", "start_at", "end_at", "value"],
)


def listing(*rows: dict[str, Any], total: int | None = None, **more: Any) -> Listing:
    shape = {"services": 4, "number": 1, "size": 25} | more
    count = len(rows) if total is None else total
    frame = pd.DataFrame(list(rows))
    return Listing(frame, TRENDS, CHOICES, count, **shape)


def page(wanted: ServicesAddress, found: Listing, problems: tuple[str, ...] = ()) -> list[Any]:
    return build_services(wanted, found, problems)


def cells(found: Listing) -> list[list[str]]:
    body = typed(services_table(ServicesAddress(), found), "Tbody")
    return [[words(cell) for cell in row.children] for row in typed(body, "Tr")]


def test_a_row_has_a_cell_for_each_kpi_and_says_what_is_not_reported() -> None:
    assert cells(listing(TAX)) == [
        [
            "Tax Vehicle Agency", "1,000", "not reported", "not reported", "not reported",
            "125.00% over 100%: check the data",
        ]
    ]  # fmt: skip


def test_a_figure_of_another_year_than_most_says_which() -> None:
    assert cells(listing(TAX, TOLL))[1][:3] == [
        "Toll Vehicle Agency", "300", "£2.50 year to Mar 2013",
    ]  # fmt: skip
    table = services_table(ServicesAddress(), listing(TAX, TOLL))
    assert words(typed(table, "Caption")) == (
        "Figures are for October 2016 to September 2017, unless they say otherwise."
    )
    assert [words(item) for item in classed(table, "older")] == ["£2.50"]


def test_a_trend_line_is_told_in_words() -> None:
    line = typed(services_table(ServicesAddress(), listing(TAX)), "Img")
    assert [prop(item, "alt") for item in line] == [
        "Trend from year to Sep 2016 to year to Sep 2017: from 900 to 1,000, "
        "lowest 900, highest 1,000"
    ]


def test_the_table_stays_one_where_its_rows_are_blocks() -> None:
    table = services_table(ServicesAddress(), listing(TAX))
    assert {prop(item, "role") for item in typed(table, "Tr")} == {"row"}
    assert {prop(item, "role") for item in typed(table, "Td")} == {"cell"}
    assert prop(typed(typed(table, "Tbody"), "Th")[0], "role") == "rowheader"
    assert prop(typed(table, "Td")[0], "data-label") == "Transactions"


def test_a_header_sorts_by_its_column_and_back_again() -> None:
    wanted = ServicesAddress(q="tax", sort_by="transactions", descending=True, page=2)
    headers = typed(typed(services_table(wanted, listing(TAX)), "Thead"), "Th")
    sorts = {words(item).split(" ")[0]: prop(item, "aria-sort") for item in headers}
    assert sorts == {
        "Service": None, "Transactions": "descending", "Cost": None, "User": None,
        "Completion": None, "Digital": None,
    }  # fmt: skip
    links = [prop(link, "href") for link in typed(headers, "Link")]
    assert links[:3] == [
        "/services?q=tax",
        "/services?q=tax&sort_by=transactions",
        "/services?q=tax&sort_by=cost-per-transaction:descending",
    ]


def test_total_cost_is_a_column_where_it_is_asked_for() -> None:
    for wanted in (
        ServicesAddress(sort_by="total-cost"),
        ServicesAddress(ranges=(KpiRange("total-cost", 1),)),
    ):
        heads = typed(typed(services_table(wanted, listing(TAX)), "Thead"), "Th")
        assert words(heads[-1]).startswith("Total cost")


def test_the_result_says_in_words_what_is_left() -> None:
    chosen = ServicesAddress(q="tax", agency="vehicles", ranges=(KpiRange("digital-take-up", 0.8),))
    said = classed(page(chosen, listing(TAX)), "results")
    assert words(said).startswith(
        "1 of 4 services: ‘tax’, Vehicle Agency, digital take-up at least 80%."
    )
    everything = classed(page(ServicesAddress(), listing(TAX, TOLL, services=2)), "results")
    assert words(everything) == "All 2 services."
    second = page(ServicesAddress(), listing(TAX, total=30, services=30, number=2))
    assert words(classed(second, "results")) == "All 30 services. Showing 26 to 30."


def test_each_filter_has_a_link_that_removes_it_alone() -> None:
    wanted = ServicesAddress(q="tax", department="transport", agency="vehicles")
    links = typed(classed(page(wanted, listing(TAX)), "chosen"), "Link")
    assert [prop(link, "href") for link in links] == [
        "/services?department=transport&agency=vehicles",
        "/services?q=tax",  # An agency goes with its department.
        "/services?q=tax&department=transport",
        "/services",
    ]


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        (KpiRange("digital-take-up", 0.8, 0.955), "digital take-up from 80% to 95.5%"),
        (KpiRange("cost-per-transaction", None, 0.5), "cost per transaction at most £0.50"),
        (KpiRange("transactions", 1000), "transactions at least 1,000"),
        (KpiRange("total-cost", 0, 0), "total cost from £0 to £0"),
    ],
)
def test_a_range_is_said_in_the_unit_of_its_kpi(wanted: KpiRange, said: str) -> None:
    assert range_in_words(wanted) == said


def options(wanted: ServicesAddress, id: str) -> list[str]:
    selects = typed(page(wanted, listing(TAX)), "Select")
    chosen = next(item for item in selects if prop(item, "id") == id)
    return [option["label"] for option in prop(chosen, "options")]


def test_a_choice_says_how_many_services_it_leaves() -> None:
    assert options(ServicesAddress(), ids.SERVICES_DEPARTMENT) == [
        "All departments",
        "Department for Transport (3)",
    ]


def test_a_choice_that_leaves_nothing_is_offered_only_where_it_is_chosen() -> None:
    wanted = ServicesAddress(department="treasury")
    assert "Treasury (0)" in options(wanted, ids.SERVICES_DEPARTMENT)


def test_agencies_are_those_of_the_chosen_department() -> None:
    wanted = ServicesAddress(department="transport")
    assert options(wanted, ids.SERVICES_AGENCY) == ["All agencies", "Vehicle Agency (2)"]


def test_fields_are_set_to_what_the_address_says() -> None:
    ranges = (KpiRange("transactions", 5), KpiRange("digital-take-up", 0.8))
    wanted = ServicesAddress(q="tax", category="Taxes", ranges=ranges)
    shown = page(wanted, listing(TAX))
    fields = [*typed(shown, "Select"), *typed(shown, "Input")]
    values = {prop(item, "id"): prop(item, "value") for item in fields}
    assert values[ids.SERVICES_Q] == "tax"
    assert values[ids.SERVICES_CATEGORY] == "Taxes"
    assert values[ids.SERVICES_DEPARTMENT] == EVERY
    assert values[ids.SERVICES_RANGE_KPI] == "digital-take-up"
    assert (values[ids.SERVICES_LEAST], values[ids.SERVICES_MOST]) == (80, None)


def test_the_csv_is_the_same_question() -> None:
    wanted = ServicesAddress(q="tax", sort_by="transactions", descending=True, page=2)
    link = typed(classed(page(wanted, listing(TAX, total=30, number=2)), "actions"), "A")[0]
    assert prop(link, "href") == "/api/services?q=tax&sort_by=transactions:descending&format=csv"
    assert words(link) == "Download CSV of all of them"


def test_where_nothing_matches_it_says_what_to_do_next() -> None:
    empty = classed(page(ServicesAddress(q="zzz"), listing()), "empty-state")
    assert words(empty) == "No service matches this. Show all services"
    several = classed(page(ServicesAddress(q="zzz", category="Taxes"), listing()), "empty-state")
    assert words(several).endswith("Remove one of the filters above, or Show all services")


def test_without_any_service_it_says_how_to_load_them() -> None:
    nothing = page(ServicesAddress(), listing(services=0))
    assert "No services have been loaded yet." in words(nothing)
    assert [prop(link, "href") for link in typed(nothing, "Link")] == ["/about#load"]


def test_what_was_not_understood_is_said() -> None:
    assert "Nobody knows." in words(page(ServicesAddress(), listing(TAX), ("Nobody knows.",)))
