"""What a write would change, found out by doing it and taking it back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, Engine

from data.data_sets import StoredDataSet
from data.datatypes import data_type
from data.deliveries import Sender, rehearse
from data.entries import Batch, Delivery, Record
from data.publishing import figures
from data.publishing.figures import Figures, Look
from data.publishing.matching import Matched
from kpi.corrections import about_in_words, replaced
from kpi.periods import Period
from kpi.publishing import Outlook, Replaced, Span

_VALUES_MOST = 12


def delivery_of(stored: StoredDataSet, records: Sequence[Record]) -> Delivery:
    """The delivery of records to a data set; those that have an _id keep it."""
    keeps_ids = bool(stored.entry.auto_ids)
    return Delivery(batches=[Batch(stored.entry.key, list(records), restored=keeps_ids)])


def outlook(engine: Engine, stored: StoredDataSet, found: Matched, sender: Sender) -> Outlook:
    """What delivering these records would change.

    :raises Rejected: as the delivery would be.
    """
    delivery = delivery_of(stored, found.records)
    measured = bool(data_type(stored.entry.type).rules) and not stored.entry.private
    look = (measured and _look(stored, found, sender)) or _no_figures
    receipt, before, after = rehearse(engine, delivery, sender, look)
    values = list(_values(found))
    count = receipt.counts["records"]
    return Outlook(
        new=count.new,
        replaced=count.changed,
        same=count.same,
        span=span_of(found.records),
        values=tuple(values[:_VALUES_MOST]),
        more=max(0, len(values) - _VALUES_MOST),
        figures=figures.changed(before, after),
        measured=measured,
        services=len(_services(stored, found)) or 1,
    )


def _no_figures(_connection: Connection) -> Figures:
    return {}


def span_of(records: Sequence[Record]) -> Span | None:
    """From when to when records are."""
    dated = sorted(
        (record["_timestamp"], str(record.get("period", "")))
        for record in records
        if "_timestamp" in record
    )
    return Span(when(*dated[0]), when(*dated[-1])) if dated else None


def when(stamp: str, period: str) -> Period | datetime:
    """The period that starts at a moment, or the moment where none of that length does."""
    moment = datetime.fromisoformat(stamp)
    try:
        return Period(period, moment.date())
    except ValueError:
        return moment


def _look(stored: StoredDataSet, found: Matched, sender: Sender) -> Look | None:
    """Looks at the KPIs of the one service that records are about; None where it is not one."""
    services = _services(stored, found)
    days = [datetime.fromisoformat(one["_timestamp"]).date() for one in found.records]
    if len(services) != 1 or not days:
        return None
    lengths = frozenset(str(record.get("period", "")) for record in found.records)
    return Look(services.pop(), lengths, min(days), date.fromtimestamp(sender.at))


def _services(stored: StoredDataSet, found: Matched) -> set[str]:
    if stored.entry.service:
        return {stored.entry.service}
    if not data_type(stored.entry.type).names_its_service:
        return set()
    return {str(record.get("service")) for record in found.records}


def _values(found: Matched) -> list[Replaced]:
    """The values that others take the place of."""
    return [
        one
        for before, record in zip(found.before, found.records, strict=True)
        if before is not None
        for one in replaced(before, record, about_in_words(record))
    ]
