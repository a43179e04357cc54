"""Backups are made while the database is written to; what is put back is whole, and never stale."""

from __future__ import annotations

import sqlite3
import stat
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from click.testing import CliRunner
from sqlalchemy import Engine, create_engine, select

from config import ROOT, Settings
from data import audits, revisions
from data.backups import BackupRefused, back_up, restore
from data.commands import database
from data.deliveries import Sender, deliver
from data.engine import open_engine
from data.entries import Batch, DataSetKey, Delivery, ServiceEntry
from data.health import look
from data.queries import CatalogueQuery
from data.reader import Reader
from data.revisions import Revision
from data.selection import Selection
from data.tables import data_set
from tests.data.world import DEPARTMENT, World
from tests.faults.batches import KEY, assert_whole, batch, held, world_with_nothing_sent
from tests.faults.writers import Writers
from tests.fixtures.databases import NAME, database_url
from tests.fixtures.kept import Kept

BACKUPS = 10
NOW = datetime(2026, 11, 29, 2, 30, tzinfo=UTC)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    (tmp_path / "live").mkdir()
    made = world_with_nothing_sent(tmp_path / "live")
    yield made
    made.engine.dispose()


def send(engine: Engine, name: str, key: DataSetKey = KEY) -> None:
    deliver(engine, Delivery(batches=[Batch(key, batch(name))]), Sender("a test"))


def engine_of(path: Path) -> Engine:
    return open_engine(Settings(database_url=f"sqlite:///{path}"))


@pytest.mark.sqlite
def test_each_of_ten_backups_while_two_processes_write_holds_whole_batches_and_their_sums(
    world: World, tmp_path: Path
) -> None:
    writers = Writers(database_url(tmp_path / "live"), ["a", "b"])
    sizes: list[int] = []
    there: set[str] = set()
    for number in range(BACKUPS):
        while set(writers.told.acknowledged) <= there:
            writers.run(len(writers.told.acknowledged) + 1, 0)
        before = set(writers.told.acknowledged)
        made = back_up(world.engine, tmp_path / f"{number}.sqlite")
        engine = engine_of(made.path)
        there = assert_whole(engine, before)
        sizes.append(len(there))
        assert made.records == len(held(engine).records)
        assert made.revision == held(engine).revision
        engine.dispose()
    told = writers.kill()
    assert sizes == sorted(set(sizes)), "nobody wrote between two backups"
    assert_whole(world.engine, told.acknowledged)


@pytest.mark.sqlite
def test_a_backup_is_one_file_with_the_time_in_its_name_that_others_may_not_read(
    world: World, tmp_path: Path
) -> None:
    send(world.engine, "one")
    made = back_up(world.engine, now=NOW)
    assert made.path == tmp_path / "live" / "backups" / f"{NAME}-20261129T023000Z.sqlite"
    assert list(made.path.parent.iterdir()) == [made.path]
    assert stat.S_IMODE(made.path.stat().st_mode) == 0o600
    with pytest.raises(BackupRefused, match=r"is there already\. Nothing was written\.$"):
        back_up(world.engine, now=NOW)


@pytest.mark.sqlite
def test_what_is_put_back_is_as_it_was_and_what_was_there_stays_beside_it(
    world: World, tmp_path: Path
) -> None:
    send(world.engine, "one")
    before = world.rows()
    made = back_up(world.engine, tmp_path / "backup.sqlite")
    send(world.engine, "two")
    later = world.rows()
    _, kept = restore(world.engine, made.path, NOW)
    changed = {"revision", "audit", "data_set"}
    assert {name: rows for name, rows in world.rows().items() if name not in changed} == {
        name: rows for name, rows in before.items() if name not in changed
    }
    assert kept == tmp_path / "live" / f"{NAME}-before-restore-20261129T023000Z.sqlite"
    assert World(engine_of(kept)).rows() == later
    with world.engine.connect() as connection:
        assert audits.newest(connection, 1)[0].action == "restore"
    assert sorted(path.name for path in tmp_path.glob("live/.*")) == []


@pytest.mark.sqlite
def test_after_a_restore_every_number_that_answers_are_kept_by_is_new(
    world: World, tmp_path: Path
) -> None:
    """Otherwise an answer from before, kept in Redis, would be given after as many writes."""
    made = back_up(world.engine, tmp_path / "backup.sqlite")
    send(world.engine, "one")
    send(world.engine, "two")
    before, versions = numbers(world.engine)
    # The clock stands still, in the worst of cases.
    restore(world.engine, made.path, datetime.fromtimestamp(before.updated_at, UTC))
    after, moved = numbers(world.engine)
    assert (after.number, after.live) == (before.number + 1, before.live + 1)
    assert moved == [max(versions) + 1]


def numbers(engine: Engine) -> tuple[Revision, list[int]]:
    """The revision, and the versions of the data sets."""
    with engine.connect() as connection:
        versions = list(connection.scalars(select(data_set.c.version)))
        return revisions.current(connection), versions


@pytest.mark.sqlite
def test_a_shared_cache_gives_nothing_stale_after_a_restore(world: World, tmp_path: Path) -> None:
    reader, query, now = Reader(world.engine, Kept()), CatalogueQuery(Selection()), NOW
    made = back_up(world.engine, tmp_path / "backup.sqlite")
    sender = Sender("a test", now=now)

    def names_with(title: str) -> list[str]:
        entry = ServiceEntry("pension", title, "work")
        deliver(world.engine, Delivery([DEPARTMENT], [entry]), sender)
        return sorted(reader.run(query)["name"])

    assert names_with("State pension") == ["Carers allowance", "State pension"]
    restore(world.engine, made.path, now)
    # As many writes after the backup as before, in the same second.
    assert names_with("War pension") == ["Carers allowance", "War pension"]


