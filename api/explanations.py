"""What stands beside figures that are taken away: what they are, whose, and how old."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Kind = Literal["text", "number", "whole", "boolean", "day", "moment"]
# What a cell of each kind holds, in words.
KINDS: dict[Kind, str] = {
    "text": "text",
    "number": "number",
    "whole": "whole number",
    "boolean": "true or false",
    "day": "day",
    "moment": "moment in UTC",
}


@dataclass(frozen=True)
class ExportColumn:
    """A column: its header, what it means, what it holds, its unit, and whether it is never empty.

    unit: '' where it has none.
    """

    name: str
    help: str
    kind: Kind
    required: bool = False
    unit: str = ""


@dataclass(frozen=True)
class Asked:
    """A parameter of the question, its value, and what it asks in words."""

    parameter: str
    value: str
    words: str


@dataclass(frozen=True)
class Explanation:
    """What figures are that are taken away.

    source: the address of the page that shows them. publisher: the name of the platform. licence:
    its address, '' where nobody has said. modified: when they last changed; None where that is
    not known. address: of the CSV, for good. notes: sentences on how to read it.
    """

    title: str
    description: str
    asked: tuple[Asked, ...]
    columns: tuple[ExportColumn, ...]
    source: str
    publisher: str
    licence: str
    modified: datetime | None
    address: str
    notes: tuple[str, ...] = ()
