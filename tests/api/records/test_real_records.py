"""Real records posted as they are, read back as the KPIs of their services."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from werkzeug.test import TestResponse

from app import create_app
from config import Settings
from data import tokens
from data.data_sets import put
from data.deliveries import Sender, deliver
from data.entries import DataSetEntry, Delivery, OrganisationEntry, ServiceEntry
from data.tables import data_set
from data.tables import record as table
from tests.data.test_real_records import STAGES
from tests.fixtures.small_world import empty_engine

RECORDS = Path(__file__).resolve().parents[4] / "shared/data/records"
TEST = Sender("a test")
TOKEN = {"Authorization": "Bearer the-token", "Content-Type": "application/json"}
CLAIMS, LICENSING = "dwp-carers-allowance-new-claims", "licensing"
SETS = (
    DataSetEntry("carers-allowance", "transactions-by-channel", service=CLAIMS),
    DataSetEntry("carers-allowance", "journey", service=CLAIMS, stages=STAGES),
    DataSetEntry("carers-allowance", "customer-satisfaction", service=CLAIMS),
    DataSetEntry("licensing", "realtime", service=LICENSING, realtime=True),
)
Row = dict[str, Any]


class Real:
    """The whole platform, with the data sets that the files are for, and nothing in them yet."""

    def __init__(self, folder: Path) -> None:
        self.engine = empty_engine(folder)
        services = [ServiceEntry(slug, slug, "work") for slug in (CLAIMS, LICENSING)]
        work = OrganisationEntry("work", "Department for Work")
        deliver(self.engine, Delivery(organisations=[work], services=services), TEST)
        for entry in SETS:
            stored = put(self.engine, entry, TEST)
            tokens.create(self.engine, stored.id, "collector", None, TEST, text="the-token")
        settings = Settings(database_url=str(self.engine.url))
        self.client: FlaskClient = create_app(settings).server.test_client()

    def post(self, name: str) -> TestResponse:
        """The answer to a file, sent as it is."""
        return self.client.post(f"/data/{name}", data=_path(name).read_bytes(), headers=TOKEN)

    def rows(self, address: str) -> list[Row]:
        """The rows of an answer of the API."""
        answer = self.client.get(f"/api/services/{address}&limit=1000")
        assert answer.status_code == 200, answer.text
        return list(json.loads(answer.text)["data"])


def _path(name: str) -> Path:
    path = RECORDS / f"{name}.json"
    if not path.exists():
        pytest.skip(f"the real records are not at {path}")
    return path


def read(name: str) -> list[Row]:
    return list(json.loads(_path(name).read_text()))


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Real]:
    made = Real(tmp_path_factory.mktemp("real"))
    for entry in SETS:
        answer = made.post(entry.address)
        assert (answer.status_code, answer.json) == (200, {"status": "ok"})
    yield made
    made.engine.dispose()


def test_digital_take_up_of_a_week_is_that_of_its_two_counts(real: Real) -> None:
    found = real.rows(f"{CLAIMS}/kpis?kpi=digital-take-up&period=week")
    first = next(row for row in found if row["start_at"] == "2013-10-14")
    assert (first["numerator"], first["denominator"]) == (1472, 1472 + 3546)
    assert first["value"] == pytest.approx(1472 / 5018)
    assert (first["status"], first["end_at"]) == ("reported", "2013-10-21")
    assert len(found) == 8


def test_satisfaction_of_every_day_is_that_of_its_five_ratings(real: Real) -> None:
    found = real.rows(f"{CLAIMS}/kpis?kpi=user-satisfaction&period=day")
    records = read("carers-allowance/customer-satisfaction")
    assert len(found) == len(records) == 86
    told = {row["start_at"]: row for row in found}
    for record in records:
        answers = [record[f"rating_{n}"] for n in range(1, 6)]
        marks = sum(n * count for n, count in enumerate(answers))
        row = told[record["_timestamp"][:10]]
        if 0 < sum(answers) < 5:
            # So few could be told from one another.
            assert row["status"] == "suppressed"
            assert (row["value"], row["numerator"], row["denominator"]) == (None, None, None)
            continue
        assert (row["numerator"], row["denominator"]) == (marks / 4, sum(answers))
        assert row["value"] == (pytest.approx(marks / 4 / sum(answers)) if sum(answers) else None)


def test_completion_of_every_week_is_its_last_stage_of_its_first(real: Real) -> None:
    found = real.rows(f"{CLAIMS}/kpis?kpi=completion-rate&period=week")
    counts = {
        (record["_timestamp"][:10], record["stage"]): record["count"]
        for record in read("carers-allowance/journey")
    }
    ends = {start: count for (start, stage), count in counts.items() if stage == STAGES[-1]}
    # In the first weeks nobody counted who reached the end.
    assert [row["start_at"] for row in found] == sorted(ends) == ["2014-05-19", "2014-05-26"]
    for row in found:
        start = row["start_at"]
        assert (row["numerator"], row["denominator"]) == (ends[start], counts[start, STAGES[0]])


def test_at_the_end_of_licensings_day_there_are_28_visitors(real: Real) -> None:
    found = real.rows(f"{LICENSING}/measurements?measure=live-users")
    last = found[-1]
    assert (last["start_at"], last["value"]) == ("2014-06-04T13:51:03+00:00", 28)
    assert len(found) == len({record["_timestamp"] for record in read("licensing/realtime")})


@pytest.mark.parametrize("entry", SETS, ids=lambda entry: str(entry.address))
def test_the_same_file_posted_again_changes_nothing(real: Real, entry: DataSetEntry) -> None:
    address = f"{entry.service}/kpis?kpi=digital-take-up&period=week"
    before = real.client.get(f"/api/services/{address}").headers["ETag"]
    assert real.post(entry.address).json == {"status": "ok"}
    assert real.client.get(f"/api/services/{address}").headers["ETag"] == before


@pytest.mark.parametrize("entry", SETS, ids=lambda entry: str(entry.address))
def test_every_record_is_read_back_as_it_was_sent(real: Real, entry: DataSetEntry) -> None:
    with real.engine.connect() as connection:
        own = data_set.c.group == entry.group, data_set.c.type == entry.type
        joined = table.join(data_set, data_set.c.id == table.c.data_set_id)
        query = select(table.c.key, table.c.body).select_from(joined).where(*own)
        rows = connection.execute(query).all()
    sent = {one["_id"]: one for one in read(entry.address)}
    assert {row.key: row.body for row in rows} == sent
