"""How long ago something was: in what is shown at once, and in pages that are kept.

A page that is kept has the moment itself, between two marks, and the words for it when it is sent.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime

from layouts.wording import DAY, HOUR, MINUTE, counted

_OLD_ENOUGH_FOR_A_DATE = 14 * DAY
# Characters that are nobody's, around seconds since 1970; and how they are written in JSON.
_SLOT = "\ue000{}\ue001"
_SENT = re.compile(rb"\\ue000(-?\d+)\\ue001")


def age(moment: datetime, now: datetime | None) -> str:
    """How long ago: 'just now', '40 seconds ago', '3 minutes ago', '2 days ago', 'on 3 May 2017'.

    Both naive or both aware, in UTC. A moment still to come is 'just now': clocks differ.

    :param now: None: it is said when the page is sent (see `with_ages`).
    """
    if now is None:
        return _SLOT.format(int(moment.timestamp()))
    seconds = int((now - moment).total_seconds())
    if seconds < 1:
        return "just now"
    if seconds >= _OLD_ENOUGH_FOR_A_DATE:
        return f"on {moment.day} {moment:%B} {moment.year}"
    for size, noun in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")):
        if seconds >= size:
            return f"{counted(seconds // size, noun)} ago"
    return f"{counted(seconds, 'second')} ago"


def with_ages(text: bytes, clock: Callable[[], datetime]) -> bytes:
    """A page in JSON with the words for how long ago each moment in it was.

    :param clock: gives the moment, in UTC; it is looked at where there is need to.
    """

    def said(found: re.Match[bytes]) -> bytes:
        return age(datetime.fromtimestamp(int(found[1]), UTC), clock()).encode()

    return _SENT.sub(said, text)
