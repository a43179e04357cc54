"""The table of the admin API's routes: the blueprint and the OpenAPI document are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.administration import TOKEN, TOKEN_HELP
from data.data_sets import SETTINGS

DATA_SETS = "/data-sets"
DATA_SET = f"{DATA_SETS}/<group>/<type>"
TOKENS = f"{DATA_SET}/tokens"


@dataclass(frozen=True)
class BodyField:
    """A field of what is sent or answered: its name, its JSON schema, and what it is."""

    name: str
    schema: Mapping[str, Any]
    help: str
    required: bool = False


@dataclass(frozen=True)
class AdminRoute:
    """One method of one address; each needs an admin's bearer token.

    name: its view's, in `data_sets.VIEWS`. path: under /api, as Flask writes it. fields: those of
    the JSON object that is sent; none: nothing is. answers: what each status means. answered: the
    fields of `data` in the answer, an object, or a list of them where it is `many`. told: fields
    beside `data`.
    """

    name: str
    method: str
    path: str
    summary: str
    answers: Mapping[int, str]
    fields: tuple[BodyField, ...] = ()
    answered: tuple[BodyField, ...] = ()
    told: tuple[BodyField, ...] = ()
    many: bool = False


_TEXT = {"type": "string"}
_TIME = {"type": "string", "format": "date-time"}
_TIME_OR_NULL = {"type": ["string", "null"], "format": "date-time"}
_ADDRESS = (
    BodyField("data_group", _TEXT, "The group in its address."),
    BodyField("data_type", _TEXT, "The data type in its address."),
)
_SETTINGS = tuple(BodyField(item.name, item.kind.schema, item.help) for item in SETTINGS)
_TOKEN_TEXT = {"type": "string", "pattern": "^[!-~]+$"}
TOKEN_FIELDS = (
    BodyField("id", {"type": "integer"}, "What revokes it."),
    BodyField("name", _TEXT, "Who uses it."),
    BodyField("created_at", _TIME, "When it was made."),
    BodyField("expires_at", _TIME_OR_NULL, "From when on it is refused; null: never."),
    BodyField("last_used_at", _TIME_OR_NULL, "When it was last used, to the minute."),
)
DATA_SET_FIELDS = (
    *_ADDRESS,
    *_SETTINGS,
    BodyField("updated_at", _TIME_OR_NULL, "When its records or settings last changed."),
    BodyField("tokens", {"type": "array", "items": {"type": "object"}}, "Its tokens."),
)
_MADE_TOKEN = BodyField("token", _TEXT, "The token itself: it is told this once.")
_STATUS = (
    BodyField("status", {"const": "ok"}, "That it is done."),
    BodyField("message", _TEXT, "What was done."),
)
_REFUSED = "What was sent cannot be taken; `faults` names every field that is wrong, and why."
_UNAUTHORISED = "There is no bearer token, or it is not one of an admin."
_MISSING = "There is no such data set."
_TOO_LARGE = "The body is larger than the platform takes."

ADMIN_ROUTES = (
    AdminRoute(
        "list",
        "GET",
        DATA_SETS,
        "All data sets with their settings, by group and type.",
        {200: "The data sets.", 401: _UNAUTHORISED},
        answered=DATA_SET_FIELDS,
        many=True,
    ),
    AdminRoute(
        "show",
        "GET",
        DATA_SET,
        "A data set's settings, and what its tokens are called.",
        {200: "The data set.", 401: _UNAUTHORISED, 404: _MISSING},
        answered=DATA_SET_FIELDS,
    ),
    AdminRoute(
        "put",
        "PUT",
        DATA_SET,
        "Make a data set, or change the settings that are sent; the others stay as they are.",
        {
            200: "It was there and has these settings now.",
            201: "It is made; `token` may write to it, unless a token was sent.",
            400: _REFUSED,
            401: _UNAUTHORISED,
            413: _TOO_LARGE,
        },
        (*_ADDRESS, *_SETTINGS, BodyField(TOKEN, _TOKEN_TEXT, TOKEN_HELP)),
        DATA_SET_FIELDS,
        (_MADE_TOKEN,),
    ),
    AdminRoute(
        "delete",
        "DELETE",
        DATA_SET,
        "Remove a data set with its records, the figures they made, and its tokens.",
        {200: "It is gone.", 401: _UNAUTHORISED, 404: _MISSING},
        told=_STATUS,
    ),
    AdminRoute(
        "make-token",
        "POST",
        TOKENS,
        "Make another token that may write to a data set. All of its tokens are valid at a time.",
        {
            201: "The token is made.",
            400: _REFUSED,
            401: _UNAUTHORISED,
            404: _MISSING,
            413: _TOO_LARGE,
        },
        (
            BodyField("name", _TEXT, "Who will use it."),
            BodyField(
                "expires_at",
                _TIME_OR_NULL,
                "From when on it is refused: a time, or the midnight (UTC) of a date such as "
                "2030-12-31.",
            ),
            BodyField(TOKEN, _TOKEN_TEXT, TOKEN_HELP),
        ),
        TOKEN_FIELDS,
        (_MADE_TOKEN,),
    ),
    AdminRoute(
        "revoke-token",
        "DELETE",
        f"{TOKENS}/<int:id>",
        "Revoke a token of a data set.",
        {200: "It is refused from now on.", 401: _UNAUTHORISED, 404: "There is no such token."},
        told=_STATUS,
    ),
)
