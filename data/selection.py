"""Which services a question is about: the filters of the services page, the API and the CSV."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import ColumnElement, Connection, Select, and_, case, false, or_, select

from data.frames import by_column
from data.records import chunks
from data.tables import organisation, service
from kpi.ranges import KpiRange

CATALOGUE_COLUMNS = (
    "service",
    "slug",
    "name",
    "department",
    "department_name",
    "department_abbreviation",
    "agency",
    "agency_name",
    "category",
    "customer_type",
    "business_model",
    "transaction_type",
    "description",
    "url",
    "link_text",
    "notes_on_costs",
    "other_notes",
    "high_volume",
)
# What services are filtered, counted and put in order by.
BRIEF_COLUMNS = (
    "service",
    "slug",
    "name",
    "department",
    "department_name",
    "agency",
    "agency_name",
    "category",
    "customer_type",
)
_TYPES = {"service": "int64", "high_volume": "bool"}


@dataclass(frozen=True)
class Selection:
    """The published services that match every filter that is set; none set: all of them.

    ``organisation`` is a department's or an agency's slug; ``q`` is looked for in names,
    descriptions, keywords and organisations, every word of it, whatever the case. ``preview`` has
    services that are not published among them: set it for one service, and for those alone who
    may see it.
    """

    service: str = ""
    organisation: str = ""
    department: str = ""
    agency: str = ""
    category: str = ""
    customer_type: str = ""
    q: str = ""
    ranges: tuple[KpiRange, ...] = ()
    preview: bool = False

    @property
    def service_alone(self) -> str:
        """The service that alone can be in it; '' where others can, or say which are."""
        return "" if self.ranges else self.service


def services(
    connection: Connection, selection: Selection, columns: Sequence[str] = CATALOGUE_COLUMNS
) -> pd.DataFrame:
    """The selected services by name: a frame of the columns (``service`` is the row's id).

    KPI ranges are not applied here: they need the latest figures.
    """
    rows = connection.execute(_query(columns, *_wheres(selection))).all()
    return _frame(rows, columns)


def published_alone(
    connection: Connection, service_id: ColumnElement[int]
) -> tuple[ColumnElement[bool], ...]:
    """What leaves only rows about published services, in tables that name services by id alone.

    Nothing where all are published: asking each of very many figures would take its time.
    """
    hidden = select(service.c.id).where(~service.c.published)
    if connection.execute(hidden.limit(1)).first() is None:
        return ()
    return (service_id.not_in(hidden),)


def described(connection: Connection, ids: Sequence[int]) -> pd.DataFrame:
    """The services of these ids, in their order: a frame of CATALOGUE_COLUMNS."""
    rows = [
        row
        for chunk in chunks(ids)
        for row in connection.execute(_query(CATALOGUE_COLUMNS, service.c.id.in_(chunk)))
    ]
    found = _frame(rows, CATALOGUE_COLUMNS).set_index("service", drop=False)
    return found.loc[list(ids)].reset_index(drop=True)


_agency = organisation.alias("agency")
_department = organisation.alias("department")
# A service may be run by a department itself: then it has no agency.
_IS_AGENCY = _agency.c.department_id.is_not(None)


def _either(inside: Any, itself: Any) -> Any:
    return case((_IS_AGENCY, inside), else_=itself)


_COLUMNS = {
    **{name: service.c[name] for name in CATALOGUE_COLUMNS if name in service.c},
    "service": service.c.id,
    "department": _either(_department.c.slug, _agency.c.slug),
    "department_name": _either(_department.c.name, _agency.c.name),
    "department_abbreviation": _either(_department.c.abbreviation, _agency.c.abbreviation),
    "agency": _either(_agency.c.slug, ""),
    "agency_name": _either(_agency.c.name, ""),
}


def _query(columns: Sequence[str], *wheres: Any) -> Select[Any]:
    joined = service.join(_agency, _agency.c.id == service.c.organisation_id).outerjoin(
        _department, _department.c.id == _agency.c.department_id
    )
    query = select(*(_COLUMNS[name] for name in columns)).select_from(joined).where(*wheres)
    return query.order_by(service.c.name, service.c.slug)


def _frame(rows: Sequence[Any], columns: Sequence[str]) -> pd.DataFrame:
    types = {name: _TYPES.get(name, "str") for name in columns}
    return pd.DataFrame(by_column(rows, columns)).astype(types)


def _wheres(selection: Selection) -> list[Any]:
    # Nothing has a NUL in it, and PostgreSQL would refuse to look for one.
    if any("\0" in value for value in vars(selection).values() if isinstance(value, str)):
        return [false()]
    exact = (
        (selection.service, (service.c.slug,)),
        (selection.organisation, (_agency.c.slug, _department.c.slug)),
        (selection.agency, (_agency.c.slug,)),
        (selection.category, (service.c.category,)),
        (selection.customer_type, (service.c.customer_type,)),
    )
    wheres = [or_(*(column == value for column in columns)) for value, columns in exact if value]
    if not selection.preview:
        wheres.append(service.c.published)
    if selection.department:
        directly = and_(_agency.c.slug == selection.department, ~_IS_AGENCY)
        wheres.append(or_(_department.c.slug == selection.department, directly))
    for word in selection.q.split():
        searched = (
            service.c.name,
            service.c.description,
            service.c.keywords,
            _agency.c.name,
            _agency.c.abbreviation,
            _department.c.name,
            _department.c.abbreviation,
        )
        wheres.append(or_(*(column.icontains(word, autoescape=True) for column in searched)))
    return wheres
