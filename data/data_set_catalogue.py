"""The catalogue of data sets: those that anyone may read, searched, filtered and paged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import pandas as pd
from sqlalchemy import Connection, Select, or_, select

from data.data_set_facts import FactsQuery
from data.data_set_fields import NewestQuery, fields
from data.datatypes import DATA_TYPES, data_type
from data.frames import by_column
from data.queries import Query, Run
from data.reader import Reader
from data.tables import data_set, organisation, service
from kpi.data_sets import Choice, DataSet, Facts, Field, Listing, Named

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
class DataSetSelection:
    """The data sets that match every filter that is set.

    ``q`` is looked for in titles, addresses, services and organisations, every word of it,
    whatever the case. ``organisation`` is a department's or an agency's slug. ``unpublished``
    has those that are not published among them.
    """

    q: str = ""
    organisation: str = ""
    service: str = ""
    type: str = ""
    unpublished: bool = False


@dataclass(frozen=True)
class DataSetIndexQuery(Query):
    """Every data set that anyone may read, by title: a frame of COLUMNS and what is made of them.

    Those that are private, cannot be queried, or are of a service that is not published are
    absent. title is never ''. kind: the title of the data type; kind_slug: its own name, where
    ``type`` is another one of it. words: what a search looks at.
    """

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        rows = connection.execute(query().where(*READABLE)).all()
        frame = pd.DataFrame(by_column(rows, COLUMNS), columns=list(COLUMNS))
        frame = frame.fillna({name: "" for name in COLUMNS if name not in _NOT_TEXT})
        kinds = {slug: data_type(slug) for slug in frame["type"]}
        frame["kind"] = _text(frame, (kind_of(slug) for slug in frame["type"]))
        frame["kind_slug"] = _text(frame, (kinds[slug].slug for slug in frame["type"]))
        frame["title"] = _text(frame, map(title_of, frame.to_dict("records")))
        searched = zip(*(frame[name] for name in _SEARCHED), strict=True)
        frame["words"] = _text(frame, (" ".join(row).casefold() for row in searched))
        order = ["title", "group", "type"]
        return frame.sort_values(order, key=lambda text: text.str.casefold(), ignore_index=True)


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


def query() -> Select[Any]:
    """Data sets with what they are about and who runs that: COLUMNS."""
    joined = (
        data_set.outerjoin(service, service.c.id == data_set.c.service_id)
        .outerjoin(_own, _own.c.id == service.c.organisation_id)
        .outerjoin(_department, _department.c.id == _own.c.department_id)
    )
    return select(*(_COLUMNS[name].label(name) for name in COLUMNS)).select_from(joined)


@dataclass(frozen=True)
class DataSetListingQuery(Query):
    """A page of the data sets that a selection leaves: a kpi.data_sets.Listing, not a frame.

    ``number`` is the page, from 1; past the last one it is the last.
    """

    selection: DataSetSelection = field(default_factory=DataSetSelection)
    number: int = 1
    size: int = 25
    rests_on_live = True

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        everything = run(DataSetIndexQuery())
        public = everything[everything["published"].astype(bool)]
        known = everything if self.selection.unpublished else public
        left = _left(known, self.selection)
        number = max(1, min(self.number, -(-len(left) // self.size)))
        rows = left.iloc[(number - 1) * self.size : number * self.size]
        return Listing(
            shown=data_sets(rows, run),
            choices=(*_organisations(known, self.selection), *_types(known, self.selection)),
            service=_service(known, self.selection.service),
            total=len(left),
            data_sets=len(known),
            unpublished=len(everything) - len(public),
            number=number,
            size=self.size,
        )


def data_sets(rows: pd.DataFrame, run: Run) -> tuple[DataSet, ...]:
    """The data sets of some rows of the index, each with its facts and fields."""
    facts = cast("dict[int, Facts]", run(FactsQuery(tuple(rows["id"].tolist()))))
    return tuple(
        described(
            row, facts[row["id"]], fields(row["type"], cast("Any", run(NewestQuery(row["id"]))))
        )
        for row in rows.to_dict("records")
    )


def described(row: Mapping[Any, Any], facts: Facts, known: tuple[Field, ...]) -> DataSet:
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


def _left(known: pd.DataFrame, selection: DataSetSelection, free: str = "") -> pd.DataFrame:
    """What all filters leave, but the one named ``free``."""
    if selection.organisation and free != "organisation":
        slug = selection.organisation
        known = known[(known["organisation"] == slug) | (known["department"] == slug)]
    if selection.service and free != "service":
        known = known[known["service"] == selection.service]
    if selection.type and free != "type":
        slug = selection.type
        known = known[(known["kind_slug"] == slug) | (known["type"] == slug)]
    for word in selection.q.casefold().split():
        known = known[known["words"].str.contains(word, regex=False)]
    return known


def _organisations(known: pd.DataFrame, selection: DataSetSelection) -> list[Choice]:
    left = _left(known, selection, "organisation")
    counts = (
        left["organisation"].value_counts().add(left["department"].value_counts(), fill_value=0)
    )
    names: dict[str, str] = {}
    for level in ("organisation", "department"):
        names |= dict(zip(known[level], known[f"{level}_name"], strict=True))
    return _choices("organisation", names, counts)


def _types(known: pd.DataFrame, selection: DataSetSelection) -> list[Choice]:
    names = dict(zip(known["kind_slug"], known["kind"], strict=True))
    return _choices("type", names, _left(known, selection, "type")["kind_slug"].value_counts())


def _choices(field: str, names: Mapping[str, str], counts: pd.Series) -> list[Choice]:
    found = (Choice(field, slug, name, int(counts.get(slug, 0))) for slug, name in names.items())
    return sorted((one for one in found if one.value), key=lambda one: one.name.casefold())


def _service(known: pd.DataFrame, slug: str) -> Named:
    names = known.loc[known["service"] == slug, "service_name"].tolist() if slug else []
    return Named(slug, names[0]) if names else Named()


def listing(reader: Reader, asked: DataSetListingQuery) -> Listing:
    """Ask for a page of the catalogue."""
    return cast("Listing", reader.run(asked))
