"""The Overview or an organisation's page, or one of their modules, as an embed shows it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from dash import html
from dash.development.base_component import Component

from kpi.overview import Overview
from layouts.activity import MOST_USED, RIGHT_NOW
from layouts.addresses import address
from layouts.embed import Embedded
from layouts.frame import title_row
from layouts.modules import Parts, alone
from layouts.performance import lede, period_field

# These say when themselves.
_TIMELESS = (RIGHT_NOW, MOST_USED)


@dataclass(frozen=True)
class Of:
    """Which page: what it is called, its path, what draws its modules, how they stand on it.

    of_all: whether it is of all services, so that a period says how many of them reported it.
    """

    title: str
    path: str
    parts: Parts
    sections: Callable[[Parts], list[Component]]
    of_all: bool = True


@dataclass(frozen=True)
class Which:
    """Which of its modules, by slug and name ('' for all); the period asked for; with filters?

    notice: what of the address was not understood.
    """

    module: str = ""
    name: str = ""
    period: str = ""
    notice: str = ""
    controls: bool = False


def performance_embed(answer: Overview, of: Of, which: Which) -> Embedded:
    """The page, or its module alone."""
    shown = answer.performance
    picker = period_field(answer.choices, shown, of.of_all) if which.controls else None
    notice = [html.P(which.notice, className="misunderstood")] if which.notice else []
    if which.module:
        beside = [picker] if picker is not None else []
        content = [*beside, *notice, alone(of.parts, which.module)]
    else:
        content = [title_row(of.title, lede(shown), picker), *notice, *of.sections(of.parts)]
    is_of_period = which.module and which.module not in _TIMELESS
    return Embedded(
        content,
        title=of.title,
        page=address(of.path, {"period": "" if which.notice else which.period}),
        module=which.module,
        name=which.name,
        period=shown.period.label if is_of_period else "",
    )
