"""Records of a stream that come in order of time, after all that is stored: measured as they come.

Otherwise all that was just written is read again to be measured, as any later run may hold more of
what starts at the same moment.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass, field

from data.parsed_records import ParsedRecord
from data.records import RecordChange, Touched


@dataclass
class FreshRuns:
    """How far a stream has come, as long as it comes in order.

    Held back is what starts when the last record does: more of it may follow. ``uses`` are the
    first moments of each channel, as far as records say: those to come are of later ones.

    :param newest: when the newest record starts that was stored before; None where there was none.
    """

    newest: int | None
    uses: dict[str, int] = field(default_factory=dict)
    is_over: bool = False
    _first: int | None = None
    _last: int | None = None
    _held: list[ParsedRecord] = field(default_factory=list)

    def taken(self, run: Sequence[ParsedRecord], changes: Sequence[RecordChange]) -> Touched | None:
        """What is all there with this run; None where it, or one before it, is out of order.

        :param changes: what became of all its records.
        """
        starts = [item.at for item in run if item.at is not None]
        is_new = len(changes) == len(run) == len(starts) and all(n.before is None for n in changes)
        self.is_over = self.is_over or not is_new or not self._follow(starts)
        if self.is_over or not starts:
            return None if self.is_over else _touched([])
        self._learn(run, starts)
        self._first = starts[0] if self._first is None else self._first
        place = bisect_left(starts, starts[-1])
        there = [*self._held, *run[:place]] if place or starts[0] != self._last else []
        self._held = [*([] if there else self._held), *run[place:]]
        self._last = starts[-1]
        return _touched(there)

    def _learn(self, run: Sequence[ParsedRecord], starts: Sequence[int]) -> None:
        """Note the first use of each channel that was not known."""
        channels = [item.body.get("channel") for item in run]
        for channel in sorted(set(channels) - {None}, key=channels.index):
            self.uses.setdefault(str(channel).strip(), starts[channels.index(channel)])

    def _follow(self, starts: list[int]) -> bool:
        if not starts or starts != sorted(starts):
            return not starts
        if self._last is not None:
            return starts[0] >= self._last
        return self.newest is None or starts[0] > self.newest

    @property
    def span(self) -> range:
        """From the first to the last start of what came in order; empty where nothing did."""
        if self._first is None or self._last is None:
            return range(0)
        return range(self._first, self._last + 1)

    def rest(self) -> Touched:
        """What is still held back, which goes with it."""
        held, self._held = self._held, []
        return _touched(held)


def _touched(items: Sequence[ParsedRecord]) -> Touched:
    starts = dict.fromkeys(item.at for item in items if item.at is not None)
    return Touched(items, array("q", starts), {item.service for item in items})
