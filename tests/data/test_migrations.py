"""The migrations make exactly the tables that the code knows, and take them away again."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path
from subprocess import PIPE, Popen
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Engine, inspect

from config import ROOT, Settings
from data.data_sets import find
from data.engine import migrate, open_engine
from data.entries import DataSetEntry
from data.records import StoredRecords
from data.tables import metadata
from tests.fixtures.databases import database_url, opened


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    made = opened(tmp_path / "new")
    yield made
    made.dispose()


def tables(engine: Engine) -> set[str]:
    return set(inspect(engine).get_table_names())


def test_from_nothing_to_exactly_the_tables_that_the_code_knows(engine: Engine) -> None:
    migrate(engine)
    assert tables(engine) == {*metadata.tables, "alembic_version"}
    with engine.connect() as connection:
        assert compare_metadata(MigrationContext.configure(connection), metadata) == []


def test_the_migrated_tables_are_stored_like_the_ones_that_the_code_makes(
    engine: Engine, tmp_path: Path
) -> None:
    # compare_metadata overlooks defaults, the order of keys and whether rows have numbers.
    migrate(engine)
    made = opened(tmp_path, "made")
    metadata.create_all(made)
    for table in metadata.tables:
        assert stored(engine, table) == stored(made, table)
    made.dispose()


def stored(engine: Engine, table: str) -> list[list[str]]:
    found = inspect(engine)
    return [
        [str(column) for column in found.get_columns(table)],
        [str(found.get_pk_constraint(table)), str(found.get_table_options(table))],
        sorted(str(_in_words(index)) for index in found.get_indexes(table)),
        sorted(str(key) for key in found.get_foreign_keys(table)),
    ]


def _in_words(index: Any) -> dict[str, Any]:
    options = index.get("dialect_options", {}).items()
    return {**index, "dialect_options": {name: str(value) for name, value in options}}


def test_migrating_again_does_nothing(engine: Engine) -> None:
    migrate(engine)
    migrate(engine)
    assert tables(engine) == {*metadata.tables, "alembic_version"}


def test_two_processes_that_migrate_at_once_do_not_fail(engine: Engine) -> None:
    code = "from config import Settings; from data.engine import *; "
    code += "migrate(open_engine(Settings.from_environment()))"
    environment = {**os.environ, "DATABASE_URL": str(engine.url)}
    processes = [
        Popen([sys.executable, "-c", code], cwd=ROOT, env=environment, stderr=PIPE, text=True)
        for _ in range(2)
    ]
    assert [(process.communicate()[1], process.returncode) for process in processes] == [
        ("", 0),
        ("", 0),
    ]
    assert tables(engine) == {*metadata.tables, "alembic_version"}


def test_a_downgrade_takes_every_table_away(engine: Engine) -> None:
    migrate(engine)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with engine.begin() as connection:
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
    assert tables(engine) == {"alembic_version"}
    migrate(engine)
    assert tables(engine) == {*metadata.tables, "alembic_version"}


def test_data_sets_of_the_first_tables_get_the_settings_that_they_had_without_saying(
    engine: Engine,
) -> None:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    with engine.connect().execution_options(writes=True) as connection, connection.begin():
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        connection.exec_driver_sql(
            'INSERT INTO data_set (id, "group", type, stages, optional_stages, channels) '
            "VALUES (7, 'carers-allowance', 'page-views', '[\"a\"]', '[]', '[]')"
        )
        connection.exec_driver_sql(
            "INSERT INTO record (data_set_id, key, at, body, updated_at) "
            "VALUES (7, 'one', 0, '{\"_id\": \"one\"}', 0)"
        )
    migrate(engine)
    with engine.connect() as connection:
        stored = find(connection, "carers-allowance", "page-views")
        assert stored
        assert StoredRecords(connection, 7, stored.entry).keys() == ["one"]
    entry = DataSetEntry(
        "carers-allowance", "page-views", stages=("a",), name="carers_allowance_page_views"
    )
    assert (stored.id, stored.entry, stored.version) == (7, entry, 0)


def test_alembic_finds_the_database_by_the_settings(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = database_url(tmp_path)
    monkeypatch.setenv("DATABASE_URL", url)
    config = Config()
    config.set_main_option("script_location", str(ROOT / "migrations"))
    command.upgrade(config, "head")
    engine = open_engine(Settings(database_url=url))
    assert "measurement" in tables(engine)
    engine.dispose()


@pytest.mark.sqlite
def test_sqlite_writes_ahead_and_to_the_disk_keeps_foreign_keys_and_waits(tmp_path: Path) -> None:
    engine = open_engine(Settings(database_url=database_url(tmp_path)))
    with engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("journal_mode", "synchronous", "foreign_keys", "busy_timeout")
        }
    engine.dispose()
    full = 2
    assert told == {
        "journal_mode": "wal",
        "synchronous": full,
        "foreign_keys": 1,
        "busy_timeout": 30_000,
    }


@pytest.mark.sqlite
def test_a_relative_path_is_read_from_the_projects_folder() -> None:
    engine = open_engine(Settings(database_url="sqlite:///instance/x.sqlite"))
    assert engine.url.database == str(ROOT / "instance" / "x.sqlite")
    engine.dispose()
