"""The address of the services page: its filters, order and page, read and written."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

import pandas as pd

from kpi.definitions import SLUGS, kpi
from kpi.listings import FIELDS
from kpi.ranges import KpiRange
from layouts.addresses import Parameter, address
from layouts.given import Given, Parameters
from layouts.wording import named

PATH = "/services"
BY_NAME = "name"
DESCENDING = ":descending"
# What a select says where nothing is chosen: an empty value cannot be chosen in it.
EVERY = "*"
SINGLE = ("q", *FIELDS)


@dataclass(frozen=True)
class ServicesAddress:
    """Everything that can be set on the services page, as the API names it."""

    q: str = ""
    department: str = ""
    agency: str = ""
    category: str = ""
    customer_type: str = ""
    ranges: tuple[KpiRange, ...] = ()
    sort_by: str = BY_NAME
    descending: bool = False
    page: int = 1

    @property
    def order(self) -> str:
        """How it is sorted, as the address says it: 'transactions:descending'."""
        return self.sort_by + (DESCENDING if self.descending else "")

    @property
    def question(self) -> dict[str, Parameter]:
        """The parameters that the API takes as well: all but the page."""
        return {
            **{name: getattr(self, name) for name in SINGLE},
            "range": [str(one) for one in self.ranges],
            "sort_by": self.order if self.order != BY_NAME else "",
        }

    @property
    def search(self) -> str:
        """The query of this address; '' where nothing is set."""
        page = str(self.page) if self.page > 1 else ""
        return address("", {**self.question, "page": page})

    @property
    def href(self) -> str:
        """This address; defaults are left out."""
        return PATH + self.search

    @property
    def filtered(self) -> bool:
        """Whether any filter is set."""
        return bool(self.ranges or any(getattr(self, name) for name in SINGLE))

    def changed(self, **fields: Any) -> Self:
        """The first page of the same address with other fields."""
        return replace(self, **{"page": 1, **fields})

    def ordered(self, order: str) -> Self:
        """The same services in another order, such as 'transactions:descending'."""
        field = order.removesuffix(DESCENDING)
        return self.changed(sort_by=field, descending=order.endswith(DESCENDING))

    def range_of(self, slug: str) -> KpiRange:
        """The range of a KPI; one without bounds where it is not filtered by."""
        return next((one for one in self.ranges if one.kpi == slug), KpiRange(slug))

    def ranged(self, wanted: KpiRange) -> Self:
        """With a KPI's range in place of its earlier one; without bounds, with none."""
        others = tuple(one for one in self.ranges if one.kpi != wanted.kpi)
        unbound = wanted.least is None and wanted.most is None
        return self.changed(ranges=others if unbound else (*others, wanted))


def parse(parameters: Parameters) -> tuple[ServicesAddress, list[str]]:
    """What an address's parameters ask for, and a sentence for each that cannot be read."""
    given = Given(parameters)
    single = {name: given.last(name, _words(name)) for name in FIELDS}
    found = ServicesAddress().changed(q=given.search("q"), **single)
    for text in given.every("range"):
        try:
            found = found.ranged(KpiRange.parse(text))
        except ValueError as error:
            given.said.append(f"{error} It was left out.")
    return replace(_ordered(found, given), page=given.page()), given.said


def _ordered(found: ServicesAddress, given: Given) -> ServicesAddress:
    order = given.last("sort_by", "order") or BY_NAME
    field, _, direction = order.partition(":")
    if field in (BY_NAME, *SLUGS) and direction in ("", "ascending", "descending"):
        return found.ordered(order.removesuffix(":ascending"))
    given.said.append(f"Services cannot be sorted by ‘{order}’, so they are sorted by name.")
    return found


def checked(wanted: ServicesAddress, choices: pd.DataFrame) -> tuple[ServicesAddress, list[str]]:
    """The same address without what does not exist, and a sentence for each of those.

    choices: as kpi.listings.Listing.
    """
    said = []
    for name in FIELDS:
        value = getattr(wanted, name)
        known = choices[(choices["field"] == name) & (choices["value"] == value)]
        elsewhere = name == "agency" and wanted.department not in ("", *known["department"])
        if value and (known.empty or elsewhere):
            inside = " in this department" if elsewhere and not known.empty else ""
            said.append(f"There is no {_words(name)} ‘{value}’{inside}, so it was left out.")
            wanted = wanted.changed(**{name: "", "page": wanted.page})
    return wanted, said


def _words(name: str) -> str:
    return named(name).lower()


def shown_bound(bound: float | None, slug: str) -> float | None:
    """A bound as people type it: proportions as percentages."""
    if bound is None or kpi(slug).format != "percentage":
        return bound
    return round(bound * 100, 10)


def typed_bound(bound: object, slug: str) -> float | None:
    """A bound in the KPI's unit, from what was typed; None where that is no number."""
    if not isinstance(bound, int | float) or not math.isfinite(bound):
        return None
    return round(bound / 100, 12) if kpi(slug).format == "percentage" else float(bound)


def chosen(before: ServicesAddress, values: Mapping[str, Any]) -> ServicesAddress:
    """The address after someone changed a filter; the same one where nothing changed.

    values: q, department, agency, category, customer_type (EVERY for none) and order as in an
    address; least and most as typed, of the KPI ``kpi``. Another department comes without agency.
    """
    slug = values["kpi"]
    after = before.changed(**{name: _set(values[name]) for name in SINGLE})
    if after.department != before.department:
        after = after.changed(agency="")
    least, most = (typed_bound(values[name], slug) for name in ("least", "most"))
    if KpiRange(slug, least, most) != before.range_of(slug):
        after = after.ranged(KpiRange(slug, least, most))
    after = after.ordered(values["order"] or before.order)
    return before if after == before.changed() else after


def _set(value: object) -> str:
    return "" if value in (None, EVERY) else str(value)
