"""What the platform holds that examples can name: a service, its organisation, a data set."""

from __future__ import annotations

from dataclasses import dataclass, replace

from api.openapi.examples import Texts
from data.data_set_catalogue import DataSetListingQuery, listing
from data.reader import Reader
from data.services import ServiceQuery
from kpi.data_set_queries import questions


@dataclass(frozen=True)
class Names:
    """Names that examples use; where the platform is empty, names that it might have.

    other_service: one of which nothing may be declared yet.
    data_set: group and type of a data set that anyone may read. questions: in words, and as
    parameters, what it can be asked.
    """

    service: str = "a-service"
    other_service: str = "another-service"
    organisation: str = "an-organisation"
    data_set: tuple[str, str] = ("a-service", "transactions-by-channel")
    questions: tuple[tuple[str, Texts], ...] = ()


def found(reader: Reader) -> Names:
    """The service that is used most, who runs it, and the data set that answers most questions."""
    services = reader.run(ServiceQuery(sort_by="transactions", descending=True, limit=2))
    names = Names()
    if not services.empty:
        busiest = services.iloc[0]
        names = replace(
            names, service=str(busiest["slug"]), organisation=str(busiest["department"])
        )
    if len(services) > 1:
        names = replace(names, other_service=str(services.iloc[1]["slug"]))
    shown = listing(reader, DataSetListingQuery()).shown
    if not shown:
        return names
    best = max(shown, key=lambda data_set: len(questions(data_set)))
    asked = tuple((one.words, one.parameters) for one in questions(best))
    return replace(names, data_set=(best.group, best.type), questions=asked)
