"""Data sets as they are kept: found by group and type or by name, made, changed, removed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from typing import Any

from sqlalchemy import (
    Connection,
    RowMapping,
    Select,
    bindparam,
    delete,
    func,
    insert,
    select,
    update,
)

from data.datatypes import DATA_TYPES
from data.entries import DataSetEntry, DataSetKey
from data.tables import data_set, organisation, record_change, service, token
from data.validation import Fault, Rejected

# Kept as JSON lists, and as tuples in an entry.
_LISTS = ("stages", "optional_stages", "channels", "auto_ids")
# Kept as JSON objects.
_MAPPINGS = ("channel_kinds", "stage_names")
# What says what records mean: when it changes, all of them are measured again.
_MEANING = ("service", "stages", "optional_stages", "channels", "channel_kinds", "private")
# What a delivery tells about its data sets; their other settings stay as they are.
_DELIVERED = (
    "title",
    "service",
    "stages",
    "optional_stages",
    "stage_names",
    "channels",
    "realtime",
)


@dataclass(frozen=True)
class StoredDataSet:
    """A data set: its settings, and where it stands.

    ``version`` moves on with every write of its records or settings; ``updated_at`` is the last
    one, in seconds. ``organisations`` are the slugs of those that run its service: agency,
    department.
    """

    id: int
    entry: DataSetEntry
    version: int
    updated_at: int | None
    service_id: int | None = None
    service_published: bool = True
    organisations: tuple[str, ...] = ()

    @property
    def hidden(self) -> bool:
        """Whether only those who may publish to it see it."""
        return self.entry.private or not self.service_published


@dataclass(frozen=True)
class Written:
    """What writing a data set's settings did: what it was (None: it is new), and what it is."""

    before: DataSetEntry | None
    stored: StoredDataSet

    @property
    def changed(self) -> bool:
        """Whether any setting is another than before."""
        return self.before != self.stored.entry

    @property
    def redefined(self) -> bool:
        """Whether its records now mean something else than they did."""
        return self.before is not None and any(
            getattr(self.before, name) != getattr(self.stored.entry, name) for name in _MEANING
        )


def find(connection: Connection, group: str, type: str) -> StoredDataSet | None:
    """The data set of this group and type; None where there is none."""
    # PostgreSQL would refuse to look for a NUL.
    return None if "\0" in group + type else _first(connection, _BY_KEY, group=group, type=type)


def find_named(connection: Connection, name: str) -> StoredDataSet | None:
    """The data set of this name; None where there is none."""
    return None if "\0" in name else _first(connection, _BY_NAME, name=name)


def listed(connection: Connection) -> list[StoredDataSet]:
    """All data sets, by group and type."""
    query = _ALL.order_by(data_set.c.group, data_set.c.type)
    return [_stored(row) for row in connection.execute(query).mappings()]


def write(connection: Connection, entry: DataSetEntry, *, whole: bool) -> Written:
    """Make a data set, or change its settings: all of them, or those that deliveries tell.

    :raises Rejected: when its service is not there or has such data from another data set, or
        when another data set has its name.
    """
    found = find(connection, entry.group, entry.type)
    entry = replace(entry, name=entry.own_name)
    if found and not whole:
        told = {name: getattr(entry, name) for name in _DELIVERED}
        entry = replace(found.entry, **told)
    if found and entry == found.entry:
        return Written(entry, found)
    _refuse_taken_name(connection, entry)
    service_id = _service_id(connection, entry)
    if found is None or found.entry.service != entry.service:
        _refuse_second(connection, entry, service_id)
    row = _row(entry, service_id)
    if found is None:
        connection.execute(insert(data_set).values(**row))
    else:
        connection.execute(update(data_set).where(data_set.c.id == found.id).values(**row))
    stored = find(connection, entry.group, entry.type)
    assert stored is not None
    return Written(found.entry if found else None, stored)


def touch(connection: Connection, id: int, now: int) -> None:
    """Move a data set's version on."""
    connection.execute(_TOUCH, {"own_id": id, "now": now})


def remove(connection: Connection, id: int) -> None:
    """Remove a data set, its tokens and what became of its records, which must be gone already."""
    connection.execute(delete(record_change).where(record_change.c.data_set_id == id))
    connection.execute(delete(token).where(token.c.data_set_id == id))
    connection.execute(delete(data_set).where(data_set.c.id == id))


