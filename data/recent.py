"""A value that was read a moment ago, so that very many who ask at once read it once."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Read = TypeVar("Read")


class Recently(Generic[Read]):
    """What ``read`` gave at most so many seconds ago: in this process it is read no more often.

    What it cannot read it does not remember: the error is that of whoever asked, and the next
    one tries again. ``clock`` counts seconds, from wherever it likes.
    """

    def __init__(
        self,
        read: Callable[[], Read],
        seconds: float = 1.0,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._read, self._seconds, self._clock = read, seconds, clock
        self._lock = Lock()
        self._kept: tuple[float, Read] | None = None

    def value(self) -> Read:
        """The value; those who ask while it is being read wait for it."""
        with self._lock:
            # Before it is read: what changes meanwhile is not missed for any longer than that.
            now = self._clock()
            if self._kept is None or now - self._kept[0] >= self._seconds:
                self._kept = (now, self._read())
            return self._kept[1]
