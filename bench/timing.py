"""How long an answer takes: with an empty cache, and when it was given before."""

from __future__ import annotations

import gc
import statistics
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from bench.figures import Timing
from bench.subject import Ask, Subject

COLD_AIM, WARM_AIM = 300.0, 100.0


@dataclass(frozen=True)
class Effort:
    """How often an answer is asked for: cold, of which the best counts; warm, the median."""

    cold: int = 3
    warm: int = 20


def timings(
    subject: Subject, asks: Iterable[Ask], effort: Effort, *, aimed: bool = False
) -> Iterator[Timing]:
    """Each question's timing; ``aimed`` with the aims of pages on the large set."""
    for ask in asks:
        yield timed(subject, ask, effort, aimed=aimed)


def timed(subject: Subject, ask: Ask, effort: Effort, *, aimed: bool = False) -> Timing:
    """One question's timing."""
    cold, cold_rows = min(_once(subject, ask, forget=True) for _ in range(effort.cold))
    drawn = _drawn_anew(subject, ask, effort.cold) if ask.page else None
    answers = [_once(subject, ask) for _ in range(effort.warm + 1)][1:]
    body, warm_rows = subject.ask(ask)
    return Timing(
        name=ask.name,
        cold=cold,
        cold_rows=cold_rows,
        drawn=drawn,
        warm=statistics.median(taken for taken, _ in answers),
        warm_rows=warm_rows,
        size=len(body),
        cold_aim=COLD_AIM if aimed and ask.page else None,
        warm_aim=WARM_AIM if aimed and ask.page else None,
    )


def _drawn_anew(subject: Subject, ask: Ask, times: int) -> float:
    """Milliseconds in minutes to come, for which a page with live users is drawn anew."""
    taken = []
    for minutes in range(1, times + 1):
        with subject.later(minutes):
            taken.append(_once(subject, ask)[0])
    return min(taken)


def _once(subject: Subject, ask: Ask, *, forget: bool = False) -> tuple[float, int]:
    """Milliseconds and rows read."""
    if forget:
        subject.forget()
        gc.collect()
    started = time.perf_counter()
    _, rows = subject.ask(ask)
    return (time.perf_counter() - started) * 1000, rows
