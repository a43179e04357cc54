"""A database that goes away and comes back: it is told in a sentence, and nothing is lost."""

from __future__ import annotations

import resource
import socket
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Engine, event, make_url
from sqlalchemy.exc import OperationalError

from config import Settings
from data import absence, dialect
from data.engine import open_engine
from tests.api.records.writing import Api
from tests.faults.batches import added_up, batch, held

ADDRESS = "/data/allowance/transactions-by-channel"


def channels_api(folder: Path) -> Api:
    """The record API, with a data set of which sums are kept."""
    folder.mkdir(exist_ok=True)
    made = Api(folder)
    made.make("allowance", "transactions-by-channel", service="allowance", channels=("digital",))
    return made


@pytest.fixture
def api(tmp_path: Path) -> Iterator[Api]:
    made = channels_api(tmp_path / "there")
    yield made
    made.engine.dispose()


def assert_holds(api: Api, *names: str) -> None:
    """These batches are there, and nothing else is."""
    found = held(api.engine)
    assert set(found.batches) == set(names)
    assert found.figures == added_up([record for name in names for record in batch(name)])


def assert_told(api: Api, name: str, sentence: str = absence.AWAY) -> None:
    """A batch is refused with a sentence, and may be sent again."""
    answer = api.post(batch(name), ADDRESS)
    assert (answer.status_code, (answer.json or {}).get("message")) == (503, sentence)
    assert answer.headers["Retry-After"] == "30"


@pytest.mark.sqlite
def test_a_folder_that_is_moved_away_and_back_loses_nothing(api: Api, tmp_path: Path) -> None:
    assert api.post(batch("before"), ADDRESS).status_code == 200
    (tmp_path / "there").rename(tmp_path / "elsewhere")
    assert_told(api, "meanwhile")
    assert api.client.get("/_status").status_code == 503
    (tmp_path / "elsewhere").rename(tmp_path / "there")
    assert_holds(api, "before")
    assert api.post(batch("after"), ADDRESS).status_code == 200
    assert_holds(api, "before", "after")


@pytest.mark.sqlite
def test_a_file_that_is_gone_is_waited_for_and_not_made_anew(api: Api) -> None:
    file = Path(str(api.engine.url.database))
    assert api.post(batch("before"), ADDRESS).status_code == 200
    beside = [Path(f"{file}{end}") for end in ("", "-wal", "-shm")]
    for path in beside:
        path.rename(f"{path}.away")
    assert_told(api, "meanwhile")
    assert not file.exists()
    for path in beside:
        Path(f"{path}.away").rename(path)
    assert_holds(api, "before")


@pytest.mark.sqlite
def test_a_file_that_is_replaced_is_the_one_that_is_written_to(api: Api, tmp_path: Path) -> None:
    """Whoever went on writing to the old one would lose what they write."""
    assert api.post(batch("old"), ADDRESS).status_code == 200
    other = channels_api(tmp_path / "other")
    other.engine.dispose()
    Path(str(other.engine.url.database)).replace(str(api.engine.url.database))
    for end in ("-wal", "-shm"):
        Path(f"{api.engine.url.database}{end}").unlink()
    assert api.post(batch("new"), ADDRESS).status_code == 200
    api.engine.dispose()
    assert_holds(api, "new")


@contextmanager
def full_disk(engine: Engine) -> Iterator[None]:
    """Meanwhile there is no room for what a batch writes after its records."""
    if engine.dialect.name == "postgresql":
        with engine.begin() as connection:
            connection.exec_driver_sql(
                "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS "
                "$$ BEGIN RAISE 'no room' USING ERRCODE = 'disk_full'; END $$"
            )
            connection.exec_driver_sql(
                "CREATE TRIGGER full_disk BEFORE INSERT ON measurement EXECUTE FUNCTION full_disk()"
            )
        yield
        with engine.begin() as connection:
            connection.exec_driver_sql("DROP TRIGGER full_disk ON measurement")
        return
    with pages_at_most(engine, 1):
        yield


@contextmanager
def pages_at_most(engine: Engine, pages: int) -> Iterator[None]:
    """SQLite's file cannot grow: the fewest pages that it takes are those that it has."""

    def bound(driver: sqlite3.Connection, *_: object) -> None:
        driver.execute(f"PRAGMA max_page_count={pages}")

    event.listen(engine, "checkout", bound)
    yield
    event.remove(engine, "checkout", bound)
    engine.dispose()


def test_a_full_disk_is_told_and_once_there_is_room_it_goes_on(api: Api) -> None:
    assert api.post(batch("before"), ADDRESS).status_code == 200
    before = api.world.rows()
    with full_disk(api.engine):
        assert_told(api, "meanwhile", absence.FULL)
        assert api.client.get(f"{ADDRESS}?group_by=channel").status_code == 200
    assert api.world.rows() == before
    assert api.post(batch("after"), ADDRESS).status_code == 200
    assert_holds(api, "before", "after")


@pytest.mark.sqlite
def test_a_log_that_may_not_grow_leaves_nothing_half_written(api: Api) -> None:
    """As on a disk that is full while the pages of a transaction are written to it."""
    assert api.post(batch("before"), ADDRESS).status_code == 200
    before, limits = api.world.rows(), resource.getrlimit(resource.RLIMIT_FSIZE)
    log = Path(f"{api.engine.url.database}-wal")
    resource.setrlimit(resource.RLIMIT_FSIZE, (log.stat().st_size + 5_000, limits[1]))
    try:
        assert_told(api, "meanwhile")
        assert api.client.get(f"{ADDRESS}?group_by=channel").status_code == 200
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert api.world.rows() == before
    assert api.post(batch("after"), ADDRESS).status_code == 200
    assert_holds(api, "before", "after")


@pytest.mark.postgresql
def test_a_host_that_says_nothing_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dialect, "_CONNECTING", 2)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"postgresql+psycopg://nobody@127.0.0.1:{silent.getsockname()[1]}/none"
        engine = open_engine(Settings(database_url=url))
        with pytest.raises(OperationalError) as raised, engine.connect():
            pass
    assert absence.absence(raised.value) == absence.AWAY


def test_what_the_url_says_of_waiting_goes_first() -> None:
    url = make_url("postgresql+psycopg://host/name?connect_timeout=60")
    waits = dialect.connecting(url)["connect_args"]
    assert "connect_timeout" not in waits
    assert waits["tcp_user_timeout"] == 20_000
