"""A service's own KPIs: read from what its publishers say of them into definitions like the six."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from kpi.definitions import SLUGS, Kpi, Term, kpi
from kpi.own_schema import LONGEST_SLUG, SLUG

Body = Mapping[str, Any]
Filter = tuple[tuple[str, str], ...]

# How the measures of own KPIs begin: no data type has one of such a name.
OWN = "own:"
# Whoever answered is not to be known by it: see kpi.suppression.
ANSWERS, ANSWERED = "customer-satisfaction", kpi("user-satisfaction")
_TOO_FEW = "of fewer than five answers a figure is suppressed, which a sum alone cannot be"
_DECIMALS = {"percentage": 1, "pounds": 2, "number": 0, "duration": 1}
_UNITS = {"percentage": "proportion", "pounds": "pounds", "duration": "seconds"}


@dataclass(frozen=True)
class Summed:
    """What of records is added up, and as which measure.

    field: whose numbers; '' where each record counts as one. times: the field they are multiplied
    with; needs: one that must be a number besides; '' for none. only: text fields and the values
    that they must have.
    """

    measure: str
    field: str = ""
    times: str = ""
    needs: str = ""
    only: Filter = ()

    def keeps(self, body: Body) -> bool:
        """Whether a record is one of those that are added up."""
        return all(text(body.get(name)) == value for name, value in self.only)


@dataclass(frozen=True)
class OwnKpi:
    """A KPI of one service: its definition, and where its figures come from.

    data_set: the type of one of the service's data sets, or its group/type. sums: what is
    measured for it; none where the data set's type measures it already. group: the text field
    that splits it; '' for none. chart: 'line' or 'bars'.
    """

    kpi: Kpi
    data_set: str
    sums: tuple[Summed, ...] = ()
    group: str = ""
    chart: str = "line"

    @property
    def slug(self) -> str:
        """What it is known by."""
        return self.kpi.slug

    @property
    def measures(self) -> tuple[str, ...]:
        """The measures that only this KPI has."""
        return tuple(item.measure for item in self.sums)


def text(value: object) -> str:
    """A text field's value, as filters and groups compare it; '' for what is no text."""
    return value.strip() if isinstance(value, str) else ""


def is_own(measure: str) -> bool:
    """Whether a measure belongs to a service's own KPI."""
    return measure.startswith(OWN)


def measures_of(slug: str) -> tuple[str, str]:
    """The measures of an own KPI's numerator and denominator."""
    return f"{OWN}{slug}:n", f"{OWN}{slug}:d"


def parse(slug: str, body: Body) -> OwnKpi:
    """The KPI of a definition in which `faults` finds nothing wrong."""
    sums = _sums(slug, body)
    terms = [Term(item.measure) for item in sums]
    kind = body["format"]
    definition = Kpi(
        slug=slug,
        name=body["name"].strip(),
        unit=body["unit"].strip(),
        format=kind,
        better=body.get("better", ""),
        numerator=terms[0],
        denominator=terms[1] if len(terms) > 1 else None,
        formula=formula(body),
        definition=body.get("description", "").strip(),
        decimals=body.get("decimals", _DECIMALS[kind]),
        least_base=max(body.get("least_base", 0), _least_base(body)),
    )
    chart = body.get("chart", "line")
    return OwnKpi(definition, body["data_set"], sums, body.get("group", ""), chart)


def _least_base(body: Body) -> int:
    """Of how many answers a figure may be told, where it is made of what people answered."""
    return ANSWERED.least_base if _type_of(body) == ANSWERS else 0


def _type_of(body: Body) -> str:
    return str(body["data_set"]).rpartition("/")[2]


def _sums(slug: str, body: Body) -> tuple[Summed, ...]:
    above, below = measures_of(slug)
    if "numerator" in body:
        sides = ((above, body["numerator"]), (below, body["denominator"]))
        return tuple(Summed(name, side["field"], only=_only(side)) for name, side in sides)
    only, field = _only(body), body.get("measure", "")
    if body["aggregate"] == "sum":
        return (Summed(above, field, only=only),)
    if body["aggregate"] == "count":
        return (Summed(above, needs=field, only=only),)
    weight = body.get("weight", "")
    return Summed(above, field, weight, only=only), Summed(below, weight, only=only)


def _only(side: Body) -> Filter:
    return tuple((name, value.strip()) for name, value in side.get("filter", {}).items())


