"""Records that come one after the other: checked in runs, and written as they come."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import islice

import numpy as np
import numpy.typing as npt

from data.entries import Batch, DataSetEntry, Record
from data.parsed_records import ParsedRecord
from data.records import RUN
from data.validation import Fault, Rejected, parse, refusal

# Of so many faults the rest tells nothing new.
FAULTS_MOST = 1000
_AGAIN = "a record before this one has the same _id, {}. Each must be there once."


def parsed_runs(
    entry: DataSetEntry, stream: Iterable[Record], services: Collection[str]
) -> Iterator[list[ParsedRecord]]:
    """The records of a stream in runs, one at least; what was yielded before a fault is void.

    :param services: the slugs that records may be about.
    :raises Rejected: at the end, naming every fault, or the first thousand and those beside them.
    """
    faults: list[Fault] = []
    names, position, records = _Names(), 0, iter(stream)
    while (run := list(islice(records, RUN))) or position == 0:
        parsed, wrong = _parsed(entry, run, services)
        wrong += [
            Fault(entry.address, place + 1, "_id", _AGAIN.format(parsed[place].key))
            for place in names.repeated(parsed)
        ]
        faults += [replace(fault, position=fault.position + position) for fault in wrong]
        if len(faults) >= FAULTS_MOST:
            break
        if not faults:
            yield parsed
        position += len(run) or 1
    if faults:
        raise refusal(faults)


def _parsed(
    entry: DataSetEntry, run: list[Record], services: Collection[str]
) -> tuple[list[ParsedRecord], list[Fault]]:
    try:
        return parse(Batch(entry, run), services), []
    except Rejected as error:
        if not error.faults:
            raise
        return [], list(error.faults)


class _Names:
    """The names of records that came, eight bytes each.

    Two names of a million are alike in these once in tens of millions of streams.
    """

    def __init__(self) -> None:
        self._known: npt.NDArray[np.int64] = np.empty(0, np.int64)

    def repeated(self, records: Sequence[ParsedRecord]) -> list[int]:
        """The places of records whose name came before; the others are known from now on."""
        given = np.fromiter((hash(item.key) for item in records), np.int64, len(records))
        fresh, first = np.unique(given, return_index=True)
        again = np.ones(len(given), bool)
        again[first] = _is_in(self._known, fresh)
        self._known = np.sort(np.concatenate([self._known, fresh]), kind="stable")
        return np.flatnonzero(again).tolist()


def _is_in(known: npt.NDArray[np.int64], wanted: npt.NDArray[np.int64]) -> npt.NDArray[np.bool_]:
    if not len(known):
        return np.zeros(len(wanted), bool)
    places = np.searchsorted(known, wanted).clip(max=len(known) - 1)
    return known[places] == wanted
