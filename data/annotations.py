"""Annotations of a service, and its KPIs before and after one of them."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import count
from typing import Any, cast

from sqlalchemy import Connection

from data.declarations import DeclarationsQuery
from data.entries import DeclarationEntry
from data.normal import NormalQuery
from data.own_dashboard import own_kpis
from data.queries import KpiQuery, OneServiceQuery, Run
from data.selection import Selection
from kpi.annotations import Annotation
from kpi.before_after import (
    MOST,
    BeforeAfter,
    differences,
    fullest,
    nothing_known,
    room,
    stretches,
)
from kpi.dashboard import periods_of
from kpi.definitions import HEADLINE
from kpi.definitions import kpi as known_kpi

KIND = "annotation"
# What the audit calls saving one, and removing it.
ACTIONS = ("set annotation", "remove annotation")
_COMPARED = (*HEADLINE, known_kpi("transactions"))


def annotations_of(run: Run, service: str, *, preview: bool = False) -> tuple[Annotation, ...]:
    """What is noted about a service, in the order of time."""
    declared: Any = run(DeclarationsQuery(service, KIND, preview))
    return tuple(sorted(Annotation.parse(item.key, item.body) for item in declared))


def entry_of(
    service: str, key: str, texts: Mapping[str, str], taken: Collection[str]
) -> DeclarationEntry:
    """What someone typed as a declaration; a new one ('' as its key) gets a key of its title.

    :param texts: title, first and last (ISO days, last included or ''), text, link.
    """
    told = {name: texts.get(name, "").strip() for name in ("title", "text", "link")}
    body: dict[str, Any] = {"start_at": texts.get("first", ""), **told}
    if last := texts.get("last", ""):
        body["end_at"] = _day_after(last)
    return DeclarationEntry(service, KIND, key or _new_key(told["title"], taken), body)


def removal_of(service: str, key: str) -> DeclarationEntry:
    """The withdrawal of an annotation."""
    return DeclarationEntry(service, KIND, key, None)


def _day_after(text: str) -> str:
    try:
        return (date.fromisoformat(text) + timedelta(days=1)).isoformat()
    except (ValueError, OverflowError):
        return text


def _new_key(title: str, taken: Collection[str]) -> str:
    words = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")[:80].strip("-") or "annotation"
    again = (f"{words}-{number}" for number in count(2))
    return words if words not in taken else next(key for key in again if key not in taken)


@dataclass(frozen=True)
class BeforeAfterQuery(OneServiceQuery):
    """A service's KPIs before and after an annotation: a kpi.before_after.BeforeAfter, or None.

    ``periods``: how many on either side; 0: as many as most KPIs were reported in whole for, up
    to a quarter of a year.
    Weeks are looked at where the service reports by week, and otherwise months. The KPIs are the
    four, the transactions and the service's own.
    """

    key: str = ""
    periods: int = 0
    preview: bool = False

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        noted = annotations_of(run, self.service, preview=self.preview)
        found = next((one for one in noted if one.key == self.key), None)
        if found is None:
            return None
        about = Selection(service=self.service, preview=self.preview)
        answers = (_by(run, about, found, period, self.periods) for period in MOST)
        # Months are asked for only where no week can be looked at.
        return next((one for one in answers if one.most), nothing_known(found))


def _by(
    run: Run, about: Selection, annotation: Annotation, period: str, wanted: int
) -> BeforeAfter:
    kpis = (*_COMPARED, *(one.kpi for one in own_kpis(run, about)))
    query = KpiQuery(about, period=period, kpis=tuple(one.slug for one in kpis))
    figures = run(replace(query, small_bases=True))
    most = room(annotation, period, periods_of(figures[figures["status"] == "reported"]))
    if not most:
        return nothing_known(annotation)
    count = min(wanted, most) or fullest(figures, annotation, period, most)
    sides = stretches(annotation, period, count)
    found = differences(figures, run(NormalQuery(query)), kpis, *sides)
    found = tuple(one for one in found if one.kpi in _COMPARED or not one.is_silent)
    return BeforeAfter(annotation, period, most, *sides, found)


def before_after(query: BeforeAfterQuery, run: Run) -> BeforeAfter | None:
    """Ask the query; ``run`` is `Reader.run`."""
    return cast("BeforeAfter | None", run(query))
