"""One data set's records, written, and measured against what was there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, update

from data import catalogue, figures
from data.catalogue import Ids, KeptDataSet
from data.datatypes import DATA_TYPES
from data.entries import DataSetEntry
from data.figures import FigureChanges
from data.measurements import FigureKey, Figures, FirstUses, measure
from data.receipts import Receipt
from data.records import StoredRecords, Touched
from data.tables import data_set
from data.validation import ParsedRecord


@dataclass
class Writing:
    """A delivery while it is written: where to, about whom, when, and what it changes."""

    connection: Connection
    services: Ids
    now: int
    receipt: Receipt
    changes: FigureChanges = field(default_factory=FigureChanges)


def write_batch(writing: Writing, entry: DataSetEntry, items: Sequence[ParsedRecord]) -> None:
    """Write a data set and its records, and note what that changes in its figures."""
    connection, count = writing.connection, writing.receipt.counts["records"]
    kept = catalogue.write_data_set(connection, entry, writing.services, writing.receipt)
    stored = StoredRecords(connection, kept.id, entry, kept.is_new)
    written = count.written
    touched = stored.store(items, writing.now, count)
    if kept.redefined:
        touched = stored.since(None, touched)
    touched, uses = _with_channels(writing, stored, touched)
    _note(writing, kept, entry, touched, uses)
    if count.written > written:
        stamp = update(data_set).where(data_set.c.id == kept.id)
        connection.execute(stamp.values(updated_at=writing.now))


def _with_channels(
    writing: Writing, stored: StoredRecords, touched: Touched
) -> tuple[Touched, FirstUses]:
    """When each channel was first used, where nobody declared channels.

    All records since then are touched where that is another moment than it was.
    """
    entry = stored.entry
    learnt = None if entry.channels else DATA_TYPES[entry.type].channel_measure
    if not learnt or not entry.service:
        return touched, {}
    uses = stored.first_uses()
    service = writing.services[entry.service]
    before = figures.first_uses(writing.connection, service, learnt)
    moved = [first for _, first in before.items() ^ uses.items()]
    if before and moved:
        touched = stored.since(min(moved), touched)
    return touched, uses


def _note(
    writing: Writing, kept: KeptDataSet, entry: DataSetEntry, touched: Touched, uses: FirstUses
) -> None:
    slugs = (touched.services | {kept.was_about or ""}) - {""}
    stored = figures.published_at(writing.connection, writing.services, slugs, touched.starts)
    old = {key: figure for key, (figure, source) in stored.items() if source == kept.id}
    new = measure(entry, touched.records, uses)
    if DATA_TYPES[entry.type].names_its_service:
        taken = _taken(writing, kept, {key: source for key, (_, source) in stored.items()})
        new = {key: figure for key, figure in new.items() if key not in taken}
    writing.changes.note(old, new, kept.id, writing.receipt.counts["measurements"])
    _fall_back(writing, kept, old.keys() - new.keys(), touched.starts)


def _taken(writing: Writing, kept: KeptDataSet, stored: Mapping[FigureKey, int]) -> set[FigureKey]:
    """Figures that another data set gives already: a service's own go before a summary of many."""
    written, removed = writing.changes.written, writing.changes.removed
    taken = {key for key, source in stored.items() if source != kept.id and key not in removed}
    return taken | {key for key, (_, source) in written.items() if source != kept.id}


def _fall_back(writing: Writing, kept: KeptDataSet, gone: set[FigureKey], starts: set[int]) -> None:
    """Where a data set no longer gives a figure, the one of a summary counts again."""
    if not gone:
        return
    for other, entry in catalogue.summaries(writing.connection):
        if other == kept.id:
            continue
        beside = StoredRecords(writing.connection, other, entry).at_starts(starts)
        found: Figures = measure(entry, beside)
        for key in gone & found.keys():
            writing.changes.written.setdefault(key, (found[key], other))
