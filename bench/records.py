"""The record API: how fast records go in and come out, beside what the engine does by itself.

Both are measured over a SQLite file in this process, so that their ratio is of the same moment.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

from flask.testing import FlaskClient

from app import create_app
from bench.databases import new_file
from bench.figures import Figure
from config import Settings
from data.data_sets import put
from data.deliveries import Sender, deliver
from data.engine import migrate, open_engine
from data.entries import (
    Batch,
    DataSetEntry,
    DataSetKey,
    Delivery,
    OrganisationEntry,
    Record,
    ServiceEntry,
)
from data.tokens import create

READ_AIM = 2.0
_SENDER = Sender("bench")
_TOKEN = "bench-token"
_CLAIMS = DataSetKey("bench", "transactions-by-channel")
_QUEUES = DataSetKey("bench", "queue-lengths")
_VISITORS = DataSetKey("bench", "realtime")
_CHANNELS = ("digital", "paper", "telephone", "counter")
_FIRST = datetime(2000, 1, 3, tzinfo=UTC)
_INSERT = "INSERT INTO record (data_set_id, key, at, body, updated_at) VALUES (?, ?, ?, ?, ?)"
_TALLY = """
SELECT strftime('%Y-%m', at, 'unixepoch') AS month, json_extract(body, '$.channel') AS channel,
    count(*), sum(json_extract(body, '$.count'))
FROM record WHERE data_set_id = ? AND at >= ? AND at < ? GROUP BY month, channel
"""
Make = Callable[[int], Record]


def claim(number: int) -> Record:
    """Completed transactions on one channel on one day."""
    day = _FIRST + timedelta(days=number // len(_CHANNELS))
    channel = _CHANNELS[number % len(_CHANNELS)]
    about = {"_id": f"claim-{number}", "_timestamp": day.isoformat(), "period": "day"}
    return {**about, "channel": channel, "count": number % 97}


def queue(number: int) -> Record:
    """A record of a type that means no figure."""
    moment = _FIRST + timedelta(minutes=number)
    return {"_id": f"queue-{number}", "_timestamp": moment.isoformat(), "length": number % 97}


def visitors(number: int) -> Record:
    """How many people use a service at a moment."""
    moment = _FIRST + timedelta(minutes=2 * number)
    about = {"_id": f"visit-{number}", "_timestamp": moment.isoformat()}
    return {**about, "unique_visitors": number % 97}


KINDS: tuple[tuple[str, DataSetKey, Make], ...] = (
    ("without figures", _QUEUES, queue),
    ("live users", _VISITORS, visitors),
    ("transactions a day", _CLAIMS, claim),
)


def figures(folder: Path, *, records: int = 50_000, posts: int = 20) -> Iterator[Figure]:
    """Records a second into new data sets of a new database, and how fast some are read."""
    path = new_file(folder / "records.sqlite")
    client = _client(path)
    yield from _written(client, path, posts)
    yield from _read(client, path, records)


def _client(path: Path) -> FlaskClient:
    settings = Settings(database_url=f"sqlite:///{path}", log_level="WARNING")
    engine = open_engine(settings)
    migrate(engine)
    who = (OrganisationEntry("bench", "Bench"),)
    service = (ServiceEntry("bench", "Bench", "bench"),)
    deliver(engine, Delivery(who, service), _SENDER)
    for _, key, _ in KINDS:
        made = put(engine, DataSetEntry(key.group, key.type, service="bench"), _SENDER)
        create(engine, made.id, "bench", None, _SENDER, text=_TOKEN)
    engine.dispose()
    return create_app(settings).server.test_client()


def _written(client: FlaskClient, path: Path, posts: int) -> Iterator[Figure]:
    for size in (1, 1000):
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("PRAGMA synchronous=NORMAL")
            engine = _rate(size, posts, lambda batch: _insert(connection, batch))
        batches = "1" if size == 1 else f"{size:,}"
        yield Figure(f"The engine alone, batches of {batches}", engine, "a second")
        for words, key, make in KINDS:
            rate = _rate(size, posts, partial(_post, client, key), make)
            yield Figure(f"POST, {words}, batches of {batches}", rate, "a second")
            yield Figure("… its share of the engine's rate", 100 * rate / engine, "%")


def _rate(size: int, posts: int, send: Callable[[list[Record]], None], make: Make = queue) -> float:
    """Records a second in batches of a size, each of them new."""
    first = size
    batches = [
        [make(first + number * size + n) for n in range(size)] for number in range(posts + 1)
    ]
    send(batches[0])
    started = time.perf_counter()
    for batch in batches[1:]:
        send(batch)
    return posts * size / (time.perf_counter() - started)


def _insert(connection: sqlite3.Connection, batch: list[Record]) -> None:
    """One transaction with nothing but the records, as the platform sets the engine up."""
    rows = [(-len(batch), one["_id"], 0, json.dumps(one), 0) for one in batch]
    with connection:
        connection.executemany(_INSERT, rows)


def _post(client: FlaskClient, key: DataSetKey, batch: list[Record]) -> None:
    _answered(
        client.post(
            f"/data/{key.address}", json=batch, headers={"Authorization": f"Bearer {_TOKEN}"}
        )
    )


def _answered(response: Any) -> Any:
    if response.status_code != 200:
        raise RuntimeError(f"{response.status}: {response.text[:500]}")
    return response.json


def _read(client: FlaskClient, path: Path, records: int) -> Iterator[Figure]:
    """Period, group and collect over a data set, beside the same SQL by hand."""
    key = DataSetKey("bench", "reading")
    engine = open_engine(Settings(database_url=f"sqlite:///{path}"))
    stored = put(engine, DataSetEntry(key.group, key.type), _SENDER)
    batch = Batch(key, [claim(number) for number in range(records)])
    deliver(engine, Delivery(batches=[batch]), _SENDER)
    engine.dispose()
    last = _FIRST + timedelta(days=records // len(_CHANNELS) + 31)
    end = last.replace(day=1)
    asked = (
        f"/data/{key.address}?period=month&group_by=channel&collect=count:sum"
        f"&start_at=2000-01-01T00:00:00Z&end_at={end:%Y-%m-%d}T00:00:00Z"
    )
    bounds = (stored.id, int(datetime(2000, 1, 1, tzinfo=UTC).timestamp()), int(end.timestamp()))
    by_hand, by_api = _beside(lambda: _tallied(path, bounds), lambda: _asked(client, asked))
    name = f"Months by channel of {records:,} records"
    yield Figure(f"{name}, by hand", by_hand, "ms")
    yield Figure(f"{name}, GET", by_api, "ms")
    yield Figure("… times as long", by_api / by_hand, "", READ_AIM)
    tag = client.get(asked).headers["ETag"]
    kept = statistics.median(
        _milliseconds(lambda: client.get(asked, headers={"If-None-Match": tag})) for _ in range(7)
    )
    yield Figure("… asked again with its ETag", kept, "ms")


def _tallied(path: Path, bounds: tuple[int, int, int]) -> int:
    with sqlite3.connect(path) as connection:
        return len(connection.execute(_TALLY, bounds).fetchall())


def _asked(client: FlaskClient, asked: str) -> int:
    return len(_answered(client.get(asked))["data"])


def _beside(
    one: Callable[[], Any], other: Callable[[], Any], times: int = 7
) -> tuple[float, float]:
    """The medians of both in milliseconds, measured in turns."""
    pairs = [(_milliseconds(one), _milliseconds(other)) for _ in range(times)]
    return statistics.median(a for a, _ in pairs), statistics.median(b for _, b in pairs)


def _milliseconds(work: Callable[[], Any]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000
