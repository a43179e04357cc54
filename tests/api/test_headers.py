"""What lets clients keep answers for as long as they are true, and pages elsewhere read them."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from flask_compress import Compress

from api.blueprint import blueprint
from config import Settings
from data.reader import Reader
from tests.api.conftest import client_of
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import report, small_world, summary

GOOD = ("/api/services", "/api/kpis", "/api/services/pay-a-toll", "/api/services?format=csv")
BAD = ("/api/nothing", "/api/services/no-such", "/api/services?limit=0")


def test_an_answer_that_is_kept_is_not_sent_again(client: FlaskClient) -> None:
    for address in GOOD:
        tag = client.get(address).headers["ETag"]
        assert tag.startswith('"'), "a strong tag"
        again = client.get(address, headers={"If-None-Match": tag})
        assert (again.status_code, again.data) == (304, b"")
        assert again.headers["ETag"] == tag
        assert again.headers["Cache-Control"] == "no-cache"
        assert again.headers["Access-Control-Allow-Origin"] == "*"


def test_another_question_has_another_tag(client: FlaskClient) -> None:
    tags = [client.get(address).headers["ETag"] for address in GOOD]
    assert len(set(tags)) == len(GOOD)
    other = client.get(GOOD[0], headers={"If-None-Match": tags[1]})
    assert other.status_code == 200


def test_a_tag_is_good_until_a_figure_changes(tmp_path: Path) -> None:
    engine = small_world(tmp_path)
    client = client_of(engine)
    tag = {"If-None-Match": client.get("/api/kpis").headers["ETag"]}
    assert client.get("/api/kpis", headers=tag).status_code == 304
    more = summary("report-a-death", "year", "2016-10-01", transactions=7)
    report(engine, "summaries", [more])
    answer = client.get("/api/kpis?kpi=transactions&start_at=2016-10-01", headers=tag)
    assert answer.json is not None
    assert (answer.status_code, answer.json["data"][0]["value"]) == (200, 1507)


def test_a_count_of_live_users_leaves_the_tags_of_all_else_good(tmp_path: Path) -> None:
    engine = small_world(tmp_path)
    client = client_of(engine)
    measures = "/api/services/tax-a-vehicle/measurements?measure="
    asked = ("/api/kpis", f"{measures}transactions", "/api/live", f"{measures}live-users")
    count = {"_timestamp": "2017-10-01T12:00:00Z", "unique_visitors": 5}
    about = {"group": "tax", "service": "tax-a-vehicle"}
    report(engine, "realtime", [count], **about)
    # Its data set is new, and a service's page tells of it.
    tags = [client.get(address).headers["ETag"] for address in asked]
    report(engine, "realtime", [{**count, "unique_visitors": 6}], **about)
    found = [
        client.get(address, headers={"If-None-Match": tag}).status_code
        for address, tag in zip(asked, tags, strict=True)
    ]
    assert found == [304, 304, 200, 200]


def test_a_tag_is_good_for_its_day_only(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # A period that is not over yet is partial: the same figures can be told differently tomorrow.
    client = client_of(small_world(tmp_path))
    tags = []
    for day in (1, 2):
        now = datetime(2018, 1, day, 12, tzinfo=UTC)
        monkeypatch.setattr(Reader, "clock", lambda _self, now=now: now)
        tags.append(client.get("/api/kpis").headers["ETag"])
    assert tags[0] != tags[1]


def test_an_answer_compressed_on_the_way_is_kept_as_well(tmp_path: Path) -> None:
    app = Flask("test")
    reader = Reader(small_world(tmp_path), Kept())
    app.register_blueprint(blueprint(reader, Settings()))
    Compress(app)
    headers = {"Accept-Encoding": "gzip"}
    first = app.test_client().get("/api/services", headers=headers)
    assert first.headers["Content-Encoding"] == "gzip"
    headers["If-None-Match"] = first.headers["ETag"]
    assert app.test_client().get("/api/services", headers=headers).status_code == 304


def test_any_tag_at_all_does_not_hide_that_there_is_nothing(client: FlaskClient) -> None:
    headers = {"If-None-Match": "*"}
    assert client.get("/api/services/no-such", headers=headers).status_code == 404
    assert client.get("/api/services", headers=headers).status_code == 200


def test_a_weak_copy_of_a_tag_counts(client: FlaskClient) -> None:
    tag = client.get("/api/services").headers["ETag"]
    headers = {"If-None-Match": f'"other", W/{tag}'}
    assert client.get("/api/services", headers=headers).status_code == 304


@pytest.mark.parametrize("address", [*GOOD, *BAD])
def test_any_page_may_read_answers_and_errors(client: FlaskClient, address: str) -> None:
    answer = client.get(address)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Cache-Control"] == "no-cache"


def test_no_page_elsewhere_may_write(client: FlaskClient) -> None:
    assert "Access-Control-Allow-Origin" not in client.post("/api/services").headers


@pytest.mark.parametrize("address", [*GOOD, *BAD])
def test_browsers_may_ask_first(client: FlaskClient, address: str) -> None:
    answer = client.options(address)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert "GET" in answer.headers["Access-Control-Allow-Methods"]
    assert answer.headers["Access-Control-Allow-Headers"] == "If-None-Match"


def test_the_head_of_an_answer_can_be_asked_for_alone(client: FlaskClient) -> None:
    head = client.head("/api/services")
    assert (head.status_code, head.data) == (200, b"")
    assert head.headers["ETag"] == client.get("/api/services").headers["ETag"]
