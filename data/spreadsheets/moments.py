"""Dates as people write them in cells, some of which also say how long the period is."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from data.spreadsheets.sheets import Cell, CellError
from data.spreadsheets.unreadable import Unreadable

YEARS = range(1900, 2200)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAME = r"(?P<name>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*\.?"
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s+)?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4}|’?'?\d{2})"
_FOUR = r"(?P<year>\d{4})"
_CLOCK = r"(?:[ t,]+(?:at\s+)?(?P<clock>\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?\s*(?:[ap]m)?))?"
_NUMBERS = re.compile(rf"(\d{{1,2}})[/.-](\d{{1,2}})[/.-](\d{{4}}|\d{{2}}){_CLOCK}")
_WEEK_OF = re.compile(r"^(?:w/?c|week(?:\s+(?:of|commencing|beginning|starting))?)[\s:.]+(?=.*\d)")
_TIME = re.compile(r"(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d+)?\s*([ap]m)?")
_NOT_A_DATE = "is not a date"
_IMPOSSIBLE = "is a date that does not exist"


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment in UTC, and the length of the period that was written ('' where none was)."""

    at: datetime
    period: str = ""


def read_moment(cell: Cell, day_first: bool = True) -> Moment | None:
    """The moment that a cell names; None where it is empty.

    :param day_first: whether 3/4/2017 is 3 April, not March 4th.
    :raises Unreadable: when it names none.
    """
    if isinstance(cell, datetime):
        # Spreadsheets keep times as fractions of a day, which are off by a few microseconds.
        return Moment(_rounded(cell if cell.tzinfo else cell.replace(tzinfo=UTC)))
    if isinstance(cell, date):
        return Moment(datetime(cell.year, cell.month, cell.day, tzinfo=UTC))
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool):
        return _year(cell)
    if isinstance(cell, str):
        return _from_text(" ".join(cell.replace("\u00a0", " ").casefold().split()), day_first)
    raise Unreadable(_NOT_A_DATE if not isinstance(cell, CellError) else "is an error")


def tells_order(cell: Cell) -> bool | None:
    """Whether a date in figures can only be day first (True) or month first (False)."""
    found = _figures(cell)
    if found is None or (found[0] > 12) == (found[1] > 12):
        return None
    return found[0] > 12


def is_ambiguous(cell: Cell) -> bool:
    """Whether a date in figures is another one when the month is read first."""
    found = _figures(cell)
    return found is not None and found[0] <= 12 and found[1] <= 12 and found[0] != found[1]


def day_first_in(cells: Iterable[Cell]) -> tuple[bool, str]:
    """Whether days come before months in these dates, and how that is known.

    'told' by a date that can only be read so, 'assumed' as is usual in this country where every
    date in figures could be either, '' where there is none in figures.
    """
    ambiguous, told = False, None
    for cell in cells:
        ambiguous = ambiguous or is_ambiguous(cell)
        told = tells_order(cell) if told is None else told
        if told:
            break
    if told is not None:
        return told, "told"
    return True, "assumed" if ambiguous else ""


def _figures(cell: Cell) -> tuple[int, int] | None:
    found = _NUMBERS.fullmatch(cell.strip().casefold()) if isinstance(cell, str) else None
    return (int(found[1]), int(found[2])) if found else None


def _rounded(moment: datetime) -> datetime:
    moment = moment.astimezone(UTC) + timedelta(milliseconds=500)
    return moment.replace(microsecond=0)


def _year(number: float) -> Moment:
    if int(number) != number or int(number) not in YEARS:
        raise Unreadable(f"{_NOT_A_DATE}: in the spreadsheet, show the column as dates")
    return Moment(datetime(int(number), 1, 1, tzinfo=UTC), "year")


@lru_cache(maxsize=65_536)
def _from_text(text: str, day_first: bool) -> Moment:
    week = _WEEK_OF.match(text)
    text = text[week.end() :] if week else text
    if found := _NUMBERS.fullmatch(text):
        first, second = int(found[1]), int(found[2])
        day, month = (first, second) if day_first else (second, first)
        moment = _at(_full(found[3]), month, day, found["clock"])
    elif (iso := _iso(text)) is not None:
        moment = iso
    else:
        moment = _by_name(text)
    return Moment(moment.at, "week") if week and not moment.period else moment


def _iso(text: str) -> Moment | None:
    if not re.match(r"\d{4}-?\d{2}-?\d{2}", text):
        return None
    try:
        at = datetime.fromisoformat(text.upper())
    except ValueError as error:
        raise Unreadable(_IMPOSSIBLE) from error
    return Moment(at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC))


