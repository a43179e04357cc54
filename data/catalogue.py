"""Who reports: organisations and services, kept by slug."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, insert, select, update

from data.entries import OrganisationEntry, ServiceEntry
from data.receipts import Receipt
from data.tables import organisation, service
from data.validation import Rejected

Ids = dict[str, int]
# How many new ones of a kind the audit tells of one by one.
_MOST_TOLD = 20


def write_organisations(
    connection: Connection, entries: Iterable[OrganisationEntry], receipt: Receipt
) -> Ids:
    """Add or change organisations; ids of all that there are, by slug.

    :raises Rejected: when an agency's department is not there, or a slug is there twice.
    """
    given = list(entries)
    departments = [_organisation_row(entry, {}) for entry in given if entry.department is None]
    _write(connection, organisation, departments, receipt, "departments")
    ids = _ids(connection, organisation, organisation.c.department_id.is_(None))
    agencies = [_organisation_row(entry, ids) for entry in given if entry.department is not None]
    _refuse_faulty(organisation, departments + agencies)
    _write(connection, organisation, agencies, receipt, "agencies")
    return _ids(connection, organisation)


def write_services(
    connection: Connection, entries: Iterable[ServiceEntry], organisations: Ids, receipt: Receipt
) -> Ids:
    """Add or change services; ids of all that there are, by slug.

    :raises Rejected: when the organisation that runs one is not there.
    """
    hidden = set(connection.scalars(select(service.c.slug).where(~service.c.published)))
    rows = []
    for entry in entries:
        row = asdict(entry)
        row["organisation_id"] = _id(organisations, row.pop("organisation"), entry.slug)
        if entry.published is None:
            row["published"] = entry.slug not in hidden
        rows.append(row)
    _write(connection, service, rows, receipt, "services")
    return service_ids(connection)


def service_ids(connection: Connection, slugs: Collection[str] | None = None) -> Ids:
    """The ids of services by slug: of all, or of these as far as they are there."""
    if slugs is None:
        return _ids(connection, service)
    return _ids(connection, service, service.c.slug.in_(slugs)) if slugs else {}


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


def _write(
    connection: Connection, table: Table, rows: list[dict[str, Any]], receipt: Receipt, kind: str
) -> None:
    _refuse_faulty(table, rows)
    if not rows:
        return
    stored = {row["slug"]: dict(row) for row in connection.execute(select(table)).mappings()}
    fresh: list[dict[str, Any]] = []
    for row in rows:
        old = stored.get(row["slug"])
        kept = None if old is None else {name: old[name] for name in row}
        if not receipt.counts[kind].add(kept, row):
            continue
        if kept is None:
            fresh.append(row)
        else:
            receipt.note(f"{table.name} {row['slug']}", kept, row)
            connection.execute(update(table).where(table.c.slug == row["slug"]).values(**row))
    if fresh:
        connection.execute(insert(table), fresh)
    # An import of hundreds is told by its number.
    for row in fresh if len(fresh) <= _MOST_TOLD else ():
        receipt.note(f"{table.name} {row['slug']}", {}, row)


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
