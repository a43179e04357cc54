"""Section 4 of the contract: who may read, and what may be kept for how long."""

from __future__ import annotations

from datetime import timedelta

import pytest
from flask import Flask
from flask_compress import Compress

from api.records.blueprint import record_blueprint
from config import Settings
from data.reader import Reader
from tests.api.records.asking import address, body, read
from tests.api.records.conftest import NOW
from tests.api.records.writing import WEATHER, Api, told
from tests.fixtures.kept import Kept

WARNING = "Warning: This data-set is unpublished. Data may be subject to change or be inaccurate."
GOOD = ("", "?group_by=kind", "?period=day&duration=3", "?format=csv", "?format=csv&group_by=kind")
BAD = (f"{WEATHER}?foo=bar", "/data/group/missing", f"{WEATHER}?group_by=kind&sort_by=x1:ascending")
# What is no query, but read: statuses, and what is not there.
BESIDE = (
    "/_status",
    "/_status/data-sets",
    "/_status/x",
    f"{WEATHER}/id",
    "/data/x",
    "/data-sets/x",
)


@pytest.fixture(autouse=True)
def _record(readable: Api) -> None:
    readable.post({"_id": "a", "_timestamp": "2013-03-11T00:00:00Z", "kind": "new"})


@pytest.mark.parametrize("query", GOOD)
def test_a_good_answer_may_be_kept_for_half_an_hour(readable: Api, query: str) -> None:
    answer = read(readable, WEATHER + query)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "max-age=1800, must-revalidate"


def test_a_realtime_answer_may_be_kept_for_two_minutes(readable: Api) -> None:
    readable.make(type="live", realtime=True, token=None)
    answer = read(readable, "/data/group/live", group_by="kind")
    assert answer.headers["Cache-Control"] == "max-age=120, must-revalidate"


def test_an_unpublished_data_set_says_so_and_is_not_kept_and_is_json(readable: Api) -> None:
    readable.make(type="draft", published=False, realtime=True, token="draft-token")
    readable.post([{"_id": "a", "kind": "new"}], "/data/group/draft", token="draft-token")
    for format in ("json", "csv"):
        answer = read(readable, "/data/group/draft", group_by="kind", format=format)
        assert answer.headers["Cache-Control"] == "no-cache"
        assert body(answer) == {"data": [{"kind": "new", "_count": 1}], "warning": WARNING}


@pytest.mark.parametrize("path", BAD)
def test_errors_are_not_said_to_be_kept(readable: Api, path: str) -> None:
    answer = read(readable, path)
    assert answer.status_code in (400, 404)
    assert "Cache-Control" not in answer.headers


@pytest.mark.parametrize("path", [*(WEATHER + query for query in GOOD), *BAD, *BESIDE])
def test_what_a_client_has_already_is_not_sent_again(readable: Api, path: str) -> None:
    first = readable.client.get(path)
    tag = first.headers["ETag"]
    assert tag.startswith('"'), "a strong tag"
    again = readable.client.get(path, headers={"If-None-Match": f'"other", {tag}'})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == tag
    assert again.headers["Access-Control-Allow-Origin"] == "*"
    assert again.headers.get("Cache-Control") == first.headers.get("Cache-Control")
    assert "Content-Type" not in again.headers
    other = readable.client.get(path, headers={"If-None-Match": '"other"'})
    assert other.status_code == first.status_code


