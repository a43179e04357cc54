"""The Overview as embeds show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callbacks.embeds.modules import named
from callbacks.overview import answer_of
from callbacks.platform import platform
from layouts.embed import Embedded
from layouts.overview import TITLE, TITLES, build_empty, overview_modules, overview_sections
from layouts.performance_embed import Of, Which, performance_embed


def title(_slug: str) -> str:
    """What the page is called."""
    return TITLE


def name(_slug: str, module: str) -> str:
    """What a module is called."""
    return named(TITLES, module, TITLE)


def embedded(_slug: str, module: str, given: Mapping[str, Any], controls: bool) -> Embedded:
    """The Overview, or a module of it."""
    period = given.get("period", "")
    answer, notice = answer_of(period)
    if answer is None:
        return Embedded(build_empty(), title=TITLE, page="/")
    parts = overview_modules(answer, platform().reader.now())
    which = Which(module, TITLES.get(module, ""), period, notice, controls)
    return performance_embed(answer, Of(TITLE, "/", parts, overview_sections), which)
