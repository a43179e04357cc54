"""Times as queries give them: a date and a time to the second, with its zone."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

_SHAPE = re.compile(
    r"([0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2})"
    r"(?:Z|([+-])([0-9]{2}):?([0-9]{2}))"
)
_EPOCH = datetime(1970, 1, 1)
_DAY = 86_400


@dataclass(frozen=True)
class QueryTime:
    """A moment as it was written: the clock's time there, and its zone's seconds ahead of UTC."""

    written: datetime
    ahead: int

    @property
    def at(self) -> int:
        """Seconds since 1970, UTC; also for moments outside the years that a date can have."""
        since = self.written - _EPOCH
        return since.days * _DAY + since.seconds - self.ahead

    @property
    def is_midnight(self) -> bool:
        """Whether it is 00:00 in UTC."""
        return self.at % _DAY == 0


def read(text: str) -> QueryTime | None:
    """A moment such as 2013-03-11T00:00:00Z or 2013-03-11T01:00:00+01:00; None if it is none."""
    shape = _SHAPE.fullmatch(text)
    if shape is None:
        return None
    clock, sign, hours, minutes = shape.groups(default="0")
    if int(hours) > 23 or int(minutes) > 59:
        return None
    try:
        written = datetime.strptime(clock, "%Y-%m-%dT%H:%M:%S")
    except ValueError:
        return None
    ahead = int(hours) * 3600 + int(minutes) * 60
    return QueryTime(written, -ahead if sign == "-" else ahead)
