"""What every answer tells browsers: no foreign script, no frame but where it is meant."""

from __future__ import annotations

import base64
import hashlib
import re

import pytest
from flask import Flask
from flask.testing import FlaskClient

from callbacks.headers import set_headers

ANSWERS = (
    "/",
    "/services/tax-a-vehicle",
    "/nowhere",
    "/api/services",
    "/api/services?format=csv",
    "/data/a/b",
    "/_status",
    "/bootstrap.min.css",
    "/_dash-layout",
)
# Scripts that browsers run: JSON in a script element is data.
RUN = r'<script(?![^>]*(?: src=|type="application/(?:json|ld\+json)"))[^>]*>(.+?)</script>'


def directives(client: FlaskClient, path: str) -> dict[str, list[str]]:
    said = client.get(path).headers["Content-Security-Policy"].split("; ")
    return {name: sources for name, *sources in (one.split() for one in said)}


@pytest.mark.parametrize("path", ANSWERS)
def test_no_answer_lets_a_script_run_that_is_not_ours(client: FlaskClient, path: str) -> None:
    said = directives(client, path)
    allowed = said["script-src"]
    assert allowed[0] == "'self'"
    assert all(one.startswith("'sha256-") for one in allowed[1:])
    assert said["object-src"] == ["'none'"]


def test_the_scripts_that_stand_in_a_page_are_those_that_the_policy_names(
    client: FlaskClient,
) -> None:
    inline = re.findall(RUN, client.get("/").text, re.DOTALL)
    hashes = [base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in inline]
    assert len(hashes) == 3
    assert {f"'sha256-{one}'" for one in hashes} == set(directives(client, "/")["script-src"][1:])


@pytest.mark.parametrize("path", ANSWERS)
def test_nobody_may_frame_what_is_not_meant_to_be_embedded(client: FlaskClient, path: str) -> None:
    assert directives(client, path)["frame-ancestors"] == ["'none'"]
    assert client.get(path).headers["X-Frame-Options"] == "DENY"


def test_anyone_may_frame_an_embed(client: FlaskClient) -> None:
    assert directives(client, "/embed/overview")["frame-ancestors"] == ["*"]
    assert "X-Frame-Options" not in client.get("/embed/overview").headers


def test_nobody_frames_what_only_a_link_shows(client: FlaskClient) -> None:
    path = "/embed/services/tax-a-vehicle?link=x"
    assert directives(client, path)["frame-ancestors"] == ["'none'"]
    assert client.get(path).headers["X-Frame-Options"] == "DENY"


@pytest.mark.parametrize(
    ("setting", "told"),
    [
        ("https://a.example https://b.example", "'self' https://a.example https://b.example"),
        ("'none'", "'none'"),
    ],
)
def test_a_setting_says_who_may_frame_an_embed(setting: str, told: str) -> None:
    server = Flask("test")
    set_headers(server, list, setting)
    said = server.test_client().get("/embed/overview").headers["Content-Security-Policy"]
    assert said.endswith(f"; frame-ancestors {told}")


def test_a_header_that_an_answer_sets_itself_stays_as_it_is_and_comes_once() -> None:
    server = Flask("test")
    set_headers(server, list, "*")
    server.add_url_rule("/a", "a", lambda: ("", {"referrer-policy": "no-referrer"}))
    headers = server.test_client().get("/a").headers
    assert headers.getlist("Referrer-Policy") == ["no-referrer"]
    assert headers.getlist("X-Frame-Options") == ["DENY"]


def test_what_breaks_after_the_answer_has_the_headers_too() -> None:
    server = Flask("test")
    set_headers(server, list, "*")
    server.after_request(lambda _: 1 / 0)
    answer = server.test_client().get("/a")
    assert answer.status_code == 500
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("path", ANSWERS)
def test_no_answer_is_guessed_at_or_may_use_what_a_device_has(
    client: FlaskClient, path: str
) -> None:
    headers = client.get(path).headers
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert "geolocation=()" in headers["Permissions-Policy"]


def test_browsers_that_came_over_https_are_told_to_stay_there(client: FlaskClient) -> None:
    header = "Strict-Transport-Security"
    assert client.get("/", base_url="https://localhost").headers[header] == "max-age=31536000"
    assert header not in client.get("/").headers
