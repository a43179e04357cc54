"""The comparison page as embeds show it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from callbacks.compare import asked_for
from callbacks.embeds.modules import named
from layouts.compare import TITLE, TITLES
from layouts.compare_embed import compare_embed
from layouts.embed import Embedded


def title(_slug: str) -> str:
    """What the page is called."""
    return TITLE


def name(_slug: str, module: str) -> str:
    """What a module is called."""
    return named(TITLES, module, TITLE)


def embedded(_slug: str, module: str, given: Mapping[str, Any], controls: bool) -> Embedded:
    """The comparison, or a module of it."""
    wanted, shown, notes = asked_for(given)
    return compare_embed(wanted, shown, notes, module, controls=controls)
