"""What can be embedded: the Overview, an organisation, a service, a comparison, and their parts."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import quote

from callbacks import pages
from callbacks.embeds import compare, organisation, overview, service
from layouts.embed import Embedded
from layouts.embed_addresses import EMBED, OVERVIEW, embed_address

Given = Mapping[str, Any]


@dataclass(frozen=True)
class Place:
    """Which dashboard, by its kind and slug ('' where there is one of the kind); which module."""

    kind: str
    slug: str = ""
    module: str = ""


@dataclass(frozen=True)
class Dashboard:
    """A kind of dashboard, as embeds ask it.

    title: of the dashboard with a slug. name: what a module of it is called. embedded: what is
    shown of the slug and the module for the query's parameters, with filters if the last is true.
    All raise PageMissing where nothing is.
    """

    title: Callable[[str], str]
    name: Callable[[str, str], str]
    embedded: Callable[[str, str, Given, bool], Embedded]


# By how the addresses of its embeds begin; those that stand for many are named by a slug as well.
DASHBOARDS: Mapping[str, Dashboard] = {
    "overview": Dashboard(overview.title, overview.name, overview.embedded),
    "organisations": Dashboard(organisation.title, organisation.name, organisation.embedded),
    "services": Dashboard(service.title, service.name, service.embedded),
    "compare": Dashboard(compare.title, compare.name, compare.embedded),
}
_OF_MANY = ("organisations", "services")
_MISSING = "There is no dashboard to embed at this address."


def place_of(path: str) -> Place:
    """What 'services/tax/journey' names.

    :raises PageMissing: where it is no dashboard's.
    """
    kind, *names = path.strip("/").split("/")
    slug = names.pop(0) if kind in _OF_MANY and names else ""
    if kind not in DASHBOARDS or (kind in _OF_MANY and not slug) or len(names) > 1:
        raise pages.PageMissing(_MISSING)
    return Place(kind, slug, *names)


def place_of_address(path: str, part: str = "") -> Place:
    """The dashboard at a page's path, or its module at a part of that; or what an embed's names.

    :raises PageMissing: where the path is neither's.
    """
    if path.startswith(f"{EMBED}/"):
        return place_of(path.removeprefix(EMBED))
    place = place_of(embed_address(path).removeprefix(EMBED))
    if place.module or path.startswith(OVERVIEW):
        raise pages.PageMissing(_MISSING)
    return replace(place, module=part)


def address_of(place: Place, query: str = "") -> str:
    """The address of the page that a place is of."""
    named = "" if place.kind == "overview" else place.kind
    path = f"/{named}" + (f"/{quote(place.slug)}" if place.slug else "")
    return f"{path}?{query}" if query else path


def title_of(place: Place) -> str:
    """'The journey: Carer's Allowance'; of a dashboard its own title.

    :raises PageMissing: where there is no such dashboard, or no such module on it.
    """
    dashboard = DASHBOARDS[place.kind]
    title = dashboard.title(place.slug)
    return f"{dashboard.name(place.slug, place.module)}: {title}" if place.module else title


def embedded(place: Place, given: Given, *, controls: bool) -> Embedded:
    """What an embed of a place shows.

    :raises PageMissing: as title_of does.
    """
    title_of(place)
    return DASHBOARDS[place.kind].embedded(place.slug, place.module, given, controls)
