"""Errors in .xlsx sheets, and formulas that no program has worked out yet.

The reader gives both as empty cells, and an empty cell means 'not reported'.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from posixpath import join, normpath
from xml.etree import ElementTree
from zipfile import ZipFile

from data.spreadsheets.marks import Marks, Place
from data.spreadsheets.sheets import NOT_WORKED_OUT

_BOOK = "xl/workbook.xml"
_RELATIONS = "xl/_rels/workbook.xml.rels"
_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_CELL = re.compile(rb"<(?:\w+:)?c\b([^>]*[^/>]|)>((?:(?!</(?:\w+:)?c>).)*)</(?:\w+:)?c>", re.DOTALL)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})([0-9]{1,7})"')
_VALUE = re.compile(rb"<(?:\w+:)?v[^>/]*>([^<]*)</")
_FORMULA = re.compile(rb"<(?:\w+:)?f\b")
_IS_ERROR = b't="e"'
_IS_TEXT = b't="str"'


def marks(data: bytes) -> dict[str, Marks]:
    """The marks of each sheet, by its name."""
    with ZipFile(io.BytesIO(data)) as archive:
        return {name: Marks(_errors(archive.read(part))) for name, part in _sheets(archive)}


def _sheets(archive: ZipFile) -> Iterator[tuple[str, str]]:
    """Each sheet's name, and the part of the archive that holds it."""
    targets = {
        relation.get("Id"): relation.get("Target", "")
        for relation in ElementTree.fromstring(archive.read(_RELATIONS))
    }
    known = set(archive.namelist())
    for element in ElementTree.fromstring(archive.read(_BOOK)).iter():
        target = targets.get(element.get(_ID)) if element.tag.endswith("}sheet") else None
        if target:
            part = target.removeprefix("/") if target.startswith("/") else join("xl", target)
            if normpath(part) in known:
                yield element.get("name", ""), normpath(part)


def _errors(xml: bytes) -> dict[Place, str]:
    if _IS_ERROR not in xml and not _FORMULA.search(xml):
        return {}
    found: dict[Place, str] = {}
    for cell in _CELL.finditer(xml):
        attributes, inside = cell.groups()
        wrong = _wrong(attributes, inside)
        reference = _REFERENCE.search(attributes) if wrong else None
        if reference:
            found[int(reference[2]) - 1, _column(reference[1].decode())] = wrong
    return found


def _wrong(attributes: bytes, inside: bytes) -> str:
    value = _VALUE.search(inside)
    if _IS_ERROR in attributes:
        return value[1].decode(errors="replace") if value else "#ERROR!"
    if not _FORMULA.search(inside) or _IS_TEXT in attributes:
        return ""
    return "" if value and value[1] else NOT_WORKED_OUT.text


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
