"""Every data set with what it is about and who runs that, as the catalogue tells of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    rows = connection.execute(query).all()
    frame = pd.DataFrame(by_column(rows, COLUMNS), columns=list(COLUMNS))
    texts = [name for name in COLUMNS if name not in _NOT_TEXT]
    frame[texts] = frame[texts].fillna("").astype("str")
    kinds = {slug: data_type(slug).slug for slug in frame["type"]}
    frame["kind"] = _text(frame, map(kind_of, frame["type"]))
    frame["kind_slug"] = _text(frame, (kinds[slug] for slug in frame["type"]))
    frame["title"] = _text(frame, map(title_of, frame.to_dict("records")))
    searched = zip(*(frame[name] for name in _SEARCHED), strict=True)
    frame["words"] = _text(frame, (" ".join(row).casefold() for row in searched))
    return frame


def _text(frame: pd.DataFrame, values: Iterable[str]) -> pd.Series:
    return pd.Series(list(values), index=frame.index, dtype="str")


def kind_of(type: str) -> str:
    """A data type in words: its title, or the words of its slug where nothing is known of it."""
    known = type in DATA_TYPES
    return data_type(type).title if known else type.replace("-", " ").capitalize()


def title_of(row: Mapping[Any, Any]) -> str:
    """The title that a data set was given, or one made of its type and what it is about."""
    about = row["service_name"] or str(row["group"]).replace("-", " ").capitalize()
    return str(row["title"] or f"{about}: {kind_of(row['type'])}")


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
