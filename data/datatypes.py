"""The data types: which fields a record has, and which measurements it becomes.

This table is the only place that knows; validation, the write path and the documentation read it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["text", "number"]
INSTANT = "instant"
# The group and type under which the government's yearly and quarterly figures are held.
SUMMARIES = ("transactional-services", "summaries")

# What a channel counts as. Take-up counts digital alone; assisted digital is in the total only.
CHANNEL_KINDS: Mapping[str, str] = {
    "digital": "digital",
    "online": "digital",
    "web": "digital",
    "app": "digital",
    "assisted digital": "assisted digital",
    "assisted-digital": "assisted digital",
    "assisted_digital": "assisted digital",
}
NON_DIGITAL = "non-digital"


def channel_kind(channel: str) -> str:
    """digital, assisted digital or non-digital: what a channel counts as in take-up."""
    return CHANNEL_KINDS.get(channel.strip().lower(), NON_DIGITAL)


@dataclass(frozen=True)
class Field:
    """A field of a record: its name, what it holds, and whether a record must have it."""

    name: str
    kind: Kind
    required: bool
    help: str


@dataclass(frozen=True)
class Rule:
    """One measurement of a record: the sum of fields times weights, times another field.

    A measurement is made only when every field it needs is there. ``by`` names the text field
    that gives its category; ``kinds`` turns channels into their kinds. ``stage`` keeps only the
    records of a journey's 'first' or 'last' stage. A rule ``by`` a field that a record lacks says
    nothing of it.
    """

    measure: str
    terms: Mapping[str, float]
    category: str = ""
    times: str | None = None
    by: str | None = None
    kinds: bool = False
    stage: Literal["first", "last"] | None = None


@dataclass(frozen=True)
class DataType:
    """A type of data: its records' fields and how they become measurements."""

    slug: str
    title: str
    fields: tuple[Field, ...]
    rules: tuple[Rule, ...]
    instant: bool = False

    @property
    def names_its_service(self) -> bool:
        """Whether each record says which service it is about."""
        return any(item.name == "service" for item in self.fields)

    @property
    def channel_measure(self) -> str | None:
        """The measure in which each channel stands by its own name, if it has channels."""
        return next((r.measure for r in self.rules if r.by == "channel" and not r.kinds), None)

    @property
    def total_measure(self) -> str | None:
        """The measure in which channels are added up by kind, and to a total."""
        return next((rule.measure for rule in self.rules if rule.kinds), None)


_PERIOD = Field("period", "text", True, "day, week, month, quarter or year")
_RATINGS = tuple(
    Field(f"rating_{n}", "number", True, f"answers of {n} on the scale from 1 to 5")
    for n in range(1, 6)
)

DATA_TYPES: Mapping[str, DataType] = {
    item.slug: item
    for item in (
        DataType(
            "summaries",
            "Transactions and costs of many services",
            (
                Field("service", "text", True, "the slug of the service"),
                _PERIOD,
                Field("transactions", "number", False, "all transactions in the period"),
                Field("digital_transactions", "number", False, "those done digitally"),
                Field("cost_per_transaction", "number", False, "pounds"),
                Field("digital_cost_per_transaction", "number", False, "pounds"),
            ),
            (
                Rule("transactions", {"transactions": 1}),
                Rule("transactions", {"digital_transactions": 1}, category="digital"),
                Rule("cost", {"cost_per_transaction": 1}, times="transactions"),
                Rule(
                    "cost",
                    {"digital_cost_per_transaction": 1},
                    category="digital",
                    times="digital_transactions",
                ),
            ),
        ),
        DataType(
            "transactions-by-channel",
            "Transactions by channel",
            (
                _PERIOD,
                Field("channel", "text", True, "how the transaction was done, such as digital"),
                Field("count", "number", True, "completed transactions"),
            ),
            (
                Rule("transactions-by-channel", {"count": 1}, by="channel"),
                Rule("transactions", {"count": 1}, by="channel", kinds=True),
                Rule("transactions", {"count": 1}),
            ),
        ),
        DataType(
            "journey",
            "Visitors at each stage of the journey",
            (
                _PERIOD,
                Field("stage", "text", True, "the stage that was reached"),
                Field("count", "number", True, "visitors who reached it"),
            ),
            (
                Rule("journey", {"count": 1}, by="stage"),
                Rule("journey-started", {"count": 1}, stage="first"),
                Rule("journey-completed", {"count": 1}, stage="last"),
            ),
        ),
        DataType(
            "customer-satisfaction",
            "Ratings from 1, very dissatisfied, to 5, very satisfied",
            (_PERIOD, *_RATINGS, Field("total", "number", False, "all answers")),
            (
                *(Rule("ratings", {f"rating_{n}": 1}, category=str(n)) for n in range(1, 6)),
                Rule("ratings", {f"rating_{n}": 1 for n in range(1, 6)}),
                Rule("satisfaction", {f"rating_{n}": (n - 1) / 4 for n in range(1, 6)}),
            ),
        ),
        DataType(
            "cost-per-transaction",
            "What the service cost",
            (
                _PERIOD,
                Field("total_cost", "number", True, "pounds spent in the period"),
                Field("channel", "text", False, "on which channel; absent: on all of them"),
            ),
            (
                Rule("cost-by-channel", {"total_cost": 1}, by="channel"),
                Rule("cost", {"total_cost": 1}, by="channel", kinds=True),
                Rule("cost", {"total_cost": 1}),
            ),
        ),
        DataType(
            "realtime",
            "People using the service",
            (Field("unique_visitors", "number", True, "people on the service at that moment"),),
            (Rule("live-users", {"unique_visitors": 1}),),
            instant=True,
        ),
    )
}
