"""A service's figures at some starts, found series by series.

The table has a service's figures by period, measure and category before their start: to ask for
some starts alone reads all of them, of which there may be millions. Each series is found from the
one before it, and only what starts then is read of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Row, text

from data.datatypes import INSTANT
from data.tables import measurement
from kpi.periods import PERIODS

_PERIODS = ", ".join(f"('{name}')" for name in (INSTANT, *PERIODS))
_COLUMNS = ", ".join(f"figure.{column.name}" for column in measurement.columns)
_OWN = "FROM measurement AS next WHERE next.service_id = :id AND next.period = known.period"
_BETWEEN = text(
    f"""
    WITH RECURSIVE
    periods (period) AS (VALUES {_PERIODS}),
    measures (period, measure) AS (
        SELECT known.period, (SELECT min(next.measure) {_OWN}) FROM periods AS known
        UNION ALL
        SELECT known.period, (SELECT min(next.measure) {_OWN} AND next.measure > known.measure)
        FROM measures AS known WHERE known.measure IS NOT NULL
    ),
    series (period, measure, category) AS (
        SELECT known.period, known.measure,
            (SELECT min(next.category) {_OWN} AND next.measure = known.measure)
        FROM measures AS known WHERE known.measure IS NOT NULL
        UNION ALL
        SELECT known.period, known.measure,
            (SELECT min(next.category) {_OWN} AND next.measure = known.measure
                AND next.category > known.category)
        FROM series AS known WHERE known.category IS NOT NULL
    )
    SELECT {_COLUMNS} FROM series
    JOIN measurement AS figure ON figure.service_id = :id AND figure.period = series.period
        AND figure.measure = series.measure AND figure.category = series.category
        AND figure.start_at BETWEEN :first AND :last
    """
).columns(*measurement.columns)


def between(connection: Connection, service_id: int, first: int, last: int) -> Sequence[Row[Any]]:
    """The figures of a service that start from one moment to another, in seconds."""
    wanted = {"id": service_id, "first": first, "last": last}
    return connection.execute(_BETWEEN, wanted).all()
