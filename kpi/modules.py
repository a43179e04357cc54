"""A dashboard's modules as they are defined, read from JSON that was found to be sound."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Self

from kpi.module_types import TYPES

_NOT_IN_SLUGS = re.compile(r"[^a-z0-9]+")
_LONGEST_SLUG = 60
# What else of a page has a name: a module called so could not be linked to.
_TAKEN = frozenset(("about-the-figures", "live-chart", "main", "no-figures", "sharing"))
_BEFORE = ("service-", "journey-", "sharing-")
HALF, HIDE = "half", "hide"
SECTION, TAB = "section", "tab"


@dataclass(frozen=True)
class Module:
    """One module: what it shows and where it stands.

    kpi, measure: the slug of what it draws; both '' where the type says it all. category: of the
    measure, '' for all of it. period: a length of its own, '' for the page's. limit: how many
    lines, bars, places or rows; 0 where the type has none. modules: those inside it.
    """

    type: str
    slug: str
    title: str = ""
    description: str = ""
    kpi: str = ""
    measure: str = ""
    category: str = ""
    period: str = ""
    limit: int = 0
    width: str = "full"
    when_empty: str = "say"
    modules: tuple[Module, ...] = ()

    @classmethod
    def parse(cls, body: Mapping[str, Any]) -> Self:
        """The module that a sound JSON object defines."""
        limit = TYPES[body["type"]].limit
        given = {name: value for name, value in body.items() if name != "modules"}
        usual = {"slug": default_slug(body), "limit": limit[1] if limit else 0}
        return cls(**{**usual, **given}, modules=parse_modules(body))

    @property
    def source(self) -> str:
        """The slug of what it draws, '' where its type says that."""
        return self.kpi or self.measure

    @property
    def is_half(self) -> bool:
        """Whether it stands beside another that is half as wide as the page."""
        return self.width == HALF

    @property
    def hides(self) -> bool:
        """Whether it is left out where it has no figures."""
        return self.when_empty == HIDE


def parse_modules(body: Mapping[str, Any]) -> tuple[Module, ...]:
    """The modules of `{"modules": [...]}`, which was found to be sound."""
    return tuple(Module.parse(one) for one in body.get("modules", ()))


def default_slug(body: Mapping[str, Any]) -> str:
    """The slug of a module that names none: its title's, or that of its type and what it draws."""
    parts = (body["type"], body.get("kpi"), body.get("measure"), body.get("category"))
    words = body.get("title") or " ".join(filter(None, parts))
    slug = _NOT_IN_SLUGS.sub("-", str(words).lower()).strip("-")[:_LONGEST_SLUG].strip("-")
    # An address's anchor begins with a letter, and titles may be in any script.
    is_fit = slug[:1].isalpha() and not is_taken(slug)
    return slug if is_fit else f"module-{slug}"[:_LONGEST_SLUG].strip("-")


def is_taken(slug: str) -> bool:
    """Whether the page calls something so itself."""
    return slug in _TAKEN or slug.startswith(_BEFORE)


def flat(modules: Iterable[Module]) -> Iterator[Module]:
    """The modules and those inside them, in order."""
    for one in modules:
        yield one
        yield from flat(one.modules)


def tabs_of(modules: Iterable[Module]) -> tuple[Module, ...]:
    """Every module of tabs."""
    return tuple(one for one in flat(modules) if one.type == TAB)


def chosen_tab(tab: Module, chosen: Iterable[str]) -> Module:
    """Of a module of tabs the one to show: the one that was chosen, or else the first."""
    named = set(chosen)
    return next((one for one in tab.modules if one.slug in named), tab.modules[0])


def on_show(modules: Iterable[Module], chosen: Iterable[str]) -> Iterator[Module]:
    """The modules that are drawn: of tabs only what is inside the chosen one."""
    wanted = tuple(chosen)
    for one in modules:
        inside = (chosen_tab(one, wanted),) if one.type == TAB else one.modules
        yield one
        yield from on_show(inside, wanted)


def known_tabs(modules: Iterable[Module], wanted: Iterable[str]) -> tuple[str, ...]:
    """The tabs that were asked for and are there, one a module of tabs; first ones need no saying.

    In the order of the page, so that one state has one address.
    """
    named = tuple(wanted)
    pairs = [(tab, chosen_tab(tab, named)) for tab in tabs_of(modules)]
    return tuple(one.slug for tab, one in pairs if one is not tab.modules[0])


def is_known_tab(modules: Iterable[Module], slug: str) -> bool:
    """Whether there is a tab of that name."""
    return any(one.slug == slug for tab in tabs_of(modules) for one in tab.modules)


def tabs_to(modules: Iterable[Module], slug: str) -> tuple[str, ...]:
    """The tabs to choose so that a module is on show; () where it is outside of any."""
    for one in modules:
        if any(inside.slug == slug for inside in flat(one.modules)):
            tabs = [tab for tab in one.modules if slug in {each.slug for each in flat((tab,))}]
            chosen = (tabs[0].slug,) if one.type == TAB else ()
            return (*chosen, *tabs_to(one.modules, slug))
    return ()
