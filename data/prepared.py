"""A statement that PostgreSQL has planned once, asked through the client library that it brings.

psycopg's cursor asks in several steps, so that it can be interrupted, and each of them lets another
thread go on and then waits for its turn. For a row that is asked with every request that costs more
than the row.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, cast

from psycopg import Connection, OperationalError, abc, pq
from psycopg.adapt import PyFormat, Transformer
from sqlalchemy import Dialect
from sqlalchemy.engine.default import DefaultDialect

Row = tuple[Any, ...]
# Each connection asks one statement alone.
_NAME = b"asked"


def numbering(dialect: Dialect) -> Dialect:
    """The dialect with parameters by their number, as PostgreSQL itself knows them."""
    return cast("type[DefaultDialect]", type(dialect))(paramstyle="numeric_dollar")


def prepared(connection: Connection, words: str) -> Callable[[Sequence[Any]], Row | None]:
    """What asks a statement over a connection: of its parameters, in order, the first row or None.

    It, and this, raise an Error of psycopg's when PostgreSQL refuses, or is not there.
    """
    _check(connection.pgconn.prepare(_NAME, words.encode()), pq.ExecStatus.COMMAND_OK)
    return partial(_first, connection.pgconn, Transformer(connection))


def _first(
    connection: pq.abc.PGconn, values: abc.Transformer, parameters: Sequence[Any]
) -> Row | None:
    texts = values.dump_sequence(parameters, [PyFormat.TEXT] * len(parameters))
    # None among them is NULL, whatever the driver's own types say.
    answer = connection.exec_prepared(_NAME, cast("list[bytes]", texts))
    _check(answer, pq.ExecStatus.TUPLES_OK)
    values.set_pgresult(answer)
    return values.load_row(0, tuple) if answer.ntuples else None


def _check(answer: pq.abc.PGresult, wanted: pq.ExecStatus) -> None:
    """:raises OperationalError: with what PostgreSQL says, unless its answer is as it should be."""
    if answer.status != wanted:
        raise OperationalError(answer.error_message.decode(errors="replace"))
