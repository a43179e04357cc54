"""A platform on loopback, as gunicorn serves it, with a data set to send the examples to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from data import data_sets, tokens
from data.deliveries import Sender, deliver
from data.entries import DataSetEntry, Delivery, OrganisationEntry, ServiceEntry
from layouts.sending import DATA_SET
from tests.browser.server import served
from tests.fixtures.databases import database_url, database_with_tables

TOKEN = "only-for-tests"
SENDER = Sender("a test")
GROUP, TYPE = DATA_SET.split("/")
Row = dict[str, Any]


@pytest.fixture(scope="session")
def platform(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the platform."""
    folder = tmp_path_factory.mktemp("examples")
    engine = database_with_tables(folder)
    department = OrganisationEntry("work", "Department for Work")
    service = ServiceEntry("allowance", "Carers allowance", "work")
    deliver(engine, Delivery([department], [service]), SENDER)
    entry = DataSetEntry(GROUP, TYPE, service="allowance", raw_queries_allowed=True)
    stored = data_sets.put(engine, entry, SENDER)
    tokens.create(engine, stored.id, "examples", None, SENDER, text=TOKEN)
    engine.dispose()
    with served(database_url(folder)) as address:
        yield address


@pytest.fixture
def environment(platform: str) -> dict[str, str]:
    """What the examples read from the environment; the data set is empty to begin with."""
    answer = requests.put(
        f"{platform}/data/{DATA_SET}",
        json=[],
        headers={"Authorization": f"Bearer {TOKEN}"},
        timeout=20,
    )
    answer.raise_for_status()
    return {"PLATFORM": platform, "TOKEN": TOKEN}


@pytest.fixture
def counts(platform: str) -> Callable[[], dict[tuple[str, str], Any]]:
    """`counts()`: what the data set holds, by week and channel."""

    def read() -> dict[tuple[str, str], Any]:
        rows = requests.get(f"{platform}/data/{DATA_SET}", timeout=20).json()["data"]
        return {(row["_timestamp"][:10], row["channel"]): row["count"] for row in rows}

    return read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder of one's own, to run examples in."""
    return tmp_path
