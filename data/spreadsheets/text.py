"""Text from bytes: UTF-8, UTF-16 or Windows-1252, and no other encoding taken for one of them."""

from __future__ import annotations

import codecs
import re

from data.spreadsheets.refusals import Refused

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_NOT_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# In English, French or Welsh one letter in ten has an accent; in text of another encoding that
# was taken for Windows-1252, most have.
_ACCENTS_MOST = 0.25
WINDOWS_NOTE = (
    "The file does not say how its letters are coded. It was read as Windows text: check that "
    "signs such as £ and letters with accents are right."
)
_UNKNOWN = (
    "The letters of this file are coded in a way that could not be told. In your spreadsheet "
    "program, save it as ‘CSV UTF-8’ or as .xlsx."
)
_BINARY = "This is not a spreadsheet that can be read. Choose a .csv, .xlsx, .xls or .ods file."


def decoded(data: bytes) -> tuple[str, str]:
    """The text, and a note where its encoding had to be guessed ('' where it was sure).

    :raises Refused: when it is not text, or in an unknown encoding.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _checked(_exactly(data.removeprefix(mark), encoding)), ""
    if encoding := _wide(data):
        return _checked(_exactly(data, encoding)), ""
    try:
        return _checked(data.decode("utf-8")), ""
    except UnicodeDecodeError:
        return _windows(data), WINDOWS_NOTE


def _exactly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise Refused(_UNKNOWN) from error


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every other byte of plain letters is nought."""
    sample = data[:2000]
    for encoding, places in (("utf-16-le", sample[1::2]), ("utf-16-be", sample[0::2])):
        if places and places.count(0) > 0.7 * len(places):
            return encoding
    return ""


def _windows(data: bytes) -> str:
    if b"\x00" in data:
        raise Refused(_BINARY)
    text = _checked(_exactly(data, "cp1252"))
    accents = sum(letter > "\x7f" for letter in text)
    if accents > _ACCENTS_MOST * sum(not letter.isspace() for letter in text):
        raise Refused(_UNKNOWN)
    return text


def _checked(text: str) -> str:
    if _NOT_TEXT.search(text):
        raise Refused(_BINARY)
    return text
