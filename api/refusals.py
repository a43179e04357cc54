"""What cannot be answered, told as JSON: one body for every error, and what is logged."""

from __future__ import annotations

import logging

from flask import Blueprint, Response, request
from werkzeug.exceptions import HTTPException

from api.answers import json_response
from api.errors import ApiError, Away, body
from data.dialect import is_away

log = logging.getLogger(__name__)


def refused(error: ApiError) -> Response:
    """The answer to what cannot be answered."""
    response = json_response(body(str(error), error.faults), error.status)
    response.headers.update(error.headers)
    return response


def away(error: Exception) -> Response | None:
    """The answer where the database is away or too busy; None where something else is wrong."""
    if not is_away(error):
        return None
    log.warning("%s: the database is away or busy: %s", request.path, error)
    return refused(Away())


def handle_errors(made: Blueprint) -> None:
    """Let a blueprint tell whatever goes wrong in the one JSON body."""
    made.register_error_handler(ApiError, refused)
    made.register_error_handler(HTTPException, _http_error)
    made.register_error_handler(Exception, _failed)


def _http_error(error: HTTPException) -> Response:
    return json_response(body(f"{error.description}"), error.code or 500)


def _failed(error: Exception) -> Response:
    if answer := away(error):
        return answer
    log.error("%s failed", request.path, exc_info=error)
    return json_response(body("Something went wrong here. It has been logged."), 500)
