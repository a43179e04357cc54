"""What the API answers about a service's journey: worked by hand."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient

from tests.api.conftest import client_of
from tests.api.reading import body_of, rows_of
from tests.fixtures.small_world import report, small_world

JOURNEY = "/services/pay-a-toll/journey"
# Weeks: 100 and 60 started, 50 and 60 came to pay, 40 and 30 paid; 7 were asked for help.
WEEKS = {
    "2017-09-04": {"start": 100, "pay": 50, "paid": 40, "help": 3},
    "2017-09-11": {"start": 60, "pay": 60, "paid": 30, "help": 4},
    # Nobody told how many paid.
    "2017-09-18": {"start": 60, "pay": 60},
}
ERRORS = [("2017-09-04", "pay", "no card", 5), ("2017-09-11", "pay", "no card", 6)]


def at(day: str, stage: str) -> dict[str, str]:
    return {"_timestamp": f"{day}T00:00:00+00:00", "period": "week", "stage": stage}


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    engine = small_world(tmp_path_factory.mktemp("journeys"))
    people = [
        {**at(day, stage), "count": count}
        for day, stages in WEEKS.items()
        for stage, count in stages.items()
    ]
    stages = {
        "stages": ("start", "help", "pay", "paid"),
        "optional_stages": ("help",),
        "stage_names": {"paid": "Toll paid"},
    }
    about = {"group": "tolls", "service": "pay-a-toll"}
    report(engine, "journey", people, **about, **stages)
    errors = [{**at(day, stage), "error": which, "count": n} for day, stage, which, n in ERRORS]
    report(engine, "errors", errors, **about)
    yield client_of(engine)
    engine.dispose()


def test_stages_are_added_up_over_the_weeks_that_are_whole(client: FlaskClient) -> None:
    rows = rows_of(client, f"{JOURNEY}?start_at=2017-09-04&end_at=2017-09-25")
    told = [(row["stage"], row["name"], row["people"], row["left"], row["share"]) for row in rows]
    assert told == [
        ("start", "start", 160, None, None),
        ("pay", "pay", 110, 50, 0.3125),
        ("paid", "Toll paid", 70, 40, 0.363636),
        ("help", "help", 7, None, None),
    ]
    assert [row["required"] for row in rows] == [True, True, True, False]
    assert {(row["parts"], row["expected"], row["part"]) for row in rows} == {(2, 3, "week")}
    assert {(row["start_at"], row["end_at"]) for row in rows} == {("2017-09-04", "2017-09-18")}
    assert {row["status"] for row in rows} == {"partial"}


def test_whole_weeks_alone_are_reported(client: FlaskClient) -> None:
    rows = rows_of(client, f"{JOURNEY}?start_at=2017-09-04&end_at=2017-09-18")
    assert {row["status"] for row in rows} == {"reported"}


def test_a_csv_has_the_same_rows(client: FlaskClient) -> None:
    address = f"{JOURNEY}?start_at=2017-09-04&end_at=2017-09-18"
    found = list(csv.DictReader(io.StringIO(client.get(f"/api{address}&format=csv").text)))
    rows = rows_of(client, address)
    assert [row["people"] for row in found] == [str(row["people"]) for row in rows]
    assert list(found[0]) == list(rows[0])


def test_one_stage_is_told_week_by_week_with_who_went_on(client: FlaskClient) -> None:
    rows = rows_of(client, f"{JOURNEY}/stage?stage=pay")
    told = [(row["start_at"], row["people"], row["went_on"], row["share"]) for row in rows]
    assert told == [
        ("2017-09-04", 50, 40, 0.8),
        ("2017-09-11", 60, 30, 0.5),
        ("2017-09-18", 60, None, None),
    ]
    assert [row["share_status"] for row in rows] == ["reported", "reported", "not reported"]
    assert {row["next_stage"] for row in rows} == {"paid"}


def test_errors_are_told_by_stage_with_the_people_there(client: FlaskClient) -> None:
    rows = rows_of(client, f"{JOURNEY}/messages")
    (row,) = rows
    assert (row["measure"], row["stage"], row["message"]) == ("errors-by-stage", "pay", "no card")
    # 11 times, of 110 people.
    assert (row["count"], row["people"], row["per_hundred"], row["parts"]) == (11, 110, 10, 2)


def test_without_figures_there_are_no_rows(client: FlaskClient) -> None:
    for path in ("", "/messages", "/stage?stage=pay"):
        assert rows_of(client, f"/services/book-a-test/journey{path}") == []
    assert rows_of(client, f"{JOURNEY}?period=year") == []
    assert rows_of(client, f"{JOURNEY}?start_at=0001-01-01&end_at=0001-02-01") == []


def test_a_span_of_all_time_is_answered(client: FlaskClient) -> None:
    (first, *_) = rows_of(client, f"{JOURNEY}?start_at=1900-01-01&end_at=9999-12-31")
    assert (first["people"], first["parts"]) == (160, 2)


def test_rows_are_answered_page_by_page(client: FlaskClient) -> None:
    body = body_of(client, f"{JOURNEY}?limit=1&offset=1")
    assert ([row["stage"] for row in body["data"]], body["total"]) == (["pay"], 4)


def test_where_no_stage_is_named_it_is_the_first(client: FlaskClient) -> None:
    rows = rows_of(client, f"{JOURNEY}/stage")
    assert {(row["stage"], row["next_stage"]) for row in rows} == {("start", "pay")}


def test_a_service_that_is_not_there_has_no_journey(client: FlaskClient) -> None:
    assert client.get("/api/services/nobody/journey").status_code == 404
