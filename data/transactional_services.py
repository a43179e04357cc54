"""The government's published figures: its transactional services download, as a delivery."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from data.datatypes import SUMMARIES
from data.entries import (
    Batch,
    DataSetEntry,
    Delivery,
    OrganisationEntry,
    Record,
    ServiceEntry,
)
from data.validation import Rejected

Row = Mapping[str, str]

_TEXTS = {
    "description": "Description of service",
    "url": "URL",
    "link_text": "Service link text",
    "category": "Category",
    "customer_type": "Customer type",
    "business_model": "Business model",
    "transaction_type": "Type of transaction",
    "keywords": "Keywords",
    "notes_on_costs": "Notes on costs",
    "other_notes": "Other notes",
}
_HIGH_VOLUME = "Hi-vol"
_NEEDED = (
    "Abbr",
    "Department",
    "Agency/body",
    "Agency abbr",
    "Name of service",
    "Slug",
    _HIGH_VOLUME,
    *_TEXTS.values(),
)
_YEARLY = {
    "Vol.": "transactions",
    "Digital vol.": "digital_transactions",
    "CPT (£)": "cost_per_transaction",
    "Digital CPT (£)": "digital_cost_per_transaction",
}
_QUARTERLY = {"Total": "transactions", "Digital": "digital_transactions"}
_MONTHS = {"Jan - Mar": 1, "Apr - Jun": 4, "Jul - Sep": 7, "Oct - Dec": 10}
_YEAR_COLUMN = re.compile(r"(\d{4})-Q([1-4]) (.+)")
_QUARTER_COLUMN = re.compile(rf"(Total|Digital) transactions ({'|'.join(_MONTHS)}) (\d{{4}})")
_NUMBER = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?|\d+(\.\d+)?")
_NO_FIGURE = ("", "-")
_NOT_PROVIDED = "[not provided]"
# The one label that does not follow the rule: it covers the financial year 2011 to 2012.
_FIRST_LABEL = {(2012, 4): date(2011, 4, 1)}


@dataclass(frozen=True)
class UnreadCell:
    """A cell that could not be read: its row (the header is 1), its column and its text."""

    row: int
    column: str
    text: str

    def __str__(self) -> str:
        return f"row {self.row}, column {self.column!r}: {self.text!r}"


@dataclass(frozen=True)
class PublishedFile:
    """The file's services and figures, ready to deliver, and the cells that say nothing."""

    delivery: Delivery
    unread: tuple[UnreadCell, ...]


@dataclass(frozen=True)
class _Column:
    period: str
    start: date
    name: str


@dataclass
class _Reading:
    columns: Mapping[str, _Column]
    unread: list[UnreadCell] = field(default_factory=list)


def read(path: Path) -> PublishedFile:
    """The published CSV file as a delivery to `data.deliveries.deliver`.

    Volumes become a record a service and period; cost is left as cost per transaction, which the
    data type multiplies by the volume exactly.

    :raises Rejected: when the file is not that file, or not all of it.
    """
    rows = list(_rows(_text(path), path.name))
    reading = _Reading(_columns(rows[0].keys()))
    _refuse_nameless(rows, path.name)
    _refuse_duplicates(rows, path.name)
    slugs = _agency_slugs(rows)
    services = [_service(row, slugs, number, reading) for number, row in _numbered(rows)]
    records = [item for number, row in _numbered(rows) for item in _records(row, number, reading)]
    group, kind = SUMMARIES
    data_set = DataSetEntry(group, kind, title="Transactions and costs of government services")
    delivery = Delivery(_organisations(rows, slugs), services, [Batch(data_set, records)])
    return PublishedFile(delivery, tuple(sorted(set(reading.unread), key=lambda cell: cell.row)))


def _text(path: Path) -> str:
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise Rejected(f"{path} cannot be read: {error.strerror}.") from error
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Rejected(
            f"{path.name} is not UTF-8 text: byte {error.start:,} cannot be read. "
            "Save it as 'CSV UTF-8' and try again. Nothing was written."
        ) from error
    if not text.strip():
        raise Rejected(f"{path.name} is empty. Nothing was written.")
    return text


def _rows(text: str, name: str) -> Iterator[Row]:
    lines = csv.reader(io.StringIO(text.rstrip(), newline=""), strict=True)
    try:
        header = [" ".join(cell.split()) for cell in next(lines)]
        _refuse_other_columns(header, name)
        number = 1
        for number, cells in enumerate(lines, start=2):
            if len(cells) != len(header):
                raise Rejected(
                    f"{name}, row {number}: {len(cells)} cells where the header has "
                    f"{len(header)}. The file seems cut off or damaged there; download it again. "
                    "Nothing was written."
                )
            yield dict(zip(header, (cell.strip() for cell in cells), strict=True))
    except csv.Error as error:
        raise Rejected(
            f"{name} is not a whole CSV file: {error} at line {lines.line_num}. "
            "Download it again. Nothing was written."
        ) from error
    if number == 1:
        raise Rejected(f"{name} has a header and no services. Nothing was written.")


