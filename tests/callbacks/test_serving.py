"""What comes with every page: status, title, description, headers, and nothing from elsewhere."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from app import create_app
from config import Settings
from tests.fixtures.databases import database_url, database_with_tables

PAGES = {
    "/": "How services perform - Performance Platform",
    "/services": "Services - Performance Platform",
    "/services/tax-a-vehicle": "Tax a vehicle - Performance Platform",
    "/organisations/transport": "Department for Transport - Performance Platform",
    "/organisations/vehicles": "Vehicle Agency - Performance Platform",
    "/data": "Data - Performance Platform",
    "/data/transactional-services/summaries": (
        "Transactional services: Transactions and costs of many services - Performance Platform"
    ),
    "/about": "About - Performance Platform",
    "/api": "API - Performance Platform",
    "/sending-data": "Send us data - Performance Platform",
}
# What a browser asks for: others get records at the address of a data set.
HTML = {"Accept": "text/html"}
MISSING = (
    "/nowhere",
    "/services/nothing",
    "/organisations/nobody",
    "/services/tax-a-vehicle/x",
    "/data/a/b",
)


def found(pattern: str, html: str) -> str:
    match = re.search(pattern, html)
    assert match, pattern
    return unescape(match[1])


def loaded(html: str) -> list[str]:
    """The addresses that a browser fetches by itself: scripts, styles and icons."""
    pattern = r'<(?:script[^>]* src|link rel="(?:stylesheet|icon)"[^>]* href)="([^"]+)"'
    return re.findall(pattern, html)


@pytest.mark.parametrize(("path", "title"), PAGES.items())
def test_a_page_has_its_own_title(client: FlaskClient, path: str, title: str) -> None:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 200
    assert found(r"<title>(.*?)</title>", answer.text) == title


def test_no_two_pages_have_the_same_description(client: FlaskClient) -> None:
    pattern = r'<meta name="description" content="(.*?)"'
    said = [found(pattern, client.get(path, headers=HTML).text) for path in PAGES]
    assert all(said)
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("path", MISSING)
def test_an_unknown_address_is_not_found(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers=HTML)
    assert answer.status_code == 404
    assert found(r"<title>(.*?)</title>", answer.text) == "Page not found"


def test_a_page_is_found_whatever_its_query(client: FlaskClient) -> None:
    assert client.get("/?period=nonsense&utm=1").status_code == 200


@pytest.mark.parametrize("path", [*PAGES, "/api/services", "/bootstrap.min.css"])
def test_every_answer_keeps_browsers_to_this_host(client: FlaskClient, path: str) -> None:
    headers = client.get(path).headers
    assert "default-src 'self'" in headers["Content-Security-Policy"]
    assert "form-action 'self'" in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_a_page_asks_no_other_host_for_anything(client: FlaskClient) -> None:
    html = client.get("/").text
    asked = loaded(html)
    assert asked
    here = ("/", "http://localhost/")
    assert [address for address in asked if not address.startswith(here)] == []
    assert [one for one in asked if "/dash_table/" in one or "polyfill" in one] == []


def test_everything_that_a_page_asks_for_is_there(client: FlaskClient) -> None:
    asked = loaded(client.get("/").text)
    assert {address: client.get(address).status_code for address in asked} == dict.fromkeys(
        asked, 200
    )


def test_what_is_named_by_its_time_of_change_is_kept_for_a_year(client: FlaskClient) -> None:
    address = found(r'href="(/bootstrap\.min\.css\?m=\d+)"', client.get("/").text)
    assert "max-age=31536000, immutable" in client.get(address).headers["Cache-Control"]


@pytest.mark.parametrize(("asked", "given"), [("br, gzip", "br"), ("gzip", "gzip")])
def test_scripts_and_styles_are_compressed(client: FlaskClient, asked: str, given: str) -> None:
    answer = client.get("/bootstrap.min.css", headers={"Accept-Encoding": asked})
    assert answer.headers["Content-Encoding"] == given


@pytest.mark.parametrize(
    "path", ["/api/services?format=csv", "/api/services", "/api/openapi.json", "/data.jsonld"]
)
def test_figures_are_compressed(client: FlaskClient, path: str) -> None:
    answer = client.get(path, headers={"Accept-Encoding": "gzip"})
    assert (answer.status_code, answer.headers["Content-Encoding"]) == (200, "gzip")


@pytest.mark.parametrize(
    ("method", "path", "accept", "status"),
    [
        ("GET", "/no-such-page", "application/json", 404),
        ("GET", "/data/tolls", "*/*", 404),
        ("GET", "/data//journey", "", 404),
        ("GET", "/_status/", "*/*", 404),
        ("POST", "/no-such-page", "*/*", 405),
        ("TRACE", "/data/tolls/journey", "*/*", 405),
    ],
)
def test_programs_are_told_in_json_what_is_not_there(
    client: FlaskClient, method: str, path: str, accept: str, status: int
) -> None:
    answer = client.open(path, method=method, headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.content_type) == (status, "application/json")
    assert (answer.json or {})["status"] == "error"
    assert (answer.json or {})["message"]
    assert ("Allow" in answer.headers) == (status == 405)


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml,*/*;q=0.8", "*/*"])
def test_people_are_told_in_a_page_what_is_not_there(client: FlaskClient, accept: str) -> None:
    answer = client.get("/no-such-page", headers={"Accept": accept})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")


def test_a_new_worker_is_set_up_before_several_ask_at_once(tmp_path: Path) -> None:
    database_with_tables(tmp_path).dispose()
    app = create_app(Settings(database_url=database_url(tmp_path)))
    assert [output for output in app.callback_map if "_pages_content" in output]
    assert app.csp_hashes()
