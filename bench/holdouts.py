"""Quarters as published, service by service, the last of them held out to see how they come out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np

from data.transactional_services import read
from kpi.continuations import QUARTERS, Calibration, Method, Numbers, continued, typical_step
from kpi.periods import Period
from kpi.scales import Scale

MOST_OF = 0.8
# Twelve quarters: two years to project from, and one to be projected.
LEAST = 12
Quarters = dict[date, dict[str, float]]


@dataclass(frozen=True)
class HeldOut:
    """Services' lines without the year that is held out, and that year.

    known: by service, quarters in order, of any length; came: the four after them.
    """

    scale: Scale
    known: Sequence[Numbers]
    came: Numbers

    @property
    def moved(self) -> HeldOut:
        """Those of which the line had ever moved: not all on paper, or all digital, throughout."""
        where = [place for place, line in enumerate(self.known) if np.ptp(line) > 0]
        return HeldOut(self.scale, [self.known[place] for place in where], self.came[where])

    def forecasts(self, method: Method) -> Numbers:
        """What a method makes of what is known: a row a service, a column a quarter."""
        lines = [method(self.scale.there(line)) for line in self.known]
        return self.scale.back(np.stack(lines))

    def steps(self) -> Numbers:
        """The typical step of each line, on its scale."""
        own = self.scale.calibration
        lines = [self.scale.there(line) for line in self.known]
        return np.array([typical_step(line, own.usual, own.weight) for line in lines])

    def strayed(self, came: Numbers, forecast: Numbers) -> Numbers:
        """How far off forecasts were, in typical steps. Both: a row a service."""
        steps = self.steps().reshape(-1, *[1] * (came.ndim - 1))
        return np.abs(self.scale.there(came) - self.scale.there(forecast)) / steps

    def widths(self) -> Calibration:
        """The calibration that would have held four of five of these."""
        forecast = self.forecasts(continued)
        each = np.quantile(self.strayed(self.came, forecast), MOST_OF, axis=0)
        total = self.strayed(self.came.sum(axis=1), forecast.sum(axis=1))
        one, two, three, four = (float(width) for width in each)
        own = self.scale.calibration
        whole = float(np.quantile(total, MOST_OF))
        return Calibration((one, two, three, four), whole, own.usual, own.weight)

    def within(self) -> Numbers:
        """1 where a figure lay in its interval, else 0: a row a service, a column a quarter."""
        widths = np.array(self.scale.calibration.quarters)
        return (self.strayed(self.came, self.forecasts(continued)) <= widths).astype(float)

    def totals_within(self) -> Numbers:
        """1 where a service's total lay in its interval, else 0."""
        forecast = self.forecasts(continued).sum(axis=1)
        off = self.strayed(self.came.sum(axis=1), forecast)
        return (off <= self.scale.calibration.total).astype(float)


def symmetric_error(forecast: Numbers, came: Numbers) -> float:
    """The symmetric mean absolute percentage error, 0 to 2: |f − a| ÷ ((|f| + |a|) ÷ 2), mean."""
    return float(np.mean(np.abs(forecast - came) / ((np.abs(forecast) + np.abs(came)) / 2)))


def points_error(forecast: Numbers, came: Numbers) -> float:
    """The mean absolute error of proportions."""
    return float(np.mean(np.abs(forecast - came)))


def published(path: Path) -> dict[str, Quarters]:
    """By service and quarter what was published: 'transactions', 'digital_transactions'."""
    found: dict[str, Quarters] = {}
    for batch in read(path).delivery.batches:
        for record in batch.records:
            if record["period"] == "quarter":
                start = date.fromisoformat(record["_timestamp"][:10])
                found.setdefault(str(record["service"]), {})[start] = record
    return found


def volumes(services: Mapping[str, Quarters]) -> list[Numbers]:
    """Volumes of services with twelve unbroken quarters or more, none of the last twelve nought.

    Of each service its latest unbroken quarters, in order.
    """
    lines = (
        _latest_run({s: r["transactions"] for s, r in quarters.items() if "transactions" in r})
        for quarters in services.values()
    )
    return [line for line in lines if len(line) >= LEAST and line[-LEAST:].min() > 0]


def take_ups(services: Mapping[str, Quarters]) -> list[Numbers]:
    """The digital take-up of services with twelve unbroken quarters or more of both volumes.

    Without those that ever had more digital transactions than transactions.
    """
    lines = (_latest_run(_shares(quarters)) for quarters in services.values())
    return [line for line in lines if len(line) >= LEAST and line.max() <= 1]


def _shares(quarters: Quarters) -> dict[date, float]:
    both = ("transactions", "digital_transactions")
    return {
        start: record["digital_transactions"] / record["transactions"]
        for start, record in quarters.items()
        if all(name in record for name in both) and record["transactions"] > 0
    }


def _latest_run(figures: Mapping[date, float]) -> Numbers:
    """The latest figures without a gap between them, in order."""
    found = []
    period = Period("quarter", max(figures)) if figures else None
    while period and period.start in figures:
        found.append(float(figures[period.start]))
        period = period.previous
    return np.array(found[::-1])


def held_out(lines: Sequence[Numbers], scale: Scale, years: int) -> HeldOut:
    """The year that ended so many years before the end, held out: 0 is the last one.

    Only of lines that have two years before it.
    """
    end = QUARTERS * years
    whole = [line[: len(line) - end] for line in lines]
    enough = [line for line in whole if len(line) >= LEAST]
    return HeldOut(
        scale,
        [line[:-QUARTERS] for line in enough],
        np.stack([line[-QUARTERS:] for line in enough]),
    )
