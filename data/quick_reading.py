"""One row of a statement that is asked with every request, for a fraction of what it takes else."""

from __future__ import annotations

from collections import deque
from collections.abc import Mapping
from contextlib import suppress
from typing import Any, Protocol

from sqlalchemy import Engine, Select, event

from data.prepared import Prepared

Row = tuple[Any, ...]


class QuickRow:
    """A statement that gives a row, asked of the driver itself, each time as of now.

    SQLAlchemy's own way takes ten times as long as the engine, for a transaction, a connection of
    its pool and a result, none of which a single row needs. The connections are this row's own:
    each thread takes one that is idle, and there are as many as have ever asked at once. What goes
    wrong is asked again the other way, which tells of it.
    """

    def __init__(self, engine: Engine, statement: Select[Any]) -> None:
        self._engine, self._statement = engine, statement
        self._asker: _Asker = (
            Prepared(statement, engine.dialect)
            if engine.dialect.name == "postgresql"
            else _ByCursor(statement, engine)
        )
        self._idle: deque[Any] = deque()
        event.listen(engine, "engine_disposed", self._forget)

    def first(self, given: Mapping[str, Any] | None = None) -> Row | None:
        """The row as of now; None where there is none.

        :raises DatabaseFault: as `Connection.execute` does.
        """
        try:
            return self._asked(given or {})
        except self._engine.dialect.loaded_dbapi.Error:
            with self._engine.connect() as connection:
                row = connection.execute(self._statement, given).first()
            return None if row is None else tuple(row)

    def _asked(self, given: Mapping[str, Any]) -> Row | None:
        try:
            connection = self._idle.pop()
        except IndexError:
            connection = self._opened()
        try:
            row = self._asker.first(connection, given)
        except BaseException:
            # Nobody knows what state it is in.
            _close(connection)
            raise
        self._idle.append(connection)
        return row

    def _opened(self) -> Any:
        """A connection of the driver's in which each statement sees what is committed by then."""
        pooled = self._engine.raw_connection()
        connection = pooled.dbapi_connection
        pooled.detach()
        self._engine.dialect.set_isolation_level(connection, "AUTOCOMMIT")  # type: ignore[arg-type]
        return connection

    def _forget(self, _engine: Engine) -> None:
        while self._idle:
            _close(self._idle.pop())


class _Asker(Protocol):
    """Asks a statement over a connection of the driver's."""

    def first(self, connection: Any, given: Mapping[str, Any]) -> Row | None: ...


class _ByCursor:
    """Asks as any driver of Python's can be asked."""

    def __init__(self, statement: Select[Any], engine: Engine) -> None:
        compiled = statement.compile(dialect=engine.dialect)
        self._words = str(compiled)
        # Those that are given with each question stand for none here.
        self._known = compiled.construct_params({}, _check=False)
        self._order = compiled.positiontup or []

    def first(self, connection: Any, given: Mapping[str, Any]) -> Row | None:
        parameters = {**self._known, **given}
        cursor = connection.cursor()
        cursor.execute(self._words, [parameters[name] for name in self._order])
        row: Row | None = cursor.fetchone()
        cursor.close()
        return row


def _close(connection: Any) -> None:
    # It may be broken.
    with suppress(Exception):
        connection.close()
