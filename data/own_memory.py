"""The cache of a process without Redis: what was asked for lately, up to so many bytes of memory.

The library's own forgets what ends soonest as soon as it holds so many things, however small they
are. Pages are kept for a minute, and the answers behind one of them are thirty things: with a dozen
services in use no page would be kept until it is asked for again.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from dataclasses import dataclass, field
from datetime import timedelta
from threading import Lock
from typing import Any

from cachelib.base import BaseCache
from cachelib.serializers import SimpleSerializer

# Pages are kept for less than that, in seconds, and answers for longer.
_BRIEFLY = 3600
# What is as large as that share of a shelf would push too much else out.
_LARGEST = 4
# What an entry takes beside what is kept, in bytes: its key and its place.
_AROUND = 300
_PICKLED = SimpleSerializer()


@dataclass(frozen=True)
class _Entry:
    """What is kept: bytes as they are, all else pickled; and until when, by the monotonic clock."""

    value: bytes
    pickled: bool
    end: float


@dataclass
class _Shelf:
    """Entries by key, the least lately asked for first, that are so many bytes at most."""

    most: int
    entries: OrderedDict[str, _Entry] = field(default_factory=OrderedDict)
    bytes: int = 0

    def put(self, key: str, entry: _Entry) -> bool:
        self.take(key)
        size = _size(entry)
        if size * _LARGEST > self.most:
            return False
        self.entries[key] = entry
        self.bytes += size
        while self.bytes > self.most:
            _, oldest = self.entries.popitem(last=False)
            self.bytes -= _size(oldest)
        return True

    def take(self, key: str) -> bool:
        found = self.entries.pop(key, None)
        if found is None:
            return False
        self.bytes -= _size(found)
        return True


class OwnMemory(BaseCache):
    """Keeps half of its bytes for what is kept for long, and half for what is kept briefly.

    So whoever makes addresses up pushes pages out, but none of the answers that they rest on.
    Values are pickled on the way in and out, so that whoever gets one may do with it what they
    like; but bytes, which nobody can change.
    """

    def __init__(self, bytes_most: int, default_timeout: int = 300) -> None:
        """bytes_most: how many bytes it may hold."""
        super().__init__(default_timeout)
        self._lock = Lock()
        self._brief, self._long = _Shelf(bytes_most // 2), _Shelf(bytes_most // 2)

    def get(self, key: str) -> Any:
        """What is kept under a key, or None."""
        with self._lock:
            entry = self._entry(key)
        if entry is None:
            return None
        return _PICKLED.loads(entry.value) if entry.pickled else entry.value

    def set(self, key: str, value: Any, timeout: int | timedelta | None = None) -> bool:
        """Keep a value; whether it is not too large for that. timeout: seconds, 0 for no end."""
        seconds = self._normalize_timeout(timeout)
        end = time.monotonic() + seconds if seconds else float("inf")
        is_plain = isinstance(value, bytes)
        made = value if is_plain else _PICKLED.dumps(value)
        # None: it cannot be pickled, which was logged.
        if made is None:
            return False
        entry = _Entry(made, not is_plain, end)
        shelf, other = self._brief, self._long
        if not 0 < seconds < _BRIEFLY:
            shelf, other = other, shelf
        with self._lock:
            other.take(key)
            return shelf.put(key, entry)

    def has(self, key: str) -> bool:
        """Whether anything is kept under a key."""
        with self._lock:
            return self._entry(key) is not None

    def delete(self, key: str) -> bool:
        """Forget what is kept under a key; whether there was anything."""
        with self._lock:
            return any(shelf.take(key) for shelf in (self._brief, self._long))

    def clear(self) -> bool:
        """Forget everything."""
        with self._lock:
            self._brief, self._long = _Shelf(self._brief.most), _Shelf(self._long.most)
        return True

    def _entry(self, key: str) -> _Entry | None:
        for shelf in (self._brief, self._long):
            if (found := shelf.entries.get(key)) is None:
                continue
            if found.end > time.monotonic():
                shelf.entries.move_to_end(key)
                return found
            shelf.take(key)
        return None


def _size(entry: _Entry) -> int:
    return len(entry.value) + _AROUND
