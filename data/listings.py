"""Reads a page of the list of services, as few figures as it shows."""

from __future__ import annotations

from dataclasses import dataclass, replace

import pandas as pd

from data.choices import ChoiceQuery
from data.queries import Run
from data.services import ServiceQuery
from data.trends import TrendQuery
from kpi.listings import Listing


@dataclass(frozen=True)
class ListingReader:
    """Asks for listings; ``run`` is `Reader.run`, ``size`` how many services a page has."""

    run: Run
    size: int

    def choices(self) -> pd.DataFrame:
        """All that services can be filtered by; see ChoiceQuery."""
        return self.run(ChoiceQuery())

    def page(self, query: ServiceQuery, number: int) -> Listing:
        """A page of a query's services, or the last one where there are not so many."""
        choices = self.run(ChoiceQuery(query.selection))
        total = _total(choices)
        number = max(1, min(number, -(-total // self.size)))
        frame = self.run(replace(query, limit=self.size, offset=(number - 1) * self.size))
        return Listing(
            frame=frame,
            trends=self.run(TrendQuery(tuple(frame["service"].tolist()))),
            choices=choices[choices["field"] != ""],
            total=total,
            services=_total(self.choices()),
            number=number,
            size=self.size,
        )


def _total(choices: pd.DataFrame) -> int:
    return int(choices.loc[choices["field"] == "", "services"].iloc[0])
