"""What can be declared of a service beside its records: a table of kinds with their schemas."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker
from jsonschema.exceptions import ValidationError
from sqlalchemy import Connection

from data import own_kpis
from data.dashboard_kind import EXAMPLE, SCHEMA, check_dashboard, unfit_dashboard
from data.declaration_values import FIRST_DAY, LAST_DAY, is_day, shortened, unholdable
from kpi import own_schema
from kpi.targets import wrong_with

Body = Mapping[str, Any]
# A field, as a path into the body, and what is wrong with it.
Wrong = tuple[str, str]
Check = Callable[[Connection, int, str, Body], list[Wrong]]
KEY = r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?"
# So many faults are told at most: a list of a million may be wrong a million times.
_MOST_TOLD = 100
_YEARS = f"from {FIRST_DAY} to {LAST_DAY}"
_DRAFT = "https://json-schema.org/draft/2020-12/schema"


@dataclass(frozen=True)
class Kind:
    """One kind of declaration.

    name: as in commands and schemas. plural: as in addresses. schema: JSON Schema 2020-12 of its
    body. help: what it is, in a sentence. key: what names one. example: a key and a body.
    check: what a schema cannot say, given the service's id, the key and a body that fits it.
    unfit: where a body does not fit the schema, for kinds that say it in words of their own.
    """

    name: str
    plural: str
    help: str
    key: str
    schema: Body
    example: tuple[str, Body]
    check: Check
    unfit: Callable[[Body], list[Wrong]] | None = None

    def wrong(self, connection: Connection, service_id: int, key: str, body: Body) -> list[Wrong]:
        """Everything that is wrong with a declaration; nothing where it can be taken."""
        if not re.fullmatch(KEY, key):
            most = "use up to 100 lower-case letters, digits and hyphens between them"
            return [("key", f"{key[:120]!r} is no key: {most}.")]
        # First: what is nested too deeply cannot be held against a schema either.
        found = sorted(islice(unholdable(body), _MOST_TOLD)) or self._unfit(body)
        return found or self.check(connection, service_id, key, body)

    def _unfit(self, body: Body) -> list[Wrong]:
        """How a body does not fit its schema, as far as that is told."""
        if self.unfit:
            return self.unfit(body)[:_MOST_TOLD]
        return sorted(islice(_schema_faults(self.schema, body), _MOST_TOLD))


def _nothing(_connection: Connection, _service_id: int, _key: str, _body: Body) -> list[Wrong]:
    return []


def _annotation(_connection: Connection, _service_id: int, _key: str, body: Body) -> list[Wrong]:
    if not body["title"].strip():
        return [("title", "title must say what happened: it is blank.")]
    end = body.get("end_at")
    if end is not None and end <= body["start_at"]:
        return [("end_at", f"end_at must be later than start_at, {body['start_at']}, not {end}.")]
    return []


def _target(connection: Connection, service_id: int, key: str, body: Body) -> list[Wrong]:
    known = own_kpis.known(connection, service_id)
    if key not in known:
        return [("key", f"there is no KPI {key!r}. The KPIs are: {', '.join(known)}.")]
    return wrong_with(known[key], body["value"])


def _object(properties: Mapping[str, Body], required: tuple[str, ...], **more: Any) -> Body:
    return {
        "$schema": _DRAFT,
        "type": "object",
        "properties": properties,
        "required": list(required),
        "additionalProperties": False,
        **more,
    }


_DAY = {"type": "string", "format": "date"}
_ANNOTATION = _object(
    {
        "start_at": {**_DAY, "description": f"The day on which it happened or began, {_YEARS}."},
        "end_at": {
            "type": ["string", "null"],
            "format": "date",
            "description": "The day after its last; null for what happened on one day.",
        },
        "title": {
            "type": "string",
            "minLength": 1,
            "maxLength": 80,
            "description": "What happened, in a few words: ‘new start page’.",
        },
        "text": {"type": "string", "maxLength": 2000, "description": "More about it."},
        "link": {
            "type": "string",
            "pattern": "^(https?://.+)?$",
            "maxLength": 1000,
            "description": "An address where there is more still.",
        },
    },
    ("start_at", "title"),
    title="Annotation",
)
_TARGET = _object(
    {
        "value": {
            "type": "number",
            "description": "What is to be reached, in the KPI's unit: proportions are 0 to 1.",
        },
        "date": {**_DAY, "description": f"The day by which it is to be reached, {_YEARS}."},
    },
    ("value", "date"),
    title="Target",
)

KINDS = (
    Kind(
        "annotation",
        "annotations",
        "What happened to a service on a day or over a time, shown on its charts.",
        "a name of its own",
        _ANNOTATION,
        (
            "new-start-page",
            {"start_at": "2016-07-01", "title": "New start page", "text": "It asks less."},
        ),
        _annotation,
    ),
    Kind(
        "target",
        "targets",
        "What a KPI of a service is to be, and by when.",
        "the KPI's slug",
        _TARGET,
        ("digital-take-up", {"value": 0.82, "date": "2018-04-01"}),
        _target,
    ),
    Kind(
        "kpi",
        "own-kpis",
        "A KPI of a service's own, worked out from one of its data sets.",
        "the KPI's slug, of up to 40 letters",
        own_schema.SCHEMA,
        ("claims-by-post", own_schema.EXAMPLES["claims-by-post"]),
        own_kpis.wrong,
    ),
    Kind(
        "dashboard",
        "dashboards",
        "What a service's page shows, module by module.",
        "dashboard",
        SCHEMA,
        ("dashboard", EXAMPLE),
        check_dashboard,
        unfit_dashboard,
    ),
)
NAMES = tuple(kind.name for kind in KINDS)


def kind(name: str) -> Kind:
    """The kind of that name. KeyError if there is none."""
    return next(item for item in KINDS if item.name == name)


def _formats() -> FormatChecker:
    checker = FormatChecker(())

    @checker.checks("date")
    def _is_day(value: object) -> bool:
        return not isinstance(value, str) or is_day(value)

    return checker


_FORMATS = _formats()


def _schema_faults(schema: Body, body: Body) -> Iterator[Wrong]:
    for error in Draft202012Validator(schema, format_checker=_FORMATS).iter_errors(dict(body)):
        path = shortened(error.json_path.removeprefix("$").removeprefix("."))
        yield path, f"{path or 'the body'}: {_words(error)}."


def _words(error: ValidationError) -> str:
    """The validator's words; ours where they would not say what to do."""
    if error.validator == "format":
        return f"{shortened(repr(error.instance))} is not a day such as 2017-09-01, {_YEARS}"
    why = error.schema.get("x-why") if isinstance(error.schema, Mapping) else None
    return shortened(str(error.message).removesuffix(".")) + (f": {why}" if why else "")
