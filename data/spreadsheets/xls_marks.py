"""Errors in .xls sheets, which the reader gives as empty cells (specification: [MS-XLS])."""

from __future__ import annotations

import struct
from collections.abc import Iterator

from data.spreadsheets.compound import CompoundFile, Damaged
from data.spreadsheets.marks import Marks, Place

_BEGIN, _END = 0x0809, 0x000A
_SHEET, _FORMULA, _TRUTH_OR_ERROR = 0x0085, 0x0006, 0x0205
_VERSION_8 = 0x0600
_NOT_A_NUMBER, _RESULT_IS_ERROR = 0xFFFF, 2
_ERRORS = {
    0x00: "#NULL!",
    0x07: "#DIV/0!",
    0x0F: "#VALUE!",
    0x17: "#REF!",
    0x1D: "#NAME?",
    0x24: "#NUM!",
    0x2A: "#N/A",
}
Part = tuple[int, bytes]


def marks(data: bytes) -> dict[str, Marks]:
    """The marks of each sheet, by its name; none of a file that only the reader understands."""
    try:
        stream = CompoundFile(data).stream("Workbook")
        if not stream or struct.unpack_from("<H", stream, 4)[0] != _VERSION_8:
            return {}
        return {name: Marks(dict(_errors(stream, at))) for name, at in _sheets(stream)}
    except (Damaged, struct.error):
        return {}


def _parts(stream: bytes, at: int) -> Iterator[Part]:
    while at + 4 <= len(stream):
        kind, size = struct.unpack_from("<2H", stream, at)
        yield kind, stream[at + 4 : at + 4 + size]
        at += 4 + size


def _sheets(stream: bytes) -> Iterator[tuple[str, int]]:
    """Each sheet's name, and where it begins."""
    for kind, part in _parts(stream, 0):
        if kind == _END:
            return
        if kind == _SHEET:
            at, _, length, wide = struct.unpack_from("<IHBB", part)
            raw = part[8 : 8 + length * (2 if wide & 1 else 1)]
            yield raw.decode("utf-16-le" if wide & 1 else "latin-1"), at


def _errors(stream: bytes, at: int) -> Iterator[tuple[Place, str]]:
    depth = 0
    for kind, part in _parts(stream, at):
        depth += (kind == _BEGIN) - (kind == _END)
        if not depth:
            return
        code = _code(kind, part)
        if code is not None:
            row, column = struct.unpack_from("<2H", part)
            yield (row, column), _ERRORS.get(code, "#ERROR!")


def _code(kind: int, part: bytes) -> int | None:
    if kind == _TRUTH_OR_ERROR:
        value, is_error = struct.unpack_from("<2B", part, 6)
        return int(value) if is_error else None
    if kind == _FORMULA:
        result, _, value = struct.unpack_from("<3B", part, 6)
        (number,) = struct.unpack_from("<H", part, 12)
        return int(value) if number == _NOT_A_NUMBER and result == _RESULT_IS_ERROR else None
    return None
