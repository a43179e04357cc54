"""How much one client may ask: told by token or by address, and refused in words."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask, Response, request
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from api.operating import limits
from api.operating.limits import bound_clients, client
from api.sign_in.identity import _trust
from app import create_app
from config import Settings
from tests.api.sign_in.office import Office, sign_in
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import small_world

HERE, THERE = "203.0.113.1", "203.0.113.2"
# Nobody listens there.
GONE = "redis://127.0.0.1:1/0"


@pytest.fixture(autouse=True)
def _one_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock of the counts stands still: a test never runs into the next minute."""
    _set_clock(monkeypatch, 1_000_000_020.0)


def _set_clock(monkeypatch: pytest.MonkeyPatch, now: float) -> None:
    monkeypatch.setattr("api.operating.own_counts.time", SimpleNamespace(time=lambda: now))


def client_of(**more: Any) -> FlaskClient:
    """A client of a server that reads, and writes for the bearer of `right`."""
    server = Flask("test")
    bound_clients(server, Settings(**more))
    _trust(server, Settings(**more).trusted_proxies)

    @server.route("/figures", methods=["GET", "POST"])
    def figures() -> Response:
        wrong = request.method == "POST" and request.headers.get("Authorization") != "Bearer right"
        return Response(status=401 if wrong else 200)

    @server.get("/assets/style.css")
    @server.get("/live")
    def free() -> str:
        return ""

    return server.test_client()


def read(client: FlaskClient, address: str = HERE, path: str = "/figures", **headers: str) -> int:
    base = {"REMOTE_ADDR": address}
    told = {name.replace("_", "-"): text for name, text in headers.items()}
    return client.get(path, environ_base=base, headers=told).status_code


def write(client: FlaskClient, token: str = "", address: str = HERE) -> int:
    headers = {"Authorization": f"Bearer {token}"} if token else {}
    base = {"REMOTE_ADDR": address}
    return client.post("/figures", environ_base=base, headers=headers).status_code


def test_an_address_may_read_so_often_in_a_minute_and_another_address_as_often() -> None:
    asking = client_of(reads_per_minute=3)
    assert [read(asking) for _ in range(4)] == [200, 200, 200, 429]
    assert [read(asking, THERE) for _ in range(4)] == [200, 200, 200, 429]


def test_the_next_minute_is_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    asking = client_of(reads_per_minute=1)
    assert [read(asking), read(asking)] == [200, 429]
    _set_clock(monkeypatch, 1_000_000_081.0)
    assert read(asking) == 200


def test_files_and_polls_are_free() -> None:
    asking = client_of(reads_per_minute=1)
    paths = ["/assets/style.css", "/live"] * 3
    assert [read(asking, path=path) for path in paths] == [200] * 6


def test_nought_is_no_limit() -> None:
    asking = client_of(reads_per_minute=0, writes_per_minute=0)
    assert {read(asking) for _ in range(50)} == {200}
    assert {write(asking, "right") for _ in range(50)} == {200}


def test_writers_are_told_by_their_token_wherever_they_are() -> None:
    asking = client_of(writes_per_minute=2)
    addresses = (HERE, THERE, HERE)
    assert [write(asking, "right", address) for address in addresses] == [200, 200, 429]
    # Behind the same address, another's token is another's.
    assert write(asking, "wrong", "203.0.113.3") == 401


def test_writing_takes_nothing_from_reading() -> None:
    asking = client_of(writes_per_minute=1, reads_per_minute=1)
    assert [write(asking, "right"), read(asking)] == [200, 200]


def test_guesses_at_tokens_count_by_address_however_many_tokens_are_made_up() -> None:
    asking = client_of(writes_per_minute=3)
    assert [write(asking, f"guess-{n}") for n in range(4)] == [401, 401, 401, 429]
    assert write(asking, "right", THERE) == 200


def test_a_visitor_cannot_make_up_another_address() -> None:
    direct, behind = client_of(reads_per_minute=2), client_of(reads_per_minute=2, trusted_proxies=1)
    made_up = [f"198.51.100.{n}" for n in range(3)]
    assert [read(direct, X_Forwarded_For=text) for text in made_up] == [200, 200, 429]
    # The proxy adds where the request really came from, at the end.
    told = [f"{text}, 192.0.2.9" for text in made_up]
    assert [read(behind, X_Forwarded_For=text) for text in told] == [200, 200, 429]
    assert read(behind, X_Forwarded_For="192.0.2.10") == 200


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("203.0.113.1", "203.0.113.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2:ffff::1", "2001:db8:1:2::"),
        ("::ffff:203.0.113.1", "203.0.113.1"),
        ("unix:", "unix:"),
    ],
)
def test_of_an_ipv6_address_what_a_visitor_can_make_up_does_not_count(
    address: str, told: str
) -> None:
    with Flask("test").test_request_context(environ_base={"REMOTE_ADDR": address}):
        assert client() == told


