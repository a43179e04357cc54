"""One data set's records, written, and measured against what was there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from data import bulk, data_set_rows, figures
from data.catalogue import Ids
from data.data_set_rows import StoredDataSet, Written
from data.datatypes import data_type
from data.fresh_runs import FreshRuns
from data.measurements import FigureKey, Figures, FirstUses, measure
from data.own_kpis import resting_on
from data.own_measures import measure_own
from data.parsed_records import ParsedRecord
from data.receipts import Receipt
from data.record_history import RecordHistory
from data.records import StoredRecords, Touched
from data.sums import Sums
from kpi.own import OwnKpi
from kpi.rollups import Figure


@dataclass
class Writing:
    """A delivery while it is written: where to, about whom, when, and what it changes.

    ``history`` keeps what became of records, ``sums`` what figures have changed.
    """

    connection: Connection
    services: Ids
    now: int
    receipt: Receipt
    history: RecordHistory
    sums: Sums


@dataclass(frozen=True)
class ParsedBatch:
    """A valid batch of a data set: records to write, in runs, and keys of records to remove.

    There is a run at least, if an empty one. No key is in two runs, or in the second or a later
    one and among those to remove. Of a batch that ``is_long`` there may be more runs than one.
    """

    data_set: Written
    runs: Iterable[Sequence[ParsedRecord]]
    removed: Collection[str] = ()
    is_long: bool = False


def write_batch(writing: Writing, batch: ParsedBatch) -> None:
    """Write a data set's records, and note what that changes in its figures."""
    with bulk.roomy(writing.connection) if batch.is_long else nullcontext():
        _write_batch(writing, batch)


def _write_batch(writing: Writing, batch: ParsedBatch) -> None:
    written, kept = batch.data_set, batch.data_set.stored
    own = resting_on(writing.connection, kept)
    stored = StoredRecords(writing.connection, kept.id, kept.entry, has_kpis=bool(own))
    # Asked where it saves much: few records are looked for by their keys.
    if written.before is None or (batch.is_long and stored.has_none()):
        stored = replace(stored, is_empty=True)
    fresh = _fresh(stored) if batch.is_long and not written.redefined else None
    meaning = _Meaning(kept, {}, own)
    parts = list(_write_runs(writing, stored, batch, meaning, fresh))
    if parts and fresh and fresh.span:
        # What was measured as it came may mean something else with what came out of order.
        stored, meaning = replace(stored, is_empty=False), replace(meaning, told=fresh.span)
        writing.sums.add_up()
    if parts and (stored.is_measured or written.redefined):
        _measure(writing, written, stored, Touched.of_all(parts), meaning)
    if writing.history.data_sets[kept.id] or written.changed:
        data_set_rows.touch(writing.connection, kept.id, writing.now)


def _fresh(stored: StoredRecords) -> FreshRuns | None:
    """What measures a stream as it comes; None where others may give the same figures."""
    if not stored.is_measured or data_type(stored.entry.type).names_its_service:
        return None
    if stored.is_empty:
        return FreshRuns(None)
    return FreshRuns(stored.newest(), dict(stored.first_uses()) if _learnt(stored) else {})


def _write_runs(
    writing: Writing,
    stored: StoredRecords,
    batch: ParsedBatch,
    meaning: _Meaning,
    fresh: FreshRuns | None,
) -> Iterator[Touched]:
    """Write run after run; what each of them touches that is not measured with it."""
    count, removed = writing.receipt.counts["records"], batch.removed
    # No figure is there yet of what comes in order.
    empty = replace(stored, is_empty=True)
    for run in batch.runs:
        touched, changes = stored.write(run, removed, writing.now, count, is_part=batch.is_long)
        writing.history.add(stored.data_set_id, changes)
        removed = ()
        window = fresh.taken(run, changes) if fresh else None
        if window is None:
            yield touched
        elif fresh:
            _note(writing, empty, replace(meaning, uses=fresh.uses), window)
            writing.sums.add_up_many()
    if fresh and fresh.is_over:
        yield fresh.rest()
    elif fresh:
        _note(writing, empty, replace(meaning, uses=fresh.uses), fresh.rest())


