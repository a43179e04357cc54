"""The three times of a record, as the record API's contract reads them: in UTC."""

from __future__ import annotations

import re
from collections.abc import Collection
from contextlib import suppress
from datetime import UTC, datetime
from functools import lru_cache
from typing import NamedTuple

TIMES = ("_timestamp", "_start_at", "_end_at")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_SHAPE = re.compile(
    r"\d{4}-\d\d-\d\d"
    r"(?:[T ]\d\d:\d\d(?::\d\d(?:[.,]\d+)?)?(?:Z|[+-]\d\d(?::?\d\d)?)?)?",
    re.ASCII,
)
# Times one after the other that are written as they will be kept, as most are; and one's length.
_AS_WRITTEN = re.compile(r"(?:\d{4}-\d\d-\d\dT(?:[01]\d|2[0-3]):\d\d:\d\d\+00:00)*", re.ASCII)
_WRITTEN = len("2013-03-11T00:00:00+00:00")
# No time is longer, however many digits its fraction has.
_LONGEST = 100


class Moment(NamedTuple):
    """A moment: whole seconds since 1970, the millionths left of it, and its text in UTC."""

    at: int
    micros: int
    text: str


def read(value: object) -> Moment | None:
    """A moment from text such as 2013-03-11T00:00:00Z; without a zone it is UTC.

    A space may stand for the T, and a date alone is its midnight. None where there is no such
    moment: `fault` says why.
    """
    return _read(value) if isinstance(value, str) and len(value) <= _LONGEST else None


def read_all(texts: Collection[str]) -> dict[str, Moment | None]:
    """The moments of many texts, by text: the same as each by itself."""
    if set(map(len, texts)) == {_WRITTEN} and _AS_WRITTEN.fullmatch("".join(texts)):
        with suppress(ValueError):
            return {text: _as_written(text) for text in texts}
    return {text: read(text) for text in texts}


def fault(name: str, value: object) -> str:
    """What is wrong with a time that cannot be read, in the contract's words."""
    if isinstance(value, str) and len(value) <= _LONGEST and _SHAPE.fullmatch(value):
        return f"{value} in the {name} field is not a valid date"
    article = "the " if name == "_timestamp" else ""
    return f"{article}{name} must be a date in the format yyyy-MM-ddT00:00:00Z"


@lru_cache(maxsize=16_384)
def _read(text: str) -> Moment | None:
    if not _SHAPE.fullmatch(text):
        return None
    try:
        given = datetime.fromisoformat(text)
        moment = given.replace(tzinfo=UTC) if given.tzinfo is None else given.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    since = moment - _EPOCH
    return Moment(since.days * 86_400 + since.seconds, since.microseconds, moment.isoformat())


def _as_written(text: str) -> Moment:
    """A whole second in UTC that is written just as it will be kept.

    :raises ValueError: when there is no such day.
    """
    return Moment(int(datetime.fromisoformat(text).timestamp()), 0, text)
