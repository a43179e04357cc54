"""What is not published is, for everyone else, as if it were not there: at every address."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask, g
from flask.testing import FlaskClient
from sqlalchemy import Engine

from api.blueprint import blueprint
from config import Settings
from data.data_sets import put
from data.deliveries import Sender, deliver
from data.entries import Delivery
from data.people import ADMIN, PUBLISHER, Viewer
from data.reader import Reader
from tests.api.reading import kpi_of, refusal, rows_of
from tests.fixtures.hidden_world import (
    OFFICE,
    PERMIT,
    PERMITS,
    TOLLS,
    VISA,
    hide_services,
    report_privately,
    visitors,
)
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import report, small_world

YEAR = "start_at=2016-10-01&end_at=2017-10-01"
OPEN = (
    "/services",
    "/services?q=visa",
    "/services?q=pay",
    "/services?q=office",
    "/services?category=Secrets",
    "/services?category=Taxes",
    "/services?customer_type=Visitors",
    "/services?department=permits",
    "/services?agency=vehicles",
    "/services?range=digital-take-up:0:1",
    "/services?range=cost-per-transaction:50:",
    "/services?sort_by=transactions:descending&limit=1",
    "/services/tax-a-vehicle",
    "/services/tax-a-vehicle/kpis",
    "/services/pay-a-toll/kpis",
    "/services/pay-a-toll/kpis/definitions",
    "/services/pay-a-toll/kpis/parts",
    "/services/pay-a-toll/measurements?period=year",
    "/compare?service=tax-a-vehicle",
    "/compare?service=tax-a-vehicle&service=pay-a-toll&period=year",
    "/organisations",
    "/organisations?q=visa",
    "/organisations?category=Taxes",
    "/organisations?sort_by=transactions:descending&limit=1",
    "/organisations?range=transactions:9000:",
    "/organisations/transport",
    "/organisations/vehicles",
    "/organisations/vehicles/kpis",
    "/organisations/transport/kpis?period=quarter",
    "/kpis",
    f"/kpis?{YEAR}",
    "/kpis?period=quarter",
    "/kpis?category=Taxes",
    "/kpis?category=Secrets",
    "/kpis?customer_type=Visitors",
    "/kpis?q=visa",
    "/kpis?department=transport",
    "/kpis?agency=vehicles",
    "/kpis?range=transactions:9000:",
    "/kpis?by=department",
    "/kpis?by=agency",
    "/kpis?by=service",
    "/kpis?by=service&category=Taxes",
    "/live",
    "/live?service=apply-for-a-visa",
    "/live?agency=vehicles",
    "/live?q=visa",
)
SHUT = (
    *(
        f"/services/{one.slug}{rest}"
        for one in (VISA, PERMIT)
        for rest in ("", "/kpis", "/measurements?period=year", "/measurements?measure=live-users")
    ),
    *(f"/compare?service={one.slug}&service=tax-a-vehicle" for one in (VISA, PERMIT)),
    *(f"/organisations/{one.slug}{rest}" for one in (OFFICE, PERMITS) for rest in ("", "/kpis")),
)


def engine_of(folder: Path, *, hidden: bool) -> Engine:
    """The small world with live users; with or without what nobody may learn of."""
    folder.mkdir()
    engine = small_world(folder)
    counts = visitors(("11:55", 4), ("12:00", 6))
    report(engine, "realtime", counts, group="tax", service="tax-a-vehicle")
    if hidden:
        hide_services(engine)
        report_privately(engine)
    return engine


def client_for(engine: Engine, viewer: Viewer | None) -> FlaskClient:
    """A client of the API that a viewer uses."""
    app = Flask("test")

    @app.before_request
    def _identify() -> None:
        g.viewer = viewer

    app.register_blueprint(blueprint(Reader(engine, Kept()), Settings()))
    return app.test_client()


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = engine_of(tmp_path_factory.mktemp("hidden") / "all", hidden=True)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of a platform where what is hidden was never sent."""
    made = engine_of(tmp_path_factory.mktemp("without") / "some", hidden=False)
    yield client_for(made, None)
    made.dispose()


@pytest.fixture(scope="module")
def client(engine: Engine) -> FlaskClient:
    """A client of everyone's."""
    return client_for(engine, None)


@pytest.mark.parametrize("address", OPEN)
def test_every_answer_is_the_one_it_would_be_without_it(
    client: FlaskClient, without: FlaskClient, address: str
) -> None:
    joint = "&" if "?" in address else "?"
    for own in (address, f"{address}{joint}format=csv"):
        found, expected = client.get(f"/api{own}"), without.get(f"/api{own}")
        assert found.status_code == expected.status_code == 200
        assert found.text == expected.text


@pytest.mark.parametrize("address", SHUT)
def test_every_address_of_its_own_is_missing_as_one_that_never_was(
    client: FlaskClient, without: FlaskClient, address: str
) -> None:
    found, expected = client.get(f"/api{address}"), without.get(f"/api{address}")
    assert (found.status_code, found.text) == (404, expected.text)
    assert "ETag" not in found.headers


