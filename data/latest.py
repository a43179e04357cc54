"""Each service's latest year-long figure of every KPI, kept as figures are written.

A list of thousands of services would otherwise read their whole history to find it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

import pandas as pd
from sqlalchemy import BindParameter, Connection, bindparam, delete, func, select

from data.catalogue import Ids
from data.datatypes import INSTANT
from data.dialect import upsert
from data.frames import MEASURED, read
from data.measurements import FigureKey
from data.records import chunks
from data.tables import MILLION, latest_figure, measurement
from data.times import day_of, seconds
from kpi.definitions import KPIS, Kpi, Ratio
from kpi.formulas import figures
from kpi.periods import Period
from kpi.rollups import REPORTED
from kpi.windows import latest_year

# The KPI formulas rest on these alone; stages and single ratings are many and not among them.
_TERMS = frozenset(term for item in KPIS for term in item.terms)
KPI_MEASURES = tuple(sorted({term.measure for term in _TERMS}))
KPI_CATEGORIES = tuple(sorted({term.category for term in _TERMS}))
# Of these years are made, and twelve months.
_PERIODS = ("month", "quarter", "year")
# Made once, as every write asks them: what latest figures are made of, until when it is reported,
# and until when it is kept.
_OF_SERVICES: BindParameter[Any] = bindparam("services", expanding=True)
_WHAT_COUNTS = (
    measurement.c.service_id.in_(_OF_SERVICES),
    measurement.c.period.in_(_PERIODS),
    measurement.c.measure.in_(KPI_MEASURES),
    measurement.c.category.in_(KPI_CATEGORIES),
)
_MEASURED = select(*MEASURED).where(*_WHAT_COUNTS)
_LINE = (
    measurement.c.service_id,
    measurement.c.period,
    measurement.c.measure,
    measurement.c.category,
    measurement.c.part,
)
_REPORTED_LAST = (
    select(*_LINE, func.max(measurement.c.start_at))
    .where(*_WHAT_COUNTS, measurement.c.status == REPORTED)
    .group_by(*_LINE)
)
_KEPT_ENDS = select(latest_figure.c.service_id, latest_figure.c.kpi, latest_figure.c.end_at).where(
    latest_figure.c.service_id.in_(_OF_SERVICES)
)
# The terms of a way to a KPI: measure, category, and whether weeks alone will do.
Way = list[tuple[str, str, bool]]
# Seconds before all that has a date.
_NEVER = -(2**63)
# When the last reported figure of a service ends, by measure and category; not of weeks alone, and
# with them.
Ends = dict[tuple[int, str, str, bool], int]


def concerned(keys: Iterable[FigureKey]) -> set[str]:
    """The slugs of the services whose KPIs rest on any of these figures."""
    return {key.service for key in keys if key.period != INSTANT and key.measure in KPI_MEASURES}


def moved(keys: Iterable[FigureKey]) -> set[str]:
    """The slugs of the services whose latest figures rest on any of these."""
    return {
        key.service
        for key in keys
        if key.period in _PERIODS and key.measure in KPI_MEASURES and key.category in KPI_CATEGORIES
    }


def overdue(connection: Connection, services: Ids, slugs: set[str]) -> set[str]:
    """Those services of which a figure may by now be later than the latest that is kept.

    A month or year that was sent before it was over counts once it is, whatever else is written.
    """
    names = {services[slug]: slug for slug in slugs}
    found: set[str] = set()
    for chunk in chunks(sorted(names)):
        kept = _kept_ends(connection, chunk)
        ends = _reported_ends(connection, chunk)
        found |= {
            names[id]
            for id in chunk
            if any(
                _may_end(ways, id, ends) > kept.get((id, kpi), _NEVER)
                for kpi, ways in _ways().items()
            )
        }
    return found


def _kept_ends(connection: Connection, ids: Sequence[int]) -> dict[tuple[int, str], int]:
    found = connection.execute(_KEPT_ENDS, {"services": ids})
    return {(id, kpi): end for id, kpi, end in found}


def _reported_ends(connection: Connection, ids: Sequence[int]) -> Ends:
    ends: Ends = {}
    found = connection.execute(_REPORTED_LAST, {"services": ids})
    for id, period, name, category, part, start in found.all():
        end = _end(period, start)
        for weekly in {part == "week", True}:
            key = (id, name, category, weekly)
            ends[key] = max(end, ends.get(key, _NEVER))
    return ends


@lru_cache(maxsize=4096)
def _end(period: str, start: int) -> int:
    return seconds(Period(period, day_of(start)).end)


def _may_end(ways: Iterable[Way], id: int, ends: Ends) -> int:
    """When a KPI's latest figure ends at the latest: not after any of its terms."""
    return max(min(ends.get((id, *term), _NEVER) for term in way) for way in ways)


@cache
def _ways() -> dict[str, list[Way]]:
    """The ways to each KPI."""
    return {kpi.slug: [_way(kpi, ratio) for ratio in kpi.ways] for kpi in KPIS}


def _way(kpi: Kpi, ratio: Ratio) -> Way:
    is_amount = kpi.denominator is None
    terms = ((ratio.numerator, not is_amount), (ratio.denominator, True), (kpi.requires, True))
    return [(term.measure, term.category, weekly) for term, weekly in terms if term]


def refresh(connection: Connection, services: Ids, slugs: set[str], now: int) -> None:
    """Work out the latest figures of these services again."""
    for chunk in chunks(sorted(services[slug] for slug in slugs)):
        rows = _latest_rows(read(connection, _MEASURED, {"services": chunk}), now)
        connection.execute(delete(latest_figure).where(latest_figure.c.service_id.in_(chunk)))
        upsert(connection, latest_figure, rows)


def _latest_rows(measured: pd.DataFrame, now: int) -> list[dict[str, Any]]:
    reported = figures(measured, today=day_of(now), zero_bases=True, small_bases=True)
    if reported.empty:
        return []
    latest = latest_year(reported)
    columns = (
        latest["service"].astype("int64").tolist(),
        latest["kpi"].astype(str).tolist(),
        latest["period"].astype(str).tolist(),
        _seconds(latest["start_at"]),
        _seconds(latest["end_at"]),
        # A rate that was published without its terms is kept like an amount.
        _millionths(latest["numerator"].fillna(latest["value"])),
        _millionths(latest["denominator"]),
    )
    names = [column.name for column in latest_figure.columns]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def _seconds(moments: pd.Series) -> list[int]:
    return moments.astype("datetime64[s]").astype("int64").tolist()


def _millionths(values: pd.Series) -> list[int | None]:
    return [None if math.isnan(value) else round(value * MILLION) for value in values.tolist()]
