"""The same question put to several subjects in turns, by the clock and by the processor.

What else the machine does meanwhile then slows all of them alike.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bench.subject import Ask, Subject
from bench.timing import Effort


@dataclass(frozen=True)
class Taken:
    """Milliseconds that passed, and those that this process used its processor for.

    What PostgreSQL computes is in the first alone: its processes are others.
    """

    wall: float
    processor: float


@dataclass(frozen=True)
class Answered:
    """The best of a few: nothing was kept, the figures were, the page itself was."""

    cold: Taken
    drawn: Taken
    warm: Taken


def in_turns(subjects: Sequence[Subject], asks: Sequence[Ask], effort: Effort) -> list[Answered]:
    """What each subject takes for its own question."""
    pairs = list(zip(subjects, asks, strict=True))
    cold = _best(effort.cold, lambda _turn: [_cold(*pair) for pair in pairs])
    drawn = _best(effort.cold, lambda turn: [_drawn(*pair, turn) for pair in pairs])
    warm = _best(effort.warm, lambda _turn: [_taken(*pair) for pair in pairs])
    return [Answered(*each) for each in zip(cold, drawn, warm, strict=True)]


def _best(times: int, turn: Callable[[int], list[Taken]]) -> list[Taken]:
    """Each subject's least of so many turns, after one that does not count."""
    turns = [turn(number) for number in range(times + 1)][1:]
    return [
        Taken(min(one.wall for one in each), min(one.processor for one in each))
        for each in zip(*turns, strict=True)
    ]


def _cold(subject: Subject, ask: Ask) -> Taken:
    subject.forget()
    gc.collect()
    return _taken(subject, ask)


def _drawn(subject: Subject, ask: Ask, turn: int) -> Taken:
    """In minutes to come, for which the page is drawn anew of the same answers."""
    with subject.later(turn + 1):
        return _taken(subject, ask)


def _taken(subject: Subject, ask: Ask) -> Taken:
    wall, processor = time.perf_counter(), time.process_time()
    subject.ask(ask)
    return Taken((time.perf_counter() - wall) * 1000, (time.process_time() - processor) * 1000)
