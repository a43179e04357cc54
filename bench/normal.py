"""`python -m bench.normal`: how often what is normal raises a false alarm, and what it finds."""

from __future__ import annotations

import argparse
import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from bench.figures import Figure
from bench.simulated import KINDS, Kind, Simulated, simulated
from kpi import normal
from kpi.definitions import HEADLINE, kpi
from kpi.frames import typed
from kpi.normal import ranges

# What was promised: at most so many quiet periods in 100, at least so many drops in 10.
MOST_ALARMS, LEAST_FOUND, DROP = 0.01, 0.9, 5.0
LONG = {"week": 520, "month": 120}
FIVE = (*(one.slug for one in HEADLINE), "transactions")
PERIODS = {"week": 312, "month": 120}
SEED = 20171001


@dataclass(frozen=True)
class Rates:
    """What became of quiet periods: how many were judged, called unusual, and found if they fall.

    A drop is of five standard deviations of the series' own noise, in that period alone.
    """

    name: str
    judged: int
    alarms: int
    found: int

    @property
    def alarm_rate(self) -> float:
        """False alarms, as a share of quiet periods."""
        return self.alarms / max(1, self.judged)

    @property
    def found_rate(self) -> float:
        """Drops found in the period they happen, as a share of them."""
        return self.found / max(1, self.judged)

    def __str__(self) -> str:
        alarms, found = f"{self.alarm_rate:>12.2%}", f"{self.found_rate:>12.1%}"
        return f"{self.name:<36} {self.judged:>9,} {alarms} {found}"


HEADER = f"{'':<36} {'judged':>9} {'false alarms':>12} {'drops found':>12}"


def rates(kind: Kind, length: str, services: int, seed: int = SEED) -> Rates:
    """The rates of services of one kind."""
    return judged(kind.name, simulated(kind, length, PERIODS[length], services, seed))


def judged(name: str, world: Simulated) -> Rates:
    """What is said of every quiet period, and what would be if its figure were a drop.

    A figure has no part in its own range, so each period can be asked by itself.
    """
    low, high = ranges(world.lines)
    values = world.lines.values
    asked = world.quiet & np.isfinite(low) & np.isfinite(values)
    alarms = asked & ((values < low) | (values > high))
    dropped = np.maximum(values - DROP * world.noise, 0)
    return Rates(name, int(asked.sum()), int(alarms.sum()), int((asked & (dropped < low)).sum()))


def together(name: str, found: Sequence[Rates]) -> Rates:
    """All of them as one, so that each period counts alike."""
    sums = [sum(getattr(one, part) for one in found) for part in ("judged", "alarms", "found")]
    return Rates(name, *sums)


def speed() -> Figure:
    """The best of a few: all verdicts of a service, five figures by week and by month."""
    services = [_service(length, periods) for length, periods in LONG.items()]
    taken = []
    for _ in range(3):
        started = time.perf_counter()
        for figures in services:
            normal.judged(figures)
        taken.append((time.perf_counter() - started) * 1000)
    return Figure("All verdicts of a service, ten years", min(taken), "ms", aim=300)


def _service(length: str, periods: int) -> pd.DataFrame:
    """A KPI frame of one service that reports all five figures."""
    return pd.concat([_figures(slug, length, periods) for slug in FIVE], ignore_index=True)


def _figures(slug: str, length: str, periods: int) -> pd.DataFrame:
    one = kpi(slug)
    world = simulated(Kind(slug, slug, 0.02), length, periods, 1, SEED)
    return typed(
        pd.DataFrame(
            {
                "service": "a",
                "kpi": slug,
                "period": length,
                "start_at": world.lines.starts,
                "value": world.lines.values[:, 0],
                "denominator": np.nan if one.denominator is None else 5000.0,
                "status": "reported",
                "unit": one.unit,
            }
        )
    )


def main(services: int) -> list[Rates]:
    """Print the rates of every kind, by weeks and by months; those of all weeks and all months."""
    totals = []
    for length, periods in PERIODS.items():
        print(f"\n{services} services of each kind, {periods} {length}s\n{HEADER}")
        found = []
        for kind in KINDS:
            found.append(rates(kind, length, services))
            print(found[-1], flush=True)
        totals.append(together(f"every {length}", found))
        print(totals[-1])
    return totals


if __name__ == "__main__":
    parser = argparse.ArgumentParser(prog="python -m bench.normal", description=__doc__)
    parser.add_argument("--services", type=int, default=100, help="how many of each kind (100)")
    main(parser.parse_args().services)
