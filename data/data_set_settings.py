"""The settings of a data set: one table, read by the admin API, the commands and the docs."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from jsonschema import Draft4Validator
from jsonschema.exceptions import SchemaError

from data.datatypes import data_type
from data.entries import MONTH_IN_SECONDS, DataSetEntry
from data.validation import Fault, Rejected

# What a channel may count as.
KINDS_OF_CHANNELS = ("digital", "assisted digital", "non-digital")
_LONGEST = {"title": 1000, "name": 301}
_FIELD = re.compile(r"[a-z_][a-z0-9_]+", re.IGNORECASE)
_NAME = re.compile(r"[a-z0-9][a-z0-9_-]*")
_LONGEST_PART = 100
_YEARS_IN_SECONDS = 100 * 366 * 24 * 3600


class _Unfit(ValueError):
    """A value is not what a setting takes; the words go after 'must be'."""


@dataclass(frozen=True)
class Kind:
    """What a setting may be: its name, its words, its JSON schema, and how it is read."""

    name: str
    words: str
    schema: Mapping[str, Any]
    read: Callable[[Any], Any]


@dataclass(frozen=True)
class Setting:
    """A setting of a data set: its name (a field of `DataSetEntry`), what it may be, and why."""

    name: str
    kind: Kind
    help: str
    default: Any


def _text(value: Any) -> str:
    if value is None:
        return ""
    if not isinstance(value, str) or "\0" in value:
        raise _Unfit
    return value.strip()


def _slug(value: Any) -> str | None:
    if value is None:
        return None
    return _text(value) or None


def _yes_or_no(value: Any) -> bool:
    if not isinstance(value, bool):
        raise _Unfit
    return value


def _seconds(value: Any) -> int | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < _YEARS_IN_SECONDS:
        raise _Unfit
    return value


def _texts(value: Any) -> tuple[str, ...]:
    if value is None:
        return ()
    if not isinstance(value, list | tuple):
        raise _Unfit
    texts = tuple(_text(item) for item in value)
    if "" in texts or len(set(texts)) < len(texts):
        raise _Unfit
    return texts


def _fields(value: Any) -> tuple[str, ...]:
    names = _texts(value)
    if not all(_FIELD.fullmatch(name) for name in names):
        raise _Unfit
    return names


def _schema(value: Any) -> dict[str, Any] | None:
    if value is None:
        return None
    if not isinstance(value, dict):
        raise _Unfit
    try:
        Draft4Validator.check_schema(value)
    except SchemaError as error:
        raise _Unfit from error
    except RecursionError as error:
        raise _Unfit("it is nested too deeply") from error
    return value


def _channel_kinds(value: Any) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise _Unfit
    kinds = {_text(name).lower(): kind for name, kind in value.items()}
    if "" in kinds or not all(kind in KINDS_OF_CHANNELS for kind in kinds.values()):
        raise _Unfit
    return kinds


def _stage_names(value: Any) -> dict[str, str]:
    if value is None:
        return {}
    if not isinstance(value, Mapping):
        raise _Unfit
    names = {_text(stage): _text(name) for stage, name in value.items()}
    if "" in names or "" in names.values() or any(len(n) > _LONGEST_PART for n in names.values()):
        raise _Unfit
    return names


_NULL = {"type": "null"}
_LIST = {
    "type": ["array", "null"],
    "items": {"type": "string", "minLength": 1},
    "uniqueItems": True,
}
TEXT = Kind("text", "text", {"type": ["string", "null"]}, _text)
SLUG = Kind("slug", "the slug of a service, or null", {"type": ["string", "null"]}, _slug)
FLAG = Kind("flag", "true or false", {"type": "boolean"}, _yes_or_no)
SECONDS = Kind(
    "seconds",
    "a whole number of seconds, or null",
    {"type": ["integer", "null"], "minimum": 0},
    _seconds,
)
TEXTS = Kind("texts", "a list of different texts", _LIST, _texts)
FIELDS = Kind("fields", "a list of different field names", _LIST, _fields)
SCHEMA = Kind(
    "schema",
    "a JSON schema (draft 4), or null",
    {"type": ["object", "null"]},
    _schema,
)
CHANNEL_KINDS = Kind(
    "channel kinds",
    f"an object of channels, each {', '.join(KINDS_OF_CHANNELS[:-1])} or {KINDS_OF_CHANNELS[-1]}",
    {"type": ["object", "null"], "additionalProperties": {"enum": list(KINDS_OF_CHANNELS)}},
    _channel_kinds,
)
STAGE_NAMES = Kind(
    "stage names",
    f"an object of stages, each with its name of up to {_LONGEST_PART} letters",
    {
        "type": ["object", "null"],
        "additionalProperties": {"type": "string", "minLength": 1, "maxLength": _LONGEST_PART},
    },
    _stage_names,
)

SETTINGS = (
    Setting("name", TEXT, "What it is called in messages; without it, group_type.", ""),
    Setting("title", TEXT, "What people read above it.", ""),
    Setting("service", SLUG, "The service that its records are about.", None),
    Setting(
        "published",
        FLAG,
        "Whether its records are final; if not, they are read with a warning.",
        True,
    ),
    Setting(
        "private",
        FLAG,
        "Whether only those who may publish to it see it, and no KPI uses it.",
        False,
    ),
    Setting("queryable", FLAG, "Whether it can be read at all.", True),
    Setting(
        "raw_queries_allowed",
        FLAG,
        "Whether whole records can be read, and any span of time.",
        False,
    ),
    Setting("realtime", FLAG, "Whether answers are kept for two minutes, not thirty.", False),
    Setting(
        "max_age_expected",
        SECONDS,
        "After how many seconds without a newer record it is late; null: never.",
        MONTH_IN_SECONDS,
    ),
    Setting(
        "auto_ids", FIELDS, "The fields that each record's _id is made of; none: it is sent.", ()
    ),
    Setting("schema", SCHEMA, "What every record must satisfy besides.", None),
    Setting("stages", TEXTS, "A journey's stages, in order.", ()),
    Setting("optional_stages", TEXTS, "Those of them that some people are not asked.", ()),
    Setting("stage_names", STAGE_NAMES, "What people read in place of a stage's own name.", {}),
    Setting("channels", TEXTS, "The channels that a full report has.", ()),
    Setting(
        "channel_kinds", CHANNEL_KINDS, "What channels of its own count as in digital take-up.", {}
    ),
)


def parse_settings(given: Mapping[str, Any], before: DataSetEntry) -> DataSetEntry:
    """A data set's settings with those that are given in place of what they were.

    :raises Rejected: with a fault for every setting that is unknown or not what it may be.
    """
    faults = [Fault(before.address, 0, name, message) for name, message in _faults(given, before)]
    if faults:
        words = " ".join(fault.message for fault in faults)
        raise Rejected(f"{before.address}: {words} Nothing was written.", faults)
    known = {setting.name: setting.kind for setting in SETTINGS}
    return replace(before, **{name: known[name].read(value) for name, value in given.items()})


def _faults(given: Mapping[str, Any], before: DataSetEntry) -> list[tuple[str, str]]:
    known = {setting.name: setting.kind for setting in SETTINGS}
    found = [_part_fault(name, getattr(before, name)) for name in ("group", "type")]
    found += [_fault(name, value, known) for name, value in given.items()]
    wrong = [item for item in found if item]
    return wrong or _stage_faults(given, before)


def _part_fault(name: str, value: str) -> tuple[str, str] | None:
    if len(value) <= _LONGEST_PART and _NAME.fullmatch(value):
        return None
    return name, (
        f"{name} must be 1 to {_LONGEST_PART} lower-case letters, digits, hyphens and "
        f"underscores, a letter or digit first, not {value[:120]!r}."
    )


def _fault(name: str, value: Any, known: Mapping[str, Kind]) -> tuple[str, str] | None:
    if name not in known:
        return name, f"there is no setting {name!r}. Use {', '.join(known)}."
    try:
        read = known[name].read(value)
    except _Unfit as error:
        why = str(error) or getattr(error.__cause__, "message", "")
        more = f": {why}" if why else ""
        return name, f"{name} must be {known[name].words}, not {repr(value)[:200]}{more}."
    longest = _LONGEST.get(name)
    if longest and len(read) > longest:
        return name, f"{name} must have {longest:,} letters at most, not {len(read):,}."
    if name == "name" and read and not _NAME.fullmatch(read):
        return name, "name must be lower-case letters, digits, hyphens and underscores."
    return None


def _stage_faults(given: Mapping[str, Any], before: DataSetEntry) -> list[tuple[str, str]]:
    if data_type(before.type).slug != "journey":
        return []
    stages = given.get("stages", before.stages) or ()
    found = []
    for name in ("optional_stages", "stage_names"):
        named = given.get(name, getattr(before, name)) or ()
        strange = [stage for stage in named if stage not in stages]
        if strange:
            found.append((name, f"{strange[0]!r} is no stage: stages has to name it, too."))
    return found
