"""The views that write records, by the name of their route."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import Response

from api.answers import json_response
from api.errors import BadRequest, NotFound
from api.records.bodies import NotJson, read_json, read_records
from api.records.desk import Desk, View
from api.records.writers import UNKNOWN, Writer, admit, admit_admin
from api.refusals import refused
from data import data_sets
from data.data_sets import UnknownDataSet
from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetKey, Delivery
from data.record_contract import can_be_held, not_an_object
from data.record_ids import NO_RECORD, is_id
from data.validation import Fault, Rejected, refusal

# How many faults are told with their place, beside the messages, which are all of them.
_FAULTS_MOST = 100


def add(desk: Desk, group: str, type: str) -> Response:
    """Add records, or replace those of the same _id."""
    writer = admit(desk, group, type)
    try:
        records = read_records(desk.settings.body_bytes_most)
    except NotJson as error:
        return _refused([str(error)])
    return _written(desk, writer, Batch(writer.data_set.entry.key, records))


def empty(desk: Desk, group: str, type: str) -> Response:
    """Remove all records of a data set."""
    writer = admit(desk, group, type)
    if read_json(desk.settings.body_bytes_most) != []:
        raise BadRequest("Not implemented: you can only pass an empty JSON list")
    data_sets.empty(desk.engine, writer.data_set.entry.key, writer.sender)
    return _ok(message=f"{writer.data_set.entry.own_name} now contains 0 records")


def remove(desk: Desk, group: str, type: str, key: str) -> Response:
    """Remove one record."""
    writer = admit(desk, group, type)
    return _on_one(desk, writer, key, Batch(writer.data_set.entry.key, removed=(key,)))


def change(desk: Desk, group: str, type: str, key: str) -> Response:
    """Lay fields over those of one record."""
    writer = admit(desk, group, type)
    given = read_json(desk.settings.body_bytes_most)
    address = writer.data_set.entry.address
    if wrong := not_an_object(given):
        raise refusal([Fault(address, 1, "", wrong)])
    if given.get("_id", key) != key:
        raise refusal([Fault(address, 1, "_id", "the _id of a record cannot be changed.")])
    batch = Batch(writer.data_set.entry.key, [{**given, "_id": key}], merged=True)
    return _on_one(desk, writer, key, batch)


def clear(desk: Desk, name: str) -> Response:
    """Remove all records of the data set of this name."""
    sender = admit_admin(desk, name)
    with desk.engine.connect() as connection:
        stored = data_sets.find_named(connection, name)
    if stored is None or not _had_records(desk, stored.entry.key, sender):
        raise NotFound(f'No collection exists with name "{name}"')
    return _ok(message=f"Deleted {name}")


WRITES: Mapping[str, View] = {
    "add": add,
    "empty": empty,
    "remove": remove,
    "change": change,
    "clear": clear,
}


def _had_records(desk: Desk, key: DataSetKey, sender: Sender) -> bool:
    try:
        return data_sets.empty(desk.engine, key, sender).counts["records"].removed > 0
    except UnknownDataSet:
        return False


def _on_one(desk: Desk, writer: Writer, key: str, batch: Batch) -> Response:
    """What is done to one record; that it is not there is told as text, not as a list."""
    missing = NO_RECORD.format(key)
    if not is_id(key) or not can_be_held(key):
        return _refused(missing)
    try:
        return _written(desk, writer, batch)
    except Rejected as error:
        if [item.message for item in error.faults] != [missing]:
            raise
        return _refused(missing)


def _written(desk: Desk, writer: Writer, batch: Batch) -> Response:
    deliver(desk.engine, Delivery(batches=[batch]), writer.sender)
    return _ok()


def _ok(**more: str) -> Response:
    return _fresh({"status": "ok", **more})


def rejected(error: Rejected) -> Response:
    """All that is wrong with records, and where the first of it is."""
    told = [
        {"record": item.position, "field": item.field, "message": item.message}
        for item in error.faults[:_FAULTS_MOST]
    ]
    messages = [item.message for item in error.faults] or [str(error)]
    return _refused(messages, **({"faults": told} if told else {}))


def gone(_error: UnknownDataSet) -> Response:
    """What was removed after its writer was let in is missing."""
    return refused(NotFound(UNKNOWN))


def _refused(messages: str | list[str], **more: list[dict[str, Any]]) -> Response:
    return _fresh({"messages": messages, **more}, 400)


def _fresh(body: dict[str, Any], status: int = 200) -> Response:
    response = json_response(body, status)
    response.headers["Cache-Control"] = "no-cache"
    return response
