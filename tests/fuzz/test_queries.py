"""Any questions about records are answered or refused in words, and change nothing."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from typing import Any
from urllib.parse import urlencode

import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from app import create_app
from config import Settings
from data import data_sets
from data.deliveries import deliver
from data.entries import Batch, DataSetEntry, Delivery
from tests.api.openapi.world import SENDER
from tests.fixtures.small_world import small_world
from tests.fuzz.questions import MESSAGES, Pairs, questions, raw_questions
from tests.fuzz.tables import dump
from tests.fuzz.tally import Tally
from tests.fuzz.tries import tried

Row = dict[str, Any]
OPEN, CLOSED = "/data/group/open", "/data/group/closed"
DAYS = ("2017-10-02", "2017-10-09", "2017-12-31", "2018-01-01", "2018-04-02")
CHANNELS = ("digital", "paper", "a:b", "", None)
RECORDS: list[Row] = [
    {
        "_id": f"{day}.{number}",
        "_timestamp": f"{day}T00:00:00+00:00",
        "channel": channel,
        "count": number * 2.5 if number % 2 else number - 2,
        "flag": number > 2,
    }
    for day in DAYS
    for number, channel in enumerate(CHANNELS)
]
RECORDS += [{"_id": "timeless", "channel": "digital"}]


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """Two data sets of the same records; whole records are read of one of them alone."""
    made = small_world(tmp_path_factory.mktemp("queries"))
    for address, allowed in ((OPEN, True), (CLOSED, False)):
        entry = DataSetEntry("group", address.rpartition("/")[2], raw_queries_allowed=allowed)
        stored = data_sets.put(made, entry, SENDER)
        deliver(made, Delivery(batches=[Batch(stored.entry.key, RECORDS)]), SENDER)
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def client(engine: Engine) -> FlaskClient:
    """Whoever asks."""
    url = engine.url.render_as_string(hide_password=False)
    return create_app(Settings(database_url=url, reads_per_minute=0)).server.test_client()


@pytest.mark.parametrize("address", [OPEN, CLOSED])
def test_any_question_is_answered_or_refused_in_words_and_changes_nothing(
    engine: Engine, client: FlaskClient, address: str, tally: Tally
) -> None:
    before = dump(engine)

    def ask(question: Pairs) -> None:
        path = f"{address}?{urlencode(question)}"
        answer = tally.ask(path, partial(client.get, path))
        assert answer.status_code in (200, 400), path
        if answer.status_code == 400:
            message = json.loads(answer.text)["message"]
            assert message in MESSAGES or message.endswith("."), (path, message)

    tried(tally, 150, questions(), ask)
    assert {200, 400} <= set(tally.statuses)
    assert dump(engine) == before


def test_csv_and_json_of_one_question_have_the_same_number_of_rows(
    client: FlaskClient, tally: Tally
) -> None:
    def ask(question: Pairs) -> None:
        # Groups that hold periods are one row a period in CSV, as `flatten` makes them.
        asked = [("flatten", "true"), *(pair for pair in question if pair[0] != "format")]
        told = tally.ask(str(asked), partial(client.get, f"{OPEN}?{urlencode(asked)}"))
        path = f"{OPEN}?{urlencode([('format', 'csv'), *asked])}"
        written = tally.ask(path, partial(client.get, path))
        assert told.status_code == written.status_code, path
        if told.status_code == 200:
            rows = csv.DictReader(io.StringIO(written.get_data(as_text=True), newline=""))
            assert len(list(rows)) == len(json.loads(told.text)["data"]), path
        written.close()

    tried(tally, 80, questions(), ask)
    assert tally.statuses[200] > 20


def test_whole_records_are_those_that_a_plain_model_finds(
    client: FlaskClient, tally: Tally
) -> None:
    def ask(question: dict[str, str]) -> None:
        path = f"{OPEN}?{urlencode(question)}"
        answer = tally.ask(path, partial(client.get, path))
        assert answer.status_code == 200, (path, answer.text)
        found = [row["_id"] for row in json.loads(answer.text)["data"]]
        expected = [row["_id"] for row in model(question)]
        limit = int(question.get("limit", 0)) or len(expected)
        if "sort_by" in question:
            # Records that are alike in what they are sorted by stand in any order.
            field = question["sort_by"].partition(":")[0]
            assert [key(found_row, field) for found_row in by_id(found)] == [
                key(row, field) for row in by_id(expected[:limit])
            ], path
        assert len(found) == min(limit, len(expected)), path
        assert set(found) <= set(expected), path

    tried(tally, 80, raw_questions(), ask)


def by_id(ids: list[str]) -> list[Row]:
    """The records of these ids, in their order."""
    known = {row["_id"]: row for row in RECORDS}
    return [known[one] for one in ids]


def model(question: dict[str, str]) -> list[Row]:
    """The records that a question for whole ones is about, in its order, without its limit."""
    rows = [row for row in RECORDS if is_wanted(row, question)]
    field, _, way = question.get("sort_by", "").partition(":")
    return sorted(rows, key=lambda row: key(row, field), reverse=way == "descending")


def is_wanted(row: Row, question: dict[str, str]) -> bool:
    """Whether a record matches the filter, and is between the ends."""
    name, _, text = question.get("filter_by", "").partition(":")
    if name:
        wanted: object = {"true": True, "false": False}.get(text, text)
        value = row.get(name)
        if type(value) is not type(wanted) or value != wanted:
            return False
    if "start_at" not in question:
        return True
    start, end = (datetime.fromisoformat(question[name]) for name in ("start_at", "end_at"))
    at = row.get("_timestamp")
    return at is not None and start <= datetime.fromisoformat(at) < end


def key(row: Row, field: str) -> tuple[int, Any]:
    """What sorts a record: nothing comes before numbers, and these before text."""
    value = row.get(field)
    if value is None:
        return (0, 0)
    return (1, value) if isinstance(value, int | float) else (2, value)
