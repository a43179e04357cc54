"""What records of the standard data types have: a part for each, which unfolds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from layouts.addresses import template_address
from layouts.tables import Cell, Column, data_table

_COLUMNS = [Column("Field"), Column("What it is"), Column("In"), Column("Needed")]


@dataclass(frozen=True)
class RecordField:
    """A field of a record. unit: what a number is in; '' for text."""

    name: str
    help: str
    unit: str
    required: bool


@dataclass(frozen=True)
class RecordType:
    """A data type: its name in addresses and its other names, its fields, a record as JSON."""

    name: str
    title: str
    notes: str
    fields: Sequence[RecordField]
    example: str
    others: Sequence[str] = ()


def record_type(kind: RecordType) -> html.Details:
    """One data type."""
    summary = html.Summary([html.Code(kind.name), f" {kind.title}"])
    also = f"Also known as {' or '.join(kind.others)}." if kind.others else ""
    words = " ".join(filter(None, (also, kind.notes)))
    said: list[Component] = [html.P(words)] if words else []
    rows: list[list[Cell]] = [_row(field) for field in kind.fields]
    table = data_table(_COLUMNS, rows, f"Fields of {kind.name}", caption_hidden=True)
    inside = [summary, *said, table, html.Pre(kind.example), _templates(kind.name)]
    return html.Details(inside, id=kind.name)


def _templates(name: str) -> html.P:
    files = [
        html.A(f"{name}.{ending}", href=template_address(name, ending))
        for ending in ("xlsx", "csv")
    ]
    return html.P(["Empty templates to fill in: ", files[0], " and ", files[1], "."])


def _row(field: RecordField) -> list[Cell]:
    needed = "yes" if field.required else "no"
    return [html.Code(field.name), field.help, field.unit or "text", needed]
