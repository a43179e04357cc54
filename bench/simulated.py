"""Simulated services of which it is known what is normal, and what is wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
from dateutil.easter import easter

from kpi.definitions import Kpi, kpi
from kpi.normal import Lines
from kpi.seasons import bank_mondays, days_in

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Dates = npt.NDArray[np.datetime64]
Generator = np.random.Generator

FIRST = {"week": np.datetime64("2012-01-02"), "month": np.datetime64("2008-01-01")}
# After a new level so many figures tell that it is one; those are no false alarms.
SETTLING = 4


@dataclass(frozen=True)
class Kind:
    """Services of one kind.

    noise: standard deviation from period to period, as a share of a volume's level or in points of
    a rate. follows: how much of it the next period keeps. tails: degrees of freedom of a t
    distribution; 0 is normal. outliers: the share of periods with a figure that is wrong. gaps:
    the share without one. peak: a rush at a time of year, as a share of the level. wanders: how
    far the level moves in a period, in standard deviations of the noise. shift: how much higher
    the level is from two years before the end on.
    """

    name: str
    slug: str = "transactions"
    noise: float = 0.05
    follows: float = 0.0
    tails: float = 0.0
    outliers: float = 0.0
    gaps: float = 0.0
    peak: float = 0.0
    wanders: float = 0.0
    shift: float = 0.0

    @property
    def kpi(self) -> Kpi:
        """The KPI that is simulated."""
        return kpi(self.slug)

    @property
    def is_rate(self) -> bool:
        """Whether it is a rate rather than a volume."""
        return self.kpi.unit == "proportion"


KINDS = (
    Kind("a busy service, little noise", noise=0.02),
    Kind("a volume", noise=0.05),
    Kind("a volume, much noise", noise=0.12),
    Kind("noise that lasts (0.5)", noise=0.05, follows=0.5),
    Kind("noise that lasts (0.8)", noise=0.05, follows=0.8),
    Kind("noise with long tails (t, 5)", noise=0.05, tails=5),
    Kind("a level that wanders", noise=0.05, wanders=0.15),
    Kind("a rush every January", noise=0.05, peak=0.5),
    Kind("wrong figures (2 in 100)", noise=0.05, outliers=0.02),
    Kind("gaps (1 in 10)", noise=0.05, gaps=0.1),
    Kind("a new level two years ago", noise=0.05, shift=0.4),
    Kind("a rate", "completion-rate", 0.01),
    Kind("a rate, much noise", "completion-rate", 0.03),
    Kind("a rate, noise that lasts (0.5)", "completion-rate", 0.01, follows=0.5),
    Kind("a rate, long tails (t, 5)", "completion-rate", 0.01, tails=5),
    Kind("a rate, wrong figures (2 in 100)", "user-satisfaction", 0.015, outliers=0.02),
    Kind("a rate, gaps (1 in 10)", "user-satisfaction", 0.015, gaps=0.1),
)


@dataclass(frozen=True)
class Simulated:
    """Services of a kind: a row a period, a column a service.

    lines: what they reported. noise: its standard deviation, in the figure's unit. quiet: where
    nothing is wrong, and a figure was reported.
    """

    lines: Lines
    noise: Floats
    quiet: Flags


def simulated(kind: Kind, length: str, periods: int, services: int, seed: int) -> Simulated:
    """Services of a kind, by weeks or by months; the same for the same seed."""
    chance = np.random.default_rng([seed, *kind.name.encode()])
    starts = _starts(length, periods)
    level = _rates(chance, starts, services) if kind.is_rate else _volumes(chance, starts, services)
    if not kind.is_rate:
        level = level * _holidays(chance, length, starts, services)
    level, changed = _moved(chance, kind, level * (1 + kind.peak * _rush(starts)))
    noise = np.full_like(level, kind.noise) if kind.is_rate else kind.noise * level
    values = level + noise * _noise(chance, kind, level.shape)
    wrong = chance.random(level.shape) < kind.outliers
    values = np.where(wrong, values * chance.choice([0.3, 0.6, 1.5, 3.0], level.shape), values)
    told = ~_gaps(chance, kind, level.shape)
    most = 1.0 if kind.is_rate else np.inf
    values = np.where(told, np.clip(values, 0, most), np.nan)
    lines = Lines(length, starts, (kind.kpi,) * services, values, np.full_like(values, np.nan))
    # The level's own steps are a part of how far a figure moves by chance.
    own = noise * np.sqrt(1 + kind.wanders**2)
    return Simulated(lines, own, told & ~wrong & ~changed)


def _starts(length: str, periods: int) -> Dates:
    if length == "week":
        return np.asarray(FIRST["week"] + 7 * np.arange(periods))
    months = FIRST["month"].astype("M8[M]") + np.arange(periods)
    return np.asarray(months.astype("M8[D]"))


def _years(starts: Dates) -> Floats:
    """When each period is, in years."""
    return np.asarray(starts.astype("M8[D]").astype(float)[:, None] / 365.2425)


def _volumes(chance: Generator, starts: Dates, services: int) -> Floats:
    """A level of its own, a trend of −15 to 20% a year, and two waves a year."""
    years, first = _years(starts), _years(starts)[0]
    size = np.exp(chance.uniform(np.log(2_000), np.log(500_000), services))
    trend = np.exp(chance.uniform(-0.15, 0.2, services) * (years - first))
    return size * trend * (1 + _season(chance, years, services, 0.3, 0.1))


def _rates(chance: Generator, starts: Dates, services: int) -> Floats:
    """A rate from 40 to 85%, which moves by up to 2 points a year and a little by season."""
    years, first = _years(starts), _years(starts)[0]
    trend = chance.uniform(-0.01, 0.02, services) * (years - first)
    rate = chance.uniform(0.4, 0.85, services) + trend
    return np.clip(rate + _season(chance, years, services, 0.02, 0.01), 0.05, 0.95)


def _season(chance: Generator, years: Floats, services: int, slow: float, fast: float) -> Floats:
    found = np.zeros((len(years), services))
    for waves, most in ((1, slow), (2, fast)):
        size, shift = chance.uniform(0, most, services), chance.uniform(0, 1, services)
        found += size * np.cos(2 * np.pi * (waves * years - shift))
    return found


def _rush(starts: Dates) -> Floats:
    """1 at the end of January, and next to nothing four weeks from it."""
    away = (_years(starts) - 30 / 365 + 0.5) % 1 - 0.5
    return np.asarray(np.exp(-0.5 * (away * 365 / 11) ** 2))


def _holidays(chance: Generator, length: str, starts: Dates, services: int) -> Floats:
    """What is left of a volume at Christmas, New Year, Easter and on bank holidays; long months."""
    if length == "month":
        return (days_in(length, starts) / 30.4)[:, None] * np.ones(services)
    left = [chance.uniform(*ends, services) for ends in _LEFT]
    held = [_holidays_in(start) for start in starts.astype("M8[D]").astype(object)]
    return np.array(
        [
            np.prod([np.where(has, part, 1) for has, part in zip(week, left, strict=True)], axis=0)
            for week in held
        ]
    )


# The least and the most that is left: of Christmas week, New Year's, Easter's two, and others.
_LEFT = ((0.3, 0.7), (0.6, 0.9), (0.75, 0.95), (0.75, 0.95), (0.85, 1.0))


def _holidays_in(monday: date) -> tuple[bool, ...]:
    """Which kinds of holiday a week holds."""
    days = {monday + timedelta(days=shift) for shift in range(7)}
    years = {day.year for day in days}
    return (
        any(date(year, 12, 25) in days for year in years),
        any(date(year, 1, 1) in days for year in years),
        any(easter(year) - timedelta(days=2) in days for year in years),
        any(easter(year) + timedelta(days=1) in days for year in years),
        any(day in days for year in years for day in bank_mondays(year)),
    )


def _moved(chance: Generator, kind: Kind, level: Floats) -> tuple[Floats, Flags]:
    """The level as it wanders or is another from some day on, and where that is still news."""
    periods, services = level.shape
    size = kind.noise if kind.is_rate else kind.noise * level
    steps = np.cumsum(chance.standard_normal(level.shape), axis=0) * kind.wanders
    since = np.arange(periods)[:, None] - (periods - 104 + chance.integers(0, 26, services))
    moved = (level + steps * size) * np.where(since >= 0, 1 + kind.shift, 1)
    return moved, (since >= 0) & (since < SETTLING) & (kind.shift > 0)


def _noise(chance: Generator, kind: Kind, shape: tuple[int, ...]) -> Floats:
    """Of standard deviation 1."""
    if kind.tails:
        spread = np.sqrt(kind.tails / (kind.tails - 2))
        return np.asarray(chance.standard_t(kind.tails, shape) / spread)
    noise = chance.standard_normal(shape)
    for row in range(1, len(noise)):
        noise[row] = kind.follows * noise[row - 1] + np.sqrt(1 - kind.follows**2) * noise[row]
    return noise


def _gaps(chance: Generator, kind: Kind, shape: tuple[int, ...]) -> Flags:
    """Half of them single periods, half of them up to a dozen in a row."""
    periods, services = shape
    gone = chance.random(shape) < kind.gaps / 2
    for service in range(services):
        left = int(kind.gaps / 2 * periods)
        while left > 0:
            long, first = int(chance.integers(2, 13)), int(chance.integers(0, periods))
            gone[first : first + long, service] = True
            left -= long
    return gone