@pytest.mark.sqlite
def test_a_database_that_is_in_use_is_not_replaced(world: World, tmp_path: Path) -> None:
    made = back_up(world.engine, tmp_path / "backup.sqlite")
    send(world.engine, "one")
    other = engine_of(Path(str(world.engine.url.database)))
    with other.connect():
        with pytest.raises(BackupRefused, match=r"is in use\. Stop the platform, then try again\."):
            restore(world.engine, made.path)
        send(other, "two")
    other.dispose()
    assert assert_whole(world.engine, ["one", "two"])


def damaged(path: Path) -> Path:
    """A file with its middle overwritten."""
    content = bytearray(path.read_bytes())
    content[8192 : len(content) - 4096] = b"\x5a" * (len(content) - 12288)
    path.write_bytes(content)
    return path


@pytest.mark.sqlite
@pytest.mark.parametrize("what", ["missing", "text", "damaged", "cut off", "foreign", "newer"])
def test_what_is_no_sound_backup_of_this_release_is_refused_and_nothing_changes(
    what: str, world: World, tmp_path: Path
) -> None:
    send(world.engine, "one")
    path = tmp_path / "backup.sqlite"
    sentence = MADE[what](path, world.engine)
    before = world.rows()
    with pytest.raises(BackupRefused, match=sentence):
        restore(world.engine, path)
    assert world.rows() == before
    assert len(list((tmp_path / "live").glob("*.sqlite"))) == 1
    assert list((tmp_path / "live").glob(".*")) == []


def _missing(_path: Path, _engine: Engine) -> str:
    return "cannot be read: No such file or directory"


def _text(path: Path, _engine: Engine) -> str:
    path.write_text("department,service\n", encoding="utf-8")
    return "is no database of SQLite's"


def _damaged(path: Path, engine: Engine) -> str:
    damaged(back_up(engine, path).path)
    return "is damaged|could not be copied"


def _cut_off(path: Path, engine: Engine) -> str:
    content = back_up(engine, path).path.read_bytes()
    path.write_bytes(content[: len(content) // 2])
    return "is damaged|could not be copied"


def _foreign(path: Path, _engine: Engine) -> str:
    with closing(sqlite3.connect(path)) as driver:
        driver.execute("CREATE TABLE recipe (name TEXT)")
    return "is no backup of a platform"


def _newer(path: Path, engine: Engine) -> str:
    made = create_engine(f"sqlite:///{back_up(engine, path).path}")
    with made.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    made.dispose()
    return "was made by a newer release. Install that one, then try again."


MADE = {
    "missing": _missing,
    "text": _text,
    "damaged": _damaged,
    "cut off": _cut_off,
    "foreign": _foreign,
    "newer": _newer,
}


@pytest.mark.sqlite
def test_a_backup_of_an_older_release_is_brought_up_to_date(world: World, tmp_path: Path) -> None:
    config, older = Config(), engine_of(tmp_path / "older.sqlite")
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with older.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            "INSERT INTO record (data_set_id, key, at, body, updated_at) "
            "VALUES (7, 'a', 0, '{}', 0)"
        )
    made = back_up(older, tmp_path / "backup.sqlite")
    older.dispose()
    assert (made.records, made.revision) == (1, 0)
    restore(world.engine, made.path)
    assert look(world.engine).migrated
    assert [row[1] for row in world.rows()["record"]] == ["a"]


@pytest.mark.sqlite
def test_the_commands_say_what_they_did_and_why_not(world: World, tmp_path: Path) -> None:
    send(world.engine, "one")
    file, live = tmp_path / "backup.sqlite", tmp_path / "live" / f"{NAME}.sqlite"
    runner, commands = CliRunner(), database.group(world.engine)
    made = runner.invoke(commands, ["backup", str(file)])
    assert (made.output, made.exit_code) == (f"{file} holds 10 records, revision 3.\n", 0)
    back = runner.invoke(commands, ["restore", str(file)])
    assert back.output.startswith(f"{live} holds 10 records, revision 4.\nWhat was there before is")
    refused = runner.invoke(commands, ["backup", str(file)])
    assert refused.output == f"Error: {file} is there already. Nothing was written.\n"
    assert refused.exit_code == 1


@pytest.mark.sqlite
def test_a_damaged_database_is_replaced_and_stays_beside_it(world: World, tmp_path: Path) -> None:
    send(world.engine, "one")
    made = back_up(world.engine, tmp_path / "backup.sqlite")
    world.engine.dispose()
    live = Path(str(world.engine.url.database))
    live.write_bytes(b"not a database at all" * 1000)
    _, kept = restore(world.engine, made.path)
    assert kept is not None and kept.read_bytes().startswith(b"not a database")
    found = held(world.engine)
    assert set(found.batches) == {"one"}
    assert found.revision > 1_000_000


@pytest.mark.postgresql
def test_postgresql_is_backed_up_with_its_own_programs(tmp_path: Path) -> None:
    world = world_with_nothing_sent(tmp_path)
    for ask in (lambda: back_up(world.engine), lambda: restore(world.engine, tmp_path / "x")):
        with pytest.raises(BackupRefused, match=r"(?s)pg_dump --format=custom .*pg_restore"):
            ask()
    world.engine.dispose()
