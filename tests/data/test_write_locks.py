"""SQLite's writers come one after the other, in the order in which they asked."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event

import pytest
from sqlalchemy import Engine, create_engine
from sqlalchemy.exc import OperationalError

from config import ROOT, Settings
from data import write_locks
from data.dialect import DatabaseFault, is_away
from data.engine import open_engine
from data.write_locks import Queue, soon, take_turns
from tests.fixtures.databases import written_to

pytestmark = pytest.mark.sqlite

# Another process that is first in the queue until it is told to leave.
_FIRST = """
import sys
from pathlib import Path
from data.write_locks import Queue
with Queue(Path(sys.argv[1])).first():
    print("first", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    found = open_engine(Settings(database_url=f"sqlite:///{tmp_path / 'figures.sqlite'}"))
    yield found
    found.dispose()


def test_writers_come_in_the_order_in_which_they_asked(engine: Engine) -> None:
    came: list[int] = []

    def write(number: int) -> None:
        with written_to(engine):
            came.append(number)

    with ThreadPoolExecutor(5) as pool:
        with written_to(engine):
            begun = []
            for number in range(5):
                begun.append(pool.submit(write, number))
                # So that it has asked before the next one does.
                Event().wait(0.1)
            assert came == []
        for one in begun:
            one.result(timeout=60)
    assert came == [0, 1, 2, 3, 4]


def test_a_writer_waits_for_who_is_first_in_another_process(engine: Engine, tmp_path: Path) -> None:
    came = Event()

    def write() -> None:
        with written_to(engine):
            came.set()

    command = [sys.executable, "-c", _FIRST, str(tmp_path / "figures.sqlite")]
    other = subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    with other, ThreadPoolExecutor() as pool:
        assert other.stdout is not None and other.stdout.readline() == "first\n"
        begun = pool.submit(write)
        assert not came.wait(0.3)
        # Its place is gone with it, however it ends.
        other.kill()
        begun.result(timeout=60)
    assert came.is_set()


def test_who_waits_too_long_is_told_that_the_database_is_busy(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write_locks, "PATIENCE", 50)
    with written_to(engine):
        with pytest.raises(OperationalError, match="locked") as refused, written_to(engine):
            pytest.fail("two wrote at once")
        assert is_away(refused.value)
    with written_to(engine):
        pass


def test_a_file_that_is_no_database_is_told_of_like_any_fault(tmp_path: Path) -> None:
    damaged = tmp_path / "damaged.sqlite"
    damaged.write_bytes(b"no database at all" * 500)
    engine = create_engine(f"sqlite:///{damaged}")
    take_turns(engine)
    with pytest.raises(DatabaseFault, match="not a database"), written_to(engine):
        pytest.fail("it was written to")
    engine.dispose()


def test_what_can_be_left_out_waits_for_nobody_in_the_queue(engine: Engine) -> None:
    with Queue(Path(str(engine.url.database))).first(), soon(engine) as connection:
        assert connection.in_transaction()


def test_where_no_file_can_be_made_writers_do_without_the_queue(tmp_path: Path) -> None:
    with Queue(tmp_path / "gone" / "figures.sqlite").first():
        assert not list(tmp_path.iterdir())


def test_a_database_in_memory_has_no_file_to_wait_at() -> None:
    with Queue(None).first():
        pass
    engine = open_engine(Settings(database_url="sqlite://"))
    with written_to(engine):
        pass
    engine.dispose()
