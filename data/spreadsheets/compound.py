"""Streams of a compound file, the container of .xls (Microsoft's specification [MS-CFB])."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from itertools import islice

_HEADER = 512
_ENTRY = 128
_MINI = 64
_LAST_SECTOR = 0xFFFFFFFA
_ROOT, _STREAM = 5, 2


class Damaged(ValueError):
    """A compound file that does not hold together."""


class CompoundFile:
    """A compound file in memory.

    :raises Damaged: when its directory or a stream cannot be followed.
    """

    def __init__(self, data: bytes) -> None:
        self._data = data
        try:
            self._size = 1 << struct.unpack_from("<H", data, 0x1E)[0]
            self._least = struct.unpack_from("<I", data, 0x38)[0]
            directory, minifat = (struct.unpack_from("<I", data, at)[0] for at in (0x30, 0x3C))
            self._table = self._allocation()
            self._entries = self._directory(self._chain(directory))
            self._small = _numbers(self._chain(minifat))
        except struct.error as error:
            raise Damaged("its header or directory is cut short") from error

    def stream(self, *names: str) -> bytes:
        """The first stream of one of these names; b'' where there is none."""
        for name in names:
            if name in self._entries:
                start, size = self._entries[name]
                whole = self._chain(start) if size >= self._least else self._mini(start)
                return whole[:size]
        return b""

    def _allocation(self) -> Sequence[int]:
        (count,) = struct.unpack_from("<I", self._data, 0x2C)
        sectors = list(struct.unpack_from("<109I", self._data, 0x4C))
        following, _ = struct.unpack_from("<2I", self._data, 0x44)
        while following < _LAST_SECTOR and len(sectors) < count:
            *more, following = _numbers(self._sector(following))
            sectors += more
        return _numbers(b"".join(self._sector(number) for number in sectors[:count]))

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self._size
        if start >= len(self._data):
            raise Damaged(f"sector {number} is outside the file")
        return self._data[start : start + self._size]

    def _chain(self, start: int) -> bytes:
        return b"".join(self._sector(number) for number in _followed(self._table, start))

    def _mini(self, start: int) -> bytes:
        root, _ = self._entries["Root Entry"]
        whole = self._chain(root)
        numbers = _followed(self._small, start)
        return b"".join(whole[number * _MINI : (number + 1) * _MINI] for number in numbers)

    def _directory(self, raw: bytes) -> dict[str, tuple[int, int]]:
        found = {}
        for place in range(0, len(raw) - _ENTRY + 1, _ENTRY):
            length, kind = struct.unpack_from("<HB", raw, place + 64)
            start, size = struct.unpack_from("<2I", raw, place + 116)
            if kind in (_ROOT, _STREAM):
                name = raw[place : place + max(0, length - 2)].decode("utf-16-le", "replace")
                found["Root Entry" if kind == _ROOT else name] = (start, size)
        return found


def _numbers(raw: bytes) -> tuple[int, ...]:
    return struct.unpack(f"<{len(raw) // 4}I", raw[: len(raw) // 4 * 4])


def _followed(table: Sequence[int], start: int) -> list[int]:
    """The sectors of a chain, in order; one that runs in a circle is damaged."""

    def steps() -> object:
        number = start
        while number < _LAST_SECTOR:
            yield number
            if number >= len(table):
                raise Damaged(f"sector {number} is in no chain")
            number = table[number]

    found = list(islice(steps(), len(table) + 1))  # type: ignore[call-overload]
    if len(found) > len(table):
        raise Damaged("a chain of sectors runs in a circle")
    return found
