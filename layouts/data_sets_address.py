"""The address of the catalogue of data sets: its search and page, read and written."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Self

from kpi.data_sets import FIELDS, Listing
from layouts.addresses import Parameter, address
from layouts.given import Given, Parameters

PATH = "/data"
# What a select says where nothing is chosen: an empty value cannot be chosen in it.
EVERY = "*"
UNPUBLISHED = "yes"
WORDS = {"organisation": "organisation", "service": "service", "type": "data type"}
_CHOSEN = ("q", "organisation", "type", "unpublished")


@dataclass(frozen=True)
class DataSetsAddress:
    """Everything that can be set on the page of data sets.

    unpublished: 'yes' shows data sets that are not published, too.
    """

    q: str = ""
    organisation: str = ""
    service: str = ""
    type: str = ""
    unpublished: str = ""
    page: int = 1

    @property
    def search(self) -> str:
        """The query of this address; '' where nothing is set."""
        set_here = {name: getattr(self, name) for name in ("q", *FIELDS, "unpublished")}
        page = str(self.page) if self.page > 1 else ""
        parameters: dict[str, Parameter] = {**set_here, "page": page}
        return address("", parameters)

    @property
    def href(self) -> str:
        """This address; defaults are left out."""
        return PATH + self.search

    @property
    def filtered(self) -> bool:
        """Whether anything is searched for or filtered by."""
        return any(getattr(self, name) for name in ("q", *FIELDS))

    def changed(self, **fields: Any) -> Self:
        """The first page of the same address with other fields."""
        return replace(self, **{"page": 1, **fields})


def parse(parameters: Parameters) -> tuple[DataSetsAddress, list[str]]:
    """What an address's parameters ask for, and a sentence for each that cannot be read."""
    given = Given(parameters)
    found = DataSetsAddress(
        q=given.search("q"),
        unpublished=UNPUBLISHED if given.last("unpublished", "choice") == UNPUBLISHED else "",
        page=given.page(),
        **{name: given.last(name, WORDS[name]) for name in FIELDS},
    )
    return found, given.said


def problems(wanted: DataSetsAddress, listing: Listing) -> list[str]:
    """A sentence for each part of an address that leads nowhere."""
    said = []
    for name in FIELDS:
        value = getattr(wanted, name)
        if value and not named(listing, name, value):
            said.append(f"No data set has the {WORDS[name]} ‘{value}’.")
    if wanted.page > listing.pages and listing.total:
        said.append(f"There is no page {wanted.page:,}: this is page {listing.pages:,}, the last.")
    return said


def named(listing: Listing, name: str, value: str) -> str:
    """The words of something that is filtered by; '' where nothing is known of it."""
    if name == "service":
        return listing.service.name
    known = (one.name for one in listing.choices if (one.field, one.value) == (name, value))
    return next(known, "")


def chosen(before: DataSetsAddress, values: Mapping[str, str | None]) -> DataSetsAddress:
    """The address after someone changed a filter; the same one where nothing changed.

    values: q, organisation, type and unpublished, EVERY for none.
    """
    given = {name: "" if values[name] in (None, EVERY) else str(values[name]) for name in _CHOSEN}
    after = before.changed(**given)
    return before if after == before.changed() else after
