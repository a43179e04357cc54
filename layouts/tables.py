"""Real tables: a caption, headers with a scope, figures aligned, scrolling only in themselves."""

from collections.abc import Sequence
from dataclasses import dataclass
from math import isnan
from typing import Any

import numpy as np
import pandas as pd
from dash import html
from dash.development.base_component import Component

from kpi.definitions import Kpi
from kpi.periods import Period
from layouts.aria import aria
from layouts.normal_range import has_ranges, normal_cell
from layouts.sent import Sent, element
from layouts.timeline import periods_of
from layouts.wording import capitalised, counted, exact, named

Cell = str | Component
WORDS_FIRST = 1


@dataclass(frozen=True)
class Column:
    """A column: its header, and whether it holds figures (aligned right).

    header may be a component, as a link that sorts; sort is '', 'ascending' or 'descending'.
    """

    header: Cell
    numeric: bool = False
    sort: str = ""


def _header(column: Column) -> html.Th:
    sorted_by = aria(sort=column.sort) if column.sort else {}
    name = "number" if column.numeric else None
    return html.Th(column.header, scope="col", className=name, **sorted_by)


def _rows(columns: Sequence[Column], rows: Sequence[Sequence[Cell]]) -> list[Any]:
    names = ["number" if column.numeric else "" for column in columns[WORDS_FIRST:]]
    return [_row(names, cells) for cells in rows]


def _row(names: Sequence[str], cells: Sequence[Cell]) -> Sent:
    """A row of a table. names: the class of each cell but the first."""
    rest = zip(cells[WORDS_FIRST:], names, strict=True)
    found = [element("Td", cell, name) for cell, name in rest]
    return element("Tr", [element("Th", cells[0], scope="row"), *found])


def data_table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[Cell]],
    caption: str,
    *,
    caption_hidden: bool = False,
    empty: str = "No figures reported.",
) -> html.Div:
    """A table whose first column is each row's header.

    It sits in a region of its own that the keyboard can reach and scroll, so that a wide table
    never makes the page scroll sideways. Without rows it says `empty`.
    """
    if not rows:
        return html.Div(html.P(empty, className="empty"), className="table-region")
    table = html.Table(
        [
            html.Caption(caption, className="visually-hidden" if caption_hidden else None),
            html.Thead(html.Tr([_header(column) for column in columns])),
            html.Tbody(_rows(columns, rows)),
        ],
        className="figures",
    )
    reach: dict[str, Any] = {"role": "region", "tabIndex": 0, **aria(label=caption)}
    return html.Div(table, className="table-region", **reach)


def _cell(value: float, status: str, kpi: Kpi, of: str) -> str:
    if isnan(value):
        return status if status in ("not applicable", "suppressed") else exact(None, kpi)
    return exact(value, kpi) + (f" (partial{of})" if status == "partial" else "")


def _listed(frame: pd.DataFrame, name: str) -> list[Any]:
    """A column as a list: to go through one takes a fraction of what a column's own way does."""
    found: list[Any] = np.asarray(frame[name]).tolist()
    return found


def _parts(frame: pd.DataFrame) -> list[str]:
    """Of how many parts each row is made: ': 29 of 31 days'; '' where the frame does not say."""
    if not {"parts", "expected", "part"} <= set(frame.columns):
        return [""] * len(frame)
    rows = zip(*(_listed(frame, name) for name in ("parts", "expected", "part")), strict=True)
    return [f": {parts:,} of {counted(expected, part)}" for parts, expected, part in rows]


def cells_by_period(frame: pd.DataFrame, kpi: Kpi) -> dict[Period, dict[str, str]]:
    """What a table says of each period, by line. frame: as `figures_table` takes it."""
    lines = _listed(frame, "line") if "line" in frame else [""] * len(frame)
    found: dict[Period, dict[str, str]] = {}
    figures = (_listed(frame, "value"), _listed(frame, "status"), _parts(frame))
    for period, line, value, status, of in zip(periods_of(frame), lines, *figures, strict=True):
        cells = found.setdefault(period, {})
        cells[str(line)] = _cell(value, status, kpi, of)
    return found


def normal_by_period(frame: pd.DataFrame, kpi: Kpi) -> dict[Period, str]:
    """The normal range of each period; empty where none is known."""
    if not has_ranges(frame):
        return {}
    columns = (_listed(frame, name) for name in ("normal_low", "normal_high", "verdict"))
    rows = zip(*columns, strict=True)
    cells = [normal_cell(low, high, verdict, kpi) for low, high, verdict in rows]
    return dict(zip(periods_of(frame), cells, strict=True))


def figures_table(frame: pd.DataFrame, kpi: Kpi, caption: str) -> html.Div:
    """The figures of a chart in full, the latest period first, a column a line.

    frame: as build_trend takes it: period, start_at, value, status, perhaps line; with parts,
    expected and part a partial figure says of how many it is made; with normal_low, normal_high
    and verdict there is a column of what was normal.
    """
    found = cells_by_period(frame, kpi)
    lines = list(dict.fromkeys(line for cells in found.values() for line in cells))
    columns = [Column("Period"), *(Column(named(line) or kpi.name, numeric=True) for line in lines)]
    absent, normal = exact(None, kpi), normal_by_period(frame, kpi)
    columns += [Column("Normal range", numeric=True)] if normal else []
    rows = [
        [
            capitalised(period.label),
            *(found[period].get(line, absent) for line in lines),
            *([normal[period]] if normal else []),
        ]
        for period in sorted(found, reverse=True)
    ]
    return data_table(columns, rows, caption)
