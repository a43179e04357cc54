"""The tables keep the rules that Citus asks for, distributed as docs/scaling.md says."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from sqlalchemy import Column, Engine, PrimaryKeyConstraint, Table, UniqueConstraint, text

from config import ROOT
from data.tables import metadata
from tests.data.world import World

SQL = "\n".join(
    re.findall(
        r"```sql\n(.*?)```", (ROOT / "docs" / "scaling.md").read_text(encoding="utf-8"), re.DOTALL
    )
)
DISTRIBUTED = re.findall(
    r"create_distributed_table\('(\w+)', '(\w+)', colocate_with => '(\w+)'\)", SQL
)
REFERENCE = re.findall(r"create_reference_table\('(\w+)'\)", SQL)
KEYS = {name: column for name, column, _ in DISTRIBUTED}
# What each lies beside; one that lies beside none leads its own.
BESIDE = {name: name if beside == "none" else beside for name, _, beside in DISTRIBUTED}
TABLES = [metadata.tables[name] for name in KEYS]


def keys(table: Table) -> Iterator[tuple[str, ...]]:
    """The columns of everything that makes a row of it unique."""
    for constraint in table.constraints:
        if isinstance(constraint, PrimaryKeyConstraint | UniqueConstraint):
            yield tuple(constraint.columns.keys())
    for index in table.indexes:
        if index.unique:
            yield tuple(index.columns.keys())


def test_every_table_is_placed_once() -> None:
    assert sorted([*KEYS, *REFERENCE]) == sorted(metadata.tables)


def test_the_records_and_what_they_mean_are_what_is_distributed() -> None:
    assert KEYS["record"] == "data_set_id"
    assert KEYS["measurement"] == "service_id"


def test_every_key_of_a_distributed_table_has_its_column() -> None:
    for table in TABLES:
        found = list(keys(table))
        assert found
        assert [columns for columns in found if KEYS[table.name] not in columns] == []


def test_no_distributed_table_refers_to_another_place() -> None:
    for table in TABLES:
        for key in table.foreign_key_constraints:
            other = key.referred_table.name
            if other in REFERENCE:
                continue
            assert BESIDE[table.name] == BESIDE[other]
            assert (KEYS[table.name], KEYS[other]) in {
                (one.parent.name, one.column.name) for one in key.elements
            }


def test_no_reference_table_refers_to_a_distributed_one() -> None:
    for name in REFERENCE:
        referred = {
            key.referred_table.name for key in metadata.tables[name].foreign_key_constraints
        }
        assert referred & set(KEYS) == set()


def test_what_lies_together_has_columns_of_the_same_type() -> None:
    def placed_by(name: str) -> Column[object]:
        return metadata.tables[name].c[KEYS[name]]

    for name, leader in BESIDE.items():
        assert repr(placed_by(name).type) == repr(placed_by(leader).type)


@pytest.mark.postgresql
def test_no_sequence_is_in_a_distributed_tables_key(world: World) -> None:
    assert [table.name for table in TABLES if table.autoincrement_column is not None] == []
    counted_up = sequences(world.engine)
    assert ("audit", "id") in counted_up
    assert [place for place in counted_up if place[0] in KEYS] == []


def sequences(engine: Engine) -> list[tuple[str, str]]:
    """The tables and columns that the database counts up."""
    question = text(
        "SELECT table_name, column_name FROM information_schema.columns"
        " WHERE table_schema = 'public' AND (is_identity = 'YES' OR column_default LIKE 'nextval%')"
    )
    with engine.connect() as connection:
        return [(row[0], row[1]) for row in connection.execute(question)]


def test_what_others_refer_to_is_placed_before_them() -> None:
    place = {name: number for number, name in enumerate([*REFERENCE, *KEYS])}
    for table in metadata.tables.values():
        for key in table.foreign_key_constraints:
            assert place[key.referred_table.name] <= place[table.name]