def _by_name(text: str) -> Moment:
    for pattern, read in _FORMS:
        if found := pattern.fullmatch(text):
            return read(found.groupdict())
    raise Unreadable(_NOT_A_DATE)


def _at(year: int, month: int, day: int, clock: str | None = None, period: str = "") -> Moment:
    try:
        moment = datetime(year, month, day, tzinfo=UTC)
    except ValueError as error:
        words = f"has no month {month}: is its day first?" if month > 12 else _IMPOSSIBLE
        raise Unreadable(words) from error
    return Moment(moment + _time_of_day(clock), period)


def _time_of_day(clock: str | None) -> timedelta:
    found = _TIME.fullmatch(clock) if clock else None
    if found is None:
        return timedelta()
    hours, minutes, seconds = (int(found[n] or 0) for n in (1, 2, 3))
    if found[4]:
        hours = hours % 12 + (12 if found[4] == "pm" else 0)
    if hours > 23 or minutes > 59 or seconds > 59:
        raise Unreadable("has a time that does not exist")
    return timedelta(hours=hours, minutes=minutes, seconds=seconds)


def _full(year: str) -> int:
    number = int(year.strip("'’"))
    return number + 2000 if number < 100 else number


def _month(name: str) -> int:
    return _MONTHS.index(name[:3]) + 1


def _a_day(found: dict[str, str]) -> Moment:
    return _at(_full(found["year"]), _month(found["name"]), int(found["day"]), found["clock"])


def _a_month(found: dict[str, str]) -> Moment:
    month = _month(found["name"]) if found.get("name") else int(found["month"])
    return _at(_full(found["year"]), month, 1, period="month")


def _a_quarter(found: dict[str, str]) -> Moment:
    return _at(_full(found["year"]), int(found["quarter"]) * 3 - 2, 1, period="quarter")


def _some_months(found: dict[str, str]) -> Moment:
    first, last = _month(found["name"]), _month(found["last"])
    start, end = _full(found["from"] or found["year"]), _full(found["year"])
    months = (end - start) * 12 + last - first + 1
    lengths = {1: "month", 3: "quarter", 12: "year"}
    if months not in lengths:
        raise Unreadable("is neither a month, nor a quarter, nor a year")
    return _at(start, first, 1, period=lengths[months])


def _a_year(found: dict[str, str]) -> Moment:
    return _at(int(found["year"]), 1, 1, period="year")


def _a_financial_year(found: dict[str, str]) -> Moment:
    start = int(found["year"])
    if int(found["next"]) % 100 != (start + 1) % 100:
        raise Unreadable("is not two years that follow one another")
    return _at(start, 4, 1, period="year")


def _a_numbered_week(found: dict[str, str]) -> Moment:
    try:
        monday = date.fromisocalendar(int(found["year"]), int(found["week"]), 1)
    except ValueError as error:
        raise Unreadable(_IMPOSSIBLE) from error
    return _at(monday.year, monday.month, monday.day, period="week")


_BETWEEN = r"(?:\s+|\s*[-/]\s*)"
_LAST = _NAME.replace("name", "last")
_FORMS: tuple[tuple[re.Pattern[str], Callable[[dict[str, str]], Moment]], ...] = tuple(
    (re.compile(pattern), read)
    for pattern, read in (
        (rf"{_WEEKDAY}{_DAY}{_BETWEEN}{_NAME}(?:{_BETWEEN}|,\s*){_YEAR}{_CLOCK}", _a_day),
        (rf"{_WEEKDAY}{_NAME}\s+{_DAY},?\s+{_FOUR}{_CLOCK}", _a_day),
        (rf"{_NAME}(?:{_BETWEEN}|\s*,\s*){_YEAR}", _a_month),
        (rf"{_FOUR}{_BETWEEN}{_NAME}", _a_month),
        (rf"{_FOUR}[-/](?P<month>0[1-9]|1[0-2])", _a_month),
        (rf"(?P<month>0?[1-9]|1[0-2])[-/]{_FOUR}", _a_month),
        (rf"q(?P<quarter>[1-4]){_BETWEEN}{_YEAR}", _a_quarter),
        (rf"{_FOUR}{_BETWEEN}?q(?P<quarter>[1-4])", _a_quarter),
        (rf"{_NAME}(?:\s+(?P<from>\d{{4}}))?\s*(?:to|-|–)\s*{_LAST}\s+{_FOUR}", _some_months),
        (rf"{_FOUR}", _a_year),
        (rf"{_FOUR}\s*[/–-]\s*(?P<next>\d{{4}}|\d{{2}})", _a_financial_year),
        (rf"{_FOUR}-?w(?P<week>\d{{1,2}})", _a_numbered_week),
    )
)
