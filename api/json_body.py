"""A JSON object that is sent with a request, bounded in size."""

from __future__ import annotations

from typing import Any

from flask import request
from werkzeug.exceptions import RequestEntityTooLarge

from api import strict_json
from api.errors import BadRequest, TooLarge


def read_object(bytes_most: int) -> dict[str, Any]:
    """The object that was sent; an empty one where nothing was.

    :raises BadRequest: when it is no JSON object. :raises TooLarge: when it has too many bytes.
    """
    given = _parsed(_sent(bytes_most))
    if not isinstance(given, dict):
        raise BadRequest("The body must be a JSON object of named fields.")
    return given


def _sent(bytes_most: int) -> bytes:
    request.max_content_length = bytes_most
    try:
        return request.get_data(cache=False)
    except RequestEntityTooLarge as error:
        raise TooLarge(f"The body may have {bytes_most:,} bytes at most.") from error


def _parsed(sent: bytes) -> Any:
    return strict_json.parse(sent) if sent.strip() else {}
