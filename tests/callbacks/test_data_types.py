"""A service's page, whatever types of data it reports."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from data.data_sets import put
from data.datatypes import STANDARD_TYPES
from data.deliveries import Sender
from data.entries import DataSetEntry, Record
from tests.callbacks.conftest import Content, client_of
from tests.fixtures.small_world import report, small_world

PAGE = "/services/report-a-death"
PORTAL = {"portal": "digital"}
ABOUT = {"group": "deaths", "service": "report-a-death"}


def month(number: int, **fields: float) -> Record:
    return {"_timestamp": f"2017-{number:02}-01T00:00:00Z", "period": "month", **fields}


@pytest.fixture
def engine(tmp_path: Path) -> Engine:
    return small_world(tmp_path)


@pytest.fixture
def client(engine: Engine, tmp_path: Path) -> FlaskClient:
    """A client of the platform over that engine's database."""
    assert engine is not None
    return client_of(tmp_path)


def test_a_page_holds_with_every_type_of_data(
    engine: Engine, client: FlaskClient, content: Content
) -> None:
    for kind in STANDARD_TYPES:
        example = {**kind.example}
        if kind.names_its_service:
            report(engine, kind.slug, [{**example, "service": "report-a-death"}])
        else:
            stages = ("eligibility", "done") if kind.slug == "journey" else ()
            report(engine, kind.slug, [example], stages=stages, **ABOUT)
    for period in ("", "day", "week", "quarter", "year"):
        shown = content(client, PAGE, f"?period={period}" if period else "")
        assert "could not be shown" not in shown
        assert "Digital take-up" in shown


def test_a_page_shows_months_of_published_rates_and_does_not_add_them_up(
    engine: Engine, client: FlaskClient, content: Content
) -> None:
    rates = [month(number, rate=number / 10) for number in range(1, 10)]
    report(engine, "digital-take-up", rates, **ABOUT)
    shown = content(client, PAGE)
    assert "90.0%" in shown
    assert "September 2017" in shown
    quarters = content(client, PAGE, "?period=quarter")
    assert "This service has no figures for each quarter." in quarters


def test_a_published_rate_of_a_year_is_in_the_list_of_services(
    engine: Engine, client: FlaskClient, content: Content
) -> None:
    year = {"_timestamp": "2016-10-01T00:00:00Z", "period": "year", "rate": 0.123}
    report(engine, "digital-take-up", [year], **ABOUT)
    assert "12.30%" in content(client, "/services", "?q=death")


def test_a_journey_under_its_other_name_is_drawn_in_the_order_of_its_stages(
    engine: Engine, client: FlaskClient, content: Content
) -> None:
    week = {"_timestamp": "2017-10-02T00:00:00Z", "period": "week"}
    stages = (("first", 50), ("second", 10), ("third", 20))
    records = [{**week, "stage": stage, "count": count} for stage, count in stages]
    names = tuple(stage for stage, _ in stages)
    report(engine, "completion-rate", records, stages=names, **ABOUT)
    shown = content(client, PAGE)
    assert "40.0%" in shown
    # The fewest reached the second stage, which stays in its place.
    assert "People Left Share First 50" in shown
    assert "Second 10 40 80.0% Third 20" in shown


def test_a_channel_of_the_data_sets_own_table_is_chosen_by_its_kind(
    engine: Engine, client: FlaskClient, content: Content
) -> None:
    kind = "transactions-by-channel"
    entry = DataSetEntry(ABOUT["group"], kind, service=ABOUT["service"], channel_kinds=PORTAL)
    put(engine, entry, Sender("test"))
    counts = (("portal", 30), ("post", 10))
    sent = [{**month(9), "channel": channel, "count": count} for channel, count in counts]
    report(engine, kind, sent, **ABOUT)
    assert "75.0%" in content(client, PAGE)
    digital = content(client, PAGE, "?channel=digital")
    assert "Portal" in digital
    assert "Post" not in digital
