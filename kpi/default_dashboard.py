"""The dashboard of a service that has none of its own: the four KPIs, and what is behind them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from kpi.definitions import HEADLINE
from kpi.modules import Module, parse_modules
from kpi.own import OwnKpi

_CARDS = [{"type": "kpi", "kpi": kpi.slug} for kpi in HEADLINE]
_BELOW: list[dict[str, Any]] = [
    {"type": "journey", "slug": "journey"},
    {
        "type": "grouped_timeseries",
        "measure": "transactions-by-channel",
        "slug": "channels",
    },
    {"type": "user_satisfaction", "slug": "user-satisfaction", "width": "half"},
    {"type": "realtime", "slug": "live", "width": "half"},
    {"type": "completion_rate", "slug": "completion-rate", "width": "half"},
    {
        "type": "single_timeseries",
        "kpi": "digital-take-up",
        "slug": "digital-take-up",
        "width": "half",
    },
    {
        "type": "single_timeseries",
        "kpi": "cost-per-transaction",
        "slug": "cost-per-transaction",
    },
]
# As a service would define it.
DEFAULT_BODY: dict[str, Any] = {
    "modules": [*_CARDS, *({**module, "when_empty": "hide"} for module in _BELOW)]
}
DEFAULT = parse_modules(DEFAULT_BODY)


def default_modules(own: Sequence[OwnKpi]) -> tuple[Module, ...]:
    """The default dashboard of a service, with those KPIs of its own.

    Those that are lines have a card after the four and stand two beside each other at the end;
    the parts of the others come last.
    """
    lines, bars = (
        [one.slug for one in own if (one.chart == "bars") is is_bars] for is_bars in (False, True)
    )
    cards = [{"type": "kpi", "kpi": slug} for slug in lines]
    drawn = [{**_own("single_timeseries", slug), "width": "half"} for slug in lines]
    drawn += [_own("bar_chart_with_number", slug) for slug in bars]
    return (*DEFAULT[: len(_CARDS)], *_parsed(cards), *DEFAULT[len(_CARDS) :], *_parsed(drawn))


def _own(kind: str, slug: str) -> dict[str, Any]:
    return {"type": kind, "kpi": slug, "slug": f"own-{slug}", "when_empty": "hide"}


def _parsed(modules: list[dict[str, Any]]) -> tuple[Module, ...]:
    return parse_modules({"modules": modules})
