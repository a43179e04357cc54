"""The one table of KPIs, which cards, API, CSV headers and docs all read."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

STATUSES = ("reported", "partial", "not reported", "not applicable", "suppressed")


class UnknownKpi(ValueError):
    """Asked for a KPI that is not there."""

    @classmethod
    def of(cls, slug: str, known: Iterable[str]) -> Self:
        """That of a slug, which names those that there are."""
        return cls(f"There is no KPI called {slug!r}. The KPIs are: {', '.join(known)}.")


@dataclass(frozen=True)
class Term:
    """One side of a formula: a measure, in one category ('' is all of it)."""

    measure: str
    category: str = ""


@dataclass(frozen=True)
class Ratio:
    """Another way to a KPI: two terms, or a rate that was published as such (no denominator)."""

    numerator: Term
    denominator: Term | None = None


@dataclass(frozen=True)
class Kpi:
    """What a KPI is made of and how it is written.

    unit: 'pounds', 'proportion' (0 to 1) or 'transactions'; of a service's own KPI also 'seconds',
    or whatever it counts. format: 'pounds', 'percentage', 'number' or 'duration'; decimals: places
    shown in that format.
    better: 'higher', 'lower', or '' where neither is better.
    denominator: None where the KPI is an amount.
    requires: a term that must be reported as well, though it is not in the formula.
    by_channel: whether it can be worked out for one channel.
    otherwise: where the two terms are not reported, the first of these that is. A rate without
    its terms is of exactly its period: it is in no sum, over time or over services.
    least_base: a figure of a smaller denominator than this, but of some, is suppressed.
    """

    slug: str
    name: str
    unit: str
    format: str
    better: str
    numerator: Term
    denominator: Term | None
    formula: str
    definition: str
    decimals: int
    requires: Term | None = None
    by_channel: bool = False
    otherwise: tuple[Ratio, ...] = ()
    least_base: int = 0

    @property
    def ways(self) -> tuple[Ratio, ...]:
        """All ways to the KPI, the one that goes before the others first."""
        return (Ratio(self.numerator, self.denominator), *self.otherwise)

    @property
    def terms(self) -> frozenset[Term]:
        """Every measurement that it may be worked out from."""
        pairs = [(way.numerator, way.denominator) for way in self.ways]
        return frozenset(term for pair in (*pairs, (self.requires,)) for term in pair if term)


KPIS = (
    Kpi(
        slug="cost-per-transaction",
        name="Cost per transaction",
        unit="pounds",
        format="pounds",
        better="lower",
        numerator=Term("cost"),
        denominator=Term("transactions"),
        formula="Total cost divided by completed transactions, "
        "of the same services in the same period.",
        definition="What it costs, on average, each time someone completes a transaction. "
        "Costs are seasonal, so it is shown over twelve months unless you choose otherwise.",
        decimals=2,
        by_channel=True,
    ),
    Kpi(
        slug="user-satisfaction",
        name="User satisfaction",
        unit="proportion",
        format="percentage",
        better="higher",
        numerator=Term("satisfaction"),
        denominator=Term("ratings"),
        formula="The mean rating minus 1, divided by 4, of all ratings from 1 to 5 in the period; "
        "of fewer than five ratings it is suppressed.",
        definition="How satisfied the people who answered were with the service: "
        "100% if everyone was very satisfied, 0% if everyone was very dissatisfied.",
        decimals=1,
        least_base=5,
    ),
    Kpi(
        slug="completion-rate",
        name="Completion rate",
        unit="proportion",
        format="percentage",
        better="higher",
        numerator=Term("journey-completed"),
        denominator=Term("journey-started"),
        formula="Transactions completed divided by transactions started, in the same period.",
        definition="The share of transactions people started that they also completed.",
        decimals=1,
    ),
    Kpi(
        slug="digital-take-up",
        name="Digital take-up",
        unit="proportion",
        format="percentage",
        better="higher",
        numerator=Term("transactions", "digital"),
        denominator=Term("transactions"),
        formula="Digital transactions divided by all transactions, in the same period; where only "
        "their rate was published, that rate, for exactly its period.",
        definition="The share of all transactions that people did online by themselves. "
        "Assisted digital ones count among all transactions, not among the digital ones.",
        decimals=1,
        otherwise=(
            Ratio(Term("take-up", "digital"), Term("take-up")),
            Ratio(Term("take-up-rate")),
        ),
    ),
    Kpi(
        slug="transactions",
        name="Transactions",
        unit="transactions",
        format="number",
        better="",
        numerator=Term("transactions"),
        denominator=None,
        formula="The number of completed transactions.",
        definition="How many transactions people completed, through every channel.",
        decimals=0,
        by_channel=True,
    ),
    Kpi(
        slug="total-cost",
        name="Total cost",
        unit="pounds",
        format="pounds",
        better="lower",
        numerator=Term("cost"),
        denominator=None,
        formula="The cost of the service, where its transactions are reported as well.",
        definition="What it cost to run the service.",
        decimals=0,
        requires=Term("transactions"),
        by_channel=True,
    ),
)

HEADLINE = KPIS[:4]
SLUGS = tuple(kpi.slug for kpi in KPIS)


def kpi(slug: str) -> Kpi:
    """The KPI of that slug. UnknownKpi, with the known ones, if there is none."""
    for known in KPIS:
        if known.slug == slug:
            return known
    raise UnknownKpi.of(slug, SLUGS)
