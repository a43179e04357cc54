"""Ready definitions of the standard metrics: each applies where a service has such a data set.

They are written as a service's own KPIs are. Their data types measure them already, so each says
as which measures; a rate or mean that was reported alone counts for exactly its period.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from kpi.definitions import Ratio, Term
from kpi.own import OwnKpi, parse


@dataclass(frozen=True)
class StandardMetric:
    """A definition, and the measures of its data type: numerator, denominator, the rate alone."""

    slug: str
    body: Mapping[str, Any]
    numerator: str
    denominator: str = ""
    alone: str = ""

    @property
    def own(self) -> OwnKpi:
        """It as a KPI of a service that has such data."""
        found = parse(self.slug, self.body)
        kpi = replace(
            found.kpi,
            numerator=Term(self.numerator),
            denominator=Term(self.denominator) if self.denominator else None,
            otherwise=(Ratio(Term(self.alone)),) if self.alone else (),
        )
        return replace(found, kpi=kpi, sums=())


def _mean(name: str, words: str, data_set: str, weight: str, group: str = "") -> dict[str, Any]:
    found = {
        "name": name,
        "description": words,
        "unit": "seconds",
        "format": "duration",
        "better": "lower",
        "data_set": data_set,
        "measure": "mean_seconds",
        "aggregate": "mean",
        "weight": weight,
    }
    return {**found, "group": group} if group else found


def _sum(name: str, words: str, data_set: str, measure: str, unit: str, **more: str) -> Any:
    return {
        "name": name,
        "description": words,
        "unit": unit,
        "format": "number",
        "data_set": data_set,
        "measure": measure,
        "aggregate": "sum",
        **more,
    }


STANDARD_METRICS = (
    StandardMetric(
        "page-load-time",
        _mean(
            "Page load time",
            "How long pages take to load, on average over all views.",
            "page-load-time",
            "views",
            "page",
        ),
        "page-load-seconds",
        "page-load-views",
        "page-load-mean",
    ),
    StandardMetric(
        "uptime",
        {
            "name": "Uptime",
            "description": "The share of the time watched in which the service could be used.",
            "unit": "proportion",
            "format": "percentage",
            "decimals": 2,
            "better": "higher",
            "data_set": "availability",
            "numerator": {"field": "up"},
            "denominator": {"field": "total"},
        },
        "availability-up",
        "availability-total",
        "availability-rate",
    ),
    StandardMetric(
        "time-to-complete",
        _mean(
            "Time to complete",
            "How long a transaction takes, on average over all completed ones.",
            "time-to-complete",
            "completed",
        ),
        "time-to-complete-seconds",
        "time-to-complete-completed",
        "time-to-complete-mean",
    ),
    StandardMetric(
        "waiting-time",
        _mean(
            "Waiting time",
            "How long people wait, on average over all who did.",
            "waiting-time",
            "people",
            "queue",
        ),
        "waiting-time-seconds",
        "waiting-time-people",
        "waiting-time-mean",
    ),
    StandardMetric(
        "site-visits",
        _sum("Visits", "How often people came to the site.", "site-visits", "visits", "visits"),
        "visits",
    ),
    StandardMetric(
        "errors",
        _sum(
            "Errors",
            "How often people met an error.",
            "errors",
            "count",
            "errors",
            better="lower",
            group="error",
        ),
        "errors",
    ),
    StandardMetric(
        "help-usage",
        _sum(
            "Use of help", "How often help was used.", "help-usage", "count", "uses", group="help"
        ),
        "help-usage",
    ),
    StandardMetric(
        "devices",
        _sum(
            "Devices",
            "Visits by kind of device.",
            "devices",
            "count",
            "visits",
            group="device",
            chart="bars",
        ),
        "devices",
    ),
    StandardMetric(
        "browsers",
        _sum(
            "Browsers",
            "Visits by browser.",
            "browsers",
            "count",
            "visits",
            group="browser",
            chart="bars",
        ),
        "browsers",
    ),
)
