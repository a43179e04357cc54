"""Data sets: found, made, changed and removed."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from sqlalchemy import Connection, Engine

from data.data_set_rows import StoredDataSet, find, find_named, listed, settings
from data.data_set_settings import SETTINGS, Setting, parse_settings
from data.deliveries import Sender, UnknownDataSet, deliver
from data.entries import Batch, DataSetEntry, DataSetKey, Delivery
from data.receipts import Receipt

__all__ = [
    "SETTINGS",
    "Setting",
    "StoredDataSet",
    "UnknownDataSet",
    "empty",
    "find",
    "find_named",
    "listed",
    "parse_settings",
    "put",
    "remove",
    "settings",
]


def put(
    engine: Engine,
    entry: DataSetEntry,
    sender: Sender,
    check: Callable[[Connection], None] | None = None,
) -> StoredDataSet:
    """Make a data set, or give it exactly these settings; its records are measured again.

    :param check: raises where something is not as it was when the settings were put together.
    :raises Rejected: when its service is not there, or another data set has its name or gives
        such figures of that service.
    """
    deliver(
        engine, Delivery(data_sets=[entry]), replace(sender, action="set data set"), check=check
    )
    with engine.connect() as connection:
        stored = find(connection, entry.group, entry.type)
    assert stored is not None
    return stored


def empty(engine: Engine, key: DataSetKey, sender: Sender) -> Receipt:
    """Remove all records of a data set, and the figures they made.

    :raises UnknownDataSet: when it is not there.
    """
    batch = Batch(key, emptied=True)
    return deliver(engine, Delivery(batches=[batch]), replace(sender, action="empty"))


def remove(engine: Engine, key: DataSetKey, sender: Sender) -> Receipt:
    """Remove a data set with its records and tokens, and the figures they made.

    :raises UnknownDataSet: when it is not there.
    """
    return deliver(engine, Delivery(withdrawn=[key]), replace(sender, action="remove data set"))
