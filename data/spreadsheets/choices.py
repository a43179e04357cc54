"""What the publisher chose about how a file is read; what is not chosen is found out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

_COLUMN, _FIXED = "column-", "fixed-"
SHEET, HEADER, ORDER = "sheet", "header", "order"
DAY_FIRST, MONTH_FIRST = "day", "month"
# What a form's field says of a column that is no field; browsers take empty text for no choice.
LEFT_OUT = "-"


@dataclass(frozen=True)
class Choices:
    """Which sheet, which row is the header (from 1), which columns are which fields.

    ``columns`` says of each column (from 0) its field, '' for none. ``fixed`` are fields that are
    the same in every row, as their text.
    """

    sheet: str | None = None
    header: int | None = None
    columns: Mapping[int, str] | None = None
    day_first: bool | None = None
    fixed: Mapping[str, str] | None = None


def choices_of(values: Mapping[str, str | None], shown: Mapping[str, str | None]) -> Choices:
    """The choices that a form's fields say: see `values_of`.

    :param shown: what the form showed before. Where another sheet or header row is chosen, what
        was said of the columns was of other ones, and is dropped.
    """
    sheet = values.get(SHEET) or None
    header = _number(values.get(HEADER))
    if sheet != (shown.get(SHEET) or None):
        return Choices(sheet)
    if header != _number(shown.get(HEADER)):
        return Choices(sheet, header)
    order = values.get(ORDER)
    return Choices(
        sheet,
        header,
        _columns(values) or None,
        None if order not in (DAY_FIRST, MONTH_FIRST) else order == DAY_FIRST,
        {key.removeprefix(_FIXED): str(text or "") for key, text in values.items() if _is(key)},
    )


def values_of(choices: Choices) -> dict[str, str]:
    """The choices as a form's fields have them: all of them text."""
    found = {SHEET: choices.sheet or "", HEADER: str(choices.header or "")}
    if choices.day_first is not None:
        found[ORDER] = DAY_FIRST if choices.day_first else MONTH_FIRST
    for column, name in (choices.columns or {}).items():
        found[column_name(column)] = name or LEFT_OUT
    for name, text in (choices.fixed or {}).items():
        found[fixed_name(name)] = text
    return found


def column_name(column: int) -> str:
    """The name of the form's field that says what a column is."""
    return f"{_COLUMN}{column}"


def fixed_name(field: str) -> str:
    """The name of the form's field for what is the same in every row."""
    return f"{_FIXED}{field}"


def _is(key: str) -> bool:
    return key.startswith(_FIXED)


def _columns(values: Mapping[str, str | None]) -> dict[int, str]:
    numbers = {key: _number(key.removeprefix(_COLUMN)) for key in values if key.startswith(_COLUMN)}
    named = {number: values[key] or "" for key, number in numbers.items() if number is not None}
    return {number: "" if name == LEFT_OUT else name for number, name in named.items()}


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isdecimal() and len(text) < 8 else None
