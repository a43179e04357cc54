"""The KPIs of one service's own, and the data sets that they rest on."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import Connection, bindparam, select

from data.data_set_rows import StoredDataSet, find
from data.datatypes import DataType, data_type
from data.tables import data_set, declaration
from kpi.definitions import KPIS, Kpi
from kpi.own import Body, OwnKpi, faults, named_fields, parse
from kpi.standard_metrics import STANDARD_METRICS

# The kind of declaration that one is.
KIND = "kpi"
# Made once, as every write asks it.
_DECLARED = (
    select(declaration.c.key, declaration.c.body)
    .where(declaration.c.service_id == bindparam("service"), declaration.c.kind == KIND)
    .order_by(declaration.c.key)
)


def declared(connection: Connection, service_id: int) -> tuple[OwnKpi, ...]:
    """What a service's publishers declared, by slug."""
    rows = connection.execute(_DECLARED, {"service": service_id}).all()
    return tuple(parse(key, body) for key, body in rows)


def of_service(connection: Connection, service_id: int) -> tuple[OwnKpi, ...]:
    """A service's own KPIs: those declared, then the standard metrics that it has data sets for.

    A declared one takes the place of a standard metric of the same slug.
    """
    own = declared(connection, service_id)
    taken = {item.slug for item in own}
    query = select(data_set.c.type).where(
        data_set.c.service_id == service_id, data_set.c.private.is_(False)
    )
    types = {data_type(name).slug for name in connection.scalars(query)}
    standard = (item.own for item in STANDARD_METRICS if item.slug not in taken)
    return (*own, *(item for item in standard if item.data_set in types))


def known(connection: Connection, service_id: int) -> dict[str, Kpi]:
    """Every KPI that a service can have, by slug: those of all services, then its own."""
    own = (item.kpi for item in of_service(connection, service_id))
    return {item.slug: item for item in (*KPIS, *own)}


def resting_on(connection: Connection, kept: StoredDataSet) -> tuple[OwnKpi, ...]:
    """The declared KPIs that are worked out from a data set."""
    if kept.service_id is None:
        return ()
    found = declared(connection, kept.service_id)
    return tuple(own for own in found if kept.id == _data_set_id(connection, kept.service_id, own))


def _data_set_id(connection: Connection, service_id: int, own: OwnKpi) -> int | None:
    found = data_set_named(connection, service_id, own.data_set)
    return None if found is None else found.id


def data_set_named(connection: Connection, service_id: int, name: str) -> StoredDataSet | None:
    """A service's data set by its type or group/type: of several of one type, the oldest.

    None where the service has none such.
    """
    group, slash, type = name.rpartition("/")
    kind = data_type(type)
    wheres = [
        data_set.c.service_id == service_id,
        data_set.c.type.in_((type, kind.slug, *kind.aliases)),
        *([data_set.c.group == group] if slash else []),
    ]
    query = select(data_set.c.group, data_set.c.type).where(*wheres).order_by(data_set.c.id)
    first = connection.execute(query.limit(1)).first()
    return None if first is None else find(connection, first.group, first.type)


def wrong(connection: Connection, service_id: int, key: str, body: Body) -> list[tuple[str, str]]:
    """What of a definition its schema cannot say is wrong: JSON paths and sentences."""
    found = faults(key, body)
    kept = data_set_named(connection, service_id, body["data_set"])
    if kept is None:
        found.append(("data_set", _no_data_set(connection, service_id, body["data_set"])))
        return found
    if kept.entry.private:
        found.append(("data_set", f"{kept.entry.address} is private, so no KPI may show it."))
    kind = data_type(kept.entry.type)
    if kind.instant:
        found.append(("data_set", f"{kind.slug} is of moments, which are never added up."))
    elif kind.fields:
        found += _strange_fields(kind, body)
    return found


def _no_data_set(connection: Connection, service_id: int, name: str) -> str:
    own = data_set.c.service_id == service_id
    query = select(data_set.c.group, data_set.c.type).where(own).order_by(data_set.c.id)
    known = [f"{group}/{type}" for group, type in connection.execute(query)]
    has = f"It has {', '.join(known)}." if known else "It has none yet."
    return f"the service has no data set {name!r}. {has}"


def _strange_fields(kind: DataType, body: Body) -> list[tuple[str, str]]:
    """The fields that records of a data type do not have, or not as numbers or as texts."""
    known = {item.name: item.kind for item in kind.fields if item.name != "period"}
    return [
        (path, f"{path}: {kind.slug} has no {wanted} field {name!r}, but {_having(known, wanted)}.")
        for path, name, wanted in named_fields(body)
        if known.get(name) != wanted
    ]


def _having(known: Mapping[str, str], wanted: str) -> str:
    return ", ".join(name for name, kind in known.items() if kind == wanted) or "none"
