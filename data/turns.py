"""Threads that would do the same thing at once take turns, and few do things at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore, Lock, local


class Turns:
    """One thread at a time for each key, and so many for all keys together."""

    def __init__(self, most: int) -> None:
        """most: how many may be inside at once."""
        self._lock = Lock()
        # The key's own lock, and how many have it or wait for it.
        self._turns: dict[str, tuple[Lock, int]] = {}
        self._room = BoundedSemaphore(most)
        self._thread = local()

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Wait until nobody else is inside with this key, and there is room.

        Who is inside with another key goes on: two of them might wait for each other.
        """
        if getattr(self._thread, "is_inside", False):
            yield
            return
        with self._alone(key), self._room:
            self._thread.is_inside = True
            try:
                yield
            finally:
                self._thread.is_inside = False

    @contextmanager
    def _alone(self, key: str) -> Iterator[None]:
        with self._lock:
            own, waiting = self._turns.get(key, (Lock(), 0))
            self._turns[key] = own, waiting + 1
        try:
            with own:
                yield
        finally:
            self._leave(key)

    def _leave(self, key: str) -> None:
        with self._lock:
            own, waiting = self._turns[key]
            if waiting == 1:
                del self._turns[key]
            else:
                self._turns[key] = own, waiting - 1
