"""A value that was read a moment ago, so that very many who ask at once read it once."""

from __future__ import annotations

import time
from collections.abc import Callable
from threading import Lock
from typing import Generic, TypeVar

Read = TypeVar("Read")


class Recently(Generic[Read]):
    """What ``read`` gave at most so many seconds ago: in this process it is read no more often.

    Where it cannot be read, that is so for all who ask in the next seconds: they do not wait one
    after another for what is away. ``clock`` counts seconds, from wherever it likes.
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
        self._failed: tuple[float, Exception] | None = None

    def value(self) -> Read:
        """The value; those who ask while it is being read wait for it.

        :raises Exception: what ``read`` raised, now or a moment ago.
        """
        with self._lock:
            # Before it is read: what changes meanwhile is not missed for any longer than that.
            now = self._clock()
            if self._kept and now - self._kept[0] < self._seconds:
                return self._kept[1]
            if self._failed and now - self._failed[0] < self._seconds:
                raise self._failed[1].with_traceback(None)
            value = self._anew()
            self._kept = (now, value)
            return value

    def _anew(self) -> Read:
        try:
            return self._read()
        except Exception as error:
            self._failed = (self._clock(), error)
            raise