def _refuse_other_columns(header: list[str], name: str) -> None:
    missing = [column for column in _NEEDED if column not in header]
    if not any(_YEAR_COLUMN.fullmatch(column) for column in header):
        missing.append("2017-Q4 Vol.")
    if missing:
        more = f" and {len(missing) - 3} more" if len(missing) > 3 else ""
        raise Rejected(
            f"{name} is not the transactional services file: it has no column "
            f"{', '.join(map(repr, missing[:3]))}{more}. Nothing was written."
        )
    twice = [text for text, count in Counter(header).items() if count > 1 and _is_used(text)]
    if twice:
        raise Rejected(f"{name} has the column {twice[0]!r} twice. Nothing was written.")


def _is_used(column: str) -> bool:
    return column in _NEEDED or _column(column) is not None


def _refuse_nameless(rows: list[Row], name: str) -> None:
    for number, row in _numbered(rows):
        for column in ("Department", "Agency/body", "Name of service", "Slug"):
            if not row[column]:
                raise Rejected(f"{name}, row {number}: {column!r} is empty. Nothing was written.")


def _refuse_duplicates(rows: list[Row], name: str) -> None:
    counts = Counter(row["Slug"] for row in rows)
    for slug, count in counts.items():
        if count > 1:
            where = ", ".join(str(number) for number, row in _numbered(rows) if row["Slug"] == slug)
            raise Rejected(
                f"{name}: the slug {slug!r} stands in rows {where}. Nothing was written."
            )


def _numbered(rows: list[Row]) -> Iterator[tuple[int, Row]]:
    return enumerate(rows, start=2)


def _columns(header: Iterable[str]) -> dict[str, _Column]:
    columns = {}
    for text in header:
        if column := _column(text):
            columns[text] = column
    return columns


def _column(text: str) -> _Column | None:
    if match := _YEAR_COLUMN.fullmatch(text):
        year, quarter, kind = int(match[1]), int(match[2]), match[3]
        start = _FIRST_LABEL.get((year, quarter), date(year - 1, 3 * quarter - 2, 1))
        return _Column("year", start, _YEARLY[kind]) if kind in _YEARLY else None
    if match := _QUARTER_COLUMN.fullmatch(text):
        start = date(int(match[3]), _MONTHS[match[2]], 1)
        return _Column("quarter", start, _QUARTERLY[match[1]])
    return None


def slug_of(name: str) -> str:
    """A name as it stands in an address: lower case, hyphens between words."""
    return re.sub(r"[^a-z0-9]+", "-", name.lower().replace("'", "").replace("&", "and")).strip("-")


def _agency_slugs(rows: list[Row]) -> dict[tuple[str, str], str]:
    """An agency's slug by department and name; some departments list themselves as an agency."""
    taken = {slug_of(row["Department"]) for row in rows}
    slugs: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (row["Department"], row["Agency/body"])
        if key not in slugs:
            slug = slug_of(key[1])
            if slug == slug_of(key[0]):
                slug = f"{slug}-directly"
            slugs[key] = slug if slug not in taken else f"{slug}-{slug_of(key[0])}"
            taken.add(slugs[key])
    return slugs


def _organisations(
    rows: list[Row], slugs: Mapping[tuple[str, str], str]
) -> list[OrganisationEntry]:
    departments = {row["Department"]: row["Abbr"] for row in rows}
    abbreviations: dict[tuple[str, str], str] = {}
    for row in rows:
        key = (row["Department"], row["Agency/body"])
        abbreviations[key] = abbreviations.get(key) or row["Agency abbr"]
    return [
        *(OrganisationEntry(slug_of(name), name, short) for name, short in departments.items()),
        *(
            OrganisationEntry(slugs[key], key[1], short, slug_of(key[0]))
            for key, short in abbreviations.items()
        ),
    ]


def _service(
    row: Row, slugs: Mapping[tuple[str, str], str], number: int, reading: _Reading
) -> ServiceEntry:
    texts = {name: row[column] for name, column in _TEXTS.items()}
    told: dict[str, Any] = {n: "" if text == _NOT_PROVIDED else text for n, text in texts.items()}
    high_volume = row[_HIGH_VOLUME]
    if high_volume not in ("", "1"):
        reading.unread.append(UnreadCell(number, _HIGH_VOLUME, high_volume))
    return ServiceEntry(
        slug=row["Slug"],
        name=row["Name of service"],
        organisation=slugs[row["Department"], row["Agency/body"]],
        high_volume=high_volume == "1",
        **told,
    )


def _records(row: Row, number: int, reading: _Reading) -> Iterator[Record]:
    found: dict[tuple[str, date], Record] = {}
    for text, column in reading.columns.items():
        value = _figure(row[text], number, text, reading)
        if value is not None:
            record = found.setdefault((column.period, column.start), {})
            record[column.name] = value
    for (period, start), figures in found.items():
        yield {
            "_id": f"{row['Slug']}.{period}.{start}",
            "_timestamp": f"{start}T00:00:00+00:00",
            "period": period,
            "service": row["Slug"],
            **figures,
        }


def _figure(text: str, row: int, column: str, reading: _Reading) -> int | float | None:
    if text in _NO_FIGURE:
        return None
    if not _NUMBER.fullmatch(text):
        reading.unread.append(UnreadCell(row, column, text))
        return None
    plain = text.replace(",", "")
    return float(plain) if "." in plain else int(plain)
