"""What names a record in its data set: the _id that was sent, or one that is made for it."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Collection, Mapping, Sequence
from functools import lru_cache
from typing import Any
from uuid import uuid4

from data.datatypes import DataType
from data.entries import Record

# What the table's column can hold on every engine.
LONGEST_ID = 500
NO_RECORD = "No record found with id {}"
_MIDNIGHT = "T00:00:00+00:00"
_SEPARATING = re.compile(r"[\s.%]")


def is_id(value: object) -> bool:
    """Whether a value can be an _id: text, not empty, without white space, and not too long."""
    return isinstance(value, str) and value.split() == [value] and len(value) <= LONGEST_ID


def missing(body: Record, fields: Sequence[str]) -> list[str]:
    """Which of the fields that its _id is made of a record lacks."""
    return [name for name in fields if name not in body]


def automatic(body: Record, fields: Sequence[str]) -> str:
    """The _id of a data set with ``auto_ids``: base64 of the values as they were sent."""
    texts = ("" if isinstance(body[f], list | dict) else str(body[f]) for f in fields)
    return b64encode(".".join(texts).encode("utf-8", "surrogatepass")).decode()


def made_up(body: Record, data_type: DataType) -> str:
    """An _id for a record that was sent without one.

    Records of a standard data type are told apart by their time, period and text fields, those
    that the type does not know, or did not always know, among them: sent again, such a record
    replaces itself and is not counted twice. Other records are all new.
    """
    if not data_type.fields:
        return uuid4().hex
    own = data_type.naming
    more = [
        name
        for name, value in body.items()
        if isinstance(value, str) and name[0] != "_" and name not in own
    ]
    parts = [str(body["_timestamp"]).removesuffix(_MIDNIGHT), *(body.get(n) or "" for n in own)]
    parts += [f"{name}={body[name]}" for name in sorted(more)]
    return _short(".".join(map(_part, parts)))


def all_made_up(
    columns: Mapping[str, Sequence[Any]], texts: Collection[str], size: int, data_type: DataType
) -> list[str]:
    """The same for so many records of the same fields.

    :param columns: their values by field. texts: the fields that hold text, in all records unless
        they are the data type's own.
    """
    if not data_type.fields:
        return [uuid4().hex for _ in range(size)]
    own = data_type.naming
    parts = [[text.removesuffix(_MIDNIGHT) for text in columns["_timestamp"]]]
    parts += [[value or "" for value in columns.get(name, [""] * size)] for name in own]
    more = sorted(name for name in texts if name[0] != "_" and name not in own)
    parts += [[f"{name}={value}" for value in columns[name]] for name in more]
    keys = list(map(".".join, zip(*map(_all_parts, parts), strict=True)))
    return keys if max(map(len, keys)) <= LONGEST_ID else list(map(_short, keys))


def _all_parts(texts: list[str]) -> list[str]:
    return list(map(_part, texts)) if _SEPARATING.search("".join(texts)) else texts


def _short(key: str) -> str:
    return key if len(key) <= LONGEST_ID else hashlib.sha256(key.encode()).hexdigest()


@lru_cache(maxsize=4096)
def _part(text: str) -> str:
    return _SEPARATING.sub(_quoted, text)


def _quoted(match: re.Match[str]) -> str:
    return f"%{ord(match[0]):02X}"
