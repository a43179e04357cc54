"""Any records whatever are sent to data sets of every type: all of a batch is taken, or nothing."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from flask.testing import FlaskClient
from hypothesis import strategies as st
from sqlalchemy import Engine, select

from api.openapi.record_examples import GROUP
from app import create_app
from config import Settings
from data import data_sets, tokens
from data.data_sets import find
from data.datatypes import STANDARD_TYPES, data_type
from data.entries import DataSetEntry
from data.rules import DataType
from data.tables import measurement
from tests.api.openapi.world import SENDER, make_world
from tests.fixtures.databases import opened
from tests.fuzz.batches import Body, Record, bodies
from tests.fuzz.tables import dump
from tests.fuzz.tally import Tally
from tests.fuzz.tries import tried

OWN = {"Authorization": "Bearer own"}
JSON = "application/json"
TIMES = ("_timestamp", "_start_at", "_end_at")
PERIODS = ("hour", "day", "week", "month", "quarter", "year")
ADDED = {"_updated_at", *(f"_{period}_start_at" for period in PERIODS)}
# What is counted whole: the field of a record, the text that tells parts of it apart if one does,
# and the measure that is the sum.
SUMS = {
    "transactions-by-channel": ("count", "channel", "transactions"),
    "cost-per-transaction": ("total_cost", "channel", "cost"),
    "devices": ("count", "device", "devices"),
    "browsers": ("count", "browser", "browsers"),
    "errors": ("count", "error", "errors"),
    "help-usage": ("count", "help", "help-usage"),
    "site-visits": ("visits", "", "visits"),
}
# One that the platform does not know, and one whose records have ids made of their fields.
FREE = DataType("weather", "weather", example={"_timestamp": "2018-01-01T00:00:00Z", "count": 1})
MADE = DataType("made-ids", "made-ids", example={**FREE.example, "channel": "paper"})
KINDS = (*STANDARD_TYPES, FREE, MADE)
SCHEMA = {"required": ["_timestamp"], "properties": {"count": {"type": ["number", "null"]}}}


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    """A data set of every type, and the two besides."""
    made = opened(make_world(tmp_path_factory.mktemp("records")))
    for kind, more in ((FREE, {}), (MADE, {"auto_ids": ("channel", "count"), "schema": SCHEMA})):
        entry = DataSetEntry(GROUP, kind.slug, raw_queries_allowed=True, **more)  # type: ignore[arg-type]
        stored = data_sets.put(made, entry, SENDER)
        tokens.create(made, stored.id, "own", None, SENDER, text="own")
    yield made
    made.dispose()


@pytest.fixture(scope="module")
def client(engine: Engine) -> FlaskClient:
    """Whoever sends and reads."""
    url = engine.url.render_as_string(hide_password=False)
    unbounded = Settings(database_url=url, reads_per_minute=0, writes_per_minute=0)
    return create_app(unbounded).server.test_client()


@pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.slug)
def test_a_batch_is_refused_and_changes_nothing_or_reads_back_as_it_was_sent(
    engine: Engine, client: FlaskClient, kind: DataType, tally: Tally
) -> None:
    address = f"/data/{GROUP}/{kind.slug}"
    # The types share the time of one test.
    tally.seconds /= len(KINDS)

    def sent(batches: list[Body]) -> None:
        emptied = client.put(address, data=b"[]", headers={**OWN, "Content-Type": JSON})
        assert emptied.status_code == 200, emptied.text
        for body in batches:
            try_one(engine, client, address, body, tally)
        if kind.slug in SUMS:
            check_sums(engine, kind, read(client, address))

    tried(tally, 6, st.lists(bodies(kind), min_size=1, max_size=2), sent)


def try_one(engine: Engine, client: FlaskClient, address: str, body: Body, tally: Tally) -> None:
    """Send a batch: refused, it has changed nothing; taken, it is there."""
    before, rows = dump(engine, apart=("token",)), read(client, address)
    post = partial(client.post, address, data=body.sent, headers={**OWN, **body.headers})
    answer = tally.ask(f"{address}: {body.sent[:300]!r}", post)
    if answer.status_code == 200:
        check_written(rows, body, read(client, address), made=address.endswith(MADE.slug))
        return
    assert answer.status_code == 400, (answer.status_code, body.sent[:300])
    told = json.loads(answer.text)
    assert told.get("messages") or told.get("message"), told
    assert dump(engine, apart=("token",)) == before, body.sent[:300]


def read(client: FlaskClient, address: str) -> dict[str, Record]:
    """The records of a data set by their _id, without what the platform adds."""
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    rows = json.loads(answer.text)["data"]
    return {row["_id"]: {n: v for n, v in row.items() if n not in ADDED} for row in rows}


def check_written(
    before: Mapping[str, Record], body: Body, after: Mapping[str, Record], *, made: bool
) -> None:
    """What was sent is there, as it was sent; what else there was is there still."""
    found = {key: plain(one) for key, one in after.items()}
    sent = [{**one, "_id": made_id(one)} for one in body.records] if made else body.records
    for key, one in {one["_id"]: plain(one) for one in sent if "_id" in one}.items():
        assert found[key] == one
    unnamed = [nameless(one) for one in sent if "_id" not in one]
    there = [nameless(one) for one in after.values()]
    assert all(one in there for one in unnamed), (unnamed, there)
    assert len(after) <= len(before) + len(sent)
    assert set(before) <= set(after)


def made_id(record: Record) -> str:
    """The _id of a record whose data set makes them of its channel and its count."""
    return b64encode(f"{record['channel']}.{record['count']}".encode()).decode()


def plain(record: Record) -> Record:
    """A record in which equal moments are equal."""
    return {name: moment(v) if name in TIMES else same(v) for name, v in record.items()}


def nameless(record: Record) -> Record:
    """The same, whatever its _id."""
    return {name: value for name, value in plain(record).items() if name != "_id"}


def same(value: Any) -> Any:
    """A value that equals none of another kind: in Python 1 is True."""
    return (value, isinstance(value, bool))


def moment(text: str) -> datetime:
    """The moment that a text says; without a zone it is in UTC."""
    found = datetime.fromisoformat(text)
    return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)


def expected_sums(kind: DataType, rows: Mapping[str, Record]) -> dict[tuple[str, int], int]:
    """Millionths by period and start: parts added up, unless a record gives all of them."""
    field, part, _ = SUMS[kind.slug]
    whole: dict[tuple[str, int], int] = defaultdict(int)
    parts: dict[tuple[str, int], int] = defaultdict(int)
    for row in rows.values():
        if row.get(field) is not None:
            slot = row["period"], int(moment(row["_timestamp"]).timestamp())
            millionths = int((Decimal(str(row[field])) * 10**6).to_integral_value())
            (parts if part and row.get(part) is not None else whole)[slot] += millionths
    return {**parts, **whole}


def check_sums(engine: Engine, kind: DataType, rows: Mapping[str, Record]) -> None:
    """What is held of all parts together is their sum, and what is published is of a record."""
    expected, held = expected_sums(kind, rows), held_sums(engine, kind)
    assert {slot: held[slot][0] for slot in expected} == expected
    assert {slot for slot, (_, part) in held.items() if part == slot[0]} <= set(expected)


def held_sums(engine: Engine, kind: DataType) -> dict[tuple[str, int], tuple[int, str]]:
    """The figures that rest on the data set, of all parts together, and of which part each is."""
    at = measurement.c
    with engine.connect() as connection:
        own = find(connection, GROUP, kind.slug)
        assert own is not None
        asked = select(at.period, at.start_at, at.millionths, at.part).where(
            at.data_set_id == own.id, at.measure == SUMS[kind.slug][2], at.category == ""
        )
        rows = connection.execute(asked)
        return {(row.period, row.start_at): (row.millionths, row.part) for row in rows}


def test_every_type_that_is_summed_here_has_that_measure() -> None:
    assert all(measure in data_type(slug).measures for slug, (_, _, measure) in SUMS.items())
