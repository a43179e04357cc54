"""Measurements of many services at once, read by the index that has them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import pandas as pd
from sqlalchemy import ColumnElement, Connection, select

from data.frames import MEASURED, read
from data.records import chunks
from data.selection import published_alone
from data.tables import NOT_DAYS, measurement


def measured(
    connection: Connection,
    periods: Collection[str],
    wheres: Sequence[ColumnElement[bool]],
    ids: Sequence[int],
    *,
    everyone: bool,
) -> pd.DataFrame:
    """A long frame of the measurements of these lengths and services that fit the conditions.

    :param everyone: the ids are of all published services, whose figures lie side by side in one
        index, all but those of days.
    """
    statement = select(*MEASURED).where(measurement.c.period.in_(periods), *wheres)
    if everyone and "day" not in periods:
        seen = published_alone(connection, measurement.c.service_id)
        return read(connection, statement.where(NOT_DAYS, *seen))
    parts = [
        read(connection, statement.where(measurement.c.service_id.in_(chunk)))
        for chunk in chunks(ids)
    ]
    return pd.concat(parts, ignore_index=True) if parts else read(connection, statement.limit(0))
