"""Counts by the minute in this process alone: the storage that `limits` asks where no Redis is."""

from __future__ import annotations

import time
from threading import Lock

from limits.storage import Storage

# How often what is over is thrown away, in seconds.
_SWEEP = 60.0


class OwnCounts(Storage):
    """Counts by key, each gone after its time.

    The library's own starts a thread every hundredth of a second for as long as anyone asks, which
    takes longer than all else that a short answer does.
    """

    STORAGE_SCHEME = None
    base_exceptions = ()

    def __init__(self) -> None:
        super().__init__()
        self._lock = Lock()
        # The count, and when it is over.
        self._counts: dict[str, tuple[int, float]] = {}
        self._sweep_at = 0.0

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Add to a count, which begins anew for so many seconds where it is over."""
        now = time.time()
        with self._lock:
            self._sweep(now)
            count, end = self._counts.get(key, (0, 0.0))
            if end <= now:
                count, end = 0, now + expiry
            self._counts[key] = count + amount, end
            return count + amount

    def get(self, key: str) -> int:
        """A count; 0 where it is over."""
        count, end = self._counts.get(key, (0, 0.0))
        return count if end > time.time() else 0

    def get_expiry(self, key: str) -> float:
        """When a count is over, in seconds since 1970."""
        return self._counts.get(key, (0, time.time()))[1]

    def check(self) -> bool:
        """It is always there."""
        return True

    def reset(self) -> int:
        """Forget all counts; how many there were."""
        with self._lock:
            found = len(self._counts)
            self._counts.clear()
        return found

    def clear(self, key: str) -> None:
        """Forget a count."""
        with self._lock:
            self._counts.pop(key, None)

    def _sweep(self, now: float) -> None:
        # Nobody who makes addresses up fills the memory for longer than two minutes.
        if not self._sweep_at - _SWEEP < now < self._sweep_at:
            self._sweep_at = now + _SWEEP
            self._counts = {key: kept for key, kept in self._counts.items() if kept[1] > now}
