"""A generated platform: services that report four channels a day for ten years."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

import numpy as np
import numpy.typing as npt

from bench import large
from data.entries import Batch, DataSetEntry, Delivery, Record
from kpi.periods import Period

FIRST_DAY = date(2016, 1, 1)
TEN_YEARS = (date(2026, 1, 1) - FIRST_DAY).days
# In the order in which engines keep them.
CHANNELS = ("counter", "digital", "paper", "telephone")
TYPE = "transactions-by-channel"
# Every how many services one misses a day; others report more than transactions and costs.
FORGETFUL = 10
Counts = npt.NDArray[np.int64]


@dataclass(frozen=True)
class DailySet:
    """How many services there are, and for how many days each has reported."""

    services: int = 2000
    days: int = TEN_YEARS

    @property
    def name(self) -> str:
        """The set in words."""
        return f"{self.services:,} services × {self.days:,} days × {len(CHANNELS)} channels"

    @property
    def records(self) -> int:
        """How many records of transactions that is when no day is missed."""
        return self.services * self.days * len(CHANNELS)

    def catalogue(self) -> Delivery:
        """Who reports, with data sets of transactions that have no records yet."""
        slugs = [large.service_entry(number).slug for number in range(self.services)]
        return Delivery(
            list(large.organisations()),
            [large.service_entry(number) for number in range(self.services)],
            [Batch(_transactions(slug)) for slug in slugs],
        )

    def transactions(self, numbers: Sequence[int]) -> Delivery:
        """What some services send of every day: for the one way in, which takes its time."""
        reports = [DailyReport(number, self.days) for number in numbers]
        return Delivery(
            batches=[Batch(_transactions(one.slug).key, list(one.records())) for one in reports]
        )

    def months(self, numbers: Sequence[int]) -> Delivery:
        """What some services send of every month: costs, of every tenth ratings and a journey."""
        reports = (DailyReport(number, self.days) for number in numbers)
        return Delivery(batches=[batch for one in reports for batch in one.monthly()])


def _transactions(slug: str) -> DataSetEntry:
    return DataSetEntry(slug, TYPE, service=slug, channels=CHANNELS)


@dataclass(frozen=True)
class DailyReport:
    """What one service sends."""

    number: int
    days: int

    @property
    def slug(self) -> str:
        """The service's."""
        return large.service_entry(self.number).slug

    def starts(self) -> npt.NDArray[np.datetime64]:
        """The days that it reports: all of them, or all but one."""
        days = np.datetime64(FIRST_DAY) + np.arange(self.days)
        missed = Random(self.number).randrange(self.days)
        return np.delete(days, missed) if self.number % FORGETFUL == FORGETFUL - 1 else days

    def counts(self) -> Counts:
        """Transactions on each of its days (down) and channels (across)."""
        chance = np.random.default_rng(self.number)
        day = (self.starts() - np.datetime64(FIRST_DAY)).astype(np.int64)
        growth = chance.uniform(-0.1, 0.2) * day / 365
        seasons = 1 + 0.2 * np.sin(2 * np.pi * day / 365.25) - 0.3 * (day % 7 > 4)
        usual = 10 ** chance.uniform(1, 4) * np.exp(growth) * seasons
        noise = chance.normal(1, 0.05, (len(day), len(CHANNELS))).clip(0.5)
        share = np.outer(1 - 0.3 * np.exp(-day / 2000), (0, 0.7, 0, 0))
        share[:, (0, 2, 3)] = np.outer(1 - share.sum(axis=1), (0.2, 0.5, 0.3))
        return np.rint(usual[:, np.newaxis] * share * noise).astype(np.int64)

    def records(self) -> Iterator[Record]:
        """Its transactions as they are sent."""
        for start, counts in zip(self.starts().tolist(), self.counts().tolist(), strict=True):
            for channel, count in zip(CHANNELS, counts, strict=True):
                yield {
                    "_id": f"{start}.{channel}",
                    "_timestamp": f"{start}T00:00:00+00:00",
                    "period": "day",
                    "channel": channel,
                    "count": count,
                }

    def monthly(self) -> Iterator[Batch]:
        """What it sends of the months that it has reported from the first day to the last."""
        chance, volumes = Random(self.number), self._volumes()
        yield large.batch(self.slug, "cost-per-transaction", list(large.costs(chance, volumes)))
        if self.number % large.RATED == 0:
            ratings = list(large.ratings(chance, volumes))
            yield large.batch(self.slug, "customer-satisfaction", ratings)
        if self.number % large.WITH_JOURNEY == 0:
            journey = list(large.journey(chance, volumes))
            yield large.batch(self.slug, "journey", journey, large.STAGES)

    def _volumes(self) -> dict[Period, int]:
        months, each = np.unique(self.starts().astype("datetime64[M]"), return_inverse=True)
        sums = np.bincount(each, self.counts().sum(axis=1)).astype(np.int64)
        last = FIRST_DAY + timedelta(days=self.days)
        periods = [Period("month", start) for start in months.astype("datetime64[D]").tolist()]
        pairs = zip(periods, sums.tolist(), strict=True)
        return {period: volume for period, volume in pairs if period.end <= last}


def runs(services: int, length: int) -> list[range]:
    """The numbers of services in runs of so many."""
    bounds = [n * length for n in range(math.ceil(services / length))]
    return [range(first, min(first + length, services)) for first in bounds]