def test_a_token_is_not_kept_where_counts_are() -> None:
    headers = {"Authorization": "Bearer the-token"}
    with Flask("test").test_request_context(method="POST", headers=headers):
        assert "the-token" not in limits._writer()


def test_without_redis_each_process_counts_by_itself(caplog: pytest.LogCaptureFixture) -> None:
    asking = client_of(reads_per_minute=3, cache_url=GONE)
    with caplog.at_level(logging.WARNING):
        assert [read(asking) for _ in range(4)] == [200, 200, 200, 429]
    assert len([one for one in caplog.messages if "Redis is away" in one]) == 1


def test_signing_in_is_bounded_without_redis_too(tmp_path: Path) -> None:
    office = Office(tmp_path, sign_in_attempts=2, cache_url=GONE)
    tries = [sign_in(office.browser(), "a wrong guess").status_code for _ in range(3)]
    assert tries == [403, 403, 429]
    office.engine.dispose()


@pytest.fixture(scope="module")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """The whole platform, of which one address may read four times a minute and write twice."""
    folder = tmp_path_factory.mktemp("limits")
    engine = small_world(folder)
    url = database_url(folder)
    settings = Settings(database_url=url, reads_per_minute=4, writes_per_minute=2)
    yield create_app(settings).server
    engine.dispose()


def spent(server: Flask, address: str) -> FlaskClient:
    """A client of an address that has read as often as it may."""
    made = server.test_client()
    made.environ_base["REMOTE_ADDR"] = address
    while made.get("/api/kpis/definitions").status_code != 429:
        pass
    return made


def check(answer: TestResponse) -> str:
    """What a refused client is told, in whatever form."""
    assert answer.status_code == 429
    assert 1 <= int(answer.headers["Retry-After"]) <= 60
    assert answer.headers["X-Request-ID"]
    return answer.text


@pytest.mark.parametrize("path", ["/api/services", "/data/tolls/journey", "/_status/data-sets"])
def test_programs_that_read_are_told_in_json_which_any_page_may_read(
    platform: Flask, path: str
) -> None:
    answer = spent(platform, "198.51.100.1").get(path)
    assert check(answer)
    assert answer.headers["Access-Control-Allow-Origin"] == "*"
    assert answer.json is not None
    assert list(answer.json) == ["status", "message"]
    assert answer.json["message"].startswith("You may ask 4 times a minute. Try again in ")


@pytest.mark.parametrize("path", ["/data/a/b", "/api/data-sets/a/b", "/api/services/a/targets/b"])
def test_programs_that_write_are_told_in_json(platform: Flask, path: str) -> None:
    made = platform.test_client()
    method = "POST" if path.startswith("/data") else "PUT"
    headers = {"Authorization": f"Bearer {path}"}
    while (answer := made.open(path, method=method, headers=headers)).status_code != 429:
        assert answer.status_code in (401, 404)
    check(answer)
    assert answer.json is not None and answer.json["status"] == "error"


def test_people_are_told_in_a_page(platform: Flask) -> None:
    answer = spent(platform, "198.51.100.2").get("/services", headers={"Accept": "text/html"})
    assert "<h1>Too many requests</h1>" in check(answer)
    assert "You may ask 4 times a minute." in answer.text
    assert answer.mimetype == "text/html"


def test_the_scripts_of_a_page_are_told_what_to_show(platform: Flask) -> None:
    made = spent(platform, "198.51.100.3")
    answer = made.post("/_dash-update-component", json={})
    assert check(answer)
    assert answer.json is not None
    assert answer.json["message"].startswith("Too many requests. You may ask 4 times a minute.")


def test_whether_it_is_up_can_always_be_asked(platform: Flask) -> None:
    assert spent(platform, "198.51.100.4").get("/_status").status_code == 200


def test_who_is_signed_in_stays_so_when_refused(tmp_path: Path) -> None:
    office = Office(tmp_path, reads_per_minute=5)
    made = office.signed_in()
    while (answer := made.get("/about")).status_code == 200:
        pass
    assert answer.status_code == 429
    assert "Set-Cookie" not in answer.headers
    office.engine.dispose()


@pytest.mark.parametrize("name", ["X-Forwarded-Host", "X-Forwarded-Prefix", "X-Forwarded-Port"])
def test_no_proxy_is_believed_about_host_port_or_prefix(tmp_path: Path, name: str) -> None:
    office = Office(tmp_path, trusted_proxies=1)
    told = {name: "evil.example", "X-Forwarded-Proto": "https", "Host": "figures.example"}
    text = office.browser().get("/data.jsonld", headers=told).text
    assert "https://figures.example/data" in text
    assert "evil" not in text
    office.engine.dispose()
