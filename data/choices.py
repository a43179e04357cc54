"""What services can be filtered by, and how many each choice would leave."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

import pandas as pd
from sqlalchemy import Connection

from data.queries import CatalogueQuery, Query, Run
from data.selection import Selection
from kpi.listings import FIELDS

COLUMNS = ("field", "value", "name", "department", "services")
_NAMED = {"department": "department_name", "agency": "agency_name"}


@dataclass(frozen=True)
class ChoiceQuery(Query):
    """Every department, agency, category and customer type there is, and its services.

    A frame of field (one of kpi.listings.FIELDS), value, name, department (an agency's slug,
    else ''), services: how many it would leave with the selection's other filters. In order of
    name. The one row of field '' counts the services that the selection leaves.
    """

    selection: Selection = field(default_factory=Selection)

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        everyone = run(CatalogueQuery(brief=True))
        free = replace(self.selection, department="", agency="", category="", customer_type="")
        found = everyone if free == Selection() else run(CatalogueQuery(free, brief=True))
        fields = [_choices(everyone, self._left(found, name), name) for name in FIELDS]
        total = {"field": "", "value": "", "name": "", "department": ""}
        left = len(self._left(found, ""))
        counted = pd.DataFrame([{**total, "services": left}], columns=list(COLUMNS))
        return pd.concat([*fields, counted], ignore_index=True)

    def _left(self, found: pd.DataFrame, free: str) -> pd.DataFrame:
        """The services that all filters but one leave; an agency goes with its department."""
        for name in FIELDS:
            value = getattr(self.selection, name)
            if value and name != free and (free, name) != ("department", "agency"):
                found = found[found[name] == value]
        return found


def _choices(everyone: pd.DataFrame, left: pd.DataFrame, name: str) -> pd.DataFrame:
    known = everyone.loc[everyone[name] != ""].drop_duplicates(name)
    rows = pd.DataFrame(
        {
            "field": name,
            "value": known[name],
            "name": known[_NAMED.get(name, name)],
            "department": known["department"] if name == "agency" else "",
            "services": known[name].map(left[name].value_counts()).fillna(0).astype("int64"),
        }
    )
    return rows.sort_values(["name", "value"], key=lambda text: text.str.casefold())
