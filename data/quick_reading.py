"""One row of a statement that is asked with every request, for a fraction of what it takes else."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import Engine, Select, event

from data.prepared import Row, numbering, prepared

# Gives the first row of a statement with these parameters, in its order.
_Ask = Callable[[Sequence[Any]], Row | None]


class QuickRow:
    """A statement that gives a row, asked of the driver itself, each time as of now.

    SQLAlchemy's own way takes ten times as long as the engine, for a transaction, a connection of
    its pool and a result, none of which a single row needs. The connections are this row's own:
    each thread takes one that is idle, and there are as many as have ever asked at once. What goes
    wrong is asked again the other way, which tells of it.
    """

    def __init__(self, engine: Engine, statement: Select[Any]) -> None:
        self._engine, self._statement = engine, statement
        is_postgresql = engine.dialect.name == "postgresql"
        dialect = numbering(engine.dialect) if is_postgresql else engine.dialect
        compiled = statement.compile(dialect=dialect)
        self._words, self._order = str(compiled), compiled.positiontup or []
        # Those that are given with each question stand for none here.
        self._known = compiled.construct_params({}, _check=False)
        self._asking: Callable[[Any, str], _Ask] = prepared if is_postgresql else _by_cursor
        self._idle: deque[tuple[Any, _Ask]] = deque()
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
        parameters = {**self._known, **given}
        try:
            connection, ask = self._idle.pop()
        except IndexError:
            connection, ask = self._opened()
        try:
            row = ask([parameters[name] for name in self._order])
        except BaseException:
            # Nobody knows what state it is in.
            _close(connection)
            raise
        self._idle.append((connection, ask))
        return row

    def _opened(self) -> tuple[Any, _Ask]:
        """A connection of the driver's in which each statement sees what is committed by then."""
        pooled = self._engine.raw_connection()
        connection: Any = pooled.dbapi_connection
        pooled.detach()
        try:
            self._engine.dialect.set_isolation_level(connection, "AUTOCOMMIT")
            return connection, self._asking(connection, self._words)
        except BaseException:
            _close(connection)
            raise

    def _forget(self, _engine: Engine) -> None:
        while self._idle:
            connection, _ = self._idle.pop()
            _close(connection)


def _by_cursor(connection: Any, words: str) -> _Ask:
    """What asks as any driver of Python's can be asked."""

    def ask(parameters: Sequence[Any]) -> Row | None:
        cursor = connection.cursor()
        cursor.execute(words, parameters)
        row: Row | None = cursor.fetchone()
        cursor.close()
        return row

    return ask


def _close(connection: Any) -> None:
    # It may be broken.
    with suppress(Exception):
        connection.close()
