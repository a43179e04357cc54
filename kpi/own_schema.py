"""The JSON Schema of a service's own KPI, as publishers write it, and examples of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Schema = dict[str, Any]

FORMATS = ("percentage", "number", "pounds", "duration")
# Each is added up exactly: a month is the sum of its days, and a mean its sum over its count.
AGGREGATES = ("sum", "count", "mean")
CHARTS = ("line", "bars")
LONGEST_SLUG = 40
SLUG = f"^[a-z0-9][a-z0-9-]{{0,{LONGEST_SLUG - 1}}}$"

_FIELD: Schema = {"type": "string", "pattern": "^[A-Za-z_][A-Za-z0-9_]+$", "maxLength": 100}
_FILTER: Schema = {
    "type": "object",
    "propertyNames": _FIELD,
    "additionalProperties": {"type": "string", "minLength": 1, "maxLength": 100},
    "minProperties": 1,
    "maxProperties": 10,
    "title": "Filter",
    "description": "Only records in which each of these text fields has exactly this value.",
}


def _side(title: str, words: str) -> Schema:
    return {
        "type": "object",
        "title": title,
        "description": words,
        "properties": {
            "field": {
                **_FIELD,
                "title": "Field",
                "description": "The field whose numbers are added up.",
            },
            "filter": _FILTER,
        },
        "required": ["field"],
        "additionalProperties": False,
    }


PROPERTIES: Mapping[str, Schema] = {
    "name": {
        "type": "string",
        "minLength": 1,
        "maxLength": 80,
        "pattern": r"\S",
        "title": "Name",
        "description": "What the card and the chart are headed with.",
    },
    "description": {
        "type": "string",
        "maxLength": 500,
        "title": "Description",
        "description": "What the KPI tells, in a sentence or two.",
    },
    "unit": {
        "type": "string",
        "minLength": 1,
        "maxLength": 30,
        "pattern": r"\S",
        "title": "Unit",
        "description": "What one of it is: 'proportion' (0 to 1) with the format percentage, "
        "'pounds' with pounds, 'seconds' with duration; with number what is counted, in the "
        "plural, such as 'calls'.",
    },
    "format": {
        "enum": list(FORMATS),
        "title": "Format",
        "description": "How a value is written: 81.5%, 4,102 calls, £2.52 or 14 minutes.",
    },
    "decimals": {
        "type": "integer",
        "minimum": 0,
        "maximum": 4,
        "title": "Decimals",
        "description": "How many decimals are shown; without it 1 for percentages and durations, "
        "2 for pounds, 0 for numbers. Of a duration they are those of seconds.",
    },
    "better": {
        "enum": ["higher", "lower", ""],
        "title": "Better direction",
        "description": "Which direction is better; '' or absent: neither.",
    },
    "data_set": {
        "type": "string",
        "pattern": "^[a-z0-9][a-z0-9_-]*(/[a-z0-9][a-z0-9_-]*)?$",
        "maxLength": 201,
        "title": "Data set",
        "description": "Which of the service's data sets it is worked out from: its type, or "
        "group/type.",
    },
    "numerator": _side("Numerator", "Of a ratio: what is divided."),
    "denominator": _side("Denominator", "Of a ratio: what it is divided by."),
    "measure": {
        **_FIELD,
        "title": "Measure",
        "description": "Of one field: the field whose numbers are summed, counted or averaged.",
    },
    "aggregate": {
        "type": "string",
        "enum": list(AGGREGATES),
        "title": "Aggregate",
        "x-why": "sums and counts of days add up to those of a month, and a mean is one divided "
        "by the other, but the least, the most or the median of a month is none of these",
        "description": "Of one field: its sum; the count of records that have it (without a "
        "measure, of all records); or its mean, which is the sum divided by the count, over any "
        "length of time.",
    },
    "weight": {
        **_FIELD,
        "title": "Weight",
        "description": "Of a mean: the field that says of how many each record's figure is the "
        "mean. Without it every record counts once, which is right only where each is one case.",
    },
    "filter": {**_FILTER, "description": _FILTER["description"] + " For a measure or a count."},
    "least_base": {
        "type": "integer",
        "minimum": 0,
        "maximum": 1000,
        "title": "Least base",
        "description": "Of a ratio or a mean: where the denominator is smaller than this, but not "
        "0, the figure is suppressed, so that nobody is known by it. It is five at least for what "
        "is made of customer-satisfaction.",
    },
    "group": {
        **_FIELD,
        "title": "Group",
        "description": "The text field by which it can be split. In a period in which a record "
        "lacks it, that record is the whole, and the others are not added up to it.",
    },
    "chart": {
        "enum": list(CHARTS),
        "title": "Chart",
        "description": "'line' over time; 'bars' for the share of each group in the latest period.",
    },
}

SCHEMA: Schema = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "title": "A KPI of a service's own",
    "description": "A ratio has a numerator and a denominator; any other KPI has an aggregate.",
    "type": "object",
    "properties": dict(PROPERTIES),
    "required": ["name", "unit", "format", "data_set"],
    "additionalProperties": False,
}

# One of each way to define a KPI, by slug.
EXAMPLES: Mapping[str, Mapping[str, Any]] = {
    "claims-by-post": {
        "name": "Claims by post",
        "description": "The share of claims that came by post.",
        "unit": "proportion",
        "format": "percentage",
        "better": "lower",
        "data_set": "transactions-by-channel",
        "numerator": {"field": "count", "filter": {"channel": "post"}},
        "denominator": {"field": "count"},
    },
    "calls-answered-in-a-minute": {
        "name": "Calls answered within a minute",
        "description": "The share of calls that somebody answered within 60 seconds.",
        "unit": "proportion",
        "format": "percentage",
        "better": "higher",
        "data_set": "call-centre",
        "numerator": {"field": "answered_in_time"},
        "denominator": {"field": "calls"},
        "group": "team",
    },
    "length-of-calls": {
        "name": "Length of calls",
        "unit": "seconds",
        "format": "duration",
        "better": "lower",
        "data_set": "call-centre",
        "measure": "mean_seconds",
        "aggregate": "mean",
        "weight": "calls",
        "filter": {"team": "north"},
    },
    "calls": {
        "name": "Calls",
        "unit": "calls",
        "format": "number",
        "data_set": "call-centre",
        "measure": "calls",
        "aggregate": "sum",
    },
}
