"""The catalogue of data sets: those that anyone may read, searched, filtered and paged."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

import pandas as pd
from sqlalchemy import Connection

from data.data_set_index import DataSetIndexQuery, told
from data.queries import Query, Run
from data.reader import Reader
from kpi.data_sets import Choice, Listing, Named


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
class DataSetListingQuery(Query):
    """A page of the data sets that a selection leaves: a kpi.data_sets.Listing, not a frame.

    ``number`` is the page, from 1; past the last one it is the last.
    """

    selection: DataSetSelection = field(default_factory=DataSetSelection)
    number: int = 1
    size: int = 25

    @property
    def rests_on_live(self) -> bool:
        """Records of any kind count."""
        return True

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        everything = run(DataSetIndexQuery())
        public = everything[everything["published"].astype(bool)]
        known = everything if self.selection.unpublished else public
        left = _left(known, self.selection)
        number = max(1, min(self.number, -(-len(left) // self.size)))
        rows = left.iloc[(number - 1) * self.size : number * self.size]
        return Listing(
            shown=told(rows, run),
            choices=(*_organisations(known, self.selection), *_types(known, self.selection)),
            service=_service(known, self.selection.service),
            total=len(left),
            data_sets=len(known),
            unpublished=len(everything) - len(public),
            number=number,
            size=self.size,
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
