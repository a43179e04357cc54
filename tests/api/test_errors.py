"""What cannot be answered is said in one JSON body, whatever it was."""

from __future__ import annotations

import logging

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from api.blueprint import blueprint
from config import Settings
from data.queries import Query
from data.reader import Reader
from tests.api.reading import refusal
from tests.fixtures.kept import Kept


@pytest.mark.parametrize("address", ["", "/kpis", "/measurements"])
def test_an_unknown_service_is_not_found(client: FlaskClient, address: str) -> None:
    sentence = refusal(client, f"/services/no-such{address}", 404)
    assert sentence == "There is no service 'no-such'. /api/services lists all of them."


@pytest.mark.parametrize("address", ["", "/kpis"])
def test_an_unknown_organisation_is_not_found(client: FlaskClient, address: str) -> None:
    sentence = refusal(client, f"/organisations/no-such{address}", 404)
    assert sentence == "There is no organisation 'no-such'. /api/organisations lists all of them."


def test_an_unknown_address_is_not_found(client: FlaskClient) -> None:
    for address in ("/nothing", "/services/", "/services/a/b/c", "/kpis/definitions/x"):
        assert refusal(client, address, 404) == f"There is nothing at /api{address}."
    assert refusal(client, "/nothing", 404, "POST") == "There is nothing at /api/nothing."


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_a_method_that_an_address_does_not_have_is_refused(
    client: FlaskClient, method: str
) -> None:
    sentence = refusal(client, "/services", 405, method)
    assert sentence == f"/api/services cannot be asked with {method}, only with GET."
    assert client.open("/api/services", method=method).headers["Allow"] == "GET"


def test_errors_are_json_also_when_csv_was_asked_for(client: FlaskClient) -> None:
    refusal(client, "/services/no-such?format=csv", 404)
    refusal(client, "/services?format=csv&limit=0", 400)


class BrokenReader(Reader):
    """A reader whose database is gone."""

    def run(self, query: Query) -> object:  # type: ignore[override]
        raise RuntimeError(f"no table for {query}: secret")


def test_a_failure_is_logged_and_its_details_stay_inside(
    engine: Engine, caplog: pytest.LogCaptureFixture
) -> None:
    app = Flask("test")
    app.register_blueprint(blueprint(BrokenReader(engine, Kept()), Settings()))
    with caplog.at_level(logging.ERROR):
        sentence = refusal(app.test_client(), "/services", 500)
    assert sentence == "Something went wrong here. It has been logged."
    assert "/api/services failed" in caplog.text
    assert "secret" in caplog.text
