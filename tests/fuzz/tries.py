"""Tries what hypothesis makes up: a few of it, the same each time, or for as long as there is."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.strategies import SearchStrategy

from tests.fuzz.tally import Tally

Made = TypeVar("Made")
# Hypothesis cannot be told to stop: the long form goes on in rounds, and what is left of the last
# one, when its time is over, is made up for nothing.
ROUND = 100


def tried(
    tally: Tally, examples: int, strategy: SearchStrategy[Made], act: Callable[[Made], None]
) -> None:
    """Act on what a strategy makes: so many times in the short form, in the long one for its time.

    What fails is shown as it was made. To look for something smaller, and to trace which lines have
    to do with it, takes minutes and looks like a hang.
    """

    @settings(
        max_examples=ROUND if tally.seconds else examples,
        derandomize=not tally.seconds,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def each(made: Made) -> None:
        if not tally.is_over():
            act(made)

    each()
    while tally.seconds and not tally.is_over():
        each()
