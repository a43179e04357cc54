"""What the platform holds that examples can name: a service, its organisation, a data set."""

from __future__ import annotations

from dataclasses import dataclass

from data.reader import Reader
from data.services import ServiceQuery


@dataclass(frozen=True)
class Names:
    """Names that examples use; where the platform is empty, names that it might have."""

    service: str = "a-service"
    organisation: str = "an-organisation"


def found(reader: Reader) -> Names:
    """The service that is used most, and who runs it."""
    services = reader.run(ServiceQuery(sort_by="transactions", descending=True, limit=1))
    if services.empty:
        return Names()
    busiest = services.iloc[0]
    return Names(str(busiest["slug"]), str(busiest["department"]))
