"""`python -m bench`: every figure that was promised, with its aim."""

from __future__ import annotations

import argparse
import os
import platform as machine
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from bench import browser, daily_databases, daily_ratios, fresh, normal, record_files, records
from bench.asks import page_asks, route_asks
from bench.daily import DailySet
from bench.daily_ratios import Ratio
from bench.databases import FOLDER, Database, large_database, sqlite_url
from bench.figures import TIMING_HEADER, Figure, Timing, missed
from bench.large import LargeSet
from bench.server import served
from bench.subject import Subject
from bench.timing import Effort, timings

PUBLISHED, DEMONSTRATION = "published figures", "demonstration data"
Measured = Iterator[Figure | Timing]


def loaded() -> Measured:
    """Start-up, and loading what there is to load into databases of its own."""
    yield from fresh.speed()
    yield from fresh.start_up()
    if fresh.PUBLISHED.exists():
        yield from fresh.published_figures(_path("published"))
    yield from fresh.demonstration_data(_path("demonstration"))
    yield from fresh.all_kpis()
    yield normal.speed()


def databases() -> list[Database]:
    """Those that `loaded` has filled: the real data where it is, and the demonstration."""
    found = [Database(DEMONSTRATION, sqlite_url(_path("demonstration")))]
    if fresh.PUBLISHED.exists():
        found.insert(0, Database(PUBLISHED, sqlite_url(_path("published"))))
    return found


def answered(database: Database, effort: Effort, *, aimed: bool = False) -> Measured:
    """Every page's callback and every route of the API."""
    subject = Subject(database)
    asks = [*page_asks(subject.examples), *route_asks(subject.examples)]
    yield from timings(subject, asks, effort, aimed=aimed)


def visited(database: Database) -> Iterator[browser.Visit]:
    """The Overview, a service and a chart of it that is embedded, each in an empty browser."""
    service = Subject(database).examples.service
    chart = f"/embed/services/{service}/digital-take-up"
    with served(database) as port:
        for name, path in (("the Overview", "/"), ("a service", f"/services/{service}")):
            yield browser.visit(port, f"{name}, {database.name}", path)
        aim = browser.EMBED_BYTES_AIM
        yield browser.visit(port, f"an embedded chart, {database.name}", chart, aim)


def _path(name: str) -> Path:
    return FOLDER / f"{name}.sqlite"


def _show(title: str, measured: Measured) -> list[Figure | Timing]:
    print(f"\n{title}")
    found = []
    for one in measured:
        print(f"  {one}", flush=True)
        found.append(one)
    return found


def _show_timings(database: Database, effort: Effort, *, aimed: bool) -> list[Figure | Timing]:
    aims = " Aims: 300 ms cold, 100 ms warm." if aimed else ""
    title = f"Pages' callbacks and API, {database.name}.{aims}\n  {TIMING_HEADER}"
    return _show(title, answered(database, effort, aimed=aimed))


def _show_visits(database: Database) -> list[Figure | Timing]:
    found: list[Figure | Timing] = []
    for one in visited(database):
        found += _show(f"{one.name}: every request, in bytes", iter(one.figures))
        for path, size in one.requests:
            print(f"    {size:>9,} {path}")
    return found


def _say_generated(database: Database) -> Figure:
    return Figure(f"Generating {database.name}, once", database.seconds, "s")


def _show_platform(wanted: DailySet, effort: Effort) -> list[Ratio]:
    print("\nThe platform of very many figures")
    with daily_databases.engines() as engines:
        return daily_ratios.measured(wanted, engines, effort, lambda line: print(f"  {line}"))


def main(wanted: LargeSet, effort: Effort, fresh_set: bool = False) -> list[Figure | Timing]:
    """Measure and print everything; what misses its aim."""
    busy = os.getloadavg()[0]
    print(f"{date.today()}, Python {machine.python_version()}, {os.cpu_count()} cores;", end=" ")
    print(f"{busy:.1f} processes were running before: the fewer, the truer the figures.")
    found = _show("Start-up and loading", loaded())
    if not fresh.PUBLISHED.exists():
        print(f"  {fresh.PUBLISHED} is not here: the demonstration stands in for real data.")
    for database in databases():
        found += _show_timings(database, effort, aimed=False)
    found += _show("The record API, beside SQLite by itself", records.figures(FOLDER))
    found += _show("Long files of records, on SQLite", record_files.figures(FOLDER))
    large = large_database(wanted, lambda line: print(f"  {line}", flush=True), fresh=fresh_set)
    found += _show("The large set", iter([_say_generated(large)]))
    found += _show_timings(large, effort, aimed=True)
    if browser.is_installed():
        for database in (*databases(), large):
            found += _show_visits(database)
    else:
        print("\nChromium is missing: first loads were not measured.")
    return found


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("--services", type=int, default=LargeSet.services, help="how many (5000)")
    parser.add_argument("--months", type=int, default=LargeSet.months, help="for how many (120)")
    parser.add_argument("--fresh", action="store_true", help="generate the large set again")
    return parser.parse_args()


if __name__ == "__main__":
    given = _arguments()
    results = main(LargeSet(given.services, given.months), Effort(), given.fresh)
    platforms = _show_platform(DailySet(), Effort())
    misses = [*missed(results), *(ratio for ratio in platforms if ratio.misses)]
    print(f"\n{len(results) + len(platforms)} figures, {len(misses)} of them miss their aims.")
    for miss in misses:
        print(f"  {miss}")
