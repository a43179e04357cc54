"""What a database costs in disk: rows and bytes of each table, its indexes and all."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Engine, func, select

from data.tables import metadata

_MEGABYTE = 1_000_000
_SIZES = {
    # A table without row numbers is kept as the index of its own primary key, under its own name.
    # Pages are counted: their bytes added up (`pgsize`) begin again at 0 after 4 GB.
    "sqlite": "SELECT s.name, m.tbl_name, s.pageno * p.page_size FROM dbstat s"
    " JOIN sqlite_schema m ON m.name = s.name, pragma_page_size p WHERE s.aggregate = 1",
    "postgresql": "SELECT c.relname, coalesce(t.relname, c.relname), pg_total_relation_size(c.oid)"
    " - CASE WHEN c.relkind = 'r' THEN pg_indexes_size(c.oid) ELSE 0 END FROM pg_class c"
    " JOIN pg_namespace n ON n.oid = c.relnamespace LEFT JOIN pg_index i ON i.indexrelid = c.oid"
    " LEFT JOIN pg_class t ON t.oid = i.indrelid"
    " WHERE n.nspname = 'public' AND c.relkind IN ('r', 'i')",
}


@dataclass(frozen=True)
class Room:
    """What a table takes: its rows, bytes of those, and bytes of each of its indexes."""

    table: str
    rows: int
    bytes: int
    indexes: dict[str, int]

    @property
    def whole(self) -> int:
        """All its bytes."""
        return self.bytes + sum(self.indexes.values())

    def __str__(self) -> str:
        parts = [f"{name} {size / _MEGABYTE:,.0f}" for name, size in self.indexes.items()]
        told = f"{self.table:<16} {self.rows:>12,} rows {self.whole / _MEGABYTE:>9,.0f} MB"
        return f"{told}  (itself {self.bytes / _MEGABYTE:,.0f}; {', '.join(parts) or 'no index'})"


def rooms(engine: Engine, least: int = _MEGABYTE) -> Iterator[Room]:
    """The tables that take so many bytes or more, the largest first."""
    with engine.connect() as connection:
        sizes = connection.exec_driver_sql(_SIZES[engine.dialect.name]).all()
        found = []
        for table in metadata.sorted_tables:
            of = {name: int(size) for name, belongs, size in sizes if belongs == table.name}
            itself = of.pop(table.name, 0)
            if itself + sum(of.values()) >= least:
                rows = connection.execute(select(func.count()).select_from(table)).scalar_one()
                found.append(Room(table.name, rows, itself, of))
    yield from sorted(found, key=lambda one: -one.whole)
