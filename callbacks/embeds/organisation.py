"""The page of a department or an agency as embeds show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callbacks.embeds.modules import named
from callbacks.organisation import found, organisation_of
from callbacks.platform import platform
from layouts.addresses import organisation_address
from layouts.embed import Embedded
from layouts.organisation import (
    TITLES,
    build_organisation,
    organisation_modules,
    organisation_sections,
)
from layouts.performance_embed import Of, Which, performance_embed


def title(slug: str) -> str:
    """What the organisation is called."""
    return organisation_of(slug).name


def name(slug: str, module: str) -> str:
    """What a module is called."""
    return named(TITLES, module, title(slug))


def embedded(slug: str, module: str, given: Mapping[str, Any], controls: bool) -> Embedded:
    """The organisation's page, or a module of it."""
    period = given.get("period", "")
    asked = found(slug, period)
    now, path = platform().reader.now(), organisation_address(slug)
    if asked.answer is None:
        content = build_organisation(asked, now)[1:]
        return Embedded(content, title=asked.organisation.name, page=path)
    of = Of(
        asked.organisation.name,
        path,
        organisation_modules(asked, asked.answer, now),
        organisation_sections,
        of_all=False,
    )
    which = Which(module, TITLES.get(module, ""), period, asked.notice, controls)
    return performance_embed(asked.answer, of, which)
