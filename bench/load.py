"""The server under load: `python -m bench.load` runs it as the Procfile does, for loopback alone.

Each kind of request by itself, then all together, from several clients at once; then pages at a
steady pace while others write. With 1, 2 and 4 workers, on SQLite and on PostgreSQL.
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from bench import polls, redraws
from bench.clients import THREADS, Load, load
from bench.databases import Database
from bench.figures import Figure, missed
from bench.large import LargeSet
from bench.load_databases import ENGINES, engines
from bench.load_table import HEADER, row
from bench.paced import SECONDS as PACED_SECONDS
from bench.paced import Pace, paced
from bench.server import served
from bench.subject import Subject
from bench.traffic import MOST_USED, Traffic
from bench.writers import writers
from config import Settings
from data.engine import open_engine

SECONDS, MOST = 4.0, 20_000
WORKERS = (1, 2, 4)
# Of the rate of an empty route, and of the answers' time at a steady pace, in milliseconds.
SHARE_AIM, PACED_AIM = 0.4, 250.0
_APPLICATION = "bench.empty_route:server"


@dataclass(frozen=True)
class Effort:
    """How long each kind is asked for, how long pages are asked for at a pace, by how many."""

    seconds: float = SECONDS
    paced: float = PACED_SECONDS
    threads: int = THREADS
    most: int = MOST
    pace: Pace = field(default_factory=Pace)


def measured(database: Database, workers: int, effort: Effort) -> Iterator[Figure | str]:
    """Every kind over a database, as rows of a table and as figures with an aim."""
    subject = Subject(database)
    engine = open_engine(Settings(database_url=database.url))
    # The database was written to before, with another number of workers.
    traffic = Traffic(subject, writers(engine), seed=workers)
    engine.dispose()
    # As the Procfile runs it, it logs each request.
    with served(database, workers, _APPLICATION, log="INFO") as port:
        found: dict[str, Load] = {}
        for kind in traffic.kinds(port):
            found[kind.name] = load(port, kind, effort.seconds, effort.most, effort.threads)
            yield row(kind, found[kind.name])
        yield from _share(found)
        used = traffic.services[:MOST_USED]
        yield f"Pages of the {MOST_USED} most used services, {effort.pace.in_words}"
        yield from _paced(*paced(port, traffic, used, effort.pace, effort.paced), PACED_AIM, 0)
        # Nearly each of these is the first of its page, or one after a write: more than any two
        # processors can draw. What then becomes of it is told, and no aim.
        yield f"Pages of all {len(traffic.services):,} services, {effort.pace.in_words}"
        yield from _paced(*paced(port, traffic, traffic.services, effort.pace, effort.paced))


def _share(found: dict[str, Load]) -> Iterator[Figure]:
    empty, cached = (load.rate for load in list(found.values())[:2])
    share = cached / empty if empty else 0.0
    yield Figure("Cached API answers, of the rate of an empty route", share, "", least=SHARE_AIM)


def _paced(
    pages: Load, writes: Load, within: float | None = None, errors: float | None = None
) -> Iterator[Figure | str]:
    """What came of pages and writes at a pace, with the most that each may be."""
    yield Figure("Pages a second", pages.rate, "/s")
    yield Figure("… 50 of 100 within", pages.within(50), "ms")
    yield Figure("… 95 of 100 within", pages.within(95), "ms", within)
    yield Figure("… 99 of 100 within", pages.within(99), "ms")
    yield Figure("Writes a second", writes.rate, "/s")
    yield Figure("… 95 of 100 within", writes.within(95), "ms")
    yield Figure("Errors", len(pages.errors) + len(writes.errors), "", errors)
    yield from (f"  {error}" for error in sorted({*pages.errors, *writes.errors})[:3])


def main(wanted: LargeSet, names: Sequence[str], workers: Sequence[int], effort: Effort) -> None:
    """Measure and print all of it, and what misses its aim."""
    busy, cores = os.getloadavg()[0], os.cpu_count()
    print(f"{date.today()}, {cores} cores; {busy:.1f} processes were running before.")
    misses: list[str] = []
    with TemporaryDirectory(prefix="platform-load-") as folder:
        for engine, database in engines(names, wanted, Path(folder), print):
            for number in workers:
                title = f"{engine}, {number} {'worker' if number == 1 else 'workers'}"
                print(f"\n{title}, {effort.threads} clients\n  {HEADER}")
                misses += _shown(title, measured(database, number, effort))
            print("\nOpen dashboards that ask who is there now, in this process")
            _shown(engine, polls.statements(Subject(database)))
            print("\nA service's page that was drawn before, in this process")
            _shown(engine, redraws.figures(database))
    print(f"\n{len(misses)} figures miss their aims.")
    for miss in misses:
        print(f"  {miss}")


def _shown(title: str, lines: Iterator[Figure | str]) -> list[str]:
    found = []
    for line in lines:
        print(f"  {line}", flush=True)
        found += [line] if isinstance(line, Figure) else []
    return [f"{title}: {miss}" for miss in missed(found)]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.load", description=__doc__)
    parser.add_argument("--engine", choices=ENGINES, action="append", help="which (both)")
    parser.add_argument("--workers", type=int, action="append", help="how many (1, 2 and 4)")
    parser.add_argument("--seconds", type=float, default=SECONDS, help="of each kind (4)")
    parser.add_argument("--paced", type=float, default=PACED_SECONDS, help="at a pace (60)")
    parser.add_argument("--threads", type=int, default=THREADS, help="clients at once (8)")
    parser.add_argument("--services", type=int, default=500, help="how many there are (500)")
    parser.add_argument("--months", type=int, default=36, help="for how many (36)")
    return parser.parse_args()


if __name__ == "__main__":
    given = _arguments()
    main(
        LargeSet(given.services, given.months),
        given.engine or ENGINES,
        given.workers or WORKERS,
        Effort(given.seconds, given.paced, given.threads),
    )
