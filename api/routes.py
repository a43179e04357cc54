"""The table of routes: name, path, what it answers, and what its rows can be sorted by."""

from __future__ import annotations

from dataclasses import dataclass

from data.selection import CATALOGUE_COLUMNS
from data.services import SORTABLE

PERIOD_COLUMNS = ("kpi", "period", "start_at", "end_at")
FIGURE_COLUMNS = ("value", "numerator", "denominator", "status", "unit")
PART_COLUMNS = ("parts", "expected", "part")
NORMAL_COLUMNS = ("normal_low", "normal_high", "verdict")
COUNT_COLUMNS = ("services_reporting", "services")
KPI_ROW = (*PERIOD_COLUMNS, *FIGURE_COLUMNS, *PART_COLUMNS, *NORMAL_COLUMNS, "annotations")
TOTAL_ROW = (*PERIOD_COLUMNS, *FIGURE_COLUMNS, *COUNT_COLUMNS, *PART_COLUMNS)
GROUP_ROW = ("group", *TOTAL_ROW)
LIVE_ROW = ("start_at", "people", "status")
MEDIAN_COLUMNS = (
    "department",
    "department_median",
    "department_reporting",
    "median",
    "reporting",
)
_COMPARED = (*PERIOD_COLUMNS, *FIGURE_COLUMNS, *PART_COLUMNS)
COMPARE_ROW = ("service", *_COMPARED, *MEDIAN_COLUMNS, "side_by_side", "best")
LATEST_ROW = (*FIGURE_COLUMNS, "period", "start_at", "end_at")
LATEST_TOTAL_ROW = (*LATEST_ROW, *COUNT_COLUMNS)
# All that describes a service but the number of its row.
SERVICE_ROW = (*CATALOGUE_COLUMNS[1:], "kpis")
ORGANISATION_ROW = ("slug", "name", "abbreviation", "department", "services", "kpis")
DEFINITION_ROW = (
    "slug",
    "name",
    "unit",
    "format",
    "better",
    "numerator",
    "denominator",
    "formula",
    "definition",
    "decimals",
    "by_channel",
    "least_base",
)
SERVICE_DEFINITION_ROW = (*DEFINITION_ROW, "data_set", "group")
PART_ROW = ("group", *PERIOD_COLUMNS, *FIGURE_COLUMNS, *PART_COLUMNS, "annotations")
MEASUREMENT_ROW = (
    "measure",
    "category",
    "period",
    "start_at",
    "end_at",
    "value",
    "status",
    *PART_COLUMNS,
    "annotations",
)
STAGE_ROW = (
    "stage",
    "name",
    "required",
    "people",
    "left",
    "share",
    "period",
    "start_at",
    "end_at",
    "status",
    *PART_COLUMNS,
)
STAGE_TREND_ROW = (
    "stage",
    "next_stage",
    "period",
    "start_at",
    "end_at",
    "people",
    "status",
    "went_on",
    "share",
    "share_status",
    "annotations",
)
MESSAGE_ROW = (
    "measure",
    "stage",
    "name",
    "message",
    "count",
    "people",
    "per_hundred",
    "status",
    *PART_COLUMNS,
)
PROJECTION_ROW = (*PERIOD_COLUMNS, "projected", "low", "high", "unit")


@dataclass(frozen=True)
class Route:
    """One address of the API.

    path: under /api, with <slug> where a service or an organisation is named.
    columns: the fields of a row, in order. nested: the fields of each KPI in its field `kpis`.
    sortable: what sort_by may name; none: the rows have an order of their own.
    one: whether it answers one thing rather than a list. live: whether it counts who is there now.
    """

    name: str
    path: str
    summary: str
    columns: tuple[str, ...]
    nested: tuple[str, ...] = ()
    sortable: tuple[str, ...] = ()
    one: bool = False
    live: bool = False

    @property
    def of_one_service(self) -> bool:
        """Whether all that it answers rests on the service that its path names, and no other."""
        return self.path.startswith("/services/<slug>/")


