"""What cannot be answered, told as JSON: one body for every error, and what is logged."""

from __future__ import annotations

import logging

from flask import Blueprint, Flask, Response, request
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


def tell_programs(server: Flask) -> None:
    """Tell in JSON, too, what no route of the API has refused, to whoever reads no pages."""

    @server.after_request
    def _told(response: Response) -> Response:
        is_page = response.mimetype == "text/html" and response.status_code in (404, 405)
        if not is_page or _reads_pages():
            return response
        there = "cannot be asked with " + request.method if "Allow" in response.headers else ""
        message = f"{request.path} {there or 'is not there'}."
        told = json_response(body(message), response.status_code)
        told.headers.update({name: response.headers[name] for name in ("Allow",) if there})
        return told


def _reads_pages() -> bool:
    if "text/html" in request.headers.get("Accept", ""):
        return True
    is_for_programs = request.path.startswith(("/data", "/_status"))
    asks_for_json = request.accept_mimetypes.best == "application/json"
    return request.method in ("GET", "HEAD") and not is_for_programs and not asks_for_json
