"""How people answered 'how satisfied were you?', period by period, and in the one looked at."""

from __future__ import annotations

from dataclasses import dataclass, field

import pandas as pd

from kpi.dissatisfaction import Usual, compared
from kpi.frames import period_of
from kpi.periods import Period

# From very dissatisfied to very satisfied.
SCALE = ("1", "2", "3", "4", "5")
_ABOUT = ["period", "start_at", "status", "parts", "expected", "part"]
COLUMNS = (*_ABOUT, "answers", *SCALE)


def no_ratings() -> pd.DataFrame:
    """A frame of ratings by period without rows."""
    return pd.DataFrame({name: [] for name in COLUMNS})


def by_period(measured: pd.DataFrame) -> pd.DataFrame:
    """Answers in one row a period, in the order of time.

    :param measured: a long frame of the measure 'ratings' of one service and length: a row a
        rating and one for all of them together, of category ''.
    :returns: period, start_at, status, parts, expected, part (those of all answers together),
        answers (how many), and how many answered '1' to '5'; NaN where they are suppressed.
    """
    if measured.empty:
        return no_ratings()
    category = measured["category"].astype(str)
    wide = measured.assign(category=category).pivot_table(
        index="start_at", columns="category", values="value", dropna=False, observed=True
    )
    total = measured[category == ""].set_index("start_at", drop=False).sort_index()
    counts = wide.reindex(index=total.index, columns=["", *SCALE]).rename(columns={"": "answers"})
    found = pd.concat([total[_ABOUT], counts], axis=1)
    return found[list(COLUMNS)].reset_index(drop=True)


def answered(answers: pd.DataFrame) -> list[Period]:
    """The periods with answers that may be told of, in order."""
    return _periods(answers[answers["answers"] > 0])


def suppressed(answers: pd.DataFrame) -> list[Period]:
    """The periods with too few answers to tell of, in order."""
    return _periods(answers[answers["status"] == "suppressed"])


def _periods(rows: pd.DataFrame) -> list[Period]:
    pairs = zip(rows["period"].astype(str), rows["start_at"], strict=True)
    return sorted(period_of(name, start) for name, start in pairs)


@dataclass(frozen=True)
class Ratings:
    """How people answered in each period that is shown, and in the one that is looked at.

    answers: as `by_period` makes them. period: the one looked at, None where nobody answered.
    newest: the one that is looked at unless another is chosen. usual: the share of people who
    were dissatisfied before it, None where too little is known to say.
    """

    answers: pd.DataFrame = field(default_factory=no_ratings)
    period: Period | None = None
    newest: Period | None = None
    usual: Usual | None = None

    @property
    def row(self) -> pd.Series | None:
        """The answers of the period that is looked at."""
        if self.period is None:
            return None
        rows = self.answers[self.answers["start_at"] == pd.Timestamp(self.period.start)]
        return rows.iloc[0] if len(rows) else None

    @property
    def counts(self) -> tuple[float, ...]:
        """How many answered 1 to 5 in the period that is looked at; none where nobody did."""
        row = self.row
        if row is None or not row["answers"] > 0:
            return ()
        return tuple(float(row[rating]) for rating in SCALE)

    @property
    def dissatisfied(self) -> float | None:
        """The share of those people who answered 1 or 2, 0 to 1."""
        return sum(self.counts[:2]) / sum(self.counts) if self.counts else None

    @property
    def is_whole(self) -> bool:
        """Whether the period that is looked at is reported in full."""
        return self.row is not None and self.row["status"] == "reported"

    @property
    def verdict(self) -> str:
        """'more' or 'fewer' people are dissatisfied than usual; '' where that is not clear."""
        if self.dissatisfied is None or not self.is_whole:
            return ""
        return compared(self.dissatisfied, sum(self.counts), self.usual)
