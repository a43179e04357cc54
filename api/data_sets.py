"""The admin API: data sets and their tokens, made, shown, changed and removed by programs.

It takes bearer tokens alone, never a cookie: no page elsewhere can make a browser call it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response

from api.answers import json_response
from api.bearer import EXPECTED, bearer, has_header
from api.data_set_routes import ADMIN_ROUTES, DATA_SET_FIELDS, AdminRoute
from api.errors import Faulty, NotFound, Unauthorised
from api.json_body import read_object
from api.refusals import handle_errors
from config import Settings
from data.administration import Administration, Managed
from data.data_sets import UnknownDataSet, settings
from data.deliveries import Sender
from data.entries import DataSetKey
from data.tokens import Token
from data.validation import Rejected

Given = Mapping[str, Any]
Shown = dict[str, Any]
_NOT_ADMIN = "Unauthorized: Invalid bearer token: it is not one of an admin."


@dataclass(frozen=True)
class Call:
    """A request of an admin: what was sent with it, and who sent it."""

    administration: Administration
    sender: Sender
    given: Given


def admin_blueprint(administration: Administration, settings: Settings) -> Blueprint:
    """The admin API under /api."""
    made = Blueprint("admin", __name__, url_prefix="/api")
    for route in ADMIN_ROUTES:
        view = _view(route, administration, settings.body_bytes_most)
        made.add_url_rule(route.path, route.name, view, methods=[route.method])
    made.register_error_handler(UnknownDataSet, _unknown)
    handle_errors(made)
    made.after_request(_set_headers)
    return made


def _view(route: AdminRoute, administration: Administration, most: int) -> Callable[..., Response]:
    def view(**named: Any) -> Response:
        sender = _sender(administration)
        given = read_object(most) if route.fields else {}
        try:
            return VIEWS[route.name](Call(administration, sender, given), **named)
        except Rejected as error:
            faults = [{"field": item.field, "message": item.message} for item in error.faults]
            raise Faulty(str(error), faults) from error

    return view


def _sender(administration: Administration) -> Sender:
    """Whoever calls, by the admin's token that came along."""
    token = administration.admit(bearer() or "")
    if token is None:
        raise Unauthorised(_NOT_ADMIN if has_header() else EXPECTED)
    return Sender(f"admin token {token.name}")


def _list(call: Call) -> Response:
    return json_response({"data": [_shown(item) for item in call.administration.listed()]})


def _show(call: Call, group: str, type: str) -> Response:
    return json_response({"data": _shown(call.administration.find(DataSetKey(group, type)))})


def _put(call: Call, group: str, type: str) -> Response:
    managed = call.administration.change(DataSetKey(group, type), call.given, call.sender)
    told = {} if managed.told is None else {"token": managed.told}
    return json_response({"data": _shown(managed), **told}, 201 if managed.is_new else 200)


def _delete(call: Call, group: str, type: str) -> Response:
    managed = call.administration.find(DataSetKey(group, type))
    call.administration.remove(managed.stored.entry.key, call.sender)
    return json_response({"status": "ok", "message": f"Deleted {managed.stored.entry.own_name}"})


def _make_token(call: Call, group: str, type: str) -> Response:
    token, text = call.administration.make_token(DataSetKey(group, type), call.given, call.sender)
    return json_response({"data": _shown_token(token), "token": text}, 201)


def _revoke_token(call: Call, group: str, type: str, id: int) -> Response:
    key = DataSetKey(group, type)
    token = call.administration.revoke_token(key, id, call.sender)
    if token is None:
        raise NotFound(f"{key.address} has no token {id}.")
    return json_response({"status": "ok", "message": f"Revoked {token.name}"})


VIEWS: Mapping[str, Callable[..., Response]] = {
    "list": _list,
    "show": _show,
    "put": _put,
    "delete": _delete,
    "make-token": _make_token,
    "revoke-token": _revoke_token,
}


def _shown(managed: Managed) -> Shown:
    """A data set as `data_set_routes.DATA_SET_FIELDS` has it."""
    entry = managed.stored.entry
    told = {
        "data_group": entry.group,
        "data_type": entry.type,
        **settings(entry),
        "updated_at": _time(managed.stored.updated_at),
        "tokens": [_shown_token(token) for token in managed.tokens],
    }
    return {field.name: told[field.name] for field in DATA_SET_FIELDS}


def _shown_token(token: Token) -> Shown:
    """A token as `data_set_routes.TOKEN_FIELDS` has it."""
    return {
        "id": token.id,
        "name": token.name,
        "created_at": _time(token.created_at),
        "expires_at": _time(token.expires_at),
        "last_used_at": _time(token.last_used_at),
    }


def _time(second: int | None) -> str | None:
    return None if second is None else datetime.fromtimestamp(second, UTC).isoformat()


def _unknown(error: UnknownDataSet) -> Response:
    return json_response({"status": "error", "message": str(error)}, 404)


def _set_headers(response: Response) -> Response:
    response.headers["Cache-Control"] = "no-cache"
    return response
