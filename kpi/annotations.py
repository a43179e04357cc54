"""Annotations: what happened to a service, and when, to be read beside its figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Self

import pandas as pd

from kpi.periods import day_in_words

_DAY = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Annotation:
    """What happened from ``start`` to ``end`` (exclusive; the day after ``start`` for one day)."""

    start: date
    key: str
    end: date
    title: str
    text: str = ""
    link: str = ""

    @classmethod
    def parse(cls, key: str, body: Mapping[str, Any]) -> Self:
        """From its declaration: see the schema of the kind 'annotation'."""
        start = date.fromisoformat(body["start_at"])
        end = date.fromisoformat(body["end_at"]) if body.get("end_at") else start + _DAY
        more = {name: str(body.get(name) or "") for name in ("text", "link")}
        return cls(start, key, end, body["title"], **more)

    @property
    def is_span(self) -> bool:
        """Whether it lasted for longer than a day."""
        return self.end - self.start > _DAY

    @property
    def when(self) -> str:
        """'1 July 2016', or '1 July 2016 to 14 July 2016'."""
        first = day_in_words(self.start)
        return f"{first} to {day_in_words(self.end - _DAY)}" if self.is_span else first


def between(annotations: Iterable[Annotation], start: date, end: date) -> list[Annotation]:
    """Those that touch [start, end), in the order of time."""
    return sorted(one for one in annotations if one.start < end and one.end > start)


def noted(figures: pd.DataFrame, annotations: Sequence[Annotation]) -> pd.Series:
    """For each row of a frame with start_at and end_at, the titles of what touched its period.

    Several are in the order of time with a semicolon between them; '' where there is none.
    """
    texts = pd.Series("", index=figures.index, dtype=object)
    for one in sorted(annotations):
        touched = (figures["start_at"] < pd.Timestamp(one.end)) & (
            figures["end_at"] > pd.Timestamp(one.start)
        )
        joint = texts.where(texts == "", texts + "; ")
        texts = texts.mask(touched, joint + one.title)
    return texts
