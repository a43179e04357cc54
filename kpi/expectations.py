"""What comes next in a series, and how sure that is: a robust filter, one step ahead at a time.

The model is the structural one of Harvey, 'Forecasting, structural time series models and the
Kalman filter' (1989): a level that wanders, a slope, and what the calendar does, each known the
better the more has been seen. Three things make it robust: a figure that is far off moves what is
known no further than one a little off does (Huber's psi; Cipra and Romera, 'Kalman filter with
outliers and missing observations', 1997), one that is very far off not at all, and some in a row
that are far off on the same side are a new level.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from kpi.beginnings import first_noise, first_values, without_outliers
from kpi.seasons import Calendar

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

# By how much of its noise (variances) the level may wander from one figure to the next, and how
# many waves a year there may be: each series takes the pair that has expected it best so far.
WANDERING, WAVES = (0.0005, 0.03, 0.3), (3, 10)
SLOPE_WANDERS = 2e-6
# Standard deviations to which a figure is believed; beyond which it is not at all; and how many
# in a row beyond the first, on one side, are a new level.
BELIEVED, INCREDIBLE = 2.5, 6.0
# Soon after a new level fewer are: it may have been a rush that is over.
IN_A_ROW, BACK_IN_A_ROW = 4, 2
# The noise is that of about so many figures. Figures of which little is known say little of it,
# and those far off nothing, unless so many lately were that it must have been thought too small.
REMEMBERED, LEAST_SURE, OFF = 150, 3.0, 4.5
LATELY, TOO_MANY = 13, 0.35
# The tails are those of about so many, once this many have been seen.
TAILS_REMEMBERED, TAILS_FROM = 200, 50
# How much of what was lost counts at the next figure, when pairs are compared.
KEPT = 0.99
# Standard deviations of what is not known at first, in those of the noise: as good as anything.
_ANYTHING, _ANY_SLOPE = 100.0, 1.0
# A normal variable's square, cut off at 3 and at 1.5 standard deviations, as shares of its own.
_WIDE, _NARROW = (3.0, 0.9950), (1.5, 0.7785)


@dataclass(frozen=True)
class Expected:
    """Of each period (rows) and series (columns), from what came before it alone.

    centre: what is expected. spread: the standard deviation of what will come. vague: its
    variance without that of chance, in those of the noise: all over 1 is not known yet. tails: by
    how much more of that variance than a normal one's lies far out.
    """

    centre: Floats
    spread: Floats
    vague: Floats
    tails: Floats


class Lanes:
    """Every series under every wandering and number of waves, all moved on at once.

    known, unsure: the state (level, slope, then the calendar's columns) and its covariance in
    variances of the noise. noise: that variance.
    """

    def __init__(self, first: Floats, noise: Floats, least: Floats, calendar: Calendar) -> None:
        """first: where each series begins. noise, least: standard deviations, a guess and at least.

        A row a lane; the lanes of a series are len(first) apart.
        """
        self.series, self.each = len(first), np.arange(len(first))
        kinds = [(wander, waves) for wander in WANDERING for waves in WAVES]
        self.of = np.tile(self.each, len(kinds))
        self.wander = np.repeat([wander for wander, _ in kinds], self.series)
        self.known = np.zeros((len(self.of), 2 + calendar.columns))
        self.known[:, 0] = first[self.of]
        self.unsure = _at_first(np.repeat([waves for _, waves in kinds], self.series), calendar)
        self.noise, self.least = noise[self.of] ** 2, least[self.of] ** 2
        self.seen = np.full(len(self.of), 5.0)
        self.settled = np.full(len(self.of), np.inf)
        self.loss, self.beyond, self.tails, self.wild = np.zeros((4, len(self.of)))

    def move_on(self) -> None:
        """To the next period: the level takes its step, and is less sure."""
        self.known[:, 0] += self.known[:, 1]
        self.unsure[:, 0, :] += self.unsure[:, 1, :]
        self.unsure[:, :, 0] += self.unsure[:, :, 1]
        self.unsure[:, 0, 0] += self.wander
        self.unsure[:, 1, 1] += SLOPE_WANDERS

    def expect(self, terms: Floats, chance: Floats) -> tuple[Floats, Floats, Floats]:
        """What comes, how vague that is (1 is the noise), and what it owes to each part."""
        owed = self.unsure @ terms
        return self.known @ terms, owed @ terms + 1 + chance[self.of] / self.noise, owed

    def best(self) -> npt.NDArray[np.int64]:
        """The lane of each series that has expected best so far."""
        return self.loss.reshape(-1, self.series).argmin(axis=0) * self.series + self.each

    def learn(self, values: Floats, expected: Floats, vague: Floats, owed: Floats) -> None:
        """Take a period's figures in, as far as they are believed; NaN says nothing."""
        spread, here = np.sqrt(vague * self.noise), values[self.of]
        told = np.isfinite(here)
        off = np.where(told, (here - expected) / spread, 0.0)
        far = np.abs(off)
        fresh = self._new_levels(off, far, told)
        believed = off * _weights(far) * (far < INCREDIBLE)
        self._judge(far, told, vague)
        if fresh.any():
            more = np.where(fresh, _ANYTHING**2, 0.0)
            self.unsure[:, 0, 0] += more
            owed[:, 0] += more
            vague, believed = vague + more, np.where(fresh, off, believed)
        share = np.where(told[:, None], owed / vague[:, None], 0.0)
        self.known += share * (believed * spread)[:, None]
        self.unsure -= share[:, :, None] * owed[:, None, :]

    def _new_levels(self, off: Floats, far: Floats, told: Flags) -> Flags:
        """Where so many figures in a row have been far off on the same side."""
        side = np.where(far > BELIEVED, np.sign(off), 0.0)
        on = np.where(side * self.beyond > 0, self.beyond + side, side)
        self.beyond = np.where(told, on, self.beyond)
        enough = np.where(self.settled < LATELY, BACK_IN_A_ROW, IN_A_ROW)
        fresh = told & (np.abs(self.beyond) >= enough)
        self.settled = np.where(fresh, 0.0, self.settled + told)
        self.beyond[fresh] = self.wild[fresh] = 0.0
        return fresh

    def _judge(self, far: Floats, told: Flags, vague: Floats) -> None:
        """How large the noise is, what its tails, and how well each lane does."""
        loss = np.log(vague * self.noise) / 2 + _lost(np.minimum(far, OFF))
        self.loss = np.where(told, KEPT * self.loss + loss, self.loss)
        self.wild += told * ((far > _WIDE[0]) - self.wild) / LATELY
        astray = self.wild > TOO_MANY
        sure = told & (vague < LEAST_SURE) & (astray | (far < OFF))
        square = far**2
        wide, narrow = _cut(square, *_WIDE), _cut(square, *_NARROW)
        remembered = np.where(astray, LATELY, REMEMBERED)
        grown = self.noise * (1 + sure * (wide - 1) / np.minimum(self.seen + 1, remembered))
        self.noise = np.maximum(grown, self.least)
        weight = np.minimum(np.maximum(self.seen - TAILS_FROM + 20, 1), TAILS_REMEMBERED)
        self.tails += (sure & (self.seen > TAILS_FROM)) * (wide - narrow) / weight
        self.seen += sure


def _weights(far: Floats) -> Floats:
    """Huber's weights of figures so many standard deviations off.

    These two are here because a step takes twice as long with statsmodels' HuberT, which is made
    for many figures at a time; a test holds that they are the same.
    """
    return BELIEVED / np.maximum(far, BELIEVED)


def _lost(far: Floats) -> Floats:
    """Huber's rho of figures so many standard deviations off: half their squares, at first."""
    return np.where(far <= BELIEVED, 0.5 * far**2, far * BELIEVED - 0.5 * BELIEVED**2)


def _cut(square: Floats, at: float, share: float) -> Floats:
    """Squares, cut off at so many standard deviations; 1 on average if they are normal."""
    return np.minimum(square, at**2) / share


def _at_first(waves: npt.NDArray[np.int64], calendar: Calendar) -> Floats:
    """What is not known of each lane, as a covariance: nothing is; waves it has not are nought."""
    wave = np.repeat(np.arange(1, calendar.waves.shape[1] // 2 + 1), 2)
    variances = np.full((len(waves), 2 + calendar.columns), _ANYTHING**2)
    variances[:, 1] = _ANY_SLOPE**2
    variances[:, 2 : 2 + len(wave)] *= wave <= waves[:, None]
    return variances[:, :, None] * np.eye(variances.shape[1])


def expectations(
    values: Floats, calendar: Calendar, chance: Floats, least: Floats, history: int
) -> Expected:
    """What was to be expected of every period, given all before it.

    :param values: a row a period, a column a series, on even scales; NaN where nothing is known.
    :param chance: of the same shape, the variance that a period has more than others.
    :param least: of each series, what its noise is at the least (a standard deviation).
    :param history: how many periods of a series its start is made of; what is expected of those
        is not from before them, and not to be used.
    """
    values, _ = without_outliers(values, calendar, history, history // 2)
    noise = np.maximum(first_noise(values, history), least)
    lanes = Lanes(first_values(values), noise, least, calendar)
    terms = calendar.terms
    told = np.count_nonzero(np.isfinite(values), axis=1)
    found = np.empty((4, len(values), len(lanes.of)))
    best = np.empty(values.shape, np.int64)
    for place, row in enumerate(values):
        if place:
            lanes.move_on()
        expected, vague, owed = lanes.expect(terms[place], chance[place])
        best[place] = lanes.best()
        found[:, place] = expected, vague, lanes.noise, lanes.tails
        # Nothing told is nothing learnt, at a fraction of the work: many a series has long gaps.
        if told[place]:
            lanes.learn(row, expected, vague, owed)
    centre, vague, noise, tails = (np.take_along_axis(part, best, axis=1) for part in found)
    return Expected(centre, np.sqrt(vague * noise), vague - chance / noise, tails)
