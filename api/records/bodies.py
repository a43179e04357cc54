"""The body of a write: bounded while it is read and unpacked, and parsed."""

from __future__ import annotations

import gzip
import zlib
from contextlib import suppress
from io import BufferedReader
from typing import IO, Any

from flask import request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from api import strict_json
from api.errors import BadRequest, TooLarge

JSON = "application/json"
# No record that says anything is shorter. A body of nothing but `{}` would take a thousand times
# the memory that it is long.
_RECORD_BYTES = 50
# A client that is cut off while it still sends never reads why. One that sends up to so many times
# too much is heard out.
_PATIENCE = 4
_CHUNK = 65_536


class NotJson(BadRequest):
    """A body that does not say that it is JSON, or says nothing; worded as the contract has it."""

    def __init__(self) -> None:
        super().__init__(f"ValidationError('Expected header: Content-type: {JSON}',)")


def read_json(bytes_most: int) -> Any:
    """What was sent, unpacked if it was compressed.

    :raises TooLarge: when it has more than ``bytes_most`` bytes, before or after it is unpacked.
    :raises NotJson: when its content type is another, or it is `null`.
    :raises BadRequest: when it is empty, not gzip though it says so, or no JSON.
    """
    sent = _read(bytes_most)
    if not sent:
        raise BadRequest("Expected JSON request body but received zero bytes.")
    if request.mimetype != JSON:
        raise NotJson
    found = strict_json.parse(sent)
    if found is None:
        raise NotJson
    return found


def read_records(bytes_most: int) -> list[Any]:
    """The records that were sent; one alone counts as a list of one.

    :raises TooLarge, NotJson, BadRequest: as `read_json` does.
    """
    given = read_json(bytes_most)
    records = given if isinstance(given, list) else [given]
    most = bytes_most // _RECORD_BYTES
    if len(records) > most:
        raise TooLarge(f"A body may have {most:,} records at most. Send them in several.")
    return records


def hear_out(bytes_most: int) -> None:
    """Read what is left of a body that nobody asked for.

    The server ends a connection on which more comes, and a client that keeps it for its next
    request finds nobody there.
    """
    request.max_content_length = _PATIENCE * bytes_most
    with suppress(HTTPException):
        # What was read as it should be is closed.
        while not request.stream.closed and request.stream.read(_CHUNK):
            pass


def _read(bytes_most: int) -> bytes:
    request.max_content_length = _PATIENCE * bytes_most
    try:
        body = BufferedReader(request.stream)  # type: ignore[type-var]
        packed = "gzip" in request.headers.get("Content-Encoding", "").lower()
        sent = _unpack(body, bytes_most) if packed else body.read(bytes_most + 1)
        if max(len(sent), request.content_length or 0) <= bytes_most:
            return sent
        while body.read(_CHUNK):
            pass
    except RequestEntityTooLarge as error:
        raise _too_large(bytes_most) from error
    raise _too_large(bytes_most)


def _unpack(stream: IO[bytes], bytes_most: int) -> bytes:
    """The first bytes of what was compressed; one more than may be there, if there are more."""
    try:
        with gzip.GzipFile(fileobj=stream) as unpacked:
            return unpacked.read(bytes_most + 1)
    except (EOFError, gzip.BadGzipFile, zlib.error) as error:
        raise BadRequest("The body is not gzip, or it was cut short.") from error


def _too_large(bytes_most: int) -> TooLarge:
    return TooLarge(f"The body may have {bytes_most:,} bytes at most, also when it is unpacked.")
