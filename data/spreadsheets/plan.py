"""How the rows of a sheet are to be read: settled before the first of them is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from data.spreadsheets.sheets import Cell, Sheet, is_blank, shown
from data.spreadsheets.targets import LAST_DAY, TIMESTAMP, WIDE, Shape, Target, plain


@dataclass(frozen=True)
class Plan:
    """A sheet, its header's row (from 0), the field of each column, and what every row has."""

    sheet: Sheet
    shape: Shape
    header: int
    columns: Mapping[int, str]
    day_first: bool = True
    fixed: Mapping[str, str] = field(default_factory=dict)

    def place(self, name: str) -> int | None:
        """The column of a field, if it has one."""
        return next((place for place, given in self.columns.items() if given == name), None)

    @cached_property
    def moment_place(self) -> int | None:
        """The column with the date, be it the first or the last day."""
        first = self.place(TIMESTAMP)
        return self.place(LAST_DAY) if first is None else first

    @cached_property
    def wide(self) -> list[int]:
        """The columns of a wide table."""
        return [place for place, name in self.columns.items() if name == WIDE]

    def header_of(self, place: int) -> str:
        """What a column is called."""
        return shown(self.sheet.cell(self.header, place))

    def placed(self, *kinds: str) -> list[tuple[Target, int]]:
        """The fields of these kinds that have a column, with it."""
        found = ((target, self.place(target.name)) for target in self.shape.targets)
        return [(one, at) for one, at in found if one.kind in kinds and at is not None]

    @cached_property
    def figures(self) -> list[int]:
        """The columns with numbers."""
        return [*(place for _, place in self.placed("number")), *self.wide]

    def spelt(self, name: str, text: str) -> str:
        """A text as the data set has spelt it before: 'Digital' as 'digital'."""
        return self._spellings.get(name, {}).get(plain(text), text)

    @cached_property
    def header_cells(self) -> list[Cell]:
        """The header, without its empty cells."""
        return [cell for cell in self.sheet.rows[self.header] if not is_blank(cell)]

    @cached_property
    def labels(self) -> list[int]:
        """The columns that say what a row is about: its date and its words."""
        moment = [] if self.moment_place is None else [self.moment_place]
        return [*moment, *(place for _, place in self.placed("text", "period"))]

    @cached_property
    def _spellings(self) -> dict[str, dict[str, str]]:
        return {
            name: {plain(value): value for value in reversed(values)}
            for name, values in self.shape.known.items()
        }

    @property
    def fixable(self) -> list[Target]:
        """Fields that a record must have and no column gives: the same in every row, if chosen."""
        split = self.shape.split[0].name if self.shape.split and self.wide else ""
        return [
            one
            for one in self.shape.targets
            if one.required
            and one.kind in ("text", "period")
            and one.name != split
            and self.place(one.name) is None
        ]

    @property
    def missing(self) -> list[Target]:
        """Fields that a record must have, and that neither a column nor a choice gives."""
        given = {name for name, text in self.fixed.items() if text}
        numbers = [one for one in self.shape.of_kind("number") if one.required and not self.wide]
        absent = [one for one in numbers if self.place(one.name) is None]
        moment = self.shape.target(TIMESTAMP)
        if moment and moment.required and self.moment_place is None:
            absent.insert(0, moment)
        return [*absent, *(one for one in self.fixable if one.name not in given)]
