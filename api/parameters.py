"""The table of parameters: parsing, validation and documentation are all made from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from api.kinds import DATE, KPI, LIMIT, LINK, OFFSET, RANGE, SORTING, TEXT, Kind, one_of
from api.routes import ROUTES, Route
from data import channels
from data.datatypes import INSTANT, STANDARD_TYPES
from data.projections import LENGTHS
from kpi import views
from kpi.definitions import SLUGS
from kpi.periods import PERIODS
from kpi.projections import PROJECTED

MEASURES = tuple(dict.fromkeys(rule.measure for kind in STANDARD_TYPES for rule in kind.rules))
LIVE = "live-users"
# Formats that hold every row of the question, unless a limit is given.
EXPORTS = ("csv", "xlsx", "csvw")

_LISTS = tuple(route.name for route in ROUTES if not route.one)
_FILTERED = ("services", "organisations", "kpis", "live")
GROUPS = ("department", "agency", "service")
_KPI_ROWS = ("service-kpis", "organisation-kpis", "kpis")
_JOURNEYS = ("journey", "journey-stage", "journey-messages")
_OF_A_SERVICE = tuple(route.name for route in ROUTES if route.path.startswith("/services/"))
_IN_TIME = (*_KPI_ROWS, "kpi-parts", "measurements", "compare", *_JOURNEYS)


@dataclass(frozen=True)
class Parameter:
    """A parameter: its name, what it may be, what holds without it, and the routes that take it.

    default: the value without it. unset: what that means, in words. repeatable: given more than
    once, its value is a tuple.
    """

    name: str
    kind: Kind
    help: str
    unset: str
    routes: tuple[str, ...]
    default: Any = None
    repeatable: bool = False


PARAMETERS = (
    Parameter("service", TEXT, "The service with this slug.", "all", ("live",), ""),
    Parameter(
        "service",
        TEXT,
        "A service to compare, by its slug: one to six of them.",
        "refused: there is nothing to compare",
        ("compare",),
        (),
        repeatable=True,
    ),
    Parameter("department", TEXT, "Services of the department with this slug.", "all", _FILTERED),
    Parameter("agency", TEXT, "Services of the agency with this slug.", "all", _FILTERED),
    Parameter("category", TEXT, "Services of exactly this category.", "all", _FILTERED),
    Parameter("customer_type", TEXT, "Services for exactly this customer type.", "all", _FILTERED),
    Parameter(
        "q",
        TEXT,
        "Services that have every word of it in their name, description, keywords, or in the "
        "name or abbreviation of their department or agency.",
        "all",
        _FILTERED,
    ),
    Parameter(
        "range",
        RANGE,
        "Services of which the latest figure of a KPI lies from the least to the most, both "
        "included, in the KPI's unit: proportions are 0 to 1.",
        "all",
        _FILTERED,
        (),
        repeatable=True,
    ),
    Parameter(
        "kpi",
        one_of(*SLUGS),
        "The KPI to answer.",
        "all",
        ("organisation-kpis", "kpis"),
        (),
        repeatable=True,
    ),
    Parameter(
        "kpi",
        KPI,
        "The KPI to answer; without it those of all services come first.",
        "all that the service has",
        ("service-kpis",),
        (),
        repeatable=True,
    ),
    Parameter(
        "kpi",
        KPI,
        "The KPI to answer, one that has a `group`.",
        "all that have one",
        ("kpi-parts",),
        (),
        repeatable=True,
    ),
    Parameter(
        "kpi",
        one_of(*PROJECTED),
        "The KPI to project.",
        "all of these",
        ("projections",),
        (),
        repeatable=True,
    ),
    Parameter(
        "by",
        one_of(*GROUPS),
        "Add up over each department, agency or service rather than over all.",
        "over all services together",
        ("kpis",),
        "",
    ),
    Parameter(
        "channel",
        one_of(*channels.KINDS),
        "Figures of this channel alone, for the KPIs that can be told by channel "
        "(`by_channel` in their definitions).",
        "all channels together",
        _KPI_ROWS,
        "",
    ),
    Parameter(
        "measure",
        one_of(*MEASURES),
        "What was counted.",
        "transactions",
        ("measurements",),
        "transactions",
    ),
    Parameter(
        "period",
        one_of(*PERIODS),
        "The length of the periods. A rolling year is a `year` that starts in any month.",
        "year",
        (*_KPI_ROWS, "kpi-parts"),
        "year",
    ),
    Parameter(
        "period",
        one_of(*PERIODS, INSTANT),
        f"The length of the periods; {INSTANT} for {LIVE}, which are of a moment, and for "
        "nothing else.",
        f"month; {INSTANT} for {LIVE}",
        ("measurements",),
    ),
    Parameter(
        "period",
        one_of("month", "quarter", "year"),
        "The length of the periods to compare by. The cost per transaction is over twelve months "
        "whichever it is.",
        "the shortest that all of the services report by",
        ("compare",),
    ),
    Parameter(
        "period",
        one_of(*PERIODS),
        "The length of the periods.",
        "week",
        _JOURNEYS,
        "week",
    ),
    Parameter(
        "stage",
        TEXT,
        "Which stage of the journey, as its records name it.",
        "the first that everybody passes",
        ("journey-stage",),
        "",
    ),
    Parameter(
        "period",
        one_of(*LENGTHS),
        "The length of the periods that are projected.",
        "month",
        ("projections",),
        "month",
    ),
    Parameter(
        "start_at", DATE, "Only periods that start on this day or later.", "the first", _IN_TIME
    ),
    Parameter(
        "end_at",
        DATE,
        "Only periods that end by this day: their last day is before it.",
        "the last",
        _IN_TIME,
    ),
    Parameter(
        "sort_by",
        SORTING,
        "What to sort by. Rows without it come last either way.",
        "name; periods by start, then KPIs as in their definitions",
        tuple(route.name for route in ROUTES if route.sortable),
    ),
    Parameter(
        "limit",
        LIMIT,
        "How many rows to answer at most.",
        "the setting `API_LIMIT`; with another `format` than json, all rows",
        _LISTS,
    ),
    Parameter("offset", OFFSET, "How many rows to pass over first.", "0", _LISTS, 0),
    Parameter(
        views.LINK,
        LINK,
        "Shows this one service although it is not published, until the link ends or is revoked. "
        "A published service does not need it.",
        "404 where the service is not published",
        _OF_A_SERVICE,
        "",
    ),
    Parameter(
        "format",
        one_of("json", *EXPORTS),
        "JSON; the same rows as CSV or as an Excel workbook; or `csvw`: what the CSV of the same "
        "question holds, as CSV on the Web metadata.",
        "json",
        tuple(route.name for route in ROUTES),
        "json",
    ),
)


def parameters_of(route: Route) -> dict[str, Parameter]:
    """The parameters that a route takes, by name."""
    return {item.name: item for item in PARAMETERS if route.name in item.routes}
