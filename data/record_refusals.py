"""Why a query of records is not answered, in a sentence for whoever asked."""

from __future__ import annotations

from dataclasses import dataclass

# The contract's words.
INVALID_COLLECT = "invalid collect function"


class Unanswerable(ValueError):
    """A query that cannot be answered; the message says why, and what to change."""


class TooManyRows(Unanswerable):
    """A query with more rows than an answer may have."""


@dataclass(frozen=True)
class Bounds:
    """How much one query may take: rows of the answer, and seconds of the engine's time.

    ``narrower`` says what would make it take less.
    """

    rows: int
    seconds: int
    narrower: str = ""

    def too_many(self) -> TooManyRows:
        """The refusal of a query with more rows than that."""
        return TooManyRows(
            f"The answer would have more than {self.rows:,} rows, which is the most that one "
            f"query may have (the setting QUERY_ROWS_MOST). {self.narrower}"
        )

    def too_long(self) -> str:
        """What is said of a query that took longer than that."""
        unit = "second" if self.seconds == 1 else "seconds"
        return (
            f"The query took longer than {self.seconds:,} {unit}, which is the longest that one "
            f"may take (the setting QUERY_SECONDS). {self.narrower}"
        )
