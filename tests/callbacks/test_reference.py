"""The API's reference: drawn by Swagger UI, from files that come from here."""

from __future__ import annotations

import re

from flask.testing import FlaskClient

from tests.callbacks.conftest import Content

SCRIPT, STYLE = "/swagger-ui/swagger-ui-bundle.js", "/swagger-ui/swagger-ui.css"


def test_the_page_says_how_to_read_and_how_to_write(client: FlaskClient, content: Content) -> None:
    words = content(client, "/api")
    assert "Reading needs no key." in words
    assert "/api/openapi.json" in words


def test_what_draws_it_is_served_from_here_and_kept_for_a_year(client: FlaskClient) -> None:
    for address in (f"{SCRIPT}?m=1", f"{STYLE}?m=1", "/assets/reference/swagger.css?m=1"):
        answer = client.get(address)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable"


def test_of_swagger_ui_only_the_files_that_are_needed_are_served(client: FlaskClient) -> None:
    for name in ("swagger-ui.js", "oauth2-redirect.html", "index.css", "../LICENSE"):
        assert client.get(f"/swagger-ui/{name}").status_code == 404, name


def test_no_other_page_loads_its_style(client: FlaskClient) -> None:
    assert "swagger" not in client.get("/about").text


def test_the_style_asks_nothing_of_another_host(client: FlaskClient) -> None:
    ours = client.get("/assets/reference/swagger.css").text
    assert not re.search(r"@import|url\(|https?:", ours)
    theirs = client.get(STYLE).text
    assert set(re.findall(r"url\(['\"]?(\w+:)", theirs)) <= {"data:"}


def test_our_style_has_no_letters_below_sixteen_pixels(client: FlaskClient) -> None:
    ours = client.get("/assets/reference/swagger.css").text
    assert min(map(float, re.findall(r"font-size: ([\d.]+)rem", ours))) >= 1
