"""What a file is, told by its first bytes and never by its name."""

from __future__ import annotations

import codecs
from pathlib import PurePath

from data.spreadsheets.archives import archive_kind
from data.spreadsheets.refusals import Refused

SAVE = "Open it in a spreadsheet program and save it as .xlsx or .csv."
_PROGRAM = "This is a program, not a spreadsheet. Choose the file with your figures."
_PACKED = "This is a compressed archive. Unpack it, and choose the spreadsheet inside."
_PICTURE = "This is a picture. Figures must be typed in cells: use the empty template."
_PDF = "This is a PDF. Copy its table into a spreadsheet, and save that as .xlsx or .csv."
_WEB_PAGE = f"This is a web page with the name of a spreadsheet. {SAVE}"
_OLD_XML = f"This is a spreadsheet in XML of 2003. {SAVE}"
_XML = f"This is an XML file. {SAVE}"
_RICH_TEXT = "This is a text document (RTF). Copy its table into a spreadsheet."
_JSON = (
    "This is JSON, which the API takes as it is. Here, choose a spreadsheet: .csv, .xlsx, .xls "
    "or .ods."
)
_SIGNATURES = (
    (b"MZ", _PROGRAM),
    (b"\x7fELF", _PROGRAM),
    (b"\xca\xfe\xba\xbe", _PROGRAM),
    (b"\xcf\xfa\xed\xfe", _PROGRAM),
    (b"\xfe\xed\xfa", _PROGRAM),
    (b"#!", _PROGRAM),
    (b"%PDF", _PDF),
    (b"\x89PNG", _PICTURE),
    (b"\xff\xd8\xff", _PICTURE),
    (b"GIF8", _PICTURE),
    (b"{\\rtf", _RICH_TEXT),
    (b"\x1f\x8b", _PACKED),
    (b"7z\xbc\xaf", _PACKED),
    (b"Rar!", _PACKED),
    (b"BZh", _PACKED),
    (b"\xfd7zXZ", _PACKED),
    (b"\x28\xb5\x2f\xfd", _PACKED),
)
# How text that is no table begins, once spaces are gone and letters are small.
_WORDS = (
    (b"<!doctype html", _WEB_PAGE),
    (b"<html", _WEB_PAGE),
    (b"<table", _WEB_PAGE),
    (b"<head", _WEB_PAGE),
    (b"<meta", _WEB_PAGE),
    (b"<body", _WEB_PAGE),
    (b"<style", _WEB_PAGE),
    (b"<div", _WEB_PAGE),
    (b"mime-version:", _WEB_PAGE),
    (b"[{", _JSON),
    (b"{", _JSON),
)
_COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ARCHIVE = b"PK\x03\x04"
# What a compound file holds is named in its directory, in UTF-16.
_PARTS = (
    (
        "EncryptedPackage",
        "This workbook is protected with a password. Save it without one, and choose it again.",
    ),
    ("WordDocument", "This is a Word document. Copy its table into a spreadsheet."),
    ("PowerPoint Document", "This is a presentation. Copy its table into a spreadsheet."),
)
_WORKBOOKS = ("Workbook", "Book")
_BEGINNING = 4096
KINDS = {"csv": "CSV", "xlsx": "Excel", "xls": "Excel 97 to 2003", "ods": "OpenDocument"}
_ENDINGS = {".xlsx": "xlsx", ".xlsm": "xlsx", ".xls": "xls", ".ods": "ods"}
_TEXTS = (".csv", ".txt", ".tsv", ".tab")


def kind_of(data: bytes, unpacked_most: int) -> str:
    """'csv', 'xlsx', 'xls' or 'ods'.

    :param unpacked_most: how many bytes an archive may hold.
    :raises Refused: for anything else; the sentence says what it is.
    """
    if not data.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        raise Refused("This file is empty. Choose the file with your figures.")
    if data.startswith((_ARCHIVE, b"PK\x05\x06")):
        return archive_kind(data, unpacked_most)
    if data.startswith(_COMPOUND):
        return _compound_kind(data)
    for signature, sentence in _SIGNATURES:
        if data.startswith(signature):
            raise Refused(sentence)
    _refuse_marked_up(data)
    return "csv"


def named_otherwise(kind: str, name: str) -> str:
    """A sentence where the file's name says another kind than its content; '' where it fits."""
    ending = PurePath(name).suffix.lower()
    known = "csv" if ending in _TEXTS else _ENDINGS.get(ending)
    if known == kind or not ending:
        return ""
    return f"The name ends in {ending}, but what is inside is {KINDS[kind]}: it was read as that."


def _compound_kind(data: bytes) -> str:
    for part, sentence in _PARTS:
        if part.encode("utf-16-le") in data:
            raise Refused(sentence)
    if any(part.encode("utf-16-le") in data for part in _WORKBOOKS):
        return "xls"
    raise Refused(
        "This is a file of another program than a spreadsheet. Choose a .csv, .xlsx, .xls or .ods "
        "file."
    )


def _refuse_marked_up(data: bytes) -> None:
    beginning = data[:_BEGINNING].removeprefix(codecs.BOM_UTF8)
    if beginning.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        beginning = beginning.replace(b"\x00", b"")[2:]
    beginning = beginning.lstrip().lower()
    for words, sentence in _WORDS:
        if beginning.startswith(words):
            raise Refused(sentence)
    if beginning.startswith((b"<?xml", b"<!--")):
        raise Refused(_of_xml(beginning))


def _of_xml(beginning: bytes) -> str:
    if b"office:spreadsheet" in beginning:
        return _OLD_XML
    return _WEB_PAGE if b"<html" in beginning else _XML
