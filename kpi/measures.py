"""The measures that a module can show as they were reported: what each counts, and by what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from kpi.definitions import Kpi, Term


@dataclass(frozen=True)
class Measure:
    """A measure that can be drawn by itself.

    name: as headings say it. noun, plural: what it counts, '' for pounds. by: what its categories
    are ('device'), '' where it has none. total: whether there is one figure of all categories.
    in_order: whether categories have an order of their own, rather than the largest first.
    """

    slug: str
    name: str
    noun: str
    plural: str = ""
    by: str = ""
    total: bool = True
    in_order: bool = False
    better: str = ""

    @property
    def as_kpi(self) -> Kpi:
        """The measure as cards, charts and tables take figures: an amount, in no formula."""
        is_money = not self.noun
        return Kpi(
            slug=self.slug,
            name=self.name,
            unit="pounds" if is_money else self.plural or f"{self.noun}s",
            format="pounds" if is_money else "number",
            better=self.better,
            numerator=Term(self.slug),
            denominator=None,
            formula=f"{self.name}, as reported.",
            definition=f"{self.name}, as reported.",
            decimals=0,
        )


_LISTED = (
    Measure("transactions", "Transactions", "transaction"),
    Measure(
        "transactions-by-channel",
        "Transactions by channel",
        "transaction",
        by="channel",
        total=False,
    ),
    Measure("cost", "Cost", "", better="lower"),
    Measure("cost-by-channel", "Cost by channel", "", by="channel", total=False, better="lower"),
    Measure("journey", "People at each stage", "person", "people", by="stage", total=False),
    Measure("journey-started", "Journeys started", "person", "people"),
    Measure("journey-completed", "Journeys completed", "person", "people", better="higher"),
    Measure("ratings", "Answers by rating", "answer", by="rating", in_order=True),
    Measure("devices", "Visits by device", "visit", by="device"),
    Measure("browsers", "Visits by browser", "visit", by="browser"),
    Measure("errors", "Errors", "error", by="error", better="lower"),
    Measure("help-usage", "Use of help", "use", by="help"),
    Measure("visits", "Visits", "visit"),
    Measure("visitors", "Visitors", "visitor"),
)
MEASURES: Mapping[str, Measure] = {item.slug: item for item in _LISTED}
# Those that can be split, of which a module can draw the parts.
SPLIT = tuple(item.slug for item in _LISTED if item.by)
EVERY = tuple(MEASURES)
