"""Many rows at once: added and replaced like few, on each engine in its own way."""

from __future__ import annotations

import json
from typing import Any

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from data import bulk
from data.dialect import is_away, upsert
from data.tables import measurement, record
from tests.data.world import World

# More than the fewest that are copied.
MANY = 2500
ODD = "tab\t, line\n, back\\slash, \\N, 'quote', “double”, é, 😀"


def _rows(first: int, words: str) -> list[dict[str, Any]]:
    return [
        {
            "data_set_id": 7,
            "key": f"k{number:05}",
            "at": None if number % 2 else number,
            "micros": 0,
            "body": {"words": words, "number": number},
            "updated_at": 1,
        }
        for number in range(first, first + MANY)
    ]


def _stored(world: World) -> list[Any]:
    with world.engine.connect() as connection:
        columns = (record.c.key, record.c.at, record.c.body)
        return [tuple(row) for row in connection.execute(select(*columns).order_by(record.c.key))]


def test_many_rows_are_added_and_those_that_are_there_replaced(nothing: World) -> None:
    with nothing.engine.begin() as connection:
        upsert(connection, record, _rows(0, "before"))
        upsert(connection, record, _rows(1000, ODD))
    stored = _stored(nothing)
    assert len(stored) == MANY + 1000
    assert stored[999] == ("k00999", None, {"words": "before", "number": 999})
    assert stored[1000] == ("k01000", 1000, {"words": ODD, "number": 1000})
    assert stored[-1] == ("k03499", None, {"words": ODD, "number": 3499})


# One below and above each number from which on rows are written in other words.
@pytest.mark.parametrize("many", [199, 200, 999, 1000])
def test_rows_without_objects_are_added_and_replaced_however_many(
    nothing: World, many: int
) -> None:
    key = {"service_id": 1, "period": "day", "measure": "costs", "category": ""}
    told = {"status": "reported", "parts": 1, "expected": 1, "part": "day", "data_set_id": None}
    with nothing.engine.begin() as connection:
        for value in (5, 7):
            rows = [{**key, "start_at": n, "millionths": value, **told} for n in range(many)]
            upsert(connection, measurement, rows)
        query = select(measurement.c.start_at, measurement.c.millionths)
        stored = [tuple(row) for row in connection.execute(query.order_by("start_at"))]
    assert stored == [(n, 7) for n in range(many)]


def test_rows_that_cannot_be_written_are_told_like_any_and_none_stays(nothing: World) -> None:
    rows = _rows(0, "fine")
    rows[-1]["updated_at"] = None
    with pytest.raises(DBAPIError) as refused, nothing.engine.begin() as connection:
        values = [tuple(row.values()) for row in rows]
        bulk.insert(connection, record, tuple(rows[0]), values)
    assert not is_away(refused.value)
    assert _stored(nothing) == []


@pytest.mark.parametrize(
    "objects",
    [
        [{"a": "x"}, None, {"b": 1.0, "é": None}, {}],
        [{"a": "}, {"}, {"b": True}],
        [{"a": [{"b": 1}, {"c": 2}]}, {"d": {}}],
        [["}, {"], [1, {"a": 2}]],
        [None, None],
        [],
    ],
)
def test_objects_are_written_together_as_each_is_alone(objects: list[Any]) -> None:
    alone = [None if one is None else json.dumps(one) for one in objects]
    assert bulk.json_texts(objects) == alone


@pytest.mark.sqlite
def test_sqlite_keeps_more_at_hand_for_a_while(nothing: World) -> None:
    def size(connection: Connection) -> int:
        return int(connection.exec_driver_sql("PRAGMA cache_size").scalar_one())

    with nothing.engine.connect() as connection:
        before = size(connection)
        with bulk.roomy(connection):
            assert size(connection) == -32_000
        assert size(connection) == before


@pytest.mark.sqlite
def test_where_the_database_is_lost_meanwhile_that_is_what_is_told(nothing: World) -> None:
    with nothing.engine.connect() as connection:
        with pytest.raises(ValueError, match="the first"), bulk.roomy(connection):
            connection.connection.driver_connection.close()  # type: ignore[union-attr]
            raise ValueError("the first")
        connection.invalidate()
