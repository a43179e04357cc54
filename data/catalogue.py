"""Who reports: organisations, services and data sets, kept by slug."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from data.datatypes import DATA_TYPES
from data.entries import DataSetEntry, OrganisationEntry, ServiceEntry
from data.receipts import Count, Receipt
from data.tables import data_set, organisation, service
from data.validation import Rejected

Ids = dict[str, int]


def write_organisations(
    connection: Connection, entries: Iterable[OrganisationEntry], receipt: Receipt
) -> Ids:
    """Add or change organisations; ids of all that there are, by slug.

    :raises Rejected: when an agency's department is not there, or a slug is there twice.
    """
    given = list(entries)
    departments = [_organisation_row(entry, {}) for entry in given if entry.department is None]
    _write(connection, organisation, departments, receipt.counts["departments"])
    ids = _ids(connection, organisation, organisation.c.department_id.is_(None))
    agencies = [_organisation_row(entry, ids) for entry in given if entry.department is not None]
    _refuse_faulty(organisation, departments + agencies)
    _write(connection, organisation, agencies, receipt.counts["agencies"])
    return _ids(connection, organisation)


def write_services(
    connection: Connection, entries: Iterable[ServiceEntry], organisations: Ids, receipt: Receipt
) -> Ids:
    """Add or change services; ids of all that there are, by slug.

    :raises Rejected: when the organisation that runs one is not there.
    """
    rows = []
    for entry in entries:
        row = asdict(entry)
        row["organisation_id"] = _id(organisations, row.pop("organisation"), entry.slug)
        rows.append(row)
    _write(connection, service, rows, receipt.counts["services"])
    return _ids(connection, service)


@dataclass(frozen=True)
class KeptDataSet:
    """A data set as it is kept: its id, whether it is new, and whether its records now mean
    something else, because service, stages or channels changed; which service it was about."""

    id: int
    is_new: bool = True
    redefined: bool = False
    was_about: str | None = None


def write_data_set(
    connection: Connection, entry: DataSetEntry, services: Ids, receipt: Receipt
) -> KeptDataSet:
    """Add or change a data set.

    :raises Rejected: when its service is not there, or has such data from another data set.
    """
    row = _data_set_row(entry, services)
    where = (data_set.c.group == entry.group, data_set.c.type == entry.type)
    found = connection.execute(select(data_set).where(*where)).mappings().first()
    if found is None or found["service_id"] != row["service_id"]:
        _refuse_second(connection, entry, row["service_id"])
    old = None if found is None else {name: found[name] for name in row}
    must_write = receipt.counts["data sets"].add(old, row)
    if found is None or old is None:
        made = connection.execute(insert(data_set).values(**row)).inserted_primary_key
        assert made is not None
        return KeptDataSet(int(made[0]))
    if must_write:
        connection.execute(update(data_set).where(data_set.c.id == found["id"]).values(**row))
    redefined = any(old[name] != row[name] for name in ("service_id", "stages", "channels"))
    was_about = next((slug for slug, key in services.items() if key == old["service_id"]), None)
    return KeptDataSet(int(found["id"]), False, redefined, was_about if redefined else None)


def summaries(connection: Connection) -> list[tuple[int, DataSetEntry]]:
    """The data sets, with their ids, whose records each name the service they are about."""
    types = [item.slug for item in DATA_TYPES.values() if item.names_its_service]
    query = select(data_set.c.id, data_set.c.group, data_set.c.type)
    rows = connection.execute(query.where(data_set.c.type.in_(types)).order_by(data_set.c.id))
    return [(row.id, DataSetEntry(row.group, row.type)) for row in rows]


def _data_set_row(entry: DataSetEntry, services: Ids) -> dict[str, Any]:
    row = asdict(entry)
    slug = row.pop("service")
    row["service_id"] = None if slug is None else _id(services, slug, f"{entry.group}/{entry.type}")
    for name in ("stages", "optional_stages", "channels"):
        row[name] = list(row[name])
    return row


def _refuse_second(connection: Connection, entry: DataSetEntry, service_id: int | None) -> None:
    # Two of them would each give a part of the same figure, and neither would know.
    if service_id is None or DATA_TYPES[entry.type].names_its_service:
        return
    query = select(data_set.c.group).where(
        data_set.c.service_id == service_id,
        data_set.c.type == entry.type,
        data_set.c.group != entry.group,
    )
    other = connection.execute(query).scalar()
    if other is not None:
        raise Rejected(
            f"{entry.group}/{entry.type}: {entry.service!r} has its {entry.type} in "
            f"{other}/{entry.type} already. Nothing was written."
        )


def _ids(connection: Connection, table: Table, *where: ColumnElement[bool]) -> Ids:
    query = select(table.c.slug, table.c.id).where(*where)
    return {row.slug: row.id for row in connection.execute(query)}


def _id(ids: Ids, slug: str, of: str) -> int:
    if slug not in ids:
        raise Rejected(f"{of}: there is no {slug!r}. Nothing was written.")
    return ids[slug]


def _organisation_row(entry: OrganisationEntry, ids: Ids) -> dict[str, Any]:
    row = asdict(entry)
    department = row.pop("department")
    row["department_id"] = None if department is None else _id(ids, department, entry.slug)
    return row


def _write(connection: Connection, table: Table, rows: list[dict[str, Any]], count: Count) -> None:
    _refuse_faulty(table, rows)
    stored = {row["slug"]: dict(row) for row in connection.execute(select(table)).mappings()}
    fresh: list[dict[str, Any]] = []
    altered: list[dict[str, Any]] = []
    for row in rows:
        old = stored.get(row["slug"])
        kept = None if old is None else {name: old[name] for name in row}
        if count.add(kept, row):
            (fresh if old is None else altered).append(row)
    if fresh:
        connection.execute(insert(table), fresh)
    for row in altered:
        connection.execute(update(table).where(table.c.slug == row["slug"]).values(**row))


def _refuse_faulty(table: Table, rows: list[dict[str, Any]]) -> None:
    slugs = Counter(row["slug"] for row in rows)
    for slug, times in slugs.items():
        if not slug or times > 1:
            what = f"{slug!r} is there {times} times" if slug else "one has no slug"
            raise Rejected(f"{table.name.capitalize()}s: {what}. Nothing was written.")
    for row in rows:
        for name, value in row.items():
            longest = getattr(table.c[name].type, "length", None)
            if longest is not None and len(value) > longest:
                raise Rejected(
                    f"{table.name.capitalize()} {row['slug'][:50]!r}: its {name} has "
                    f"{len(value):,} letters, and {longest} is the most. Nothing was written."
                )
