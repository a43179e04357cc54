"""Ranges of a KPI, as addresses write them: 'digital-take-up:0.8:1'."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Self

from kpi.definitions import kpi

HOW = "write a range as KPI:least:most, as in digital-take-up:0.8:1, and leave out either bound"


@dataclass(frozen=True)
class KpiRange:
    """A KPI's latest value must lie from ``least`` to ``most``, both included; None: no bound.

    Bounds are in the KPI's unit, so proportions are 0 to 1.
    """

    kpi: str
    least: float | None = None
    most: float | None = None

    @classmethod
    def parse(cls, text: str) -> Self:
        """A range from 'kpi:least:most', in which either bound may be empty.

        :raises ValueError: a sentence that says what cannot be read; UnknownKpi for the KPI.
        """
        slug, *bounds = text.split(":")
        known = kpi(slug)
        if not 1 <= len(bounds) <= 2:
            raise ValueError(f"{text!r} is not a range: {HOW}.")
        least, most = (_bound(text, bound) for bound in (*bounds, "")[:2])
        if least is None and most is None:
            raise ValueError(f"{text!r} has neither a least nor a most value: {HOW}.")
        if least is not None and most is not None and least > most:
            raise ValueError(f"{text!r} is not a range: its least value is above its most.")
        return cls(known.slug, least, most)

    def __str__(self) -> str:
        """The range as addresses write it; `parse` reads it back."""
        return f"{self.kpi}:{_written(self.least)}:{_written(self.most)}"


def _bound(text: str, bound: str) -> float | None:
    if not bound.strip():
        return None
    try:
        number = float(bound)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise ValueError(f"{text!r} is not a range: {bound!r} is not a number.")
    return number


def _written(bound: float | None) -> str:
    return "" if bound is None else f"{bound:.12g}"
