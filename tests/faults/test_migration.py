"""A migration that fails half-way leaves the tables and what they hold as they were."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.config import Config
from sqlalchemy import inspect

from config import ROOT
from data import engine as engines
from data.engine import edition, migrate
from data.health import look
from tests.data.world import World
from tests.faults.batches import assert_whole, world_with_nothing_sent

# Makes a table and fills it, changes rows, and rebuilds a table where the engine cannot change one.
SCRIPT = """
import sqlalchemy as sa
from alembic import op

revision, down_revision, branch_labels, depends_on = "9999", "{before}", None, None


def upgrade():
    op.create_table("harvest", sa.Column("id", sa.Integer, primary_key=True))
    op.execute("INSERT INTO harvest (id) VALUES (1)")
    op.execute("UPDATE service SET name = 'renamed'")
    with op.batch_alter_table("data_set", table_kwargs={{"sqlite_autoincrement": True}}) as table:
        table.alter_column("title", nullable=True)
        table.add_column(sa.Column("colour", sa.String(10), nullable=False, server_default="red"))
    {end}
"""


class Migrations:
    """The project's migrations, and one more in a folder of the test's own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder / "migrations"
        shutil.copytree(ROOT / "migrations", self.folder)
        engines._newest.cache_clear()
        self.before = engines._newest()
        engines._newest.cache_clear()

    def config(self) -> Config:
        """What Alembic is to read."""
        config = Config()
        config.set_main_option("script_location", str(self.folder))
        return config

    def end_with(self, line: str) -> None:
        """Let the last migration end so."""
        words = SCRIPT.format(before=self.before, end=line)
        (self.folder / "versions" / "9999_one_more.py").write_text(words, encoding="utf-8")


@pytest.fixture
def migrations(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Migrations]:
    made = Migrations(tmp_path)
    monkeypatch.setattr(engines, "_migrations", made.config)
    yield made
    engines._newest.cache_clear()


def state(world: World) -> tuple[object, ...]:
    """All that there is: the tables, their columns, their rows, and which migration they are of."""
    found = inspect(world.engine)
    columns = {
        name: [column["name"] for column in found.get_columns(name)]
        for name in found.get_table_names()
    }
    with world.engine.connect() as connection:
        return columns, world.rows(), edition(connection)


@pytest.mark.parametrize(
    "failure", ["raise RuntimeError('power')", "op.execute('INSERT INTO harvest (id) VALUES (1)')"]
)
def test_a_migration_that_fails_half_way_changes_nothing_and_a_second_try_succeeds(
    failure: str, tmp_path: Path, migrations: Migrations
) -> None:
    world = world_with_nothing_sent(tmp_path)
    before = state(world)
    migrations.end_with(failure)
    with pytest.raises(Exception, match=r"power|unique|UNIQUE"):
        migrate(world.engine)
    assert state(world) == before
    assert not look(world.engine).migrated
    assert assert_whole(world.engine, []) == set()
    migrations.end_with("pass")
    migrate(world.engine)
    columns, _, now = state(world)
    assert now == "9999"
    assert isinstance(columns, dict)
    assert "colour" in columns["data_set"]
    assert "harvest" in columns
    world.engine.dispose()
