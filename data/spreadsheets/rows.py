"""Rows below the header, read one by one: records, what is wrong, and what was passed over."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from data.spreadsheets.cells import Reading
from data.spreadsheets.columns import is_total
from data.spreadsheets.faults import CellFault, PassedOver
from data.spreadsheets.moments import read_moment
from data.spreadsheets.plan import Plan
from data.spreadsheets.sheets import Cell, Row, is_blank, shown
from data.spreadsheets.targets import PERIOD, TIMESTAMP
from data.spreadsheets.unreadable import Unreadable

Record = dict[str, Any]
# What a record may repeat of another one only by saying the same.
Identity = tuple[Any, ...]
_NOTE, _TOTAL, _NO_FIGURES = "a note", "a total of other rows", "no figures"
_HEADER, _REPEATED = "the header again", "the same as row {:,}"


@dataclass(frozen=True)
class Read:
    """What the rows of a sheet say. ``rows`` are where each record stands (row, column, from 0)."""

    records: list[Record] = field(default_factory=list)
    rows: list[tuple[int, int]] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    passed_over: list[PassedOver] = field(default_factory=list)
    blank: int = 0


@dataclass
class _Rows:
    plan: Plan
    reading: Reading
    found: Read
    seen: dict[Identity, int] = field(default_factory=dict)


def read_rows(plan: Plan) -> Read:
    """Every row below the header."""
    rows = plan.sheet.rows
    blank = sum(all(map(is_blank, row)) for row in rows[plan.header + 1 :])
    state = _Rows(plan, Reading(plan), Read(blank=blank))
    for number in range(plan.header + 1, len(rows)):
        if all(map(is_blank, rows[number])):
            continue
        if why := _why_passed_over(plan, number):
            state.found.passed_over.append(PassedOver(number + 1, _words(rows[number]), why))
        else:
            _read(state, number)
    return state.found


def _words(row: Row) -> str:
    return " · ".join(shown(cell) for cell in row if not is_blank(cell))


def _why_passed_over(plan: Plan, number: int) -> str:
    """Why a row is no row of figures; '' where it is one."""
    row = plan.sheet.rows[number]
    said = [cell for cell in row if not is_blank(cell)]
    if said == plan.header_cells:
        return _HEADER
    if len(said) == 1 and isinstance(said[0], str) and len(plan.columns) > 1:
        return _NO_FIGURES if _is_date(said[0]) else _NOTE
    labels = (plan.sheet.cell(number, place) for place in plan.labels)
    if any(isinstance(cell, str) and is_total(cell) for cell in labels):
        return _TOTAL
    figures = plan.figures
    if figures and all(is_blank(plan.sheet.cell(number, place)) for place in figures):
        return _NO_FIGURES
    return ""


def _is_date(cell: Cell) -> bool:
    try:
        return read_moment(cell) is not None
    except Unreadable:
        return False


def _read(state: _Rows, number: int) -> None:
    faults: list[CellFault] = []
    about = state.reading.about(number, faults)
    for place, record in state.reading.figures(number, about, faults):
        _keep(state, number, place, record, faults)
    state.found.faults.extend(faults)


def _keep(state: _Rows, number: int, place: int, record: Record, faults: list[CellFault]) -> None:
    """Keep a record, unless it says again what another row says."""
    if faults:
        return
    identity = identity_of(record, state.reading.texts)
    before = state.seen.setdefault(identity, len(state.found.records))
    if before == len(state.found.records):
        state.found.records.append(record)
        state.found.rows.append((number, place))
        return
    first, _ = state.found.rows[before]
    if state.found.records[before] == record:
        words = _words(state.plan.sheet.rows[number])
        state.found.passed_over.append(PassedOver(number + 1, words, _REPEATED.format(first + 1)))
    else:
        faults.append(_twice(number, first, record))


def identity_of(record: Record, texts: Iterable[str]) -> Identity:
    """What tells a record from others: its moment, its period and its words."""
    return (record.get(TIMESTAMP), record.get(PERIOD), *(record.get(name) for name in texts))


def _twice(number: int, first: int, record: Record) -> CellFault:
    same = ", ".join(str(value) for value in record.values() if isinstance(value, str))
    words = (
        f"This row is about the same as row {first + 1:,}, with other figures. Keep one of them."
    )
    return CellFault(number + 1, "", "", same, words)
