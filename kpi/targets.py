"""Targets: what a KPI of a service is to be and by when, and whether it will be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Self

import pandas as pd

from kpi.definitions import Kpi
from kpi.projections import projection

MET, ON_COURSE, OFF_COURSE, MISSED = "met", "on course", "off course", "missed"
TOO_LITTLE, TOO_FAR = "too little history to say", "too far ahead to say"
# What arithmetic loses between a figure and the target that it equals.
_CLOSE = 1e-9


@dataclass(frozen=True)
class Target:
    """What is to be reached, in the KPI's unit, by a day: the figures up to that day count."""

    kpi: str
    value: float
    date: date

    @classmethod
    def parse(cls, key: str, body: Mapping[str, Any]) -> Self:
        """A target as it is declared: the KPI's slug, and its value and date."""
        return cls(key, float(body["value"]), date.fromisoformat(body["date"]))

    def is_reached(self, value: float, better: str) -> bool:
        """Whether a figure is at the target or beyond it. better: 'higher' or 'lower'."""
        close = _CLOSE * max(1.0, abs(self.value))
        if better == "lower":
            return value <= self.value + close
        return value >= self.value - close


@dataclass(frozen=True)
class Verdict:
    """Whether a target is met.

    verdict: MET, ON_COURSE, OFF_COURSE, MISSED, TOO_LITTLE or TOO_FAR. projected: the figure that
    is expected at its date, where it rests on that. passed: the date is over, though the figures
    do not reach it yet: the verdict is the one of the latest figure.
    """

    target: Target
    kpi: Kpi
    verdict: str
    projected: float | None = None
    passed: bool = False


def wrong_with(kpi: Kpi, value: float) -> list[tuple[str, str]]:
    """Why a KPI cannot have a target of that value: fields and sentences; none where it can."""
    if not kpi.better:
        words = (
            f"{kpi.slug} cannot have a target, as neither more nor less of it is better. "
            "Choose a KPI that has a better direction."
        )
        return [("key", words)]
    if kpi.unit == "proportion" and not 0 <= value <= 1:
        words = f"value must be from 0 to 1 for {kpi.slug}, which is a proportion, not {value:g}."
        return [("value", words)]
    if value < 0:
        return [("value", f"value must be at least 0, not {value:g}.")]
    return []


def judged(
    target: Target,
    kpi: Kpi,
    figures: pd.DataFrame,
    today: date,
    coming: pd.DataFrame | None = None,
) -> Verdict | None:
    """Whether a target is met, by the figures of its KPI and where they are heading.

    - met: the latest reported figure is at the target or beyond it in the KPI's better direction,
      or the one of the date was, where the figures go on after it;
    - missed: the figures reach the date, and it was not;
    - on course, off course: whether the projection is at the target or beyond it in the period
      that holds the last day before the date.

    :param figures: KPI frame of the service, of this KPI and of one length of period; of a cost
        per transaction, years and windows of twelve months. Only what is reported counts.
    :param coming: their projection, where it is not made of these figures alone.
    :returns: None where nothing was reported, or where the KPI has no better direction.
    """
    rows = figures[(figures["status"] == "reported") & figures["value"].notna()]
    if rows.empty or not kpi.better:
        return None
    rows = rows.sort_values("end_at")
    latest, due = rows.iloc[-1], pd.Timestamp(target.date)
    counted = [float(latest["value"]), *_at(rows, due)]
    if any(target.is_reached(value, kpi.better) for value in counted):
        return Verdict(target, kpi, MET)
    if latest["end_at"] >= due:
        return Verdict(target, kpi, MISSED)
    if coming is None or coming.empty:
        coming = projection(figures, kpi)
    return _expected(target, kpi, coming, passed=target.date <= today)


def _at(rows: pd.DataFrame, due: pd.Timestamp) -> list[float]:
    """The figure of the first period that ends on a day or later; none where none does."""
    return [float(value) for value in rows.loc[rows["end_at"] >= due, "value"].head(1)]


def _expected(target: Target, kpi: Kpi, coming: pd.DataFrame, *, passed: bool) -> Verdict:
    """The verdict of a projection."""
    if coming.empty:
        return Verdict(target, kpi, TOO_LITTLE, passed=passed)
    found = _at(coming, pd.Timestamp(target.date))
    if not found:
        return Verdict(target, kpi, TOO_FAR, passed=passed)
    verdict = ON_COURSE if target.is_reached(found[0], kpi.better) else OFF_COURSE
    return Verdict(target, kpi, verdict, found[0], passed)
