"""A page of the list of services: what its table, its filters and its words are made of."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd

from kpi.frames import period_of
from kpi.paged import Paged
from kpi.periods import Period

FIELDS = ("department", "agency", "category", "customer_type")


@dataclass(frozen=True)
class Listing(Paged):
    """One page of the services that the filters leave.

    frame: as data.services.ServiceQuery, this page's services alone. trends: service (row id),
    kpi, period, start_at, end_at, value (see data.trends.TrendQuery).
    choices: field (one of FIELDS), value, name, department (an agency's), services: how many
    would be left by it with the other filters as they are.
    total: how many services the filters leave. services: how many there are.
    number: this page, from 1. size: how many services a page has.
    """

    frame: pd.DataFrame
    trends: pd.DataFrame
    choices: pd.DataFrame
    total: int
    services: int
    number: int
    size: int


def period_of_figure(row: Mapping[Any, Any], kpi: str) -> Period | None:
    """The period of a KPI's figure in a row of a listing's frame; None without a figure."""
    start = row[f"{kpi}.start_at"]
    if not isinstance(start, pd.Timestamp):
        return None
    return period_of(str(row[f"{kpi}.period"]), start)


def commonest_period(frame: pd.DataFrame, kpis: tuple[str, ...]) -> Period | None:
    """The period that most figures of a listing's frame are of, the latest of several.

    None where there is no figure at all.
    """
    rows = frame.to_dict("records")
    periods = (period_of_figure(row, kpi) for row in rows for kpi in kpis)
    found = Counter(period for period in periods if period)
    return max(found, key=lambda period: (found[period], period.end), default=None)
