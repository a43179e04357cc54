"""A statement that PostgreSQL has planned once, asked through the client library that it brings.

psycopg's cursor asks in several steps, so that it can be interrupted, and each of them lets another
thread go on and then waits for its turn. For a row that is asked with every request that costs more
than the row.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, cast

from psycopg import Connection, OperationalError, abc, pq
from psycopg.adapt import PyFormat, Transformer
from sqlalchemy import Dialect, Select
from sqlalchemy.engine.default import DefaultDialect

Row = tuple[Any, ...]
_NAME = b"asked"


class Prepared:
    """One statement, over as many connections as ask it; each of them asks no other."""

    def __init__(self, statement: Select[Any], dialect: Dialect) -> None:
        # PostgreSQL itself knows parameters by their number.
        numbered = cast("type[DefaultDialect]", type(dialect))(paramstyle="numeric_dollar")
        compiled = statement.compile(dialect=numbered)
        self._words = str(compiled).encode()
        # Those that are given with each question stand for none here.
        self._known = compiled.construct_params({}, _check=False)
        self._order = compiled.positiontup or []
        self._formats = [PyFormat.TEXT] * len(self._order)

    def over(self, connection: Connection) -> Callable[[Mapping[str, Any]], Row | None]:
        """What asks over a connection: of parameters by name the first row, or None.

        It, and this, raise an Error of psycopg's when PostgreSQL refuses, or is not there.
        """
        _check(connection.pgconn.prepare(_NAME, self._words), pq.ExecStatus.COMMAND_OK)
        return partial(self._first, connection.pgconn, Transformer(connection))

    def _first(
        self, connection: pq.abc.PGconn, values: abc.Transformer, given: Mapping[str, Any]
    ) -> Row | None:
        parameters = {**self._known, **given}
        ordered = [parameters[name] for name in self._order]
        # None among them is NULL, whatever the driver's own types say.
        texts = cast("list[bytes]", values.dump_sequence(ordered, self._formats))
        answer = connection.exec_prepared(_NAME, texts)
        _check(answer, pq.ExecStatus.TUPLES_OK)
        values.set_pgresult(answer)
        return values.load_row(0, tuple) if answer.ntuples else None


def _check(answer: pq.abc.PGresult, wanted: pq.ExecStatus) -> None:
    """:raises OperationalError: with what PostgreSQL says, unless its answer is as it should be."""
    if answer.status != wanted:
        raise OperationalError(answer.error_message.decode(errors="replace"))
