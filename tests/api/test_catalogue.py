"""Services and organisations with their latest KPIs; figures: fixtures.small_world."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from kpi.definitions import SLUGS
from tests.api.conftest import client_of
from tests.api.reading import body_of, one_of, rows_of
from tests.fixtures.small_world import empty_engine

YEAR = {"period": "year", "start_at": "2016-10-01", "end_at": "2017-10-01"}


def slugs(client: FlaskClient, address: str) -> list[str]:
    return [row["slug"] for row in rows_of(client, address)]


def test_a_list_says_how_many_there_are_on_all_pages(client: FlaskClient) -> None:
    body = body_of(client, "/services?limit=1&offset=2")
    assert [row["slug"] for row in body["data"]] == ["pay-a-toll"]
    assert (body["total"], body["limit"], body["offset"]) == (4, 1, 2)


def test_a_service_says_who_runs_it_and_what_it_is(client: FlaskClient) -> None:
    tax = one_of(client, "/services/tax-a-vehicle")
    assert (tax["slug"], tax["name"]) == ("tax-a-vehicle", "Tax a vehicle")
    assert (tax["department"], tax["department_name"]) == ("transport", "Department for Transport")
    assert (tax["agency"], tax["agency_name"]) == ("vehicles", "Vehicle Agency")
    assert (tax["category"], tax["customer_type"]) == ("Taxes", "Citizens")
    assert tax["high_volume"] is True
    assert tax["notes_on_costs"] is None


def test_a_service_run_by_a_department_itself_has_no_agency(client: FlaskClient) -> None:
    toll = one_of(client, "/services/pay-a-toll")
    assert (toll["department"], toll["agency"], toll["agency_name"]) == ("transport", None, None)


def test_a_service_has_its_latest_value_of_every_kpi(client: FlaskClient) -> None:
    kpis = one_of(client, "/services/tax-a-vehicle")["kpis"]
    assert tuple(kpis) == SLUGS
    assert kpis["cost-per-transaction"] == {
        "value": 0.5,
        "numerator": 500,
        "denominator": 1000,
        "status": "reported",
        "unit": "pounds",
        **YEAR,
    }
    assert kpis["digital-take-up"]["value"] == 0.8


def test_a_kpi_that_was_never_reported_says_so(client: FlaskClient) -> None:
    nothing = dict.fromkeys(("value", "numerator", "denominator", *YEAR))
    kpis = one_of(client, "/services/report-a-death")["kpis"]
    assert kpis["transactions"] == {**nothing, "status": "not reported", "unit": "transactions"}


def test_one_service_is_the_same_as_in_the_list(client: FlaskClient) -> None:
    for row in rows_of(client, "/services"):
        assert one_of(client, f"/services/{row['slug']}") == row


@pytest.mark.parametrize(
    ("filters", "left"),
    [
        ("department=transport", ["book-a-test", "pay-a-toll", "tax-a-vehicle"]),
        ("agency=vehicles", ["book-a-test", "tax-a-vehicle"]),
        ("category=Taxes", ["pay-a-toll", "tax-a-vehicle"]),
        ("customer_type=Businesses", ["pay-a-toll"]),
        ("q=ROAD", ["tax-a-vehicle"]),
        ("q=vehicle+test", ["book-a-test"]),
        ("range=transactions:300:", ["pay-a-toll", "tax-a-vehicle"]),
        ("range=transactions:300:&range=digital-take-up::0.9", ["tax-a-vehicle"]),
        ("category=Taxes&agency=vehicles", ["tax-a-vehicle"]),
        ("department=nowhere", []),
        ("q=", ["report-a-death", "book-a-test", "pay-a-toll", "tax-a-vehicle"]),
    ],
)
def test_filters_leave_the_services_that_match_them_all(
    client: FlaskClient, filters: str, left: list[str]
) -> None:
    assert slugs(client, f"/services?{filters}") == left
    assert body_of(client, f"/services?{filters}&limit=1")["total"] == len(left)


def test_services_without_a_kpi_come_last_either_way(client: FlaskClient) -> None:
    # £0.50 and £2.00; the other two have no cost, and go by slug.
    silent = ["pay-a-toll", "report-a-death"]
    rising = ["tax-a-vehicle", "book-a-test", *silent]
    assert slugs(client, "/services?sort_by=cost-per-transaction") == rising
    assert slugs(client, "/services?sort_by=cost-per-transaction:ascending") == rising
    falling = slugs(client, "/services?sort_by=cost-per-transaction:descending")
    assert falling == ["book-a-test", "tax-a-vehicle", *silent]


def test_organisations_say_who_they_are_and_how_many_services_they_run(
    client: FlaskClient,
) -> None:
    rows = rows_of(client, "/organisations")
    names = [(row["slug"], row["abbreviation"], row["department"]) for row in rows]
    assert names == [
        ("transport", "DfT", None),
        ("treasury", "HMT", None),
        ("vehicles", "VA", "transport"),
    ]
    assert [row["services"] for row in rows] == [3, 1, 2]


def test_a_department_adds_up_its_own_services_and_its_agencies(client: FlaskClient) -> None:
    # (500 + 400) ÷ (1000 + 200) = £0.75; the toll has transactions alone: 1500 of 3.
    kpis = one_of(client, "/organisations/transport")["kpis"]
    assert kpis["cost-per-transaction"] == {
        "value": 0.75,
        "numerator": 900,
        "denominator": 1200,
        "status": "reported",
        "unit": "pounds",
        **YEAR,
        "services_reporting": 2,
        "services": 3,
    }
    assert (kpis["transactions"]["value"], kpis["transactions"]["services_reporting"]) == (1500, 3)
    assert kpis["digital-take-up"]["value"] == 0.825  # (800 + 190) ÷ 1200


def test_an_organisation_without_a_figure_says_not_reported(client: FlaskClient) -> None:
    kpis = one_of(client, "/organisations/treasury")["kpis"]
    missing = kpis["transactions"]
    assert (missing["value"], missing["status"]) == (None, "not reported")
    assert (missing["services_reporting"], missing["services"]) == (0, 1)


def test_filters_leave_organisations_that_run_such_services(client: FlaskClient) -> None:
    rows = rows_of(client, "/organisations?category=Tests")
    assert [(row["slug"], row["services"]) for row in rows] == [("transport", 1), ("vehicles", 1)]
    assert {row["kpis"]["transactions"]["value"] for row in rows} == {200}


def test_organisations_are_sorted_by_a_kpi_and_paged(client: FlaskClient) -> None:
    by_volume = "/organisations?sort_by=transactions:descending"
    assert slugs(client, by_volume) == ["transport", "vehicles", "treasury"]
    assert slugs(client, f"{by_volume}&limit=1&offset=1") == ["vehicles"]
    assert body_of(client, f"{by_volume}&limit=1")["total"] == 3


def test_one_organisation_is_the_same_as_in_the_list(client: FlaskClient) -> None:
    for row in rows_of(client, "/organisations"):
        assert one_of(client, f"/organisations/{row['slug']}") == row


def test_an_empty_database_has_empty_lists(tmp_path_factory: pytest.TempPathFactory) -> None:
    client = client_of(empty_engine(tmp_path_factory.mktemp("empty")))
    for address in ("/services", "/organisations", "/kpis"):
        assert rows_of(client, address) == []
