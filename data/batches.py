"""One data set's records, written, and measured against what was there."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection

from data import data_set_rows, figures
from data.catalogue import Ids
from data.data_set_rows import StoredDataSet, Written
from data.datatypes import data_type
from data.figures import FigureChanges
from data.measurements import FigureKey, Figures, FirstUses, measure
from data.own_kpis import resting_on
from data.own_measures import measure_own
from data.receipts import Receipt
from data.records import RecordChange, StoredRecords, Touched
from data.validation import ParsedRecord
from kpi.own import OwnKpi


@dataclass
class Writing:
    """A delivery while it is written: where to, about whom, when, and what it changes.

    ``record_changes`` are kept by the id of their data set.
    """

    connection: Connection
    services: Ids
    now: int
    receipt: Receipt
    changes: FigureChanges = field(default_factory=FigureChanges)
    record_changes: dict[int, list[RecordChange]] = field(default_factory=dict)


@dataclass(frozen=True)
class ParsedBatch:
    """A valid batch of a data set: records to write, and keys of records to remove."""

    data_set: Written
    records: list[ParsedRecord]
    removed: Collection[str] = ()


def write_batch(writing: Writing, batch: ParsedBatch) -> None:
    """Write a data set's records, and note what that changes in its figures."""
    written, kept = batch.data_set, batch.data_set.stored
    own = resting_on(writing.connection, kept)
    is_new = written.before is None
    stored = StoredRecords(writing.connection, kept.id, kept.entry, is_new, bool(own))
    count = writing.receipt.counts["records"]
    touched, changes = stored.write(batch.records, batch.removed, writing.now, count)
    writing.record_changes.setdefault(kept.id, []).extend(changes)
    if own or written.redefined or data_type(kept.entry.type).rules:
        _measure(writing, written, stored, _Meaning(kept, touched, {}, own))
    if changes or written.changed:
        data_set_rows.touch(writing.connection, kept.id, writing.now)


@dataclass(frozen=True)
class _Meaning:
    """A data set's records that are measured again, and what says what they mean."""

    data_set: StoredDataSet
    touched: Touched
    uses: FirstUses
    own: Sequence[OwnKpi]

    def figures(self) -> Figures:
        """What the records are to their data type and to KPIs of their service's own."""
        entry, records = self.data_set.entry, self.touched.records
        standard = measure(entry, records, self.uses)
        return standard | measure_own(entry, self.own, records, standard)


def _measure(writing: Writing, written: Written, stored: StoredRecords, meaning: _Meaning) -> None:
    touched = meaning.touched
    if written.redefined:
        touched = stored.since(None, touched)
    touched, uses = _with_channels(writing, stored, touched)
    was_about = written.before.service if written.before and written.redefined else None
    slugs = (touched.services | {was_about or ""}) - {""}
    _note(writing, replace(meaning, touched=touched, uses=uses), slugs)


def _with_channels(
    writing: Writing, stored: StoredRecords, touched: Touched
) -> tuple[Touched, FirstUses]:
    """When each channel was first used, where nobody declared channels.

    All records since then are touched where that is another moment than it was.
    """
    entry = stored.entry
    learnt = None if entry.channels else data_type(entry.type).channel_measure
    if not learnt or not entry.service:
        return touched, {}
    uses = stored.first_uses()
    service = writing.services[entry.service]
    before = figures.first_uses(writing.connection, service, learnt)
    moved = [first for _, first in before.items() ^ uses.items()]
    if before and moved:
        touched = stored.since(min(moved), touched)
    return touched, uses


def _note(writing: Writing, meaning: _Meaning, slugs: set[str]) -> None:
    kept, starts = meaning.data_set, meaning.touched.starts
    stored = figures.published_at(writing.connection, writing.services, slugs, starts)
    old = {key: figure for key, (figure, source) in stored.items() if source == kept.id}
    new = meaning.figures()
    if data_type(kept.entry.type).names_its_service:
        taken = _taken(writing, kept.id, {key: source for key, (_, source) in stored.items()})
        new = {key: figure for key, figure in new.items() if key not in taken}
    writing.changes.note(old, new, kept.id, writing.receipt.counts["measurements"])
    _fall_back(writing, kept.id, old.keys() - new.keys(), starts)


def _taken(writing: Writing, id: int, stored: Mapping[FigureKey, int]) -> set[FigureKey]:
    """Figures that another data set gives already: a service's own go before a summary of many."""
    written, removed = writing.changes.written, writing.changes.removed
    taken = {key for key, source in stored.items() if source != id and key not in removed}
    return taken | {key for key, (_, source) in written.items() if source != id}


def _fall_back(writing: Writing, id: int, gone: set[FigureKey], starts: set[int]) -> None:
    """Where a data set no longer gives a figure, the one of a summary counts again."""
    if not gone:
        return
    for other in data_set_rows.summaries(writing.connection):
        if other.id == id:
            continue
        beside = StoredRecords(writing.connection, other.id, other.entry).at_starts(starts)
        found: Figures = measure(other.entry, beside)
        for key in gone & found.keys():
            writing.changes.written.setdefault(key, (found[key], other.id))