def test_totals_are_those_of_the_small_world(client: FlaskClient) -> None:
    # 1000 + 200 + 300 transactions, by three of four services.
    total = kpi_of(client, f"/kpis?kpi=transactions&{YEAR}")
    found = [total[name] for name in ("value", "services_reporting", "services")]
    assert found == [1500, 3, 4]


def test_live_users_are_those_of_the_day_of_published_services(client: FlaskClient) -> None:
    assert [row["people"] for row in rows_of(client, "/live")] == [4, 6]


OWNER = Viewer(1, "Ann", "ann@example.com", PUBLISHER, services=frozenset({VISA.slug}))
AGENCY = Viewer(2, "Bob", "bob@example.com", PUBLISHER, frozenset({"vehicles"}))
DEPARTMENT = Viewer(3, "Cat", "cat@example.com", PUBLISHER, frozenset({"transport"}))
OTHER = Viewer(4, "Dan", "dan@example.com", PUBLISHER, frozenset({"office"}))
EVERYTHING = Viewer(5, "Eve", "eve@example.com", ADMIN)
VISA_ADDRESSES = tuple(address for address in SHUT if VISA.slug in address)


@pytest.mark.parametrize("viewer", [OWNER, AGENCY, DEPARTMENT, EVERYTHING], ids=lambda v: v.name)
@pytest.mark.parametrize("address", VISA_ADDRESSES)
def test_who_publishes_a_service_sees_it_and_nobody_keeps_the_answer(
    engine: Engine, viewer: Viewer, address: str
) -> None:
    joint = "&" if "?" in address else "?"
    for own in (address, f"{address}{joint}format=csv"):
        answer = client_for(engine, viewer).get(f"/api{own}")
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert "ETag" not in answer.headers


def test_who_publishes_it_sees_its_own_figures(engine: Engine) -> None:
    own = client_for(engine, OWNER)
    rows = rows_of(own, f"/services/{VISA.slug}/kpis?kpi=transactions&{YEAR}")
    assert [row["value"] for row in rows] == [9000]
    users = rows_of(own, f"/services/{VISA.slug}/measurements?measure=live-users")
    assert [row["value"] for row in users] == [99]


@pytest.mark.parametrize("address", VISA_ADDRESSES)
def test_who_publishes_something_else_does_not_see_it(engine: Engine, address: str) -> None:
    message = refusal(client_for(engine, OTHER), address, 404)
    assert message == f"There is no service {VISA.slug!r}. /api/services lists all of them."


@pytest.mark.parametrize("address", OPEN)
def test_totals_and_lists_are_the_same_for_who_publishes_it(
    engine: Engine, client: FlaskClient, address: str
) -> None:
    own = client_for(engine, EVERYTHING).get(f"/api{address}")
    assert own.text == client.get(f"/api{address}").text


def test_what_one_has_seen_is_not_kept_for_the_next(engine: Engine) -> None:
    app, reader = Flask("test"), Reader(engine, Kept())
    viewers = iter((OWNER, None, OTHER, OWNER))

    @app.before_request
    def _identify() -> None:
        g.viewer = next(viewers)

    app.register_blueprint(blueprint(reader, Settings()))
    asked = [app.test_client().get(f"/api/services/{VISA.slug}") for _ in range(4)]
    assert [answer.status_code for answer in asked] == [200, 404, 404, 200]


def test_live_users_of_very_many_services_are_those_of_published_ones(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.live._FEW", 0)
    assert [row["people"] for row in rows_of(client_for(engine, None), "/live")] == [4, 6]


def test_a_service_that_is_published_or_no_longer_so_comes_and_goes_at_once(
    tmp_path: Path,
) -> None:
    changing = engine_of(tmp_path / "changing", hidden=True)
    everyone = client_for(changing, None)
    address = f"/kpis?kpi=transactions&{YEAR}"
    found = []
    for published in (True, False):
        shown = replace(VISA, published=published)
        deliver(changing, Delivery(services=(shown,)), Sender("test"))
        status = everyone.get(f"/api/services/{VISA.slug}").status_code
        found.append((status, kpi_of(everyone, address)["value"]))
    assert found == [(200, 1500 + 9000), (404, 1500)]
    changing.dispose()


def test_a_data_set_that_is_no_longer_private_counts_and_one_that_is_does_not(
    tmp_path: Path,
) -> None:
    changing = engine_of(tmp_path / "changing", hidden=True)
    everyone = client_for(changing, None)
    found = []
    for private in (False, True):
        put(changing, replace(TOLLS, private=private), Sender("test"))
        address = f"/services/pay-a-toll/kpis?kpi=transactions&{YEAR}"
        latest = kpi_of(everyone, "/services?q=toll")["kpis"]["transactions"]["value"]
        found.append((kpi_of(everyone, address)["value"], latest))
    # A summary says 300; the service's own 7 and 1 go before it as far as anyone may know them.
    assert found == [(8, 8), (300, 300)]
    changing.dispose()
