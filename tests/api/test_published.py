"""The published totals, read through the API from the real file: see ../shared/data/README.md."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient

from tests.api.reading import Row, body_of, rows_of
from tests.api.test_csv import same

# The rolling year's start and end; transactions and services with a volume.
VOLUMES = [
    ("2012-01-01", "2013-01-01", 239_023_801, 277),
    ("2013-10-01", "2014-10-01", 1_642_669_139, 596),
    ("2016-04-01", "2017-04-01", 3_309_852_525, 549),
    ("2016-10-01", "2017-10-01", 1_039_075_681, 414),
]
# Total cost in pounds, services with a cost and a volume, pounds per transaction of the same.
COSTS = [
    ("2012-01-01", 5_684_441_556, 29, 25.2690),
    ("2013-10-01", 3_706_805_514, 142, 2.5199),
    ("2016-04-01", 1_296_854_757, 92, 0.4239),
    ("2016-10-01", 316_467_502, 45, 0.4014),
]
# Digital take-up in percent, and services with both volumes.
TAKE_UP = [
    ("2013-10-01", 80.23, 370),
    ("2016-04-01", 90.75, 428),
    ("2016-10-01", 81.59, 372),
]


def kpis(client: FlaskClient, start_at: str) -> dict[str, Row]:
    """The KPIs of the rolling year that starts on a day."""
    end_at = f"{int(start_at[:4]) + 1}{start_at[4:]}"
    rows = rows_of(client, f"/kpis?period=year&start_at={start_at}&end_at={end_at}")
    assert {(row["start_at"], row["end_at"]) for row in rows} == {(start_at, end_at)}
    return {row["kpi"]: row for row in rows}


@pytest.mark.parametrize(("start_at", "end_at", "transactions", "services"), VOLUMES)
def test_transactions_are_those_published(
    published: FlaskClient, start_at: str, end_at: str, transactions: int, services: int
) -> None:
    row = kpis(published, start_at)["transactions"]
    assert row["end_at"] == end_at
    assert row["value"] == transactions
    assert isinstance(row["value"], int)
    assert (row["services_reporting"], row["services"]) == (services, 734)


@pytest.mark.parametrize(("start_at", "cost", "services", "each"), COSTS)
def test_costs_are_those_published(
    published: FlaskClient, start_at: str, cost: int, services: int, each: float
) -> None:
    found = kpis(published, start_at)
    total, average = found["total-cost"], found["cost-per-transaction"]
    assert round(total["value"]) == cost
    assert total["services_reporting"] == average["services_reporting"] == services
    assert round(average["value"], 4) == each
    assert average["numerator"] == total["value"]


@pytest.mark.parametrize(("start_at", "percent", "services"), TAKE_UP)
def test_take_up_is_that_published(
    published: FlaskClient, start_at: str, percent: float, services: int
) -> None:
    row = kpis(published, start_at)["digital-take-up"]
    assert round(row["value"] * 100, 2) == percent
    assert row["services_reporting"] == services


def test_the_quarter_is_that_published(published: FlaskClient) -> None:
    quarter = "period=quarter&start_at=2017-07-01&end_at=2017-10-01&kpi=transactions"
    (row,) = rows_of(published, f"/kpis?{quarter}")
    assert (row["value"], row["services_reporting"]) == (272_513_876, 417)


def test_there_are_as_many_services_and_organisations_as_in_the_file(
    published: FlaskClient,
) -> None:
    assert body_of(published, "/services?limit=1")["total"] == 734
    organisations = rows_of(published, "/organisations")
    departments = [row for row in organisations if row["department"] is None]
    assert (len(departments), len(organisations) - len(departments)) == (18, 79)
    assert sum(row["services"] for row in departments) == 734


def test_departments_add_up_to_the_whole(published: FlaskClient) -> None:
    departments = [row for row in rows_of(published, "/organisations") if not row["department"]]
    volumes = [row["kpis"]["transactions"] for row in departments]
    assert {row["start_at"] for row in volumes} == {"2016-10-01"}
    assert sum(row["value"] or 0 for row in volumes) == 1_039_075_681
    assert sum(row["services_reporting"] for row in volumes) == 414


def test_the_csv_of_all_services_is_their_json(published: FlaskClient) -> None:
    assert same(published, "/services?sort_by=cost-per-transaction:descending") == 734
