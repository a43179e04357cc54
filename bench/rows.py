"""Counts the rows that are read from the engine, whoever reads them."""

from __future__ import annotations

import sqlite3
from typing import Any

import psycopg
from sqlalchemy import Engine, event


class RowCount:
    """How many rows were fetched since it was last reset."""

    def __init__(self) -> None:
        self.rows = 0

    def install(self) -> None:
        """Count in every connection that is opened from now on."""

        @event.listens_for(Engine, "do_connect")
        def _count(dialect: Any, _record: Any, _given: Any, parameters: dict[str, Any]) -> None:
            if dialect.name == "sqlite":
                parameters["factory"] = self._connection
            else:
                parameters["cursor_factory"] = _counting(self)

    def _connection(self, *given: Any, **parameters: Any) -> sqlite3.Connection:
        made = _Connection(*given, **parameters)
        made.count = self
        return made


class _Connection(sqlite3.Connection):
    count: RowCount

    def cursor(self, *_factory: Any) -> Any:
        made = super().cursor(_Cursor)
        made.count = self.count
        return made


class _Cursor(sqlite3.Cursor):
    count: RowCount

    def fetchall(self) -> list[Any]:
        found = super().fetchall()
        self.count.rows += len(found)
        return found

    def fetchmany(self, size: int | None = 1) -> list[Any]:
        found = super().fetchmany(size)
        self.count.rows += len(found)
        return found

    def fetchone(self) -> Any:
        found = super().fetchone()
        self.count.rows += found is not None
        return found


def _counting(count: RowCount) -> type[psycopg.Cursor[Any]]:
    class Counted(psycopg.Cursor[Any]):
        def fetchall(self) -> list[Any]:
            found = super().fetchall()
            count.rows += len(found)
            return found

        def fetchmany(self, size: int = 0) -> list[Any]:
            found = super().fetchmany(size)
            count.rows += len(found)
            return found

        def fetchone(self) -> Any:
            found = super().fetchone()
            count.rows += found is not None
            return found

    return Counted


COUNT = RowCount()
COUNT.install()
