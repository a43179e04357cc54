"""Questions about who reports: organisations, and the data sets of a service."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pandas as pd
from sqlalchemy import Connection, and_, func, select, true

from data.queries import OneServiceQuery, Query, Run
from data.tables import data_set, organisation, service


@dataclass(frozen=True)
class OrganisationQuery(Query):
    """Departments and agencies that run a published service, by name.

    A frame of slug, name, abbreviation, department (slug; '' for a department) and services: how
    many published ones it runs, a department's own and its agencies'.
    """

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        department = organisation.alias()
        query = (
            select(
                organisation.c.slug,
                organisation.c.name,
                organisation.c.abbreviation,
                func.coalesce(department.c.slug, "").label("department"),
                func.count(service.c.id).label("services"),
            )
            .outerjoin(department, department.c.id == organisation.c.department_id)
            .outerjoin(
                service,
                and_(service.c.organisation_id == organisation.c.id, service.c.published),
            )
            .group_by(organisation.c.id, department.c.slug)
            .order_by(organisation.c.name, organisation.c.slug)
        )
        answer = connection.execute(query)
        frame = pd.DataFrame(answer.all(), columns=list(answer.keys()))
        inside = frame.groupby("department")["services"].sum()
        frame["services"] += frame["slug"].map(inside).fillna(0).astype("int64")
        return frame[frame["services"] > 0].reset_index(drop=True)


@dataclass(frozen=True)
class DataSetQuery(OneServiceQuery):
    """A service's own data sets, or all of them; none that is hidden.

    A frame of group, type, title, service (slug or ''), stages, optional_stages (lists) and
    updated_at (seconds since 1970), which any record moves on.
    """

    rests_on_live = True

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        query = (
            select(
                data_set.c.group,
                data_set.c.type,
                data_set.c.title,
                func.coalesce(service.c.slug, "").label("service"),
                data_set.c.stages,
                data_set.c.optional_stages,
                data_set.c.updated_at,
            )
            .outerjoin(service, service.c.id == data_set.c.service_id)
            .where(~data_set.c.private, func.coalesce(service.c.published, true()))
            .order_by(data_set.c.group, data_set.c.type)
        )
        if self.service:
            query = query.where(service.c.slug == self.service)
        answer = connection.execute(query)
        return pd.DataFrame(answer.all(), columns=list(answer.keys()))
