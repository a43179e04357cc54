"""What is handed to the one way in: who reports (entries) and what they report (batches)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
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
    """A service and all that describes it; ``organisation`` is the slug of whoever runs it.

    Everyone sees a service that is ``published``. None: as it was; a new one is.
    """

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
    published: bool | None = None


@dataclass(frozen=True)
class DataSetKey:
    """Names a data set that is there already."""

    group: str
    type: str

    @property
    def address(self) -> str:
        """As addresses and messages name it."""
        return f"{self.group}/{self.type}"


@dataclass(frozen=True)
class DeclarationEntry:
    """What is declared of a service under a key: see `data.declaration_kinds.KINDS`.

    ``service`` is its slug. Without a ``body`` the declaration is withdrawn.
    """

    service: str
    kind: str
    key: str
    body: Mapping[str, Any] | None


# A month: a data set whose newest record is older is late, unless its settings say otherwise.
MONTH_IN_SECONDS = 2_678_400


@dataclass(frozen=True)
class DataSetEntry:
    """One type of data for one group, with its settings: see `data.data_sets.SETTINGS`.

    ``service`` is the slug that its records are about; None when each record names its own in a
    ``service`` field. ``stages`` are a journey's stages in order; ``optional_stages`` are asked of
    some people only, and ``stage_names`` are what people read. ``channels`` names the channels a
    full report has; ``channel_kinds`` says what channels count as that the platform's own table
    does not know.
    """

    group: str
    type: str
    title: str = ""
    service: str | None = None
    stages: tuple[str, ...] = ()
    optional_stages: tuple[str, ...] = ()
    stage_names: Mapping[str, str] = field(default_factory=dict)
    channels: tuple[str, ...] = ()
    realtime: bool = False
    name: str = ""
    raw_queries_allowed: bool = False
    queryable: bool = True
    published: bool = True
    private: bool = False
    max_age_expected: int | None = MONTH_IN_SECONDS
    auto_ids: tuple[str, ...] = ()
    schema: Mapping[str, Any] | None = None
    channel_kinds: Mapping[str, str] = field(default_factory=dict)

    @property
    def key(self) -> DataSetKey:
        """What names it."""
        return DataSetKey(self.group, self.type)

    @property
    def address(self) -> str:
        """As addresses and messages name it."""
        return self.key.address

    @property
    def own_name(self) -> str:
        """Its name: the one it was given, or one made of its group and type."""
        return self.name or f"{self.group}_{self.type}".replace("-", "_")


@dataclass(frozen=True)
class Batch:
    """What happens to the records of one data set, all of it or nothing.

    A DataSetKey names one that must be there; an entry makes or changes its settings as well.
    First ``emptied`` removes all records, then ``removed`` those of these keys, then ``records``
    are written; ``merged`` lays their fields over those of the stored records of the same _id.
    ``restored`` records are as they were stored, under the _id that they had. ``stream`` are
    records that are too many to be at hand: they are read as they are written, and each is there
    once.
    """

    data_set: DataSetEntry | DataSetKey
    records: list[Record] = field(default_factory=list)
    removed: tuple[str, ...] = ()
    emptied: bool = False
    merged: bool = False
    restored: bool = False
    stream: Iterable[Record] | None = None

    @property
    def entry(self) -> DataSetEntry:
        """The data set with its settings, where the batch was given them."""
        assert isinstance(self.data_set, DataSetEntry), f"{self.data_set} has no settings here"
        return self.data_set


@dataclass(frozen=True)
class Delivery:
    """Everything one sender hands over at once: all of it goes in, or none of it does.

    ``data_sets`` are made, or get exactly these settings; ``withdrawn`` are removed with their
    records. ``declarations`` are what publishers say of services beside their records. The data
    set of a batch that is given as an entry gets what an entry says of its records; settings such
    as who may read it stay.
    """

    organisations: Iterable[OrganisationEntry] = ()
    services: Iterable[ServiceEntry] = ()
    batches: Iterable[Batch] = ()
    data_sets: Iterable[DataSetEntry] = ()
    withdrawn: Iterable[DataSetKey] = ()
    declarations: Iterable[DeclarationEntry] = ()
