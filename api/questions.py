"""Requests read into values: every parameter checked against the table, or refused in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from werkzeug.datastructures import MultiDict

from api.errors import BadRequest
from api.kinds import Unreadable
from api.parameters import EXPORTS, LIVE, Parameter, parameters_of
from api.routes import Route
from config import Settings
from data.datatypes import INSTANT
from data.reader import Reader
from data.selection import Selection
from kpi.definitions import SLUGS, kpi

Question = dict[str, Any]
# More than there can be.
EVERY_ROW = 10**15
_FILTERS = ("department", "agency", "category", "customer_type", "q")


@dataclass(frozen=True)
class Call:
    """A request: who answers it, with which settings, and the value of every parameter."""

    reader: Reader
    settings: Settings
    question: Question


def read(given: MultiDict[str, str], route: Route, settings: Settings) -> Question:
    """The value of every parameter that the route takes, by name; its default where not given.

    :raises BadRequest: for a parameter that is unknown, repeated, or not what it may be.
    """
    known = parameters_of(route)
    _refuse_unknown(given, known)
    question = {
        name: _value(parameter, given.getlist(name), route, settings)
        for name, parameter in known.items()
    }
    if "limit" in known and question["limit"] is None:
        is_whole = question["format"] in EXPORTS
        question["limit"] = EVERY_ROW if is_whole else settings.api_limit
    _check_dates(question)
    _check_channel(question)
    _check_instants(question)
    return question


def selection(question: Question) -> Selection:
    """Which services the filters leave."""
    filters: dict[str, Any] = {name: question[name] or "" for name in _FILTERS}
    service = question.get("service", "")
    return Selection(service=service, **filters, ranges=question["range"])


def _refuse_unknown(given: MultiDict[str, str], known: dict[str, Parameter]) -> None:
    for name in given:
        if name not in known:
            raise BadRequest(
                f"There is no parameter {name!r} here. The parameters are: {', '.join(known)}."
            )


def _value(parameter: Parameter, given: list[str], route: Route, settings: Settings) -> Any:
    if not given:
        return parameter.default
    if parameter.repeatable:
        return tuple(dict.fromkeys(_read(parameter, text, route, settings) for text in given))
    if len(given) > 1:
        raise BadRequest(f"{parameter.name} can be given only once, not {len(given)} times.")
    return _read(parameter, given[0], route, settings)


def _read(parameter: Parameter, text: str, route: Route, settings: Settings) -> Any:
    try:
        return parameter.kind.read(text, route, settings)
    except Unreadable as error:
        if str(error):
            raise BadRequest(f"{parameter.name} cannot be read: {error}") from error
        allowed = parameter.kind.allowed(route, settings)
        raise BadRequest(f"{parameter.name} must be {allowed}, not {text!r}.") from error


def _check_dates(question: Question) -> None:
    start_at, end_at = question.get("start_at"), question.get("end_at")
    if start_at and end_at and start_at >= end_at:
        raise BadRequest(f"start_at must be before end_at, {end_at}, not {start_at}.")


def _check_channel(question: Question) -> None:
    channel = question.get("channel")
    if not channel:
        return
    told = [slug for slug in SLUGS if kpi(slug).by_channel]
    for slug in question["kpi"]:
        if slug not in told:
            raise BadRequest(
                f"kpi must be one of {', '.join(told)} where channel is given, not {slug!r}."
            )
    question["kpi"] = question["kpi"] or tuple(told)


def _check_instants(question: Question) -> None:
    if "measure" not in question:
        return
    is_live = question["measure"] == LIVE
    period = question["period"] or (INSTANT if is_live else "month")
    if is_live != (period == INSTANT):
        allowed = INSTANT if is_live else "day, week, month, quarter or year"
        raise BadRequest(
            f"period must be {allowed} where measure is {question['measure']}, not {period!r}."
        )
    question["period"] = period
