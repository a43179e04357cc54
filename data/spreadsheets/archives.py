"""Zip archives, of which workbooks are a kind: judged by their directory before one is opened."""

from __future__ import annotations

import io
import zlib
from zipfile import BadZipFile, ZipFile, ZipInfo

from data.spreadsheets.refusals import Refused

# Real workbooks are packed to a tenth or a thirtieth; what is packed to less is made to burst.
_RATIO_MOST = 250
_RATIO_MATTERS_FROM = 4 * 1024 * 1024
_PARTS_MOST = 10_000
_ENCRYPTED = 0x1
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_DAMAGED = "This file is damaged or was cut short. Save it again, and choose it again."
_NO_SPREADSHEET = "This is a zip archive. Unpack it, and choose the spreadsheet inside."
_PASSWORD = "This workbook is protected with a password. Save it without one, and choose it again."
_STUMBLES = (BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError)
# What tells one kind of archive from another: the part that it has.
_OTHERS = (
    ("xl/workbook.bin", "This is a binary workbook (.xlsb). Save it as .xlsx, and choose that."),
    ("word/document.xml", "This is a Word document. Copy its table into a spreadsheet."),
    ("ppt/presentation.xml", "This is a presentation. Copy its table into a spreadsheet."),
    ("Index/Document.iwa", "This is an Apple file. Export it as Excel or CSV, and choose that."),
    ("META-INF/MANIFEST.MF", "This is a program, not a spreadsheet."),
)


def archive_kind(data: bytes, unpacked_most: int) -> str:
    """'xlsx' or 'ods'.

    :raises Refused: for every other archive, and for one that would unpack to too much.
    """
    with _opened(data) as archive:
        parts = archive.infolist()
        _refuse_burst(parts, unpacked_most)
        names = {part.filename for part in parts}
        if any(part.flag_bits & _ENCRYPTED for part in parts):
            raise Refused(_PASSWORD)
        if "xl/workbook.xml" in names:
            return "xlsx"
        if "mimetype" in names:
            return _by_mimetype(archive)
    raise Refused(next((words for part, words in _OTHERS if part in names), _NO_SPREADSHEET))


def _opened(data: bytes) -> ZipFile:
    try:
        return ZipFile(io.BytesIO(data))
    except _STUMBLES as error:
        raise Refused(_DAMAGED) from error


def _refuse_burst(parts: list[ZipInfo], unpacked_most: int) -> None:
    """Refuse what would unpack to more than is bearable, by what its own directory says."""
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    bursting = unpacked > _RATIO_MATTERS_FROM and unpacked / packed > _RATIO_MOST
    if unpacked > unpacked_most or bursting or len(parts) > _PARTS_MOST:
        raise Refused(
            f"This file would unpack to {unpacked / 1024**2:,.0f} MB, which is more than any "
            "report needs, so it was not opened. Copy the figures alone into a new workbook."
        )


def _by_mimetype(archive: ZipFile) -> str:
    try:
        mimetype = archive.read("mimetype")[:200].strip()
    except (*_STUMBLES, zlib.error) as error:
        raise Refused(_DAMAGED) from error
    if mimetype != _ODS:
        raise Refused(
            "This is an OpenDocument file, but not a spreadsheet. Copy its table into one."
        )
    return "ods"
