"""The filters of the services page: their fields, and what they leave in words."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from kpi.definitions import KPIS, kpi
from kpi.listings import FIELDS, Listing
from kpi.ranges import KpiRange
from layouts import ids
from layouts.fields import Option, filters, number_field, search_field, select_field
from layouts.pagination import shown_in_words
from layouts.removals import removals
from layouts.services_address import (
    BY_NAME,
    DESCENDING,
    EVERY,
    ServicesAddress,
    shown_bound,
)
from layouts.wording import capitalised

_SELECTS = {
    "department": (ids.SERVICES_DEPARTMENT, "Department", "All departments"),
    "agency": (ids.SERVICES_AGENCY, "Agency", "All agencies"),
    "category": (ids.SERVICES_CATEGORY, "Category", "All categories"),
    "customer_type": (ids.SERVICES_CUSTOMER_TYPE, "Customer type", "All customer types"),
}
_UNITS = {"pounds": " (£)", "percentage": " (%)", "number": ""}
_HIGHEST_FIRST = {"pounds": "highest first", "percentage": "highest first", "number": "most first"}
_LOWEST_FIRST = {"pounds": "lowest first", "percentage": "lowest first", "number": "fewest first"}


def filter_fields(wanted: ServicesAddress, listing: Listing) -> html.Details:
    """The band of filters, each set to what the address says."""
    edited = (wanted.ranges or (KpiRange("digital-take-up"),))[-1]
    fields = [
        search_field(ids.SERVICES_Q, "Search", wanted.q),
        *(_choice(wanted, listing, name) for name in FIELDS),
        _range_fields(edited),
        html.Div(
            select_field(ids.SERVICES_ORDER, "Sort by", _orders(), wanted.order),
            className="narrow-only",
        ),
    ]
    return filters(fields, capitalised(filters_in_words(wanted, listing) or "none"))


def _choice(wanted: ServicesAddress, listing: Listing, name: str) -> html.Div:
    id, label, every = _SELECTS[name]
    options = [(EVERY, every), *_options(listing, wanted, name)]
    return select_field(id, label, options, getattr(wanted, name) or EVERY)


def _options(listing: Listing, wanted: ServicesAddress, name: str) -> list[Option]:
    """The choices that leave a service, and the chosen one; agencies of the department alone."""
    choices = listing.choices
    rows = choices[choices["field"] == name]
    rows = rows[(rows["services"] > 0) | (rows["value"] == getattr(wanted, name))]
    if name == "agency" and wanted.department:
        rows = rows[rows["department"] == wanted.department]
    columns = (rows["value"], rows["name"], rows["services"])
    return [(value, f"{words} ({n:,})") for value, words, n in zip(*columns, strict=True)]


def _range_fields(edited: KpiRange) -> html.Div:
    options = [(one.slug, one.name + _UNITS[one.format]) for one in KPIS]
    least, most = (shown_bound(bound, edited.kpi) for bound in (edited.least, edited.most))
    fields = [
        select_field(ids.SERVICES_RANGE_KPI, "Only with", options, edited.kpi),
        number_field(ids.SERVICES_LEAST, "At least", least, min=0, step="any"),
        number_field(ids.SERVICES_MOST, "At most", most, min=0, step="any"),
    ]
    return html.Div(fields, className="range")


def _orders() -> list[Option]:
    options = [(BY_NAME, "Name"), (BY_NAME + DESCENDING, "Name, Z to A")]
    for one in KPIS:
        options.append((one.slug + DESCENDING, f"{one.name}, {_HIGHEST_FIRST[one.format]}"))
        options.append((one.slug, f"{one.name}, {_LOWEST_FIRST[one.format]}"))
    return options


def _bound_in_words(bound: float, slug: str) -> str:
    if kpi(slug).format == "percentage":
        return f"{shown_bound(bound, slug):g}%"
    sign = "£" if kpi(slug).format == "pounds" else ""
    places = 0 if bound == round(bound) else 2
    return f"{sign}{bound:,.{places}f}"


def range_in_words(wanted: KpiRange) -> str:
    """'digital take-up at least 80%', 'cost per transaction from £1 to £5'."""
    name = kpi(wanted.kpi).name.lower()
    least, most = (
        None if bound is None else _bound_in_words(bound, wanted.kpi)
        for bound in (wanted.least, wanted.most)
    )
    if least and most:
        return f"{name} from {least} to {most}"
    return f"{name} at least {least}" if least else f"{name} at most {most}"


def _name(choices: pd.DataFrame, field: str, value: str) -> str:
    rows = choices[(choices["field"] == field) & (choices["value"] == value)]
    return str(rows["name"].iloc[0]) if len(rows) else value


def set_filters(wanted: ServicesAddress, listing: Listing) -> list[tuple[str, ServicesAddress]]:
    """Each filter that is set: in words, and the address without it."""
    found = [(f"‘{wanted.q.strip()}’", wanted.changed(q=""))] if wanted.q else []
    for name in FIELDS:
        if value := getattr(wanted, name):
            without = wanted.changed(**{name: ""})
            if name == "department":
                without = without.changed(agency="")
            found.append((_name(listing.choices, name, value), without))
    for one in wanted.ranges:
        found.append((range_in_words(one), wanted.ranged(KpiRange(one.kpi))))
    return found


def filters_in_words(wanted: ServicesAddress, listing: Listing) -> str:
    """'‘passport’, Home Office, digital take-up at least 80%'; '' where nothing is set."""
    return ", ".join(words for words, _ in set_filters(wanted, listing))


def result_in_words(wanted: ServicesAddress, listing: Listing) -> str:
    """'12 of 734 services: ‘passport’, digital take-up at least 80%.', and which are shown."""
    chosen = filters_in_words(wanted, listing)
    return shown_in_words(listing, listing.services, "service", chosen)


def remove_filters(wanted: ServicesAddress, listing: Listing) -> Component | None:
    """A link for each filter that is set, which removes it; None where nothing is set."""
    found = [(words, without.href) for words, without in set_filters(wanted, listing)]
    cleared = ServicesAddress().ordered(wanted.order)
    return removals(found, cleared.href, ids.SERVICES_RESULTS)
