"""A record that was checked: what is written, and measured."""

from __future__ import annotations

from typing import NamedTuple

from data.datatypes import data_type
from data.entries import DataSetEntry, Record
from data.rules import INSTANT


class ParsedRecord(NamedTuple):
    """A valid record: its key, its start, its period and the service it is about.

    ``at`` is in seconds since 1970 (None without a _timestamp), ``micros`` the millionths left of
    it. ``body`` has its times in UTC. Period and service are empty where it has none.
    """

    key: str
    at: int | None
    micros: int
    period: str
    service: str
    body: Record


def parsed(
    key: str, at: int | None, micros: int, body: Record, entry: DataSetEntry
) -> ParsedRecord:
    """A valid record of a data set; only some data types let a record name its own service."""
    kind = data_type(entry.type)
    period = INSTANT if kind.instant else str(body.get("period") or "")
    about = body["service"] if kind.names_its_service else entry.service or ""
    return ParsedRecord(key, at, micros, period, about, body)
