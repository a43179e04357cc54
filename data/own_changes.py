"""Own KPIs that were declared, changed or withdrawn: the records there are, measured again."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from data.batches import Writing
from data.data_set_rows import StoredDataSet
from data.datatypes import data_type
from data.entries import DeclarationEntry
from data.measurements import FigureKey, Figures, measure
from data.own_kpis import KIND, data_set_named, declared
from data.own_measures import measure_own
from data.records import StoredRecords, Touched
from data.tables import measurement
from kpi.own import OwnKpi, measures_of
from kpi.rollups import Figure


def measure_again(writing: Writing, entries: Iterable[DeclarationEntry]) -> None:
    """Note what declarations change in the figures of their services' own KPIs.

    They are written already, in this transaction, which notes the figures of batches first.
    """
    for entry in entries:
        if entry.kind == KIND:
            _measure_again(writing, entry.service, entry.key)


def _measure_again(writing: Writing, service: str, slug: str) -> None:
    service_id = writing.services[service]
    own = next((one for one in declared(writing.connection, service_id) if one.slug == slug), None)
    kept = data_set_named(writing.connection, service_id, own.data_set) if own else None
    new = _measured(writing, kept, own) if own and kept else {}
    id = kept.id if kept else 0
    before = _published(writing, service, slug)
    old = {key: figure for key, (figure, source) in before.items() if source == id}
    writing.sums.changes.note(old, new, id, writing.receipt.counts["measurements"])
    # Those of another data set, which the KPI no longer rests on, or has in common with it.
    writing.sums.changes.removed |= before.keys() - old.keys() - new.keys()


def _measured(writing: Writing, kept: StoredDataSet, own: OwnKpi) -> Figures:
    stored = StoredRecords(writing.connection, kept.id, kept.entry)
    # Only where there are channels can one be missing.
    has_channels = data_type(kept.entry.type).channel_measure is not None
    uses = stored.first_uses() if has_channels and not kept.entry.channels else {}
    found: Figures = {}
    for window in stored.windows(stored.since(None, Touched(None, (), frozenset()))):
        records = window.records or ()
        standard = measure(kept.entry, records, uses) if has_channels else {}
        found |= measure_own(kept.entry, [own], records, standard)
    return found


def _published(writing: Writing, service: str, slug: str) -> dict[FigureKey, tuple[Figure, int]]:
    """The figures that records are to a KPI now, each with the id of their data set."""
    query = select(measurement).where(
        measurement.c.service_id == writing.services[service],
        measurement.c.measure.in_(measures_of(slug)),
        measurement.c.data_set_id.is_not(None),
    )
    return {
        FigureKey(service, row.period, row.measure, row.category, row.start_at): (
            Figure(row.millionths, row.status, row.parts, row.expected, row.part),
            row.data_set_id,
        )
        for row in writing.connection.execute(query)
    }
