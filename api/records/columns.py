"""The platform's own fields in answers about records, and what each means."""

from __future__ import annotations

from collections.abc import Mapping

from api.columns import Column

_WHOLE = {"type": "integer"}
_TEXT = {"type": "string"}
# What of these is a moment, rather than text: as JSON has it, in UTC.
MOMENTS = frozenset(
    f"_{name}"
    for name in (
        "timestamp",
        "updated_at",
        "start_at",
        "end_at",
        *(f"{period}_start_at" for period in ("hour", "day", "week", "month", "quarter", "year")),
    )
)
OWN_COLUMNS: Mapping[str, Column] = {
    "_id": Column("What the record is known by in its data set.", _TEXT),
    "_timestamp": Column("The moment that it is of, or the first of its period.", _TEXT),
    "_updated_at": Column("When it was last written.", _TEXT),
    "_count": Column("How many records.", _WHOLE),
    "_group_count": Column("How many periods have records.", _WHOLE),
    "_start_at": Column("The first moment of the period.", _TEXT),
    "_end_at": Column("The first moment after it.", _TEXT),
    **{
        f"_{period}_start_at": Column(f"The first moment of the {period} that it is in.", _TEXT)
        for period in ("hour", "day", "week", "month", "quarter", "year")
    },
}
COLLECTED: Mapping[str, str] = {
    "sum": "The sum of {}.",
    "mean": "The mean of {}.",
    "count": "How many records have {}.",
    "set": "The different values of {}, as a JSON list.",
}
