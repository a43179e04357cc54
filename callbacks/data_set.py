"""Wiring of a data set's page. One that is hidden is like one that is missing, but for a few."""

from __future__ import annotations

from dash import Dash
from dash.development.base_component import Component

from callbacks import pages
from callbacks.data_sets import site
from callbacks.platform import platform, root, viewer
from data.data_set_page import DataSetPage, data_set_page
from layouts import linked_data
from layouts.addresses import publish_address
from layouts.corrections import build_corrections
from layouts.data_set import Reading, build_data_set, description
from layouts.data_sets_address import PATH


def register(_app: Dash) -> None:
    """Register the page; the record API answers at the same address, to all but browsers."""
    page = pages.Page(
        name="data-set",
        path=f"{PATH}/<data_group>/<data_type>",
        section=PATH,
        content=_content,
        title=lambda **path: _found(**path).data_set.title,
        description=lambda **path: description(_found(**path).data_set),
        linked_data=_linked_data,
    )
    pages.register(page)


def _found(data_group: str, data_type: str) -> DataSetPage:
    """The data set as whoever asks may see it."""
    found = data_set_page(platform().reader, data_group, data_type)
    if found is None or not _may_see(found):
        raise pages.PageMissing(f"There is no data set {data_group}/{data_type}.")
    return found


def _may_see(found: DataSetPage) -> bool:
    asking = viewer()
    return asking.may_see(found.stored) if asking else not found.stored.hidden


def _content(data_group: str, data_type: str, **_others: object) -> list[Component]:
    here, found, asking = platform(), _found(data_group, data_type), viewer()
    may_publish = asking is not None and asking.may_publish(found.stored)
    corrections = build_corrections(found.corrections)
    reading = Reading(
        now=here.reader.now(),
        site_name=here.settings.site_name,
        root=root(),
        most_rows=here.settings.query_rows_most,
        publish=publish_address(data_group, data_type) if may_publish else "",
    )
    hidden = found.stored.hidden
    return build_data_set(found.data_set, found.preview, reading, corrections, hidden=hidden)


def _linked_data(data_group: str, data_type: str, **_others: object) -> list[linked_data.Document]:
    found = _found(data_group, data_type)
    # What only some may see is for them to read, not for harvesters.
    return [] if found.stored.hidden else list(linked_data.data_set(found.data_set, site()))
