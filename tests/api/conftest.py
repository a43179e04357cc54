"""The API over the small world, and over the published figures where they are."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine

from api.blueprint import blueprint
from config import Settings
from data import transactional_services
from data.deliveries import Sender, deliver
from data.reader import Reader
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import empty_engine, report, small_world, summary

PUBLISHED = Path(__file__).resolve().parents[3] / "shared/data/transactional-services.csv"
# Months of a toll: August was never reported. 60 + 40 in July, 70 + 30 in September.
TOLLS = [
    {
        "_id": f"{month}.{channel}",
        "_timestamp": f"2017-{month}-01T00:00:00+00:00",
        "period": "month",
        "channel": channel,
        "count": count,
    }
    for month, channel, count in (
        ("07", "digital", 60),
        ("07", "phone", 40),
        ("09", "digital", 70),
        ("09", "phone", 30),
    )
]
# Four answers: (0 + 0.5 + 0.5 + 1) ÷ 4 = 50%.
RATINGS = [
    {
        "_id": "2017-09",
        "_timestamp": "2017-09-01T00:00:00+00:00",
        "period": "month",
        "rating_1": 2,
        "rating_2": 0,
        "rating_3": 4,
        "rating_4": 0,
        "rating_5": 2,
    },
    {
        "_id": "2017-08",
        "_timestamp": "2017-08-01T00:00:00+00:00",
        "period": "month",
        "rating_1": 1,
        "rating_2": 0,
        "rating_3": 0,
        "rating_4": 0,
        "rating_5": 2,
    },
]
# Use of help, which is a standard metric: 12 calls and 3 letters in a year.
HELP = [
    {
        "_timestamp": "2016-10-01T00:00:00+00:00",
        "period": "year",
        "help": help,
        "count": count,
    }
    for help, count in (("telephone", 12), ("letter", 3))
]
LIVE = [
    {"_id": f"12{minute}", "_timestamp": f"2017-10-01T12:{minute}:00+00:00", "unique_visitors": n}
    for minute, n in (("00", 5), ("02", 7))
]


def client_of(engine: Engine, settings: Settings | None = None) -> FlaskClient:
    """A client of the API alone."""
    app = Flask("test")
    app.register_blueprint(blueprint(Reader(engine, Kept()), settings or Settings()))
    return app.test_client()


@pytest.fixture(scope="session")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """The small world with months of tolls, ratings of tests and visitors of vehicle tax."""
    made = small_world(tmp_path_factory.mktemp("api"))
    tolls = {"group": "tolls", "service": "pay-a-toll", "channels": ("digital", "phone")}
    report(made, "transactions-by-channel", TOLLS, **tolls)
    report(made, "customer-satisfaction", RATINGS, group="tests", service="book-a-test")
    report(made, "realtime", LIVE, group="tax", service="tax-a-vehicle", realtime=True)
    report(made, "help-usage", HELP, group="tax", service="tax-a-vehicle")
    yield made
    made.dispose()


@pytest.fixture(scope="session")
def coming(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client over the small world in which vehicle tax reported the same for two years.

    250 transactions each quarter, 210 of them digital, October 2015 to September 2017.
    """
    made = small_world(tmp_path_factory.mktemp("coming"))
    figures = {"transactions": 250, "digital_transactions": 210}
    earlier = ("2015-10", "2016-01", "2016-04", "2016-07", "2016-10", "2017-01", "2017-04")
    quarters = [summary("tax-a-vehicle", "quarter", f"{at}-01", **figures) for at in earlier]
    report(made, "summaries", quarters)
    yield client_of(made)
    made.dispose()


@pytest.fixture(scope="session")
def client(engine: Engine) -> FlaskClient:
    """A client of the API over the small world."""
    return client_of(engine)


@pytest.fixture(scope="session")
def published(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    """A client of the API over the published figures."""
    if not PUBLISHED.exists():
        pytest.skip(f"the published download is not at {PUBLISHED}")
    engine = empty_engine(tmp_path_factory.mktemp("published"))
    delivery = transactional_services.read(PUBLISHED).delivery
    deliver(engine, delivery, Sender("test"))
    yield client_of(engine)
    engine.dispose()
