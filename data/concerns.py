"""Which services a delivery concerns: whom its writer waits for, and whose answers it changes."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from data import data_set_rows
from data.data_set_rows import StoredDataSet
from data.datatypes import data_type
from data.entries import DataSetKey, Delivery
from data.receipts import Receipt

# What is said of all services, or may be.
_OF_ALL = ("departments", "agencies", "services", "data sets")


def written_to(connection: Connection, delivery: Delivery) -> set[int] | None:
    """What the delivery writes to: services by their ids, negative ones of data sets without.

    None: everything, as a delivery may that changes more than records.
    """
    keys = [batch.data_set for batch in delivery.batches]
    if any(getattr(delivery, name) for name in Delivery.__dataclass_fields__ if name != "batches"):
        return None
    found = [
        data_set_rows.find(connection, key.group, key.type) if isinstance(key, DataSetKey) else None
        for key in keys
    ]
    if not all(found):
        return None
    stored = [item for item in found if item]
    if any(data_type(item.entry.type).names_its_service for item in stored):
        return None
    return {item.service_id or -item.id for item in stored}


def concerned(
    receipt: Receipt, data_sets: Iterable[StoredDataSet], declared: Iterable[int]
) -> set[int] | None:
    """The services (row ids) that a delivery, which is written, made different; None: all.

    :param data_sets: those that it has records of.
    :param declared: the services that it declares something of.
    """
    stored = list(data_sets)
    if receipt.replaced_demonstration or any(receipt.counts[kind].written for kind in _OF_ALL):
        return None
    if any(data_type(item.entry.type).names_its_service for item in stored):
        return None
    return {item.service_id for item in stored if item.service_id is not None} | set(declared)
