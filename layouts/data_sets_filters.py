"""The search and the filters of the catalogue, and what they leave in words."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from kpi.data_sets import FIELDS, Listing
from layouts import ids
from layouts.data_sets_address import EVERY, UNPUBLISHED, DataSetsAddress, named
from layouts.fields import Option, filters, search_field, select_field
from layouts.pagination import shown_in_words
from layouts.removals import removals
from layouts.wording import capitalised

_SELECTS = {
    "organisation": (ids.DATA_SETS_ORGANISATION, "Organisation", "All organisations"),
    "type": (ids.DATA_SETS_TYPE, "Data type", "All data types"),
}


def filter_fields(wanted: DataSetsAddress, listing: Listing) -> html.Details:
    """The band of filters, each set to what the address says."""
    fields = [
        search_field(ids.DATA_SETS_Q, "Search", wanted.q),
        *(_choice(wanted, listing, name) for name in _SELECTS),
        _unpublished(wanted, listing),
    ]
    return filters(fields, capitalised(filters_in_words(wanted, listing) or "none"))


def _choice(wanted: DataSetsAddress, listing: Listing, name: str) -> html.Div:
    id, label, every = _SELECTS[name]
    chosen = getattr(wanted, name)
    known = [one for one in listing.choices if one.field == name]
    offered = [one for one in known if one.data_sets or one.value == chosen]
    options: list[Option] = [(EVERY, every)]
    options += [(one.value, f"{one.name} ({one.data_sets:,})") for one in offered]
    if chosen and chosen not in {one.value for one in known}:
        options.append((chosen, chosen))
    return select_field(id, label, options, chosen or EVERY)


def _unpublished(wanted: DataSetsAddress, listing: Listing) -> html.Div:
    """Whether those that are not published are shown; hidden where there are none."""
    options = [(EVERY, "Published"), (UNPUBLISHED, f"Unpublished, too ({listing.unpublished:,})")]
    field = select_field(ids.DATA_SETS_UNPUBLISHED, "Show", options, wanted.unpublished or EVERY)
    return html.Div(field, hidden=not (listing.unpublished or wanted.unpublished))


def set_filters(wanted: DataSetsAddress, listing: Listing) -> list[tuple[str, DataSetsAddress]]:
    """What is filtered by, in words, and the address without it."""
    found = [(f"‘{wanted.q.strip()}’", wanted.changed(q=""))] if wanted.q.strip() else []
    for name in FIELDS:
        value = getattr(wanted, name)
        if value:
            words = named(listing, name, value) or value
            found.append((words, wanted.changed(**{name: ""})))
    return found


def filters_in_words(wanted: DataSetsAddress, listing: Listing) -> str:
    """‘carer’, Department for Work and Pensions."""
    return ", ".join(words for words, _ in set_filters(wanted, listing))


def result_in_words(wanted: DataSetsAddress, listing: Listing) -> str:
    """'12 of 104 data sets: ‘carer’.', and which are shown."""
    chosen = filters_in_words(wanted, listing)
    return shown_in_words(listing, listing.data_sets, "data set", chosen)


def remove_filters(wanted: DataSetsAddress, listing: Listing) -> Component | None:
    """A link for each filter that is set, which removes it; None where nothing is set."""
    found = [(words, without.href) for words, without in set_filters(wanted, listing)]
    cleared = DataSetsAddress(unpublished=wanted.unpublished)
    return removals(found, cleared.href, ids.DATA_SETS_RESULTS)
