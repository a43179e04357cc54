"""Answers: rows, and what lets a client keep them."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Response, request

from api.cells import FrameRows, Row
from config import Settings
from data.reader import Reader

# Move on when answers change without the figures changing, so that nobody keeps an old one.
_EDITION = 2
# How many tags are not made again while what they name stays as it is.
_KNOWN_TAGS = 1024


@dataclass(frozen=True)
class Answer:
    """Some rows of `total`, or the only row where `total` is None.

    ``personal``: only for whoever asked, as it is of a service that is not published.
    """

    rows: list[Row] | FrameRows
    total: int | None = None
    personal: bool = False


def json_response(body: Any, status: int = 200) -> Response:
    """A body as JSON; NaN would be an error here, as it is no JSON."""
    text = json.dumps(body, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return Response(text + "\n", status, mimetype="application/json")


def tag(reader: Reader, settings: Settings, *, live: bool) -> str:
    """What names the answer to this request: another revision, day or question has another.

    Only a ``live`` answer is another one after every count of live users.
    """
    revision = reader.revision()
    asked = (request.path, request.query_string)
    limits = (settings.api_limit, settings.api_limit_most, settings.complete_enough_percent)
    # What is taken away names the platform and its addresses.
    host = (request.scheme, request.host, request.root_path)
    named = (settings.site_name, settings.data_licence, host)
    number = (revision.number, revision.updated_at, revision.live if live else 0)
    return _hash(_EDITION, number, reader.today(), limits, named, asked)


@lru_cache(maxsize=_KNOWN_TAGS)
def _hash(*parts: object) -> str:
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:32]


def is_kept(own: str) -> bool:
    """Whether the client says that it has the answer of this tag already."""
    known = request.if_none_match.as_set(include_weak=True)
    # Compression on the way out adds its own name after a colon.
    return any(given.partition(":")[0] == own for given in known)
