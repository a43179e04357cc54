"""The cells of a row as fields of a record, each fault with its place."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime
from typing import Any

from data.spreadsheets.faults import CellFault, cell_fault
from data.spreadsheets.lengths import misaligned, read_length, start_of
from data.spreadsheets.moments import Moment, read_moment
from data.spreadsheets.numbers import read_number
from data.spreadsheets.plan import Plan
from data.spreadsheets.sheets import Cell, is_blank, shown
from data.spreadsheets.targets import LAST_DAY, PERIOD, TIMESTAMP, Target
from data.spreadsheets.unreadable import Unreadable

Record = dict[str, Any]
Faults = list[CellFault]
_MERGED = "is merged with the cell above, and each row needs a figure of its own"


class Reading:
    """Reads rows by a plan."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._period_place = plan.place(PERIOD)
        self._moment = self._moment_target()
        self._texts = plan.placed("text")
        self._numbers = plan.placed("number")
        self._wide = [(place, plan.header_of(place)) for place in plan.wide]
        self.texts = [one.name for one in plan.shape.of_kind("text")]

    def _moment_target(self) -> tuple[str, int] | None:
        for name in (TIMESTAMP, LAST_DAY):
            place = self._plan.place(name)
            if place is not None:
                return name, place
        return None

    def about(self, row: int, faults: Faults) -> Record:
        """What a row is about: its moment, its period, its words. row: from 0."""
        period = self._period(row, faults)
        record = self._moments(row, period, faults)
        for target, place in self._texts:
            text = shown(self._plan.sheet.cell(row, place))
            if text:
                record[target.name] = self._plan.spelt(target.name, text)
            elif target.required:
                faults.append(self._fault(row, place, f"there is no {target.title.lower()} here"))
        for name, text in self._plan.fixed.items():
            if name != PERIOD and text and self._plan.place(name) is None:
                record[name] = self._plan.spelt(name, text)
        return record

    def figures(self, row: int, about: Record, faults: Faults) -> Iterator[tuple[int, Record]]:
        """The records of a row, each with the column that it comes from; one, or several where
        the table is wide."""
        if self._wide:
            yield from self._wide_figures(row, about, faults)
            return
        record = dict(about)
        for target, place in self._numbers:
            value = self._number(row, place, target, faults)
            if value is not None or target.required:
                record[target.name] = value
        yield self._numbers[0][1] if self._numbers else 0, record

    def _wide_figures(
        self, row: int, about: Record, faults: Faults
    ) -> Iterator[tuple[int, Record]]:
        split = self._plan.shape.split
        assert split is not None, "only a type that may be split has columns that are"
        text, number = split
        for place, header in self._wide:
            if not is_blank(self._plan.sheet.cell(row, place)):
                value = self._number(row, place, number, faults)
                named = self._plan.spelt(text.name, header)
                yield place, {**about, text.name: named, number.name: value}

    def _period(self, row: int, faults: Faults) -> str:
        if self._period_place is None:
            return self._plan.fixed.get(PERIOD, "")
        try:
            length = read_length(self._plan.sheet.cell(row, self._period_place))
        except Unreadable as error:
            faults.append(self._fault(row, self._period_place, str(error)))
            return ""
        if length is None:
            faults.append(self._fault(row, self._period_place, "there is no period here"))
        return length or ""

    def _moments(self, row: int, period: str, faults: Faults) -> Record:
        if self._moment is None:
            return {PERIOD: period} if period else {}
        name, place = self._moment
        try:
            moment = read_moment(self._plan.sheet.cell(row, place), self._plan.day_first)
            if moment is None:
                raise Unreadable(
                    "there is no date here; if the row is a total or a note, remove it"
                )
            at = self._start(moment, period, name)
        except Unreadable as error:
            faults.append(self._fault(row, place, str(error)))
            return {}
        found = {TIMESTAMP: at.isoformat()}
        return {**found, PERIOD: period} if period else found

    def _start(self, moment: Moment, period: str, name: str) -> datetime:
        if self._plan.shape.instant or not period:
            return moment.at
        if moment.period and moment.period != period:
            raise Unreadable(f"is a {moment.period}, and the period here is a {period}")
        day = moment.at.date()
        if name == LAST_DAY and not moment.period:
            return self._started(day, period)
        if wrong := misaligned(period, day):
            raise Unreadable(wrong)
        return moment.at

    def _started(self, last: date, period: str) -> datetime:
        day = start_of(period, last)
        if misaligned(period, day):
            raise Unreadable(f"is not the last day of a {period}")
        return datetime(day.year, day.month, day.day, tzinfo=UTC)

    def _number(self, row: int, place: int, target: Target, faults: Faults) -> Any:
        cell = self._plan.sheet.cell(row, place)
        if (row, place) in self._plan.sheet.filled:
            faults.append(self._fault(row, place, _MERGED))
            return None
        try:
            return read_number(cell, target.unit)
        except Unreadable as error:
            faults.append(self._fault(row, place, str(error)))
            return None

    def _fault(self, row: int, place: int, words: str) -> CellFault:
        cell: Cell = self._plan.sheet.cell(row, place)
        return cell_fault(row, place, self._plan.header_of(place), cell, words)
