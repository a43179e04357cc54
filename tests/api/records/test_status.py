"""Section 6 of the contract: whether the platform is up, and which data sets are late."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from config import ROOT
from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetKey, Delivery, Record
from data.reader import Reader
from tests.api.records.asking import body
from tests.api.records.conftest import NOW
from tests.api.records.writing import Api

DAY = 86_400
FINE = {"status": "ok", "data_sets": None, "message": "All data_sets are in date"}


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    made = Api(tmp_path)
    yield made
    made.engine.dispose()


@pytest.fixture(autouse=True)
def _now(now: datetime) -> datetime:
    return now


def send(api: Api, type: str, *records: Record, written: datetime = NOW) -> None:
    batch = Batch(DataSetKey("group", type), list(records))
    deliver(api.engine, Delivery(batches=[batch]), Sender("a test", now=written))


def aged(age: timedelta, key: str = "a") -> Record:
    """A record of so long ago."""
    return {"_id": key, "_timestamp": (NOW - age).isoformat()}


def status(api: Api) -> Any:
    answer = api.client.get("/_status/data-sets")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    return body(answer)


def test_the_platform_says_that_it_is_up(api: Api) -> None:
    answer = api.client.get("/_status")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-cache"
    told = body(answer)
    assert (told["status"], told["message"]) == ("ok", "app is up")
    assert told["revision"] == api.world.revision()
    assert told["version"] in (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert told["database"] == {"reachable": True, "migrated": True}
    name, took = answer.headers["Server-Timing"].split(";dur=")
    assert (name, float(took) >= 0) == ("database", True)


def test_it_says_when_tables_are_not_the_newest(api: Api) -> None:
    with api.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '0001'")
    told = body(api.client.get("/_status"))
    assert (told["status"], told["database"]["migrated"]) == ("ok", False)


def test_it_is_not_up_without_tables(api: Api) -> None:
    with api.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE revision")
    answer = api.client.get("/_status")
    assert (answer.status_code, body(answer)["status"]) == (503, "error")


def test_without_data_sets_none_is_late(api: Api) -> None:
    assert status(api) == FINE


def test_a_data_set_without_records_is_never_late(api: Api) -> None:
    api.make(max_age_expected=0)
    assert status(api) == FINE


def test_a_data_set_of_which_no_age_is_expected_is_never_late(api: Api) -> None:
    api.make(max_age_expected=None)
    send(api, "weather", aged(timedelta(days=9999)))
    assert status(api) == FINE


@pytest.mark.parametrize(
    ("age", "seconds"),
    [
        (timedelta(days=1, seconds=-1), None),
        (timedelta(days=1, microseconds=-1), 0),
        (timedelta(days=1), 0),
        (timedelta(days=1, seconds=1, microseconds=999_999), 1),
        (timedelta(days=3), 2 * DAY),
    ],
)
def test_it_is_late_when_its_newest_record_is_older_than_expected(
    api: Api, age: timedelta, seconds: int | None
) -> None:
    api.make(max_age_expected=DAY)
    send(api, "weather", aged(age), aged(age + timedelta(days=5), "b"))
    if seconds is None:
        assert status(api) == FINE
        return
    assert status(api) == {
        "status": "not okay",
        "data_sets": [
            {
                "name": "group_weather",
                "seconds-out-of-date": seconds,
                "last-updated": (NOW - age).isoformat(),
                "max-age-expected": DAY,
            }
        ],
        "message": "1 data-set is out of date",
    }


def test_it_is_the_time_of_the_records_that_counts_not_of_their_writing(api: Api) -> None:
    api.make(max_age_expected=DAY)
    send(api, "weather", aged(timedelta(hours=1)), written=NOW - timedelta(days=9))
    assert status(api) == FINE


def test_a_record_without_a_time_counts_as_of_its_writing(api: Api) -> None:
    api.make(max_age_expected=DAY)
    send(api, "weather", aged(timedelta(days=9)))
    send(api, "weather", {"_id": "timeless"}, written=NOW - timedelta(hours=2))
    assert status(api) == FINE
    api.make(type="old", max_age_expected=DAY)
    send(api, "old", {"_id": "timeless"}, written=NOW - timedelta(days=2))
    (late,) = status(api)["data_sets"]
    assert (late["name"], late["seconds-out-of-date"]) == ("group_old", DAY)


def test_a_record_of_the_future_is_not_late(api: Api) -> None:
    api.make(max_age_expected=0)
    send(api, "weather", aged(-timedelta(days=1)))
    assert status(api) == FINE


def test_all_that_are_late_are_named(api: Api) -> None:
    for type in ("weather", "tides", "traffic"):
        api.make(type=type, queryable=type != "tides")
    send(api, "weather", aged(timedelta(days=40)))
    send(api, "tides", aged(timedelta(days=32)))
    send(api, "traffic", aged(timedelta(days=30)))
    told = status(api)
    # 31 days are expected unless a data set says otherwise.
    assert [item["name"] for item in told["data_sets"]] == ["group_tides", "group_weather"]
    assert [item["seconds-out-of-date"] for item in told["data_sets"]] == [DAY, 9 * DAY]
    assert told["message"] == "2 data-sets are out of date"


def test_what_is_late_is_told_anew_as_time_goes_by(
    api: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    api.make(max_age_expected=DAY)
    send(api, "weather", aged(timedelta()))
    tag = api.client.get("/_status/data-sets").headers["ETag"]
    monkeypatch.setattr(Reader, "clock", lambda _: NOW + timedelta(days=2))
    answer = api.client.get("/_status/data-sets", headers={"If-None-Match": tag})
    assert (answer.status_code, answer.get_json()["status"]) == (200, "not okay")
