"""Which services a question is about: the filters of the services page, the API and the CSV."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pandas as pd
from sqlalchemy import Connection, Select, and_, case, or_, select

from data.frames import by_column
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
_TYPES = {"service": "int64", "high_volume": "bool"}


@dataclass(frozen=True)
class Selection:
    """The services that match every filter that is set; none set: all services.

    ``organisation`` is a department's or an agency's slug; ``q`` is looked for in names,
    descriptions, keywords and organisations, every word of it, whatever the case.
    """

    service: str = ""
    organisation: str = ""
    department: str = ""
    agency: str = ""
    category: str = ""
    customer_type: str = ""
    q: str = ""
    ranges: tuple[KpiRange, ...] = ()


def services(connection: Connection, selection: Selection) -> pd.DataFrame:
    """The selected services by name: a frame of CATALOGUE_COLUMNS (``service`` is the row's id).

    KPI ranges are not applied here: they need the latest figures.
    """
    rows = connection.execute(_query(selection)).all()
    types = {name: _TYPES.get(name, "str") for name in CATALOGUE_COLUMNS}
    return pd.DataFrame(by_column(rows, CATALOGUE_COLUMNS)).astype(types)


_agency = organisation.alias("agency")
_department = organisation.alias("department")
# A service may be run by a department itself: then it has no agency.
_IS_AGENCY = _agency.c.department_id.is_not(None)


def _query(selection: Selection) -> Select[Any]:
    def either(inside: Any, itself: Any) -> Any:
        return case((_IS_AGENCY, inside), else_=itself)

    columns = [
        service.c.id,
        service.c.slug,
        service.c.name,
        either(_department.c.slug, _agency.c.slug),
        either(_department.c.name, _agency.c.name),
        either(_department.c.abbreviation, _agency.c.abbreviation),
        either(_agency.c.slug, ""),
        either(_agency.c.name, ""),
        service.c.category,
        service.c.customer_type,
        service.c.business_model,
        service.c.transaction_type,
        service.c.description,
        service.c.url,
        service.c.link_text,
        service.c.notes_on_costs,
        service.c.other_notes,
        service.c.high_volume,
    ]
    joined = service.join(_agency, _agency.c.id == service.c.organisation_id).outerjoin(
        _department, _department.c.id == _agency.c.department_id
    )
    query = select(*columns).select_from(joined).order_by(service.c.name, service.c.slug)
    return query.where(*_wheres(selection))


def _wheres(selection: Selection) -> list[Any]:
    exact = (
        (selection.service, (service.c.slug,)),
        (selection.organisation, (_agency.c.slug, _department.c.slug)),
        (selection.agency, (_agency.c.slug,)),
        (selection.category, (service.c.category,)),
        (selection.customer_type, (service.c.customer_type,)),
    )
    wheres = [or_(*(column == value for column in columns)) for value, columns in exact if value]
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
