"""What cannot be answered, told as JSON: one body for every error, and what is logged."""

from __future__ import annotations

import logging

from flask import Blueprint, Flask, Response, request
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge, TooManyRequests

from api.answers import json_response
from api.errors import ApiError, Away, Forbidden, TooSlow, body
from api.operating.request_ids import request_id
from data.absence import absence
from data.dialect import Stopped
from data.previews import LinkRefused

log = logging.getLogger(__name__)
OF_PAGES = (TooManyRequests, RequestEntityTooLarge)


def refused(error: ApiError) -> Response:
    """The answer to what cannot be answered."""
    response = json_response(body(str(error), error.faults), error.status)
    response.headers.update(error.headers)
    return response


def away(error: Exception) -> Response | None:
    """The answer where the database is away or takes too long; None where all else is wrong."""
    if isinstance(error, Stopped):
        log.warning("%s: %s", request.path, error)
        return refused(TooSlow(str(error)))
    sentence = absence(error)
    if sentence is None:
        return None
    log.warning("%s: %s %s", request.path, sentence, error)
    return refused(Away(sentence))


def handle_errors(made: Blueprint) -> None:
    """Let a blueprint tell whatever goes wrong in the one JSON body."""
    made.register_error_handler(ApiError, refused)
    # Pages have a word of their own for these, which Flask would prefer to a word for all errors.
    for error in (HTTPException, *OF_PAGES):
        made.register_error_handler(error, _http_error)
    made.register_error_handler(LinkRefused, lambda error: refused(Forbidden(str(error))))
    made.register_error_handler(Exception, _failed)


def _http_error(error: HTTPException) -> Response:
    return http_error(error, f"{error.description}")


def http_error(error: HTTPException, message: str) -> Response:
    """The answer to an error of HTTP's; whoever asks too often is told how long to wait."""
    if isinstance(error, TooManyRequests):
        message = f"{error.description}"
    response = json_response(body(message), error.code or 500)
    if told := dict(error.get_headers()).get("Retry-After"):
        response.headers["Retry-After"] = told
    return response


def _failed(error: Exception) -> Response:
    if answer := away(error):
        return answer
    log.error("%s failed", request.path, exc_info=error)
    return failure("Something went wrong here. It has been logged.")


def failure(message: str) -> Response:
    """The answer to what broke, with the number by which it is found in the log."""
    return json_response({**body(message), "request_id": request_id()}, 500)


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