def test_an_answer_that_is_known_is_not_worked_out_again(
    readable: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    tag = read(readable, group_by="kind").headers["ETag"]

    def never(*_: object) -> None:
        raise AssertionError("the records were read again")

    monkeypatch.setattr("data.record_reading.gather", never)
    again = readable.client.get(address(WEATHER, group_by="kind"), headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_another_question_has_another_tag(readable: Api) -> None:
    tags = [read(readable, WEATHER + query).headers["ETag"] for query in GOOD]
    assert len(set(tags)) == len(GOOD)


def test_another_write_has_another_tag(readable: Api) -> None:
    first = read(readable).headers["ETag"]
    assert read(readable).headers["ETag"] == first
    readable.post({"_id": "b"})
    second = read(readable).headers["ETag"]
    readable.send("DELETE", f"{WEATHER}/b")
    assert len({first, second, read(readable).headers["ETag"]}) == 3


def test_another_setting_has_another_tag(readable: Api) -> None:
    query = {"group_by": "kind"}
    readable.make(type="changed", token=None)
    first = read(readable, "/data/group/changed", **query).headers["ETag"]
    readable.make(type="changed", token=None, published=False)
    assert read(readable, "/data/group/changed", **query).headers["ETag"] != first


def test_what_depends_on_now_has_another_tag_when_the_period_is_over(
    readable: Api, monkeypatch: pytest.MonkeyPatch
) -> None:
    def tag(later: timedelta, **more: str) -> str:
        monkeypatch.setattr(Reader, "clock", lambda _: NOW + later)
        answer = read(readable, period="day", duration="3", **more)
        return answer.headers["ETag"]

    assert tag(timedelta()) == tag(timedelta(hours=2))
    assert tag(timedelta()) != tag(timedelta(hours=12))
    fixed = {"start_at": "2013-03-11T00:00:00Z"}
    assert tag(timedelta(), **fixed) == tag(timedelta(days=5), **fixed)


def test_a_compressed_answer_is_known_again(readable: Api) -> None:
    app = Flask("test")
    types = ["application/json", "text/csv"]
    app.config.update(COMPRESS_MIN_SIZE=1, COMPRESS_MIMETYPES=types)
    app.config["COMPRESS_ALGORITHM_STREAMING"] = ["gzip"]
    reader = Reader(readable.engine, Kept())
    app.register_blueprint(record_blueprint(reader, readable.engine, Settings(), str))
    Compress(app)
    client = app.test_client()
    for query in GOOD:
        first = client.get(WEATHER + query, headers={"Accept-Encoding": "gzip"})
        headers = {"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]}
        assert first.headers["Content-Encoding"] == "gzip"
        first.close()
        assert client.get(WEATHER + query, headers=headers).status_code == 304


@pytest.mark.parametrize("path", [*(WEATHER + query for query in GOOD), *BAD, *BESIDE])
def test_the_head_of_an_answer_can_be_asked_for_alone(readable: Api, path: str) -> None:
    head, whole = readable.client.head(path), readable.client.get(path)
    assert head.data == b""
    assert head.status_code == whole.status_code
    assert head.headers["ETag"] == whole.headers["ETag"]
    assert head.headers["Access-Control-Allow-Origin"] == "*"
    head.close()
    whole.close()


def test_a_page_elsewhere_may_ask_first(readable: Api) -> None:
    answer = readable.client.options(WEATHER)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.headers["Access-Control-Max-Age"] == "86400"
    allowed = "cache-control, govuk-request-id, request-id"
    assert answer.headers["Access-Control-Allow-Headers"] == allowed


@pytest.mark.parametrize("type", ["missing", "unqueryable"])
def test_nobody_may_ask_first_about_what_cannot_be_queried(readable: Api, type: str) -> None:
    readable.make(type="unqueryable", queryable=False, token=None)
    answer = readable.client.options(f"/data/group/{type}")
    assert answer.status_code == 404
    assert body(answer)["message"] == "data_set not found"
    assert answer.headers["Access-Control-Allow-Origin"] == "*"


def test_reading_needs_no_token_and_is_not_hurt_by_one(readable: Api) -> None:
    for header in ("Bearer wrong", "Basic eA==", ""):
        answer = readable.client.get(WEATHER, headers={"Authorization": header})
        assert answer.status_code == 200


BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


@pytest.mark.parametrize("accept", [BROWSER, "text/html", "text/html, application/json;q=0.9"])
def test_a_browser_gets_the_page(readable: Api, accept: str) -> None:
    answer = readable.client.get(f"{WEATHER}?group_by=kind", headers={"Accept": accept})
    assert (answer.status_code, answer.text) == (200, "a page")
    assert "Accept" in answer.vary
    assert "Access-Control-Allow-Origin" not in answer.headers


@pytest.mark.parametrize("type", ["missing", ""])
def test_a_browser_gets_a_page_that_is_not_found(readable: Api, type: str) -> None:
    answer = readable.client.get(f"/data/group/{type}", headers={"Accept": BROWSER})
    assert (answer.status_code, answer.text) == (404, "a page")


@pytest.mark.parametrize("accept", ["*/*", "application/json", "text/html;q=0, */*", "text/*", ""])
def test_every_other_client_gets_the_api(readable: Api, accept: str) -> None:
    answer = readable.client.get(WEATHER, headers={"Accept": accept})
    assert answer.content_type == "application/json"
    assert "Accept" in answer.vary


@pytest.mark.parametrize(("format", "type"), [("csv", "text/csv"), ("json", "application/json")])
def test_a_link_with_a_format_works_in_a_browser(readable: Api, format: str, type: str) -> None:
    answer = readable.client.get(f"{WEATHER}?format={format}", headers={"Accept": BROWSER})
    assert answer.mimetype == type
    answer.close()


@pytest.mark.parametrize("path", ["/data/group", "/data/group/", "/_status/x", "/data-sets/a/b"])
def test_what_is_not_there_is_told_in_json(readable: Api, path: str) -> None:
    answer = readable.client.get(path)
    assert answer.status_code == 404
    assert body(answer) == {"status": "error", "message": "Not Found"}


@pytest.mark.parametrize(
    ("method", "path", "allowed"),
    [
        ("DELETE", WEATHER, {"GET", "HEAD", "OPTIONS", "POST", "PUT"}),
        ("PATCH", WEATHER, {"GET", "HEAD", "OPTIONS", "POST", "PUT"}),
        ("GET", f"{WEATHER}/id", {"DELETE", "PATCH"}),
        ("POST", f"{WEATHER}/id", {"DELETE", "PATCH"}),
        ("GET", "/data-sets/group_weather", {"DELETE"}),
        ("POST", "/_status", {"GET", "HEAD"}),
    ],
)
def test_another_method_is_not_allowed(
    readable: Api, method: str, path: str, allowed: set[str]
) -> None:
    answer = readable.client.open(path, method=method)
    assert answer.status_code == 405
    assert body(answer) == {"status": "error", "message": "Method Not Allowed"}
    assert set(answer.headers["Allow"].split(", ")) == allowed
    assert ("Access-Control-Allow-Origin" in answer.headers) == (method == "GET")


def test_writes_may_not_come_from_pages_elsewhere(readable: Api) -> None:
    assert told(readable.post({"_id": "b"}))[0] == 200
    assert "Access-Control-Allow-Origin" not in readable.client.delete(WEATHER).headers


def test_what_goes_wrong_here_is_told_no_more_of_than_a_request_id(
    readable: Api, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the secret")

    monkeypatch.setattr("data.record_reading.gather", fail)
    answer = read(readable, group_by="kind")
    assert answer.status_code == 500
    told = body(answer)
    assert (told["status"], told["message"]) == ("error", "Internal Server Error")
    assert set(told) == {"status", "message", "request_id"}
    assert "the secret" not in answer.text
    # Each line of the log has it: tests/api/operating/test_logs.py holds that.
    assert len(told["request_id"]) == 32
    assert "the secret" in caplog.text
