"""The API's blueprint: every route of the table, its errors and its headers."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from flask import Blueprint, Response, current_app, request

from api import catalogue, comparisons, journeys, kpis, own_kpis
from api.answers import Answer, is_kept, tag
from api.errors import MethodNotAllowed, NotFound
from api.formats import respond
from api.openapi import served
from api.questions import Call, Question, read
from api.refusals import handle_errors
from api.routes import ROUTES, Route
from api.share_links import is_linked
from config import Settings
from data.datatypes import INSTANT
from data.reader import Reader

Answering = Callable[..., Answer]
_EXPOSED = "ETag, Content-Disposition, Link, X-Total-Count"
READING = ("GET", "HEAD", "OPTIONS")
WRITING = ("POST", "PUT", "PATCH", "DELETE")
ANSWERS: dict[str, Answering] = {
    "services": catalogue.services,
    "service": catalogue.service,
    "service-kpis": own_kpis.service_kpis,
    "kpi-parts": own_kpis.parts,
    "service-definitions": own_kpis.definitions,
    "projections": kpis.projections,
    "measurements": kpis.measurements,
    "journey": journeys.journey,
    "journey-stage": journeys.stage,
    "journey-messages": journeys.messages,
    "organisations": catalogue.organisations,
    "organisation": catalogue.organisation,
    "organisation-kpis": kpis.organisation_kpis,
    "compare": comparisons.compare,
    "kpis": kpis.kpis,
    "live": kpis.live,
    "definitions": kpis.definitions,
}


# How many of a route are not read again when they are asked again.
_KNOWN_QUESTIONS = 256


def blueprint(reader: Reader, settings: Settings) -> Blueprint:
    """The API under /api, answering from a reader."""
    made = Blueprint("api", __name__, url_prefix="/api")
    for route in ROUTES:
        view = _view(route, reader, settings)
        made.add_url_rule(route.path, route.name, view, methods=["GET"])
    made.add_url_rule(served.PATH, "openapi", lambda: served.answer(reader, settings))
    # Without it Dash would answer unknown addresses with a page.
    made.add_url_rule("/<path:unknown>", "unknown", _unknown, methods=["GET", *WRITING])
    handle_errors(made)
    made.after_request(_set_headers)
    return made


def _view(route: Route, reader: Reader, settings: Settings) -> Callable[..., Response]:
    def view(**named: str) -> Response:
        # A write to another service leaves its tag and its answer as they are.
        with reader.about(named["slug"] if route.of_one_service else ""):
            return answered(**named)

    @lru_cache(maxsize=_KNOWN_QUESTIONS)
    def known(_query: bytes) -> Question:
        # What it says rests on its words alone.
        return read(request.args, route, settings)

    def answered(**named: str) -> Response:
        question = dict(known(request.query_string))
        own = tag(reader, settings, live=route.live or question.get("period") == INSTANT)
        if not is_linked() and is_kept(own):
            response = Response(status=304)
        else:
            call = Call(reader, settings, question)
            answer = ANSWERS[route.name](call, **named)
            response = respond(answer, route, call)
            if answer.personal:
                response.headers["Cache-Control"] = "private, no-store"
                return response
        response.set_etag(own)
        return response

    return view


def _unknown(unknown: str) -> Response:
    methods = [method for method in ("GET", *WRITING) if _answers(method)]
    if methods:
        raise MethodNotAllowed(
            f"{request.path} cannot be asked with {request.method}, only with "
            f"{' or '.join(methods)}.",
            methods,
        )
    raise NotFound(f"There is nothing at /api/{unknown}.")


def _answers(method: str) -> bool:
    adapter = current_app.url_map.bind("")
    endpoint, _ = adapter.match(request.path, method)
    return bool(endpoint != request.endpoint)


def _set_headers(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-cache")
    if request.method in READING:
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = "GET, HEAD, OPTIONS"
        response.headers["Access-Control-Allow-Headers"] = "If-None-Match"
        response.headers["Access-Control-Max-Age"] = "86400"
    return response
