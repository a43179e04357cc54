"""How a file was understood, as the publisher is shown it."""

from __future__ import annotations

from collections.abc import Iterator

from data.spreadsheets.choices import DAY_FIRST, LEFT_OUT, MONTH_FIRST, values_of
from data.spreadsheets.columns import Column as FileColumn
from data.spreadsheets.columns import own_name
from data.spreadsheets.headers import LOOKED_AT
from data.spreadsheets.sheets import Sheet, column_letter, is_blank, shown
from data.spreadsheets.targets import PERIOD, WIDE, Shape, Target, titled
from data.spreadsheets.understanding import Understood
from kpi.periods import PERIODS
from kpi.publishing import Column, Fixed, Option, PassedOver, Reading

_SHOWN_CELLS = 3
_LONGEST = 60
_NOTHING = (LEFT_OUT, "Leave out")
_CHOICES_MOST = 100


def reading_of(found: Understood) -> Reading:
    """What the publisher is shown of a file."""
    values = values_of(found.choices)
    fields = tuple(_fields(found.shape, found.columns))
    return Reading(
        sheet=found.sheet.name,
        sheets=tuple(one.name for one in found.book.sheets),
        header=str(found.choices.header or ""),
        headers=tuple(_headers(found.sheet, found.choices.header)),
        columns=tuple(_column(one, found) for one in found.columns),
        fields=fields,
        order=(DAY_FIRST if found.choices.day_first else MONTH_FIRST) if found.order else "",
        fixed=tuple(_fixed(one, found) for one in found.fixable),
        notes=found.notes,
        passed_over=tuple(PassedOver(one.row, one.text, one.why) for one in found.passed_over),
        values=values,
    )


def _headers(sheet: Sheet, chosen: int | None) -> Iterator[Option]:
    """The rows that may be the header: those of the first that have anything."""
    for number, row in enumerate(sheet.rows[:LOOKED_AT], start=1):
        words = ", ".join(shown(cell) for cell in row if not is_blank(cell))
        if words or number == chosen:
            yield str(number), f"Row {number}: {_cut(words)}"


def _column(column: FileColumn, found: Understood) -> Column:
    sample = ", ".join(shown(cell) for cell in column.sample[:_SHOWN_CELLS])
    field = (found.choices.columns or {}).get(column.place) or LEFT_OUT
    return Column(column.place, column_letter(column.place), column.header, _cut(sample), field)


def _fields(shape: Shape, columns: tuple[FileColumn, ...]) -> Iterator[Option]:
    yield _NOTHING
    for target in shape.targets:
        yield target.name, target.title
    if shape.split:
        text, number = shape.split
        yield WIDE, f"{number.title} of its own {text.title.lower()}"
    if shape.open:
        known = {target.name for target in shape.targets}
        for name in dict.fromkeys(map(own_name, columns)):
            if name and name not in known:
                yield name, titled(name)


def _fixed(target: Target, found: Understood) -> Fixed:
    value = (found.choices.fixed or {}).get(target.name, "")
    known = found.shape.known.get(target.name, ())
    names = PERIODS if target.name == PERIOD else known if len(known) <= _CHOICES_MOST else ()
    options = tuple((name, titled(name)) for name in dict.fromkeys((*names, value)) if name)
    # Without a value that records had before, any text can be typed.
    free = target.name != PERIOD and not known
    return Fixed(target.name, target.title, target.help, value, () if free else options)


def _cut(words: str) -> str:
    return words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…"