def formula(body: Body) -> str:
    """How a KPI is worked out, in words."""
    if "numerator" in body:
        above, below = (_field(body[side]) for side in ("numerator", "denominator"))
        return f"{above} divided by {below}, each added up."
    measure, weight, only = body.get("measure", "records"), body.get("weight", ""), _where(body)
    if body["aggregate"] == "mean":
        return f"The mean of {measure}{only}{f', weighted by {weight}' if weight else ''}."
    if body["aggregate"] == "sum":
        return f"The sum of {measure}{only}."
    having = f" that have {measure}" if "measure" in body else ""
    return f"The number of records{having}{only}."


def _field(side: Body) -> str:
    return f"{side['field']}{_where(side)}"


def _where(side: Body) -> str:
    only = [f"{name} is {value}" for name, value in side.get("filter", {}).items()]
    return f" where {' and '.join(only)}" if only else ""


def faults(slug: str, body: Body) -> list[tuple[str, str]]:
    """What is wrong with a definition that its schema is content with: JSON paths and sentences.

    The path is "key" where it is the slug that is wrong, and "" where it is the whole.
    """
    found = [("key", words) for words in (_slug_fault(slug),) if words]
    found += [(name, words) for name, words in _way_faults(body) if words]
    if wrong := _unit_fault(body):
        found.append(("unit", wrong))
    if body.get("chart") == "bars" and not _has_shares(body):
        found.append(("chart", "chart can be 'bars' only for a sum or count that has a group."))
    if _type_of(body) == ANSWERS and body.get("aggregate") in ("sum", "count"):
        found.append(("aggregate", f"{ANSWERS} may be told as a ratio only: {_TOO_FEW}."))
    return found


def _has_shares(body: Body) -> bool:
    """Whether its parts add up to it."""
    return "group" in body and body.get("aggregate") in ("sum", "count")


def named_fields(body: Body) -> list[tuple[str, str, str]]:
    """The fields that a definition names: where, which, and whether it is a 'number' or 'text'."""
    found = [(name, body[name], "number") for name in ("measure", "weight") if name in body]
    sides = [(name, body[name]) for name in ("numerator", "denominator") if name in body]
    found += [(f"{name}.field", side["field"], "number") for name, side in sides]
    filters = [("filter", body), *((f"{name}.filter", side) for name, side in sides)]
    found += [(path, name, "text") for path, side in filters for name in side.get("filter", {})]
    return [*found, *([("group", body["group"], "text")] if "group" in body else [])]


def _slug_fault(slug: str) -> str:
    if slug in SLUGS:
        return f"{slug!r} is a KPI of all services: call yours something else."
    if not re.fullmatch(SLUG, slug):
        return (
            f"the KPI's slug must be 1 to {LONGEST_SLUG} lower-case letters, digits and hyphens, "
            f"not {slug[:120]!r}."
        )
    return ""


def _way_faults(body: Body) -> list[tuple[str, str]]:
    sides = [name for name in ("numerator", "denominator") if name in body]
    alone = [name for name in ("measure", "aggregate", "weight", "filter") if name in body]
    if not sides and "aggregate" not in body:
        return [("", "a KPI needs a numerator and a denominator, or an aggregate.")]
    if sides and alone:
        return [(alone[0], f"{alone[0]} does not go with a {sides[0]}: use one or the other.")]
    if len(sides) == 1:
        other = "denominator" if sides == ["numerator"] else "numerator"
        return [(other, f"{other} is missing: a {sides[0]} alone is no ratio.")]
    return [] if sides else [_aggregate_fault(body)]


def _aggregate_fault(body: Body) -> tuple[str, str]:
    aggregate = body["aggregate"]
    if aggregate != "count" and "measure" not in body:
        return "measure", f"measure is missing: the field to make a {aggregate} of."
    if aggregate != "mean" and "weight" in body:
        return "weight", f"weight goes with a mean only, not with a {aggregate}."
    return "", ""


def _unit_fault(body: Body) -> str:
    unit, needed = body["unit"].strip(), _UNITS.get(body["format"])
    if needed and unit != needed:
        return f"unit must be {needed!r} with the format {body['format']}, not {unit!r}."
    if needed is None and unit in _UNITS.values():
        formats = {value: name for name, value in _UNITS.items()}
        return f"unit {unit!r} goes with the format {formats[unit]}, not with {body['format']}."
    return ""
