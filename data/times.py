"""Times as the tables hold them: seconds since 1970, UTC."""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import lru_cache


@lru_cache(maxsize=65_536)
def parse_time(text: str) -> datetime:
    """A moment in UTC from ISO 8601 text; without a zone it is UTC.

    :raises ValueError: when the text is no such time.
    """
    moment = datetime.fromisoformat(text)
    return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)


@lru_cache(maxsize=65_536)
def seconds(moment: date | datetime) -> int:
    """Seconds since 1970 of a moment, or of a day's midnight, in UTC."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return int(moment.timestamp())


@lru_cache(maxsize=65_536)
def day_of(second: int) -> date:
    """The day, in UTC, that a moment lies in."""
    return datetime.fromtimestamp(second, UTC).date()
