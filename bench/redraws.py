"""What a service's page costs that was drawn a moment ago: again, a minute later, after a write.

Processor time in one process, of the most used services, each with days scattered over years: what
the steady pace of `bench.paced` makes of it.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterator, Sequence

from bench.databases import Database
from bench.figures import Figure
from bench.subject import Ask, Subject
from bench.traffic import MOST_USED, Request, Traffic
from bench.writers import writers
from config import Settings
from data.engine import open_engine

# So many days each service gets before, so far apart.
_DAYS, _APART = 3, 1237


def figures(database: Database) -> Iterator[Figure]:
    """Medians of the most used services; it writes to the database."""
    subject = Subject(database)
    engine = open_engine(Settings(database_url=database.url))
    traffic = Traffic(subject, writers(engine))
    engine.dispose()
    services = traffic.services[:MOST_USED]
    pages = {slug: Ask(slug, "service", f"/services/{slug}", page=True) for slug in services}
    writes = {slug: _writes(traffic, slug) for slug in services}
    for slug in services:
        for write in writes[slug][1:]:
            _send(subject, write)
        subject.ask(pages[slug])
    again = _each(services, lambda slug: subject.ask(pages[slug]))
    with subject.later(1):
        later = _each(services, lambda slug: subject.ask(pages[slug]))
        written = _each(services, lambda slug: _send(subject, writes[slug][0]))
        after = _each(services, lambda slug: subject.ask(pages[slug]))
    for name, taken in (
        ("A service's page that was drawn in this minute", again),
        ("… in the next minute", later),
        ("… after a write to its service", after),
        ("A write of one record", written),
    ):
        yield Figure(f"{name}, processor", taken, "ms")


def _each(services: Sequence[str], work: Callable[[str], object]) -> float:
    """Milliseconds of the processor that this process takes for a service; the median."""
    taken = []
    for slug in services:
        started = time.process_time()
        work(slug)
        taken.append(time.process_time() - started)
    return statistics.median(taken) * 1000


def _writes(traffic: Traffic, slug: str) -> list[Request]:
    """A write of one day each, to the service's own data set."""
    place = next(n for n, one in enumerate(traffic.writers) if one.startswith(f"{slug}/"))
    days = (place + len(traffic.writers) * n * _APART for n in range(_DAYS + 1))
    return [traffic.write(number) for number in days]


def _send(subject: Subject, request: Request) -> None:
    """:raises RuntimeError: when it is refused."""
    answer = subject.client.open(
        request.path, method=request.method, data=request.body, headers=dict(request.headers)
    )
    if answer.status_code not in request.statuses:
        raise RuntimeError(f"{request.path}: {answer.status}")
