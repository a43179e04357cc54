"""Every data set with what it is about and who runs that, as the catalogue tells of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import pandas as pd
from sqlalchemy import Connection, Select, or_, select

from data.data_set_facts import FactsQuery
from data.data_set_fields import Body, NewestQuery, fields
from data.datatypes import DATA_TYPES, data_type
from data.frames import by_column
from data.queries import Query, Run
from data.tables import data_set, organisation, service
from kpi.data_sets import DataSet, Facts, Field, Named

COLUMNS = (
    "id",
    "group",
    "type",
    "title",
    "published",
    "realtime",
    "raw",
    "max_age",
    "service",
    "service_name",
    "service_keywords",
    "organisation",
    "organisation_name",
    "organisation_abbreviation",
    "department",
    "department_name",
    "department_abbreviation",
)
_NOT_TEXT = ("id", "published", "realtime", "raw", "max_age")
_SEARCHED = (
    "title",
    "kind",
    "group",
    "type",
    "service_name",
    "service_keywords",
    "organisation_name",
    "organisation_abbreviation",
    "department_name",
    "department_abbreviation",
)


@dataclass(frozen=True)
class DataSetIndexQuery(Query):
    """Every data set that anyone may read, by title: a frame of COLUMNS and what is made of them.

    Those that are private, cannot be queried, or are of a service that is not published are
    absent. title is never ''. kind: the title of the data type; kind_slug: its own name, where
    ``type`` is another one of it. words: what a search looks at.
    """

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        frame = _frame(connection, _query().where(*READABLE))
        order = ["title", "group", "type"]
        return frame.sort_values(order, key=lambda text: text.str.casefold(), ignore_index=True)


@dataclass(frozen=True)
class DataSetRowQuery(Query):
    """One data set (row id), whoever may read it: a frame of one row, as DataSetIndexQuery."""

    id: int = 0

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        return _frame(connection, _query().where(data_set.c.id == self.id))


def _frame(connection: Connection, query: Select[Any]) -> pd.DataFrame:
    # As plain lists: there may be thousands, and a frame gives its values one by one, and slowly.
    raw = by_column(connection.execute(query).all(), COLUMNS)
    told: dict[str, Sequence[Any]] = {
        name: values if name in _NOT_TEXT else [value or "" for value in values]
        for name, values in raw.items()
    }
    kinds = {type: (kind_of(type), data_type(type).slug) for type in told["type"]}
    told["kind"] = [kinds[type][0] for type in told["type"]]
    told["kind_slug"] = [kinds[type][1] for type in told["type"]]
    given = zip(told["title"], told["service_name"], told["group"], told["kind"], strict=True)
    told["title"] = [title or made_title(*about) for title, *about in given]
    searched = zip(*(told[name] for name in _SEARCHED), strict=True)
    told["words"] = [" ".join(row).casefold() for row in searched]
    types = {name: "str" for name in told if name not in _NOT_TEXT}
    return pd.DataFrame(told).astype(types)


def kind_of(type: str) -> str:
    """A data type in words: its title, or the words of its slug where nothing is known of it."""
    known = type in DATA_TYPES
    return data_type(type).title if known else type.replace("-", " ").capitalize()


def made_title(service_name: str, group: str, kind: str) -> str:
    """What a data set is called that was given no title: what it is about, and its type."""
    return f"{service_name or group.replace('-', ' ').capitalize()}: {kind}"


_own = organisation.alias("own")
_department = organisation.alias("department")
_COLUMNS = {
    **{name: data_set.c[name] for name in COLUMNS if name in data_set.c},
    "raw": data_set.c.raw_queries_allowed,
    "max_age": data_set.c.max_age_expected,
    "service": service.c.slug,
    "service_name": service.c.name,
    "service_keywords": service.c.keywords,
    "organisation": _own.c.slug,
    "organisation_name": _own.c.name,
    "organisation_abbreviation": _own.c.abbreviation,
    "department": _department.c.slug,
    "department_name": _department.c.name,
    "department_abbreviation": _department.c.abbreviation,
}
# What anyone may read.
READABLE = (
    data_set.c.queryable,
    ~data_set.c.private,
    or_(data_set.c.service_id.is_(None), service.c.published),
)


def _query() -> Select[Any]:
    """Data sets with what they are about and who runs that: COLUMNS."""
    joined = (
        data_set.outerjoin(service, service.c.id == data_set.c.service_id)
        .outerjoin(_own, _own.c.id == service.c.organisation_id)
        .outerjoin(_department, _department.c.id == _own.c.department_id)
    )
    return select(*(_COLUMNS[name].label(name) for name in COLUMNS)).select_from(joined)


def told(rows: pd.DataFrame, run: Run) -> tuple[DataSet, ...]:
    """The data sets of some rows of the index, each with its facts and fields."""
    ids = tuple(rows["id"].tolist())
    facts = cast("dict[int, Facts]", run(FactsQuery(ids)))
    newest = cast("dict[int, list[Body]]", run(NewestQuery(ids)))
    return tuple(
        _told(row, facts[row["id"]], fields(row["type"], newest[row["id"]]))
        for row in rows.to_dict("records")
    )


def _told(row: Mapping[Any, Any], facts: Facts, known: tuple[Field, ...]) -> DataSet:
    """A data set of a row of the index."""
    words = (kind_of(row["type"]), row["group"], *row["service_keywords"].split(","))
    return DataSet(
        group=row["group"],
        type=row["type"],
        title=row["title"],
        kind=row["kind"],
        service=Named(row["service"], row["service_name"]),
        organisation=Named(row["organisation"], row["organisation_name"]),
        department=Named(row["department"], row["department_name"]),
        published=bool(row["published"]),
        realtime=bool(row["realtime"]),
        raw=bool(row["raw"]),
        max_age=None if pd.isna(row["max_age"]) else int(row["max_age"]),
        keywords=tuple(dict.fromkeys(word.strip() for word in words if word.strip())),
        facts=facts,
        fields=known,
    )
