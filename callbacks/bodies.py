"""What a page sends to call one of its callbacks, held to what that callback declares.

Dash believes its own scripts, but anyone can post to its address. What they would never send is
refused here, in a sentence and before Dash looks at it; so an error in a callback is ours.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from dash import Dash
from dash._utils import split_callback_id
from flask import request
from werkzeug.exceptions import BadRequest

from callbacks.value_kinds import is_text, is_whole, kind_of

_ENDPOINT = "/_dash-update-component"
_SEVERAL = (["ALL"], ["ALLSMALLER"])
# An id as Dash declares it: text, or JSON in which a list stands for whatever completes it.
Pattern = str | Mapping[str, Any]


class Unreadable(BadRequest):
    """Something that no page of ours sends; the sentence says what is wrong with it."""


def check_bodies(app: Dash) -> None:
    """Refuse calls of callbacks that are not what the callback declares, before Dash sees them.

    They are answered as :class:`Unreadable` is.
    """

    @app.server.before_request
    def _check() -> None:
        if request.endpoint == _ENDPOINT and request.method == "POST":
            check(_body(), app.callback_map)


def check(body: Any, known: Mapping[str, Mapping[str, Any]]) -> None:
    """Hold a call to what its callback declares. known: Dash's map of callbacks by their output.

    :raises Unreadable: when it names no callback, or has not what that takes.
    """
    if not isinstance(body, Mapping):
        raise Unreadable("It is not a JSON object.")
    output = body.get("output")
    found = known.get(output) if isinstance(output, str) else None
    if found is None or "callback" not in found:
        raise Unreadable("Its ‘output’ names no callback of this platform.")
    outputs = split_callback_id(output)
    _check_all("outputs", outputs if isinstance(outputs, list) else [outputs], body)
    for part in ("inputs", "state"):
        _check_all(part, found[part], body)
    declared, sent = [*found["inputs"], *found["state"]], [*body["inputs"], *body.get("state", [])]
    _check_same_components(declared, sent)
    _check_changed(found["inputs"], body.get("changedPropIds"))


def _body() -> Any:
    if not request.is_json:
        raise Unreadable("It is not JSON.")
    try:
        return request.get_json()
    except RecursionError:
        raise Unreadable("It is nested too deeply.") from None
    except BadRequest:
        raise Unreadable("It is not JSON that can be read.") from None


def _check_all(part: str, declared: list[Mapping[str, str]], body: Mapping[str, Any]) -> None:
    """Hold one part of a body, of which Dash leaves out what has nothing in it."""
    sent = body.get(part, [] if part == "state" else None)
    if part == "outputs" and isinstance(sent, Mapping):
        sent = [sent]
    if not isinstance(sent, list) or len(sent) != len(declared):
        raise Unreadable(f"Its ‘{part}’ are not a list of {len(declared)}, as this callback has.")
    for one, given in zip(declared, sent, strict=True):
        pattern = _pattern(one["id"])
        if _is_several(pattern) and not isinstance(given, list):
            raise Unreadable(f"Its ‘{part}’ have no list for ‘{_name(pattern)}’.")
        for each in given if _is_several(pattern) else [given]:
            _check_one(part, pattern, one["property"], each)


def _check_one(part: str, pattern: Pattern, property: str, given: Any) -> None:
    named = f"{_name(pattern)}.{property}"
    if not isinstance(given, Mapping) or given.get("property") != property:
        raise Unreadable(f"Its ‘{part}’ do not have ‘{named}’ where it belongs.")
    if not _fits(pattern, given.get("id")):
        raise Unreadable(f"Its ‘{part}’ have another component in place of ‘{_name(pattern)}’.")
    if part != "outputs":
        _check_value(named, _name(pattern), given)


def _check_value(named: str, component: str, given: Mapping[str, Any]) -> None:
    property, value = given["property"], given.get("value")
    if property == "id":
        if value != given["id"]:
            raise Unreadable(f"‘{named}’ is not the component's own.")
        return
    kind = kind_of(component, property)
    if kind and not kind.fits(value):
        raise Unreadable(f"‘{named}’ is not {kind.words}.")


def _check_same_components(declared: list[Mapping[str, str]], sent: list[Any]) -> None:
    """Several properties of several components are of the same ones, in the same order."""
    seen: dict[str, list[Any]] = {}
    for one, given in zip(declared, sent, strict=True):
        if isinstance(given, list):
            found = [each["id"] for each in given]
            if seen.setdefault(one["id"], found) != found:
                raise Unreadable(f"It has not the same ‘{_name(_pattern(one['id']))}’ each time.")


def _check_changed(declared: list[Mapping[str, str]], changed: Any) -> None:
    if not isinstance(changed, list) or not all(map(is_text, changed)):
        raise Unreadable("Its ‘changedPropIds’ are not a list of text.")
    for text in changed:
        id, _, property = text.rpartition(".")
        if not any(
            one["property"] == property and _fits(_pattern(one["id"]), _read(id))
            for one in declared
        ):
            raise Unreadable("Its ‘changedPropIds’ name what is no input of this callback.")


@cache
def _pattern(id: str) -> Pattern:
    """The id that a callback declares."""
    if not id.startswith("{"):
        return id
    found: Mapping[str, Any] = json.loads(id)
    return found


def _read(id: str) -> Any:
    """The id in the words of a page; what cannot be read is no id of ours."""
    if not id.startswith("{"):
        return id
    try:
        return json.loads(id)
    except (ValueError, RecursionError):
        return None


def _is_several(pattern: Pattern) -> bool:
    return isinstance(pattern, Mapping) and any(one in _SEVERAL for one in pattern.values())


def _name(pattern: Pattern) -> str:
    """What a component is called: its id, or the type of an id that is completed."""
    return pattern if isinstance(pattern, str) else str(pattern["type"])


def _fits(pattern: Pattern, id: Any) -> bool:
    if isinstance(pattern, str):
        return bool(id == pattern)
    if not isinstance(id, Mapping) or id.keys() != pattern.keys():
        return False
    return all(
        _completes(id[name]) if isinstance(one, list) else id[name] == one
        for name, one in pattern.items()
    )


def _completes(value: Any) -> bool:
    """Whether it is what completes an id: a name, or the number of a row."""
    return is_text(value) or is_whole(value)
