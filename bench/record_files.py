"""`flask import records`: how fast a long file goes in, and how much memory that takes.

Each file is generated, and loaded into a new SQLite database by the command in a process of its own
that has imported the app already: from its start to its end, read, validated, stored and added up.
`python -m bench.record_files --rows 1000000` measures longer files.
"""

from __future__ import annotations

import argparse
import csv
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from pathlib import Path

from app import create_app
from bench.databases import FOLDER, new_file, sqlite_url
from bench.figures import Figure
from bench.fresh import peak_megabytes
from config import Settings
from data.data_sets import put
from data.deliveries import Sender, deliver
from data.engine import migrate, open_engine
from data.entries import DataSetEntry, Delivery, OrganisationEntry, ServiceEntry

RATE_AIM, MEMORY_AIM = 20_000, 400
ROWS = 200_000
_SENDER = Sender("bench")
_CHANNELS = 20
Row = tuple[str | int, ...]


def _moments(number: int) -> Row:
    """How many people use a service, every other minute."""
    moment = datetime(2015, 1, 1, tzinfo=UTC) + timedelta(minutes=2 * number)
    return moment.isoformat(), number * 7919 % 997


def _days(number: int) -> Row:
    """Transactions of a day on one of its channels."""
    day = datetime(1950, 1, 2, tzinfo=UTC) + timedelta(days=number // _CHANNELS)
    return day.isoformat(), "day", f"channel {number % _CHANNELS:02}", number * 7919 % 997


@dataclass(frozen=True)
class Kind:
    """Records of a data type: its columns, and the row of a number."""

    name: str
    type: str
    header: tuple[str, ...]
    row: Callable[[int], Row]


KINDS = (
    Kind("live users", "realtime", ("_timestamp", "unique_visitors"), _moments),
    Kind(
        f"transactions a day on {_CHANNELS} channels",
        "transactions-by-channel",
        ("_timestamp", "period", "channel", "count"),
        _days,
    ),
)


def figures(folder: Path, rows: int = ROWS) -> Iterator[Figure]:
    """Records a second of each kind, and the most memory that the command's process held."""
    for kind in KINDS:
        source, path = folder / f"{kind.type}.csv", new_file(folder / "record-files.sqlite")
        _generate(source, kind, rows)
        _prepare(path, kind)
        # A new process, so that memory is not that of what was measured before.
        with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
            wall, processor, memory = pool.submit(_load, path, kind.type, source).result()
        yield Figure(f"A file of {kind.name}", rows / wall, "a second", least=RATE_AIM)
        # What else the machine does is not in this.
        yield Figure("… by the processor time that it took", rows / processor, "a second")
        yield Figure("… its peak memory, the app's included", memory, "MB", MEMORY_AIM)
        source.unlink()
        new_file(path)


def _generate(path: Path, kind: Kind, rows: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(kind.header)
        writer.writerows(map(kind.row, range(rows)))


def _prepare(path: Path, kind: Kind) -> None:
    engine = open_engine(Settings(database_url=sqlite_url(path)))
    migrate(engine)
    who = (OrganisationEntry("bench", "Bench"),)
    deliver(engine, Delivery(who, (ServiceEntry("bench", "Bench", "bench"),)), _SENDER)
    put(engine, DataSetEntry("bench", kind.type, service="bench"), _SENDER)
    engine.dispose()


def _load(path: Path, type: str, source: Path) -> tuple[float, float, float]:
    server = create_app(Settings(database_url=sqlite_url(path), log_level="WARNING")).server
    started, before = time.perf_counter(), time.process_time()
    wanted = ["import", "records", f"bench/{type}", str(source)]
    said = server.test_cli_runner().invoke(args=wanted)
    if said.exit_code:
        raise RuntimeError(said.output)
    return time.perf_counter() - started, time.process_time() - before, peak_megabytes()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.record_files", description=__doc__)
    parser.add_argument("--rows", type=int, default=ROWS, help=f"of each file ({ROWS:,})")
    for figure in figures(FOLDER, parser.parse_args().rows):
        print(figure, flush=True)
