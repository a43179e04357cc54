"""Who reports: organisations, services and data sets, kept by slug."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from data.entries import DataSetEntry, OrganisationEntry, ServiceEntry
from data.receipts import Count, Receipt
from data.tables import data_set, organisation, service
from data.validation import Rejected

Ids = dict[str, int]


def write_organisations(
    connection: Connection, entries: Iterable[OrganisationEntry], receipt: Receipt
) -> Ids:
    """Add or change organisations; ids of all that there are, by slug.

    :raises Rejected: when an agency's department is not there.
    """
    ids = _ids(connection, organisation)
    given = list(entries)
    for level in ("departments", "agencies"):
        rows = [
            _organisation_row(entry, ids)
            for entry in given
            if (entry.department is None) == (level == "departments")
        ]
        _write(connection, organisation, rows, receipt.counts[level])
        ids = _ids(connection, organisation)
    return ids


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


def write_data_set(connection: Connection, entry: DataSetEntry, services: Ids) -> tuple[int, bool]:
    """Add or change a data set; its id, and whether it is new."""
    row = asdict(entry)
    slug = row.pop("service")
    row["service_id"] = None if slug is None else _id(services, slug, f"{entry.group}/{entry.type}")
    for name in ("stages", "optional_stages", "channels"):
        row[name] = list(row[name])
    where = (data_set.c.group == entry.group, data_set.c.type == entry.type)
    found = connection.execute(select(data_set.c.id).where(*where)).scalar()
    if found is not None:
        connection.execute(update(data_set).where(data_set.c.id == found).values(**row))
        return int(found), False
    made = connection.execute(insert(data_set).values(**row)).inserted_primary_key
    assert made is not None
    return int(made[0]), True


def _ids(connection: Connection, table: Table) -> Ids:
    return {row.slug: row.id for row in connection.execute(select(table.c.slug, table.c.id))}


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
    stored = {row["slug"]: dict(row) for row in connection.execute(select(table)).mappings()}
    fresh, altered = [], []
    for row in rows:
        old = stored.get(row["slug"])
        kept = None if old is None else {name: old[name] for name in row}
        if count.add(kept, row):
            (fresh if old is None else altered).append(row)
    if fresh:
        connection.execute(insert(table), fresh)
    for row in altered:
        connection.execute(update(table).where(table.c.slug == row["slug"]).values(**row))