ROUTES = (
    Route(
        "services",
        "/services",
        "The services that the filters leave, each with its latest year-long figure of every KPI.",
        SERVICE_ROW,
        LATEST_ROW,
        SORTABLE,
    ),
    Route(
        "service",
        "/services/<slug>",
        "One service, with its latest year-long figure of every KPI.",
        SERVICE_ROW,
        LATEST_ROW,
        one=True,
    ),
    Route(
        "service-kpis",
        "/services/<slug>/kpis",
        "A service's KPIs, period by period: those of all services, and its own.",
        KPI_ROW,
        sortable=KPI_ROW,
    ),
    Route(
        "projections",
        "/services/<slug>/projections",
        "The coming year of a service's volume and digital take-up, if things go on as they did: "
        "the 52 weeks, 12 months or 4 quarters after the latest reported figure, each with the "
        "interval that holds four of five of them, and the total of transactions as `twelve "
        "months`. Nothing here was reported. No rows without two unbroken years behind them. "
        "`docs/forecasting.md` says how good projections are.",
        PROJECTION_ROW,
    ),
    Route(
        "kpi-parts",
        "/services/<slug>/kpis/parts",
        "One of a service's own KPIs (or standard metrics), split by its `group`, part by part and "
        "period by period.",
        PART_ROW,
        sortable=PART_ROW,
    ),
    Route(
        "service-definitions",
        "/services/<slug>/kpis/definitions",
        "The KPIs of a service: those of all services, its own, and the standard metrics that it "
        "has data sets for.",
        SERVICE_DEFINITION_ROW,
    ),
    Route(
        "measurements",
        "/services/<slug>/measurements",
        "The figures of a service behind its KPIs: one measure, by category and period.",
        MEASUREMENT_ROW,
        sortable=MEASUREMENT_ROW,
    ),
    Route(
        "journey",
        "/services/<slug>/journey",
        "People at each stage of a service's journey, added up over the periods in which every "
        "required stage was reported, in the order of the stages; those beside the path last.",
        STAGE_ROW,
    ),
    Route(
        "journey-stage",
        "/services/<slug>/journey/stage",
        "One stage of a service's journey, period by period: people there, and how many of them "
        "went on to the next required stage.",
        STAGE_TREND_ROW,
    ),
    Route(
        "journey-messages",
        "/services/<slug>/journey/messages",
        "The three most frequent errors, and uses of help, at each stage of a service's journey, "
        "added up over the periods in which both they and the stages were reported.",
        MESSAGE_ROW,
    ),
    Route(
        "organisations",
        "/organisations",
        "The departments and agencies that run at least one of the services which the filters "
        "leave (all of them without a filter), each with every KPI, added up over those "
        "services in the latest year that is complete enough.",
        ORGANISATION_ROW,
        LATEST_TOTAL_ROW,
        SORTABLE,
    ),
    Route(
        "organisation",
        "/organisations/<slug>",
        "A department or an agency, with every KPI, added up over its services in the latest "
        "year that is complete enough.",
        ORGANISATION_ROW,
        LATEST_TOTAL_ROW,
        one=True,
    ),
    Route(
        "organisation-kpis",
        "/organisations/<slug>/kpis",
        "The KPIs of a department or an agency, added up over its services, period by period.",
        TOTAL_ROW,
        sortable=TOTAL_ROW,
    ),
    Route(
        "kpis",
        "/kpis",
        "The KPIs of all services that the filters leave, added up over them (or, with `by`, over "
        "those of each group), period by period.",
        GROUP_ROW,
        sortable=GROUP_ROW,
    ),
    Route(
        "compare",
        "/compare",
        "Up to six services on the same periods, beside the medians of their department and of "
        "all services: a row for each of them in every period in which any of them has a figure.",
        COMPARE_ROW,
    ),
    Route(
        "live",
        "/live",
        "How many people were using the services that the filters leave, every ten minutes of the "
        "24 hours up to the newest count (UTC); null where one of them did not count.",
        LIVE_ROW,
        live=True,
    ),
    Route(
        "definitions",
        "/kpis/definitions",
        "The table of KPIs: what each is made of and how it is written.",
        DEFINITION_ROW,
    ),
)
