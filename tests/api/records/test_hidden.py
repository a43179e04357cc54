"""A data set that is private, or whose service is not published, is as if it were not there."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import update

from api.records.blueprint import record_blueprint
from config import Settings
from data.people import Viewer
from data.reader import Reader
from data.tables import service
from tests.api.records.writing import ADMIN_TOKEN, Api
from tests.fixtures.kept import Kept

PRIVATE, HIDDEN, MISSING = "/data/group/private", "/data/allowance/hidden", "/data/group/missing"
# `carers` runs the allowance; see the world.
OWNER = Viewer(1, "Olive", "olive@example.com", "publisher", frozenset({"carers"}))
OTHER = Viewer(2, "Otto", "otto@example.com", "publisher", frozenset(), frozenset({"pension"}))
ADMIN = Viewer(3, "Ada", "ada@example.com", "admin")
BROWSER = {"Accept": "text/html"}
PAGE = "?page=asked"


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(tmp_path_factory.mktemp("hidden"))
    more: dict[str, Any] = {"service": "allowance", "raw_queries_allowed": True}
    made.make(type="private", private=True, token="private-token", **more)
    made.make("allowance", "hidden", token="hidden-token", max_age_expected=60, **more)
    made.make(type="open", token="open-token", max_age_expected=60, raw_queries_allowed=True)
    for path, token in ((PRIVATE, "private-token"), (HIDDEN, "hidden-token")):
        made.post({"_id": "a", "_timestamp": "2013-03-11T00:00:00Z"}, path, token=token)
    with made.engine.connect().execution_options(writes=True) as connection, connection.begin():
        own = update(service).where(service.c.slug == "allowance")
        connection.execute(own.values(published=False))
    yield made
    made.engine.dispose()


def client(api: Api, viewer: Viewer | None) -> FlaskClient:
    """A client that a viewer uses."""
    app = Flask("test")
    reader = Reader(api.engine, Kept())
    app.register_blueprint(record_blueprint(reader, api.engine, Settings(), "a page".__str__))

    @app.before_request
    def _identify() -> None:
        g.viewer = viewer

    return app.test_client()


@pytest.mark.parametrize("path", [PRIVATE, HIDDEN])
@pytest.mark.parametrize("viewer", [None, OTHER])
@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("query", ["", "?foo=bar", "?format=csv", PAGE])
def test_to_others_it_answers_exactly_as_what_is_missing(
    api: Api, path: str, viewer: Viewer | None, method: str, query: str
) -> None:
    asker, headers = client(api, viewer), BROWSER if query == PAGE else {}
    answer = asker.open(path + query, method=method, headers=headers)
    missing = asker.open(MISSING + query, method=method, headers=headers)
    assert answer.status_code == missing.status_code == 404
    assert answer.data == missing.data
    assert dict(answer.headers) == dict(missing.headers)
    assert {"Cookie", "Authorization"} <= set(answer.vary)


@pytest.mark.parametrize("path", [PRIVATE, HIDDEN])
@pytest.mark.parametrize("token", ["wrong", "open-token"])
def test_another_token_opens_nothing(api: Api, path: str, token: str) -> None:
    answer = client(api, None).get(path, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 404


@pytest.mark.parametrize("path", [PRIVATE, HIDDEN])
@pytest.mark.parametrize("viewer", [OWNER, ADMIN])
@pytest.mark.parametrize("query", ["", "?format=csv", "?group_by=kind", "?foo=bar"])
def test_whoever_may_publish_it_reads_it_and_nobody_keeps_it(
    api: Api, path: str, viewer: Viewer, query: str
) -> None:
    asker = client(api, viewer)
    answer = asker.get(path + query)
    assert answer.status_code == (400 if "foo" in query else 200)
    for one in (answer, asker.get(path + query, headers={"If-None-Match": answer.headers["ETag"]})):
        assert one.headers["Cache-Control"] == "private, no-store"
        assert {"Accept", "Cookie", "Authorization"} <= set(one.vary)
    answer.close()


@pytest.mark.parametrize(
    ("path", "token"),
    [
        (PRIVATE, "private-token"),
        (HIDDEN, "hidden-token"),
        (PRIVATE, ADMIN_TOKEN),
        (HIDDEN, ADMIN_TOKEN),
    ],
)
def test_a_token_of_it_or_of_an_admin_reads_it(api: Api, path: str, token: str) -> None:
    answer = client(api, None).get(path, headers={"Authorization": f"Bearer {token}"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize("path", [PRIVATE, HIDDEN])
def test_its_page_is_there_for_whoever_may_see_it(api: Api, path: str) -> None:
    assert client(api, OWNER).get(path, headers=BROWSER).status_code == 200
    assert client(api, None).get(path, headers=BROWSER).status_code == 404


def test_an_open_data_set_may_be_kept_by_everyone(api: Api) -> None:
    answer = client(api, ADMIN).get("/data/group/open")
    assert answer.headers["Cache-Control"] == "max-age=1800, must-revalidate"
    assert "Cookie" not in answer.vary


def test_that_it_is_late_is_told_to_nobody_else(api: Api) -> None:
    for viewer in (None, OTHER):
        answer = client(api, viewer).get("/_status/data-sets")
        assert answer.get_json()["data_sets"] is None
        assert answer.headers["Cache-Control"] == "no-cache"
    answer = client(api, OWNER).get("/_status/data-sets")
    names = [item["name"] for item in answer.get_json()["data_sets"]]
    assert names == ["allowance_hidden", "group_private"]
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_data_set_of_many_services_hides_those_that_are_not_published(tmp_path: Path) -> None:
    api = Api(tmp_path)
    api.make("transactional-services", "summaries", raw_queries_allowed=True)
    path = "/data/transactional-services/summaries"
    sent = [
        {"_timestamp": "2013-01-01T00:00:00Z", "service": slug, "period": "year", "transactions": 1}
        for slug in ("allowance", "pension")
    ]
    assert api.post(sent, path).status_code == 200
    with api.engine.connect().execution_options(writes=True) as connection, connection.begin():
        own = update(service).where(service.c.slug == "allowance")
        connection.execute(own.values(published=False))
    public, private = (client(api, one).get(f"{path}?group_by=service") for one in (None, ADMIN))
    assert [row["service"] for row in public.get_json()["data"]] == ["pension"]
    assert public.headers["Cache-Control"] == "max-age=1800, must-revalidate"
    assert [row["service"] for row in private.get_json()["data"]] == ["allowance", "pension"]
    assert private.headers["Cache-Control"] == "private, no-store"
    api.engine.dispose()
