"""The record API's blueprint: every route of the table, its errors and its headers."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from itertools import groupby
from operator import attrgetter

from flask import Blueprint, Response, make_response, request
from werkzeug.exceptions import HTTPException
from werkzeug.routing import PathConverter

from api.errors import ApiError, MethodNotAllowed, NotFound
from api.records.bodies import hear_out
from api.records.desk import Desk, View
from api.records.headers import finish_read, wants_page
from api.records.reads import READS
from api.records.routes import EVERY_METHOD, RECORD_ROUTES, RecordRoute
from api.records.writes import WRITES, gone, rejected
from api.refusals import OF_PAGES, away, failure, http_error, refused
from config import Settings
from data.deliveries import UnknownDataSet
from data.engine import Engine
from data.reader import Reader
from data.validation import Rejected

log = logging.getLogger(__name__)
_READING = ("GET", "HEAD", "OPTIONS")
# Without these Dash would answer with a page.
_UNKNOWN = ("/data/<path:unknown>", "/data-sets/<path:unknown>", "/_status/<path:unknown>")


class _Key(PathConverter):
    """An _id in an address: unlike a path it may begin with a slash."""

    regex = ".+"
    part_isolating = False


def record_blueprint(
    reader: Reader, engine: Engine, settings: Settings, page: Callable[..., Response | str]
) -> Blueprint:
    """The record API. page: what a browser gets instead, called within its request."""
    made = Blueprint("records", __name__)
    made.record_once(lambda state: state.app.url_map.converters.update(key=_Key))
    desk = Desk(reader, engine, settings, page)
    views: dict[str, View] = {**READS, **WRITES}
    for route in RECORD_ROUTES:
        _add(made, route, _at(desk, views[route.name]))
    for path, routes in groupby(RECORD_ROUTES, attrgetter("path")):
        _refuse_others(made, path, [route.method for route in routes])
    for path in _UNKNOWN:
        name = f"unknown {path.split('/')[1]}"
        made.add_url_rule(path, name, _at(desk, _unknown), methods=EVERY_METHOD)
    made.register_error_handler(ApiError, refused)
    made.register_error_handler(Rejected, rejected)
    made.register_error_handler(UnknownDataSet, gone)
    for error in (HTTPException, *OF_PAGES):
        made.register_error_handler(error, _http_error)
    made.register_error_handler(Exception, _failed)
    made.after_request(partial(_finish, settings.body_bytes_most))
    return made


def _add(made: Blueprint, route: RecordRoute, view: View) -> None:
    made.add_url_rule(
        route.path,
        route.name,
        view,
        methods=[route.method],
        provide_automatic_options=False,
        # An _id may have slashes anywhere: see `_Key`.
        merge_slashes=False,
    )


def _at(desk: Desk, view: View) -> View:
    def asked(**named: str) -> Response:
        return view(desk, **named)

    return asked


def _refuse_others(made: Blueprint, path: str, methods: list[str]) -> None:
    allowed = [*methods, "HEAD"] if "GET" in methods else methods
    others = [method for method in EVERY_METHOD if method not in allowed]

    def refuse(**_: str) -> Response:
        raise MethodNotAllowed("Method Not Allowed", allowed)

    made.add_url_rule(
        path, f"not allowed {path}", refuse, methods=others, provide_automatic_options=False
    )


def _unknown(desk: Desk, **_: str) -> Response:
    if wants_page():
        response = make_response(desk.page())
        response.status_code = 404
        return response
    raise NotFound("Not Found")


def _http_error(error: HTTPException) -> Response:
    return http_error(error, error.name)


def _failed(error: Exception) -> Response:
    if answer := away(error):
        return answer
    log.error("%s failed", request.path, exc_info=error)
    return failure("Internal Server Error")


def _finish(bytes_most: int, response: Response) -> Response:
    if request.method in _READING:
        return finish_read(response)
    if response.status_code != 200:
        hear_out(bytes_most)
    return response
