"""The data sets that someone may publish to, and how fresh each is."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, Engine, select

from data import data_set_ages, data_sets
from data.data_set_index import kind_of, made_title
from data.data_sets import StoredDataSet
from data.people import Viewer
from data.publishing.outlooks import when
from data.tables import record, service
from kpi.periods import Period
from kpi.publishing import Publishable


def publishable(engine: Engine, viewer: Viewer, now: datetime) -> list[Publishable]:
    """All data sets that they may publish to, by service and title."""
    with engine.connect() as connection:
        own = [one for one in data_sets.listed(connection) if viewer.may_publish(one)]
        ages = data_set_ages.newest(connection) if own else {}
        names = service_names(connection)
    found = [_told(one, ages.get(one.id), names, now) for one in own]
    return sorted(found, key=lambda one: (one.service.casefold(), one.title.casefold()))


def searched(found: Iterable[Publishable], words: str) -> list[Publishable]:
    """Those in whose title, service or address every word occurs."""
    return [
        one
        for one in found
        if all(
            word in f"{one.title} {one.service} {one.group} {one.type}".casefold()
            for word in words.casefold().split()
        )
    ]


def service_names(connection: Connection) -> dict[str, str]:
    """The name of each service by its slug."""
    return {
        row.slug: row.name for row in connection.execute(select(service.c.slug, service.c.name))
    }


def service_of(connection: Connection, stored: StoredDataSet) -> tuple[str, str]:
    """The slug and the name of what a data set is about; two empty texts where it is of many."""
    slug = stored.entry.service or ""
    return slug, service_names(connection).get(slug, "")


def title(stored: StoredDataSet, names: Mapping[str, str]) -> str:
    """What a data set is called."""
    entry = stored.entry
    about = names.get(entry.service or "", "")
    return entry.title or made_title(about, entry.group, kind_of(entry.type))


def newest(connection: Connection, stored: StoredDataSet) -> Period | datetime | None:
    """What the newest record of a data set is of; None without one that has a time."""
    dated = (record.c.data_set_id == stored.id, record.c.at.is_not(None))
    query = select(record.c.body).where(*dated).order_by(record.c.at.desc()).limit(1)
    body = connection.scalar(query)
    return None if body is None else when(body["_timestamp"], str(body.get("period", "")))


def _told(
    one: StoredDataSet, last: datetime | None, names: Mapping[str, str], now: datetime
) -> Publishable:
    entry, most = one.entry, one.entry.max_age_expected
    late = last is not None and most is not None and now - last >= timedelta(seconds=most)
    written = None if one.updated_at is None else datetime.fromtimestamp(one.updated_at, UTC)
    return Publishable(
        entry.group,
        entry.type,
        title(one, names),
        names.get(entry.service or "", ""),
        last,
        written,
        late,
    )
