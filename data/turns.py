"""Threads that would do the same thing at once take turns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock


class Turns:
    """One thread at a time for each key; other keys do not wait."""

    def __init__(self) -> None:
        self._lock = Lock()
        # The key's own lock, and how many have it or wait for it.
        self._turns: dict[str, tuple[Lock, int]] = {}

    @contextmanager
    def alone(self, key: str) -> Iterator[None]:
        """Wait until nobody else is inside with this key."""
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
