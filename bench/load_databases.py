"""The databases that are put under load: generated anew, and gone afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

from bench import postgresql
from bench.bulk import tidied
from bench.databases import Database, Say, sqlite_url
from bench.large import LargeSet
from config import Settings
from data.deliveries import Sender, deliver
from data.engine import migrate, open_engine

SQLITE, POSTGRESQL = ENGINES = ("sqlite", "postgresql")


def engines(
    names: Sequence[str], wanted: LargeSet, folder: Path, say: Say
) -> Iterator[tuple[str, Database]]:
    """Each engine that is asked for with its database; PostgreSQL is left out where it is not."""
    for name in names:
        if name == POSTGRESQL and postgresql.programs() is None:
            say("PostgreSQL is missing: on Debian, apt-get install postgresql.")
            continue
        with _PLACES[name](folder) as url:
            say(f"\n{name}: generating {wanted.name}")
            fill(url, wanted)
            yield name, Database(f"{wanted.name}, {name}", url)


@contextmanager
def _sqlite(folder: Path) -> Iterator[str]:
    yield sqlite_url(folder / "load.sqlite")


@contextmanager
def _postgresql(folder: Path) -> Iterator[str]:
    # Whoever it runs as must come to its data.
    folder.chmod(0o755)
    with postgresql.running(folder / "postgresql") as address:
        yield postgresql.make_database(address, "load")


_PLACES: dict[str, Callable[[Path], AbstractContextManager[str]]] = {
    SQLITE: _sqlite,
    POSTGRESQL: _postgresql,
}


def fill(url: str, wanted: LargeSet) -> None:
    """Generate a set in a database that is empty, as it is once PostgreSQL has looked it through.

    By itself it does within a minute, as it is set up; here nothing is set off while it is
    measured. Until then it takes each table to be small, and finds by whichever index comes first.
    """
    engine = open_engine(Settings(database_url=url))
    migrate(engine)
    for delivery in wanted.deliveries():
        deliver(engine, delivery, Sender("bench"))
    tidied(engine)
    engine.dispose()
