"""What is handed to the one way in: who reports (entries) and what they report (batches)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

Record = dict[str, Any]


@dataclass(frozen=True)
class OrganisationEntry:
    """A department (``department`` is None) or an agency inside one, known by its slug."""

    slug: str
    name: str
    abbreviation: str = ""
    department: str | None = None


@dataclass(frozen=True)
class ServiceEntry:
    """A service and all that describes it; ``organisation`` is the slug of whoever runs it."""

    slug: str
    name: str
    organisation: str
    description: str = ""
    url: str = ""
    link_text: str = ""
    category: str = ""
    customer_type: str = ""
    business_model: str = ""
    transaction_type: str = ""
    keywords: str = ""
    notes_on_costs: str = ""
    other_notes: str = ""
    high_volume: bool = False


@dataclass(frozen=True)
class DataSetEntry:
    """One type of data for one group.

    ``service`` is the slug that its records are about; None when each record names its own in a
    ``service`` field. ``stages`` are a journey's stages in order; ``optional_stages`` are asked of
    some people only. ``channels`` names the channels a full report has.
    """

    group: str
    type: str
    title: str = ""
    service: str | None = None
    stages: tuple[str, ...] = ()
    optional_stages: tuple[str, ...] = ()
    channels: tuple[str, ...] = ()
    realtime: bool = False


@dataclass(frozen=True)
class Batch:
    """Records for one data set, written together or not at all."""

    data_set: DataSetEntry
    records: list[Record] = field(default_factory=list)


@dataclass(frozen=True)
class Delivery:
    """Everything one sender hands over at once: all of it goes in, or none of it does."""

    organisations: Iterable[OrganisationEntry] = ()
    services: Iterable[ServiceEntry] = ()
    batches: Iterable[Batch] = ()