def settings(entry: DataSetEntry) -> dict[str, Any]:
    """A data set's settings as plain values."""
    values = {item.name: getattr(entry, item.name) for item in fields(entry)}
    listed = {name: list(values[name]) for name in _LISTS}
    mapped = {name: dict(values[name]) for name in _MAPPINGS}
    return {**values, **listed, **mapped}


_agency = organisation.alias("agency")
_department = organisation.alias("department")


def _query() -> Select[Any]:
    joined = (
        data_set.outerjoin(service, service.c.id == data_set.c.service_id)
        .outerjoin(_agency, _agency.c.id == service.c.organisation_id)
        .outerjoin(_department, _department.c.id == _agency.c.department_id)
    )
    columns = (
        *data_set.columns,
        service.c.slug.label("service"),
        func.coalesce(service.c.published, True).label("service_published"),
        _agency.c.slug.label("agency"),
        _department.c.slug.label("department"),
    )
    return select(*columns).select_from(joined)


# Made once: every request looks for a data set, and making these takes longer than asking them.
_ALL = _query()
_BY_KEY = _ALL.where(data_set.c.group == bindparam("group"), data_set.c.type == bindparam("type"))
_BY_NAME = _ALL.where(data_set.c.name == bindparam("name"))
_TOUCH = (
    update(data_set)
    .where(data_set.c.id == bindparam("own_id"))
    .values(version=data_set.c.version + 1, updated_at=bindparam("now"))
)


def _first(connection: Connection, query: Select[Any], **wanted: str) -> StoredDataSet | None:
    row = connection.execute(query, wanted).mappings().first()
    return None if row is None else _stored(row)


def _stored(row: RowMapping) -> StoredDataSet:
    values = {item.name: row[item.name] for item in fields(DataSetEntry)}
    entry = DataSetEntry(**{**values, **{name: tuple(values[name]) for name in _LISTS}})
    runs = tuple(row[name] for name in ("agency", "department") if row[name])
    return StoredDataSet(
        row["id"],
        entry,
        row["version"],
        row["updated_at"],
        row["service_id"],
        bool(row["service_published"]),
        runs,
    )


def _row(entry: DataSetEntry, service_id: int | None) -> dict[str, Any]:
    row = settings(entry)
    del row["service"]
    return {**row, "service_id": service_id}


def _refusal(entry: DataSetEntry, field: str, message: str) -> Rejected:
    fault = Fault(entry.address, 0, field, message)
    return Rejected(f"{entry.address}: {message} Nothing was written.", [fault])


def _service_id(connection: Connection, entry: DataSetEntry) -> int | None:
    if entry.service is None:
        return None
    id = connection.scalar(select(service.c.id).where(service.c.slug == entry.service))
    if id is None:
        raise _refusal(entry, "service", f"there is no service {entry.service!r}.")
    return int(id)


def _refuse_taken_name(connection: Connection, entry: DataSetEntry) -> None:
    other = find_named(connection, entry.name)
    if other is not None and other.entry.key != entry.key:
        message = f"{other.entry.address} is already named {entry.name!r}."
        raise _refusal(entry, "name", message)


def _refuse_second(connection: Connection, entry: DataSetEntry, service_id: int | None) -> None:
    # Two of them would each give a part of the same figure, and neither would know.
    kind = DATA_TYPES.get(entry.type)
    if service_id is None or kind is None or kind.names_its_service:
        return
    same = [slug for slug, item in DATA_TYPES.items() if item is kind]
    query = select(data_set.c.group, data_set.c.type).where(
        data_set.c.service_id == service_id, data_set.c.type.in_(same)
    )
    for group, type in connection.execute(query):
        other = DataSetKey(group, type)
        if other != entry.key:
            message = f"{entry.service!r} has its {kind.slug} in {other.address} already."
            raise _refusal(entry, "service", message)


def summaries(connection: Connection) -> Iterator[StoredDataSet]:
    """The data sets whose records each name the service that they are about, oldest first."""
    types = [slug for slug, item in DATA_TYPES.items() if item.names_its_service]
    query = _ALL.where(data_set.c.type.in_(types)).order_by(data_set.c.id)
    return (_stored(row) for row in connection.execute(query).mappings().all())
