"""KPIs by group, and live users; figures: fixtures.small_world and conftest."""

from __future__ import annotations

from flask.testing import FlaskClient

from tests.api.reading import csv_of, refusal, rows_of

TRANSACTIONS = "period=year&start_at=2016-10-01&end_at=2017-10-01&kpi=transactions"


def by(client: FlaskClient, group: str, filters: str = "") -> dict[str | None, tuple[object, ...]]:
    rows = rows_of(client, f"/kpis?by={group}&{TRANSACTIONS}{filters}")
    return {
        row["group"]: (row["value"], row["services_reporting"], row["services"]) for row in rows
    }


def test_departments_are_added_up_each_over_its_own_services(client: FlaskClient) -> None:
    # Vehicle Agency's 1000 + 200 and the toll's 300; the treasury's one service never reported.
    assert by(client, "department") == {"transport": (1500, 3, 3), "treasury": (None, 0, 1)}


def test_services_that_a_department_runs_itself_have_no_agency(client: FlaskClient) -> None:
    found = by(client, "agency", "&department=transport")
    assert found == {"vehicles": (1200, 2, 2), None: (300, 1, 1)}


def test_each_service_can_be_a_group_of_its_own(client: FlaskClient) -> None:
    found = by(client, "service", "&agency=vehicles")
    assert found == {"tax-a-vehicle": (1000, 1, 1), "book-a-test": (200, 1, 1)}


def test_without_groups_the_group_is_null(client: FlaskClient) -> None:
    assert [row["group"] for row in rows_of(client, f"/kpis?{TRANSACTIONS}")] == [None]


def test_a_group_that_there_is_not_is_refused(client: FlaskClient) -> None:
    assert "department, agency or service" in refusal(client, "/kpis?by=minister", 400)


def test_live_users_are_a_mean_of_ten_minutes(client: FlaskClient) -> None:
    # 5 at 12:00 and 7 at 12:02.
    rows = [{"start_at": "2017-10-01T12:00:00+00:00", "people": 6, "status": "reported"}]
    assert rows_of(client, "/live") == rows
    assert rows_of(client, "/live?service=tax-a-vehicle") == rows
    assert csv_of(client, "/live?format=csv")[1:] == [
        ["2017-10-01T12:00:00+00:00", "6", "reported"]
    ]


def test_services_that_do_not_count_their_users_have_no_live_users(client: FlaskClient) -> None:
    assert rows_of(client, "/live?service=pay-a-toll") == []
