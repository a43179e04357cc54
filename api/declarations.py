"""What is declared of services, over HTTP: read by anyone, written with a bearer token."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, g

from api.answers import is_kept, json_response, tag
from api.bearer import EXPECTED, bearer, has_header
from api.catalogue import seen_by
from api.declaration_routes import DECLARATION_ROUTES, SCHEMA, DeclarationRoute
from api.errors import Faulty, NotFound, Unauthorised
from api.json_body import read_object
from api.refusals import handle_errors
from api.share_links import brought, is_linked
from config import Settings
from data.admission import caller
from data.declaration_kinds import NAMES, Kind, kind
from data.declarations import Declaration, DeclarationsQuery
from data.deliveries import Sender, deliver
from data.engine import Engine
from data.entries import DeclarationEntry, Delivery
from data.people import Viewer
from data.previews import may_publish
from data.reader import Reader
from data.selection import Selection
from data.validation import Rejected

_NOT_THEIRS = "Unauthorized: Invalid bearer token: it may not publish for {!r}."


@dataclass(frozen=True)
class Call:
    """A request about a kind of declaration of a service that the caller may see."""

    reader: Reader
    engine: Engine
    kind: Kind
    about: Selection
    caller: Viewer | None
    given: Mapping[str, Any]

    @property
    def declared(self) -> tuple[Declaration, ...]:
        """What is declared now."""
        query = DeclarationsQuery(self.about.service, self.kind.name, self.about.preview)
        found: Any = self.reader.run(query)
        return tuple(found)

    def find(self, key: str) -> Declaration | None:
        """What is declared under a key."""
        return next((item for item in self.declared if item.key == key), None)

    def send(self, key: str, body: Mapping[str, Any] | None, action: str) -> None:
        """Declare or withdraw."""
        assert self.caller is not None, "who writes has a token"
        entry = DeclarationEntry(self.about.service, self.kind.name, key, body)
        sender = Sender(self.caller.email or self.caller.name, action=action)
        deliver(self.engine, Delivery(declarations=[entry]), sender)


def declaration_blueprint(reader: Reader, engine: Engine, settings: Settings) -> Blueprint:
    """The addresses under /api/services/<slug>, and the schemas of what is sent to them."""
    made = Blueprint("declarations", __name__, url_prefix="/api")
    for route in DECLARATION_ROUTES:
        view = _view(route, reader, engine, settings)
        name = f"{route.name}-{route.kind.name}"
        made.add_url_rule(route.path, name, view, methods=[route.method])
    made.add_url_rule(SCHEMA, "schema", _schema, methods=["GET"])
    handle_errors(made)
    made.after_request(_set_headers)
    return made


def _view(
    route: DeclarationRoute, reader: Reader, engine: Engine, settings: Settings
) -> Callable[..., Response]:
    def view(slug: str, **named: str) -> Response:
        viewer = _caller(engine) or g.get("viewer")
        # A link lets nobody write.
        about = seen_by(reader, slug, viewer, None if route.writes else brought())
        if route.writes:
            _check(reader, about, viewer)
        elif not is_linked() and is_kept(tag(reader, settings, live=False)):
            return Response(status=304)
        given = read_object(settings.body_bytes_most) if route.body else {}
        call = Call(reader, engine, route.kind, about, viewer, given)
        try:
            response = VIEWS[route.name](call, **named)
        except Rejected as error:
            faults = [{"field": item.field, "message": item.message} for item in error.faults]
            raise Faulty(str(error), faults) from error
        if about.preview:
            response.headers["Cache-Control"] = "private, no-store"
        elif not route.writes:
            response.set_etag(tag(reader, settings, live=False))
        return response

    return view


def _caller(engine: Engine) -> Viewer | None:
    """Whoever the bearer token that came along speaks for; None without one.

    :raises Unauthorised: when it speaks for nobody.
    """
    if not has_header():
        return None
    found = caller(engine, bearer() or "")
    if found is None:
        raise Unauthorised("Unauthorized: Invalid bearer token: it is not one of a person.")
    return found


def _check(reader: Reader, about: Selection, viewer: Viewer | None) -> None:
    # A cookie alone must not write: a page elsewhere could make a browser send it.
    if not has_header() or viewer is None:
        raise Unauthorised(EXPECTED)
    if not may_publish(reader, about, viewer):
        raise Unauthorised(_NOT_THEIRS.format(about.service))


def _list(call: Call) -> Response:
    return json_response({"data": [_shown(item) for item in call.declared]})


def _show(call: Call, key: str) -> Response:
    return json_response({"data": _shown(_found(call, key))})


def _put(call: Call, key: str) -> Response:
    is_new = call.find(key) is None
    call.send(key, call.given, f"set {call.kind.name}")
    return json_response({"data": _shown(_found(call, key))}, 201 if is_new else 200)


def _delete(call: Call, key: str) -> Response:
    _found(call, key)
    call.send(key, None, f"remove {call.kind.name}")
    return json_response({"status": "ok", "message": f"Withdrew {call.kind.name} {key}"})


VIEWS: Mapping[str, Callable[..., Response]] = {
    "list": _list,
    "show": _show,
    "put": _put,
    "delete": _delete,
}


def _found(call: Call, key: str) -> Declaration:
    found = call.find(key)
    if found is None:
        known = ", ".join(item.key for item in call.declared) or "none"
        raise NotFound(
            f"{call.about.service} has no {call.kind.name} {key[:100]!r}. Its {call.kind.plural}: "
            f"{known}."
        )
    return found


def _shown(found: Declaration) -> dict[str, Any]:
    at = datetime.fromtimestamp(found.updated_at, UTC).isoformat()
    return {"key": found.key, **found.body, "updated_at": at}


def _schema(kind: str) -> Response:
    if kind not in NAMES:
        raise NotFound(f"There is no schema {kind[:100]!r}. The schemas are: {', '.join(NAMES)}.")
    return json_response(_schema_of(kind))


def _schema_of(name: str) -> Any:
    return kind(name).schema


def _set_headers(response: Response) -> Response:
    response.headers.setdefault("Cache-Control", "no-cache")
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response
