"""How a file was read: its sheet, header, columns and dates, each of which can be changed."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from kpi.publishing import Column, Fixed, Option, PassedOver, Reading
from layouts import ids
from layouts.fields import select_field, text_field
from layouts.modules import module
from layouts.tables import Cell, data_table
from layouts.tables import Column as TableColumn
from layouts.wording import capitalised, counted

HEADING = "How the file was read"
_CHANGE = "Change what is not right, then read the file again."
_ORDERS: list[Option] = [
    ("day", "Day first: 3/4 is 3 April"),
    ("month", "Month first: 3/4 is 4 March"),
]
_ROWS_SHOWN = 20


def build_reading(reading: Reading) -> Component:
    """The section; its fields are the form that the file is read again by."""
    notes = html.Ul([html.Li(note) for note in reading.notes], className="notes")
    inside: list[Component] = [
        *([notes] if reading.notes else []),
        *_passed_over(reading.passed_over),
        html.Div(_general(reading), className="fields"),
        html.Div([_column(one, reading.fields) for one in reading.columns], className="fields"),
    ]
    return module("how-read", HEADING, inside, summary=_CHANGE)


def choice_id(name: str) -> dict[str, str]:
    """The id of the field that chooses that."""
    return {"name": name, "type": ids.PUBLISH_CHOICE}


def _general(reading: Reading) -> list[Component]:
    sheets = [(name, name) for name in reading.sheets]
    found = [
        select_field(
            choice_id("header"),
            "Row that names the columns",
            reading.headers,
            reading.header,
        )
    ]
    sheet = select_field(choice_id("sheet"), "Sheet", sheets, reading.sheet)
    # Where there is one sheet alone there is nothing to choose, but it is sent all the same.
    found.insert(0, html.Div(sheet, hidden=len(sheets) == 1))
    if reading.order:
        found.append(select_field(choice_id("order"), "Dates", _ORDERS, reading.order))
    return [*found, *(_fixed(one) for one in reading.fixed)]


def _fixed(one: Fixed) -> Component:
    id, label = choice_id(f"fixed-{one.field}"), f"{one.title} of every row"
    if not one.options:
        return text_field(id, label, one.value, capitalised(one.help))
    return select_field(id, label, one.options, one.value)


def _column(one: Column, fields: Sequence[Option]) -> Component:
    name = f"Column {one.letter}" + (f" ‘{one.header}’" if one.header else "")
    return select_field(choice_id(f"column-{one.place}"), name, fields, one.field, one.sample)


def _passed_over(rows: Sequence[PassedOver]) -> list[Component]:
    if not rows:
        return []
    columns = [TableColumn("Row"), TableColumn("What it says"), TableColumn("Why")]
    cells: list[list[Cell]] = [
        [f"{one.row:,}", one.text, capitalised(one.why)] for one in rows[:_ROWS_SHOWN]
    ]
    count = counted(len(rows), "row")
    title = f"{count} {'was' if len(rows) == 1 else 'were'} passed over"
    more = f": the first {_ROWS_SHOWN}" if len(rows) > _ROWS_SHOWN else ""
    table = data_table(columns, cells, f"Rows that were passed over{more}", caption_hidden=True)
    return [html.Details([html.Summary(title), table], className="smaller")]
