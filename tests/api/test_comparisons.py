"""Services beside one another; figures: fixtures.small_world and conftest."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.api.reading import body_of, refusal, rows_of

PAIR = "/compare?service=tax-a-vehicle&service=book-a-test"


def test_a_row_has_its_figure_the_medians_and_how_many_they_are_of(client: FlaskClient) -> None:
    rows = rows_of(client, PAIR)
    latest = [row for row in rows if row["kpi"] == "transactions" and row["side_by_side"]]
    assert latest[0] == {
        "service": "tax-a-vehicle",
        "kpi": "transactions",
        "period": "year",
        "start_at": "2016-10-01",
        "end_at": "2017-10-01",
        "value": 1000,
        "numerator": 1000,
        "denominator": None,
        "status": "reported",
        "unit": "transactions",
        "parts": 1,
        "expected": 1,
        "part": "year",
        "department": "transport",
        # Of 1,000, 200 and the toll's 300, in its department as over all.
        "department_median": 300,
        "department_reporting": 3,
        "median": 300,
        "reporting": 3,
        "side_by_side": True,
        "best": False,
    }
    assert [row["service"] for row in latest] == ["tax-a-vehicle", "book-a-test"]


def test_the_best_is_told_and_a_median_of_two_is_not(client: FlaskClient) -> None:
    costs = [row for row in rows_of(client, PAIR) if row["kpi"] == "cost-per-transaction"]
    found = [(row["service"], row["value"], row["best"]) for row in costs]
    assert found == [("tax-a-vehicle", 0.5, True), ("book-a-test", 2, False)]
    assert [(row["median"], row["reporting"]) for row in costs] == [(None, 2)] * 2


def test_a_service_that_reported_nothing_has_rows_that_say_so(client: FlaskClient) -> None:
    rows = rows_of(client, "/compare?service=tax-a-vehicle&service=report-a-death&period=year")
    told = {(row["value"], row["status"]) for row in rows if row["service"] == "report-a-death"}
    assert told == {(None, "not reported")}


def test_a_service_that_is_given_twice_is_compared_once(client: FlaskClient) -> None:
    twice = body_of(client, "/compare?service=tax-a-vehicle&service=tax-a-vehicle")
    assert twice == body_of(client, "/compare?service=tax-a-vehicle")


def test_only_periods_that_lie_within_the_dates_are_answered(client: FlaskClient) -> None:
    rows = rows_of(client, "/compare?service=tax-a-vehicle&period=year&end_at=2017-09-30")
    assert {row["start_at"] for row in rows} == {"2015-10-01"}
    assert rows_of(client, "/compare?service=tax-a-vehicle&start_at=2018-01-01") == []


def test_rows_come_page_by_page(client: FlaskClient) -> None:
    every = rows_of(client, PAIR)
    assert rows_of(client, f"{PAIR}&limit=2&offset=1") == every[1:3]


def test_one_to_six_services_are_compared_and_no_more(client: FlaskClient) -> None:
    assert refusal(client, "/compare", 400) == (
        "service must be given, at least once and at most six times."
    )
    seven = "&".join(f"service=s{number}" for number in range(7))
    assert refusal(client, f"/compare?{seven}", 400) == (
        "service can be given at most six times, not 7."
    )


def test_a_service_that_is_unknown_is_not_found(client: FlaskClient) -> None:
    assert refusal(client, f"{PAIR}&service=never-was", 404) == (
        "There is no service 'never-was'. /api/services lists all of them."
    )


def test_they_are_compared_by_month_quarter_or_year(client: FlaskClient) -> None:
    assert refusal(client, f"{PAIR}&period=week", 400) == (
        "period must be month, quarter or year, not 'week'."
    )
