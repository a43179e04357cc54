"""Measurements by term: what a formula's numerator and denominator are looked up in."""

from dataclasses import dataclass, fields
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.definitions import Term
from kpi.frames import PARTS, codes, keys
from kpi.spans import SPANS

Codes = npt.NDArray[np.signedinteger[Any]]
Floats = npt.NDArray[np.float64]

# The higher wins when two terms meet; a measurement 'not reported' is as good as absent.
RANKS = ("reported", "partial", "suppressed", "not applicable")
PARTIAL = 1
WEEK = PARTS.index("week")
FIRST_LONG = SPANS.index("month")


@dataclass(frozen=True)
class Figures:
    """The figures of one term: arrays of one length, in the order of their unique keys."""

    key: npt.NDArray[np.int64]
    service: Codes
    period: Codes
    start_at: npt.NDArray[np.datetime64]
    value: Floats
    rank: npt.NDArray[np.int8]
    parts: npt.NDArray[np.int64]
    expected: npt.NDArray[np.int64]
    part: Codes

    def __len__(self) -> int:
        return len(self.key)

    def take(self, rows: npt.NDArray[Any]) -> Self:
        """Some of the figures, by position or by a mask."""
        return type(self)(**{field.name: getattr(self, field.name)[rows] for field in fields(self)})

    def joined(self, others: Self) -> Self:
        """These, and then the others."""
        both = {
            field.name: np.concatenate([getattr(self, field.name), getattr(others, field.name)])
            for field in fields(self)
        }
        return type(self)(**both)

    @property
    def weekly(self) -> npt.NDArray[np.bool_]:
        """Whether a figure of a month or more was added up from weeks, which do not fill it."""
        return (self.part == WEEK) & (self.period >= FIRST_LONG)

    @property
    def share(self) -> Floats:
        """How much of what was expected is in the figure, 0 to 1."""
        return self.parts / np.maximum(self.expected, 1)


def matched(left: Figures, right: Figures) -> tuple[Figures, Figures]:
    """Those figures of both terms that are of the same service and period."""
    if not len(left) or not len(right):
        none = np.zeros(0, dtype=np.int64)
        return left.take(none), right.take(none)
    near = np.minimum(np.searchsorted(right.key, left.key), len(right) - 1)
    both = right.key[near] == left.key
    return left.take(both), right.take(near[both])


def _renumbered(column: pd.Series, words: tuple[str, ...]) -> npt.NDArray[np.int8]:
    numbers, categories = codes(column)
    table = np.array([words.index(c) if c in words else -1 for c in categories] + [-1], np.int8)
    return table[numbers]


class Terms:
    """Measurements (a long frame) as whole numbers, ready to be looked up by term.

    Rows without a value that should have one, and rows 'not reported', are left out.
    """

    def __init__(self, measurements: pd.DataFrame) -> None:
        self._measure, self._measures = codes(measurements["measure"])
        self._category, self._categories = codes(measurements["category"])
        self._service, self.services = codes(measurements["service"])
        self._period = _renumbered(measurements["period"], SPANS)
        self._start_at = measurements["start_at"].astype("datetime64[us]").to_numpy()
        self._value = measurements["value"].to_numpy(dtype=np.float64)
        self._rank = _renumbered(measurements["status"], RANKS)
        self._parts = measurements["parts"].to_numpy(dtype=np.int64)
        self._expected = measurements["expected"].to_numpy(dtype=np.int64)
        self._part = _renumbered(measurements["part"], PARTS)
        self._known: dict[Term, Figures] = {}

    def figures(self, term: Term) -> Figures:
        """The figures of a term; none if it was never measured."""
        if term not in self._known:
            self._known[term] = self._sorted(self._rows(term))
        return self._known[term]

    def _rows(self, term: Term) -> npt.NDArray[np.int64]:
        if term.measure not in self._measures or term.category not in self._categories:
            return np.zeros(0, dtype=np.int64)
        measure = self._measures.get_loc(term.measure)
        category = self._categories.get_loc(term.category)
        rows = np.flatnonzero((self._measure == measure) & (self._category == category))
        withheld = self._rank[rows] > PARTIAL
        known = (self._rank[rows] >= 0) & (self._period[rows] >= 0)
        return rows[known & (withheld | ~np.isnan(self._value[rows]))]

    def _sorted(self, rows: npt.NDArray[np.int64]) -> Figures:
        start_at, rank = self._start_at[rows], self._rank[rows]
        key = keys(self._service[rows] * len(SPANS) + self._period[rows], start_at)
        found = Figures(
            key=key,
            service=self._service[rows],
            period=self._period[rows],
            start_at=start_at,
            value=np.where(rank > PARTIAL, np.nan, self._value[rows]),
            rank=rank,
            parts=self._parts[rows],
            expected=self._expected[rows],
            part=self._part[rows],
        )
        if np.all(key[1:] >= key[:-1]):
            return found
        return found.take(np.argsort(key, kind="stable"))