@dataclass(frozen=True)
class _Meaning:
    """What says what a data set's records mean.

    ``told`` are the starts whose figures this delivery has noted already, as new ones.
    """

    data_set: StoredDataSet
    uses: FirstUses
    own: Sequence[OwnKpi]
    told: range = range(0)

    def figures(self, records: Sequence[ParsedRecord]) -> Figures:
        """What records are to their data type and to KPIs of their service's own."""
        entry = self.data_set.entry
        standard = measure(entry, records, self.uses)
        return standard | measure_own(entry, self.own, records, standard)


def _measure(
    writing: Writing,
    written: Written,
    stored: StoredRecords,
    touched: Touched,
    meaning: _Meaning,
) -> None:
    if written.redefined:
        touched = stored.since(None, touched)
    touched, uses = _with_channels(writing, stored, touched)
    meaning = replace(meaning, uses=uses)
    was_about = written.before.service if written.before and written.redefined else None
    for window in stored.windows(touched):
        about = replace(window, services=window.services | {was_about or ""})
        _note(writing, stored, meaning, about)
        writing.sums.add_up_many()


def _learnt(stored: StoredRecords) -> str | None:
    """The measure that says when each channel was first used, where nobody declared channels."""
    entry = stored.entry
    declared = entry.channels or not entry.service
    return None if declared else data_type(entry.type).channel_measure


def _with_channels(
    writing: Writing, stored: StoredRecords, touched: Touched
) -> tuple[Touched, FirstUses]:
    """When each channel was first used, where nobody declared channels.

    All records since then are touched where that is another moment than it was.
    """
    learnt = _learnt(stored)
    if not learnt:
        return touched, {}
    uses = stored.first_uses()
    service = writing.services[stored.entry.service or ""]
    before = figures.first_uses(writing.connection, service, learnt)
    moved = [first for _, first in before.items() ^ uses.items()]
    if before and moved:
        touched = stored.since(min(moved), touched)
    return touched, uses


def _note(writing: Writing, stored: StoredRecords, meaning: _Meaning, window: Touched) -> None:
    """Compare what a window's records mean with what they meant."""
    id, starts = stored.data_set_id, window.starts
    is_one_of_many = data_type(stored.entry.type).names_its_service
    there: dict[FigureKey, tuple[Figure, int]] = {}
    # Where there were no records there are no figures of theirs, and looking reads a whole service.
    if is_one_of_many or not stored.is_empty:
        slugs = window.services - {""}
        there = figures.published_at(writing.connection, writing.services, slugs, starts)
    old = {key: figure for key, (figure, source) in there.items() if source == id}
    new = meaning.figures(window.records or ())
    if is_one_of_many:
        taken = _taken(writing, id, {key: source for key, (_, source) in there.items()})
        new = {key: figure for key, figure in new.items() if key not in taken}
    changes, count = writing.sums.changes, writing.receipt.counts["measurements"]
    told = {key for key in old if key.start in meaning.told}
    count.new -= len(told)
    changes.note({key: one for key, one in old.items() if key not in told}, new, id, count)
    changes.removed |= told - new.keys()
    _fall_back(writing, id, old.keys() - new.keys(), starts)


def _taken(writing: Writing, id: int, stored: Mapping[FigureKey, int]) -> set[FigureKey]:
    """Figures that another data set gives already: a service's own go before a summary of many."""
    changes = writing.sums.changes
    written, removed = changes.written, changes.removed
    taken = {key for key, source in stored.items() if source != id and key not in removed}
    return taken | {key for key, (_, source) in written.items() if source != id}


def _fall_back(writing: Writing, id: int, gone: set[FigureKey], starts: Collection[int]) -> None:
    """Where a data set no longer gives a figure, the one of a summary counts again."""
    if not gone:
        return
    for other in data_set_rows.summaries(writing.connection):
        if other.id == id:
            continue
        beside = StoredRecords(writing.connection, other.id, other.entry).at_starts(starts)
        found: Figures = measure(other.entry, beside)
        for key in gone & found.keys():
            writing.sums.changes.written.setdefault(key, (found[key], other.id))
