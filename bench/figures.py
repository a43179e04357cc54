"""What is measured: a figure with its unit and its aim, and how it is printed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

WIDTH = 58


@dataclass(frozen=True)
class Figure:
    """One measured number.

    aim: the most that it should be, in the same unit; None where nothing was promised. least: the
    least that it should be.
    """

    name: str
    value: float
    unit: str
    aim: float | None = None
    least: float | None = None

    @property
    def misses(self) -> bool:
        """Whether it is more, or less, than it should be."""
        is_more = self.aim is not None and self.value > self.aim
        return is_more or (self.least is not None and self.value < self.least)

    def __str__(self) -> str:
        measured = f"{_number(self.value):>9} {self.unit:<8}"
        return f"{self.name:<{WIDTH}} {measured}{self._verdict()}".rstrip()

    def _verdict(self) -> str:
        known = [f"aim {_number(self.aim)}"] if self.aim is not None else []
        known += [f"at least {_number(self.least)}"] if self.least is not None else []
        return f" ({known[0]}{': MISSED' if self.misses else ''})" if known else ""


@dataclass(frozen=True)
class Timing:
    """How long one question takes, in milliseconds, and the rows it reads from the database.

    cold: nothing is in the cache; best of a few. drawn: a minute later, when pages that tell of
    live users are drawn anew; None for what is not drawn. warm: the median of many answers that
    were given before.
    """

    name: str
    cold: float
    cold_rows: int
    warm: float
    warm_rows: int
    size: int
    drawn: float | None = None
    cold_aim: float | None = None
    warm_aim: float | None = None

    @property
    def misses(self) -> bool:
        """Whether it takes longer than it should."""
        pairs = ((self.cold, self.cold_aim), (self.warm, self.warm_aim))
        return any(aim is not None and value > aim for value, aim in pairs)

    def __str__(self) -> str:
        drawn = "" if self.drawn is None else f"{self.drawn:.1f}"
        cold, warm = f"{self.cold:>8.1f} {self.cold_rows:>9,}", f"{self.warm:>8.1f}"
        sent = f"{self.warm_rows:>5,} {self.size / 1000:>8.1f}"
        missed = "  MISSED" if self.misses else ""
        return f"{self.name:<{WIDTH}} {cold} {drawn:>8} {warm} {sent}{missed}"


_HEADINGS = f"{'cold ms':>8} {'rows':>9} {'drawn':>8} {'warm ms':>8} {'rows':>5} {'kB sent':>8}"
TIMING_HEADER = f"{'':<{WIDTH}} {_HEADINGS}"


def missed(measured: Iterable[Figure | Timing]) -> list[Figure | Timing]:
    """Those that miss their aims."""
    return [one for one in measured if one.misses]


def _number(value: float) -> str:
    return f"{value:,.0f}" if value >= 1000 else f"{value:,.3g}"
