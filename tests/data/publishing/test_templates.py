"""Templates upload cleanly: empty, and filled in with the example of their type."""

from __future__ import annotations

import io
from datetime import datetime

import pytest
from python_calamine import CalamineWorkbook

from data.datatypes import STANDARD_TYPES
from data.publishing.templates import columns, csv_template, xlsx_template
from data.rules import DataType
from data.spreadsheets.files import read_book
from data.spreadsheets.targets import TIMESTAMP, shape_of
from data.spreadsheets.understanding import Understood, understood
from tests.data.spreadsheets.workbooks import LIMITS

EVERY_TYPE = pytest.mark.parametrize("kind", STANDARD_TYPES, ids=lambda kind: kind.slug)


def read(data: bytes, kind: DataType) -> Understood:
    return understood(read_book(data, "template.xlsx", LIMITS), shape_of(kind))


@EVERY_TYPE
def test_an_empty_template_is_understood_and_has_no_fault(kind: DataType) -> None:
    for data in (xlsx_template(kind), csv_template(kind).encode()):
        found = read(data, kind)
        assert found.problem == "There are no figures below the header yet."
        matched = [name for name in (found.choices.columns or {}).values() if name]
        assert matched == [target.name for target in columns(kind)]


@EVERY_TYPE
def test_a_template_filled_in_with_its_example_is_that_record(kind: DataType) -> None:
    cells = []
    for target in columns(kind):
        value = kind.example.get(target.name, "")
        if target.name == TIMESTAMP:
            value = f"{datetime.fromisoformat(str(value)):%d/%m/%Y %H:%M:%S}"
        cells.append(str(value))
    found = read((csv_template(kind) + ",".join(cells) + "\r\n").encode(), kind)
    assert found.faults == []
    assert found.records == [dict(kind.example)]


def test_the_workbook_says_what_each_column_means() -> None:
    kind = next(kind for kind in STANDARD_TYPES if kind.slug == "transactions-by-channel")
    workbook = CalamineWorkbook.from_filelike(io.BytesIO(xlsx_template(kind)))
    assert workbook.sheet_names == ["Figures", "Notes"]
    notes = workbook.get_sheet_by_name("Notes").to_python()
    assert notes[-1][:4] == ["Count", "yes", "Completed transactions; in transactions", "1472"]
