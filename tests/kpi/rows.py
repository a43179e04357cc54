"""Frames for tests, written a row at a time."""

from datetime import date
from typing import Any

import pandas as pd

from kpi.definitions import kpi
from kpi.frames import typed
from kpi.periods import Period


def measurement(
    service: str, measure: str, value: float | None, category: str = "", **more: Any
) -> dict[str, Any]:
    """One measurement, of September 2017 as published unless said otherwise."""
    row = {"period": "month", "start_at": "2017-09-01", "status": "reported"}
    row |= {"parts": 1, "expected": 1} | more
    row.setdefault("part", row["period"])
    return {
        "service": service,
        "measure": measure,
        "category": category,
        "value": value,
        **row,
        "start_at": pd.Timestamp(row["start_at"]),
    }


def long_frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """Measurements as data hands them over."""
    frame = pd.DataFrame(list(rows))
    words = ["service", "measure", "category", "period", "status", "part"]
    return frame.astype(dict.fromkeys(words, "category")).astype({"value": "float64"})


def figure(
    service: str,
    slug: str,
    numerator: float | None,
    denominator: float | None = None,
    *,
    period: str = "quarter",
    start: str = "2017-07-01",
    status: str = "reported",
) -> dict[str, Any]:
    """One row of a KPI frame, of July to September 2017 unless said otherwise."""
    span = Period("year" if period == "twelve months" else period, date.fromisoformat(start))
    value = numerator if numerator is None or denominator is None else numerator / denominator
    return {
        "service": service,
        "kpi": slug,
        "period": period,
        "start_at": pd.Timestamp(span.start),
        "end_at": pd.Timestamp(span.end),
        "value": value,
        "numerator": numerator,
        "denominator": denominator,
        "status": status,
        "unit": kpi(slug).unit,
        "parts": 1,
        "expected": 1,
        "part": "year" if period == "twelve months" else period,
    }


def kpi_frame(*rows: dict[str, Any]) -> pd.DataFrame:
    """A KPI frame of those rows."""
    return typed(pd.DataFrame(list(rows)))
