"""What a data set's records are made of, as its file is to be read."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection, select

from data.channels import CHANNEL_KINDS
from data.data_sets import StoredDataSet
from data.datatypes import data_type
from data.rules import DataType
from data.spreadsheets.targets import Shape, shape_of
from data.tables import record, service
from kpi.periods import PERIODS

# More values than this are no list to choose from.
_VALUES_MOST = 500
_NEWEST = 200


def shape(connection: Connection, stored: StoredDataSet) -> Shape:
    """The fields of a data set, the values that its text fields have had, its usual period."""
    kind = data_type(stored.entry.type)
    known = {
        name: tuple(dict.fromkeys(_values(connection, stored, name))) for name in _text_fields(kind)
    }
    return shape_of(kind, known, stored.entry.schema, _usual_period(connection, stored))


def _text_fields(kind: DataType) -> list[str]:
    return [one.name for one in kind.fields if one.kind == "text" and one.name != "period"]


def _values(connection: Connection, stored: StoredDataSet, name: str) -> Iterator[str]:
    """Values of a field, those first whose spelling counts most: declared, had, and known."""
    entry = stored.entry
    declared = {
        "channel": (*entry.channels, *entry.channel_kinds),
        "stage": (*entry.stages, *entry.optional_stages),
    }
    yield from declared.get(name, ())
    if name == "service":
        yield from connection.scalars(select(service.c.slug))
        return
    value = record.c.body[name].as_string()
    own = record.c.data_set_id == stored.id
    query = select(value).where(own).distinct().limit(_VALUES_MOST)
    yield from sorted(text for text in connection.scalars(query) if isinstance(text, str))
    if name == "channel":
        yield from CHANNEL_KINDS


def _usual_period(connection: Connection, stored: StoredDataSet) -> str:
    """The length that most of the newest records have; '' where none has one."""
    period = record.c.body["period"].as_string()
    query = select(period).where(record.c.data_set_id == stored.id)
    newest = list(
        connection.scalars(query.order_by(record.c.at.desc().nulls_last()).limit(_NEWEST))
    )
    found = [name for name in newest if name in PERIODS]
    return max(set(found), key=found.count) if found else ""
