"""Counts answers: how many, of which status, and the slowest."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import Any, TypeVar

MOST_SECONDS = 2.0
# What oEmbed asks for where a format is not offered: no failure, though its number is one's.
NOT_OFFERED = 501
Item = TypeVar("Item")


class Tally:
    """What was answered so far."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        self.began = time.monotonic()
        self.statuses: Counter[int] = Counter()
        self.slowest = (0.0, "")
        self.too_slow: list[tuple[float, str]] = []

    def __str__(self) -> str:
        told = ", ".join(f"{count:,} × {status}" for status, count in sorted(self.statuses.items()))
        seconds, what = self.slowest
        return f"{self.statuses.total():,} requests ({told}); slowest {seconds:.2f} s: {what[:120]}"

    def some(self, every: Iterable[Item], first: int, step: int) -> Iterator[Item]:
        """One in so many in the short form; in the long one all, until the time is over."""
        if not self.seconds:
            yield from islice(every, first, None, step)
            return
        for item in every:
            if self.is_over():
                return
            yield item

    def rounds(self, every: Sequence[Item]) -> Iterator[Item]:
        """All of them; in the long form again and again, so that the time is for all alike."""
        yield from every
        while self.seconds and not self.is_over():
            yield from every

    def is_over(self) -> bool:
        """Whether the time of the long form is over; the short form is bounded by its number."""
        return bool(self.seconds) and time.monotonic() - self.began > self.seconds

    def ask(self, what: str, send: Callable[[], Any]) -> Any:
        """The answer, counted; one of 500 or more is an error of ours."""
        began = time.monotonic()
        answer = send()
        body = answer.content if hasattr(answer, "content") else answer.get_data(as_text=False)
        self.count(what, answer.status_code, time.monotonic() - began)
        is_meant = answer.status_code == NOT_OFFERED and "/oembed" in what
        assert answer.status_code < 500 or is_meant, f"{what}: {body[:300]!r}"
        return answer

    def count(self, what: str, status: int, taken: float) -> None:
        """Count an answer, and what it took in seconds."""
        self.statuses[status] += 1
        self.slowest = max(self.slowest, (taken, what))
        if taken > MOST_SECONDS:
            self.too_slow.append((taken, what))
