"""What stands beside records that are taken away: made of the tables that they are answered by."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from flask import request

from api.addresses import asked_as, root
from api.explanations import Asked, Explanation, ExportColumn, Kind
from api.figures_explained import APOSTROPHES
from api.records.columns import COLLECTED, MOMENTS, OWN_COLUMNS
from api.records.desk import Desk
from api.records.parameters import RECORD_PARAMETERS
from data.data_set_index import DataSetRowQuery
from data.data_sets import StoredDataSet
from data.datatypes import data_type
from data.licences import licence_of
from data.record_shapes import Shape

_KINDS: dict[frozenset[type], Kind] = {
    frozenset({bool}): "boolean",
    frozenset({int}): "whole",
    frozenset({float}): "number",
    frozenset({int, float}): "number",
}
NOTES = (
    "What is missing or null is empty, which is not 0.",
    "Moments are in UTC.",
    APOSTROPHES,
)


def csv_path(stored: StoredDataSet) -> str:
    """Where a data set's records are answered as JSON and CSV."""
    return f"/data/{stored.entry.group}/{stored.entry.type}"


def export_path(stored: StoredDataSet) -> str:
    """Where they are answered as Excel and explained: the contract leaves no other format there."""
    return f"/api/data-sets/{stored.entry.group}/{stored.entry.type}/records"


def explanation(desk: Desk, stored: StoredDataSet, shape: Shape) -> Explanation:
    """What an answer about a data set's records holds, of what, and since when."""
    row = desk.reader.run(DataSetRowQuery(stored.id)).iloc[0]
    updated_at = stored.updated_at
    return Explanation(
        title=str(row["title"]),
        description=f"{row['kind']}. Records of the data set {stored.entry.key.address}, as they "
        "were sent, or counted and put together as was asked.",
        asked=tuple(_asked()),
        columns=_columns(stored.entry.type, shape),
        source=f"{root()}{quote(csv_path(stored))}",
        publisher=desk.settings.site_name,
        licence=licence_of(desk.settings, desk.reader.revision()),
        modified=None if updated_at is None else datetime.fromtimestamp(updated_at, UTC),
        address=asked_as("csv", csv_path(stored)),
        notes=NOTES,
    )


def _asked() -> Iterator[Asked]:
    for item in RECORD_PARAMETERS:
        given = request.args.getlist(item.name) if item.name != "format" else []
        words = re.split(r"[.:;] ", item.help.rstrip("."))[0].replace("`", "")
        for text in given if item.repeatable else given[:1]:
            yield Asked(item.name, text, words)


@dataclass
class _Seen:
    """What was seen in a column: in how many rows it has a value, and of which types."""

    rows: int = 0
    types: set[type] = field(default_factory=set)

    def add(self, value: Any) -> None:
        if value is not None:
            self.rows += 1
            self.types.add(type(value))

    @property
    def kind(self) -> Kind:
        return _KINDS.get(frozenset(self.types), "text")


def _columns(type: str, shape: Shape) -> tuple[ExportColumn, ...]:
    """A column for every key of any row, sorted, by what the rows hold: they are gone through."""
    seen: dict[str, _Seen] = {}
    rows = 0
    for row in shape.flat_rows():
        rows += 1
        for name, value in row.items():
            seen.setdefault(name, _Seen()).add(value)
    return tuple(_column(name, type, seen[name], rows) for name in sorted(seen))


def _column(name: str, type: str, seen: _Seen, rows: int) -> ExportColumn:
    words, unit = _meaning(name, type)
    kind = "moment" if name in MOMENTS else seen.kind
    return ExportColumn(name, words.replace("`", ""), kind, seen.rows == rows, unit)


def _meaning(name: str, type: str) -> tuple[str, str]:
    """What a column means, as far as anyone has said, and its unit."""
    if name in OWN_COLUMNS:
        return OWN_COLUMNS[name].help, OWN_COLUMNS[name].unit
    collected, _, method = name.partition(":")
    known = {item.name: item for item in data_type(type).fields}.get(collected)
    help, unit = (known.help, known.unit) if known else (f"{collected}, as it was sent", "")
    if method:
        of = f"{collected} ({help.rstrip('.')})" if known else collected
        return COLLECTED[method].format(of), unit if method in ("sum", "mean") else ""
    return f"{help[:1].upper()}{help[1:].rstrip('.')}.", unit
