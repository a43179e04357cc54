"""The table of a query's parameters, which reading and the OpenAPI document are made from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from data.record_periods import RECORD_PERIODS

_TEXT = {"type": "string"}
_FLAG = {"type": "string", "enum": ["true", "false"]}
_NUMBER = {"type": "integer", "minimum": 0}
_TIME = {"type": "string", "format": "date-time"}
_FIELD = {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]+$"}


@dataclass(frozen=True)
class RecordParameter:
    """A parameter: its name, its JSON Schema, and what it does.

    Of one that is not repeatable the first counts.
    """

    name: str
    schema: Mapping[str, Any]
    help: str
    repeatable: bool = False


RECORD_PARAMETERS = (
    RecordParameter(
        "start_at",
        _TIME,
        "Records from this moment on. It needs `end_at` or `duration`. Write `+` as `%2B`.",
    ),
    RecordParameter(
        "end_at", _TIME, "Records before this moment. It needs `start_at` or `duration`."
    ),
    RecordParameter(
        "duration",
        {"type": "integer", "minimum": 1},
        "So many periods from `start_at` on, up to `end_at`, or up to now. The window then moves "
        "to where the data is: later from `start_at`, earlier otherwise.",
    ),
    RecordParameter(
        "period",
        {"type": "string", "enum": list(RECORD_PERIODS)},
        "Count by calendar period in UTC, each of them, with records or without.",
    ),
    RecordParameter(
        "filter_by",
        _TEXT,
        "Records of which a field is exactly this: `channel:digital`. `true` and `false` match "
        "booleans, anything else text alone.",
        repeatable=True,
    ),
    RecordParameter(
        "filter_by_prefix",
        _TEXT,
        "Records of which a field is text that starts so: `page:/help`. Not together with "
        "`filter_by`.",
        repeatable=True,
    ),
    RecordParameter(
        "group_by",
        _FIELD,
        "Count by the values of a field. Records without one are left out.",
        repeatable=True,
    ),
    RecordParameter(
        "sort_by",
        _TEXT,
        "A field, or what was collected, and the direction: `_count:descending`, "
        "`count:sum:ascending`.",
    ),
    RecordParameter("limit", _NUMBER, "The first so many records or groups; 0 is no limit."),
    RecordParameter(
        "collect",
        _TEXT,
        "What to make of a field's values: `count:sum`, or `mean`, `count`, `set`. A field alone "
        "gives the set of its values.",
        repeatable=True,
    ),
    RecordParameter(
        "flatten",
        _FLAG,
        "With `period` and `group_by`: one row a period and combination of values, rather than "
        "periods inside groups.",
    ),
    RecordParameter("inclusive", _FLAG, "Whether the moment `end_at` itself is included."),
    RecordParameter(
        "format",
        _TEXT,
        "`csv` answers CSV, anything else JSON. Data sets that are not published answer JSON only.",
    ),
)
NAMES = tuple(item.name for item in RECORD_PARAMETERS)
