"""The table of module types: what each shows and takes; schema, reading and docs are made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kpi.measures import EVERY, SPLIT
from kpi.periods import PERIODS

MOST_MODULES, MOST_NESTED, MOST_TABS = 40, 20, 8
MOST_LINES, MOST_BARS, MOST_PLACES, MOST_ROWS = 4, 20, 25, 60
SLUG = "^[a-z][a-z0-9-]{0,59}$"
KPI_SLUG = "^[a-z0-9][a-z0-9-]{0,59}$"
Property = Mapping[str, Any]


@dataclass(frozen=True)
class ModuleType:
    """One type: its name, what it shows, the properties of its own, and an example.

    sources: which of 'kpi' and 'measure' it draws; with both, a definition gives one of them.
    once: whether a dashboard can have it only once. holds: whether it has modules of its own.
    """

    name: str
    shows: str
    example: Mapping[str, Any]
    sources: tuple[str, ...] = ()
    measures: tuple[str, ...] = EVERY
    limit: tuple[int, int, str] | None = None
    category: bool = False
    once: bool = False
    holds: bool = False
    needs: tuple[str, ...] = field(default=())

    @property
    def own(self) -> dict[str, Property]:
        """The properties that not every type has, by name."""
        found: dict[str, Property] = {}
        if "kpi" in self.sources:
            found["kpi"] = {
                "type": "string",
                "pattern": KPI_SLUG,
                "description": "The KPI: one of `/api/kpis/definitions`, or one of the service's "
                "own.",
            }
        if "measure" in self.sources:
            found["measure"] = {"enum": list(self.measures), "description": _MEASURE}
        if self.category:
            found["category"] = {**_text(100), "description": _CATEGORY}
        if self.sources:
            found["period"] = {"enum": list(PERIODS), "description": _PERIOD}
        if self.limit:
            most, usual, what = self.limit
            found["limit"] = {
                "type": "integer",
                "minimum": 1,
                "maximum": most,
                "default": usual,
                "description": f"How many {what} are shown.",
            }
        return found


def _text(most: int, least: int = 1) -> dict[str, Any]:
    return {"type": "string", "minLength": least, "maxLength": most}


_MEASURE = "What was reported, as it was reported. The service has a data set that gives it."
_CATEGORY = "Only this part of the measure, such as the device `mobile`; left out: all of it."
_PERIOD = (
    "How long each period is; left out: as the page shows, or the nearest length that is reported."
)

EVERY_TYPE: Mapping[str, Property] = {
    "type": {"type": "string", "description": "What the module shows."},
    "title": {
        **_text(100),
        "description": "Its heading; left out: what the figures show, in words.",
    },
    "description": {**_text(600), "description": "A sentence or two under the heading."},
    "slug": {
        "type": "string",
        "pattern": SLUG,
        "description": "Its name in addresses (`#slug`), unlike any other's on the dashboard; "
        "left out: made from the title, or from what it shows.",
    },
    "width": {
        "enum": ["full", "half"],
        "default": "full",
        "description": "Two modules in a row that are `half` stand side by side.",
    },
    "when_empty": {
        "enum": ["say", "hide"],
        "default": "say",
        "description": "Without figures the module says so in one line, or it is left out.",
    },
}

MODULE_TYPES: tuple[ModuleType, ...] = (
    ModuleType(
        "kpi",
        "A card: the KPI's latest figure, its trend and how it has changed. Cards that follow one "
        "another stand in a row.",
        {"type": "kpi", "kpi": "completion-rate"},
        sources=("kpi",),
        needs=("kpi",),
    ),
    ModuleType(
        "single_timeseries",
        "One line over time: a KPI, or a measure.",
        {"type": "single_timeseries", "measure": "visits", "title": "Visits to the service"},
        sources=("kpi", "measure"),
        category=True,
    ),
    ModuleType(
        "grouped_timeseries",
        "A line for each part of a measure, at most four: the largest. What the others come to is "
        "said in words.",
        {"type": "grouped_timeseries", "measure": "devices", "limit": 3},
        sources=("measure",),
        measures=SPLIT,
        limit=(MOST_LINES, MOST_LINES, "lines"),
        needs=("measure",),
    ),
    ModuleType(
        "completion_rate",
        "The share of started transactions that were completed, over time.",
        {"type": "completion_rate", "width": "half"},
        once=True,
    ),
    ModuleType(
        "journey",
        "How many people reach each stage, and where most of them leave.",
        {"type": "journey"},
        once=True,
    ),
    ModuleType(
        "user_satisfaction",
        "How people rated the service, and their satisfaction over time.",
        {"type": "user_satisfaction", "width": "half"},
        once=True,
    ),
    ModuleType(
        "realtime",
        "How many people use the service now, and over the last 24 hours.",
        {"type": "realtime"},
        once=True,
    ),
    ModuleType(
        "availability",
        "How much of the time the service could be used, and how long its pages took to load.",
        {"type": "availability", "title": "Availability and speed"},
        once=True,
    ),
    ModuleType(
        "bar_chart_with_number",
        "A number, and a bar for each part of it, in the latest period: of a measure, or of one of "
        "the service's own KPIs whose `chart` is `bars`.",
        {"type": "bar_chart_with_number", "measure": "errors", "limit": 5},
        sources=("kpi", "measure"),
        measures=SPLIT,
        limit=(MOST_BARS, 10, "bars"),
    ),
    ModuleType(
        "table",
        "The figures of a KPI or a measure, the latest period first; with a column for each of "
        "the largest parts, where the measure has parts.",
        {"type": "table", "kpi": "transactions", "limit": 6},
        sources=("kpi", "measure"),
        limit=(MOST_ROWS, 12, "periods"),
    ),
    ModuleType(
        "list",
        "The parts of a measure in the latest period, the largest first.",
        {"type": "list", "measure": "browsers", "limit": 3},
        sources=("measure",),
        measures=SPLIT,
        limit=(MOST_PLACES, 10, "places"),
        needs=("measure",),
    ),
    ModuleType(
        "headline_figure",
        "One number set large, when it was, and how it has changed.",
        {"type": "headline_figure", "measure": "devices", "category": "mobile"},
        sources=("kpi", "measure"),
        category=True,
    ),
    ModuleType(
        "section",
        "A heading with a text, and modules below it. It holds no other section.",
        {
            "type": "section",
            "title": "Getting help",
            "modules": [{"type": "single_timeseries", "measure": "help-usage"}],
        },
        holds=True,
        needs=("title", "modules"),
    ),
    ModuleType(
        "tab",
        "Modules one at a time: each is a tab, called by its title. A section in it is a tab of "
        "several modules. It holds no other tabs.",
        {
            "type": "tab",
            "modules": [
                {"type": "list", "measure": "devices", "title": "Devices"},
                {"type": "table", "measure": "devices", "title": "Devices by period"},
            ],
        },
        holds=True,
        needs=("modules",),
    ),
)
TYPES: Mapping[str, ModuleType] = {item.name: item for item in MODULE_TYPES}
NAMES = tuple(TYPES)
