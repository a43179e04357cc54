"""The KPIs of each service and period, from measurements."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import reduce
from typing import Any, Self

import numpy as np
import numpy.typing as npt
import pandas as pd

from kpi.definitions import KPIS, STATUSES, Kpi, Ratio, Term
from kpi.definitions import kpi as known_kpi
from kpi.frames import WORDS, no_figures, positions, words
from kpi.gaps import complete
from kpi.spans import ends
from kpi.suppression import suppress
from kpi.terms import PARTIAL, RANKS, Figures, Floats, Terms, matched

__all__ = ["chosen", "complete", "figures"]

NOT_APPLICABLE = RANKS.index("not applicable")
STATUS_OF_RANK = np.array([STATUSES.index(rank) for rank in RANKS], np.int8)


@dataclass(frozen=True)
class Worked:
    """One KPI worked out: whose and when in `rows` (with its parts), and the figures."""

    kpi: Kpi
    rows: Figures
    numerator: Floats
    denominator: Floats
    value: Floats
    rank: npt.NDArray[np.int8]

    def take(self, rows: npt.NDArray[Any]) -> Self:
        """Some of the figures, by position or by a mask."""
        some: dict[str, Any] = {name: getattr(self, name)[rows] for name in _WORKED}
        return replace(self, rows=self.rows.take(rows), **some)

    def joined(self, others: Self) -> Self:
        """These, and then the others."""
        both: dict[str, Any] = {
            name: np.concatenate([getattr(self, name), getattr(others, name)]) for name in _WORKED
        }
        return replace(self, rows=self.rows.joined(others.rows), **both)


_WORKED = ("numerator", "denominator", "value", "rank")


def _for_channel(kpi: Kpi, channel: str) -> Kpi:
    def narrowed(term: Term | None) -> Term | None:
        return replace(term, category=channel) if term else None

    return replace(
        kpi,
        numerator=replace(kpi.numerator, category=channel),
        denominator=narrowed(kpi.denominator),
        requires=narrowed(kpi.requires),
    )


def chosen(kpis: Iterable[str | Kpi] | None, channel: str = "") -> list[Kpi]:
    """The KPIs asked for (all if None), narrowed to a channel; UnknownKpi if there is none such."""
    wanted = KPIS if kpis is None else kpis
    found = [known_kpi(one) if isinstance(one, str) else one for one in wanted]
    if channel:
        found = [_for_channel(one, channel) for one in found if one.by_channel]
    return found


def _fewer_parts(first: Figures, second: Figures) -> Figures:
    """The first term with, where the second has the lower share of its parts, those parts."""
    lower = second.share < first.share
    return replace(
        first,
        parts=np.where(lower, second.parts, first.parts),
        expected=np.where(lower, second.expected, first.expected),
        part=np.where(lower, second.part, first.part),
    )


def _amount(kpi: Kpi, terms: Terms) -> Worked:
    rows = terms.figures(kpi.numerator)
    rank = rows.rank
    if kpi.requires:
        required = terms.figures(kpi.requires)
        rows, required = matched(rows, required.take(required.rank <= PARTIAL))
        rank = np.maximum(rows.rank, required.rank)
        rows = _fewer_parts(rows, required)
    # Weeks do not fill a month exactly, so what they add up to is not quite its amount.
    rank = np.maximum(rank, rows.weekly)
    return Worked(kpi, rows, rows.value, np.full(len(rows), np.nan), rows.value, rank)


def _published(kpi: Kpi, rate: Term, terms: Terms) -> Worked:
    rows = terms.figures(rate)
    unknown = np.full(len(rows), np.nan)
    return Worked(kpi, rows, unknown, unknown, rows.value, rows.rank)


def _ratio(kpi: Kpi, way: Ratio, terms: Terms, zero_bases: bool) -> Worked:
    if way.denominator is None:
        return _published(kpi, way.numerator, terms)
    above, below = matched(terms.figures(way.numerator), terms.figures(way.denominator))
    if not zero_bases:
        some = below.value != 0
        above, below = above.take(some), below.take(some)
    # Pooled over the same weeks a rate is sound; weeks over a whole month's count are not.
    rank = np.maximum.reduce([above.rank, below.rank, above.weekly != below.weekly])
    value = np.full(len(above), np.nan)
    np.divide(above.value, below.value, out=value, where=below.value != 0)
    return Worked(kpi, _fewer_parts(below, above), above.value, below.value, value, rank)


def _filled(first: Worked, second: Worked) -> Worked:
    """One way to a KPI, and another where the first has no figure or only a part of it."""
    if not len(first.rows) or not len(second.rows):
        return first if len(first.rows) else second
    place = positions(first.rows.key, second.rows.key)
    known = place >= 0
    better = ~known | ((first.rank[place] > 0) & (second.rank == 0))
    left = np.ones(len(first.rows), np.bool_)
    left[place[known & better]] = False
    both = first.take(left).joined(second.take(better))
    return both.take(np.argsort(both.rows.key, kind="stable"))


def _worked(kpi: Kpi, terms: Terms, zero_bases: bool) -> Worked:
    if kpi.denominator is None:
        return _amount(kpi, terms)
    return reduce(_filled, (_ratio(kpi, way, terms, zero_bases) for way in kpi.ways))


def _named(codes: npt.NDArray[Any], column: str) -> pd.Categorical:
    return pd.Categorical.from_codes(codes, dtype=WORDS[column])


def _repeated(all_worked: list[Worked], column: str, field: str) -> pd.Categorical:
    """Of every row what its KPI is called, or what its unit is."""
    names = [getattr(worked.kpi, field) for worked in all_worked]
    kind = words(column, names)
    places = np.array([kind.categories.get_loc(name) for name in names], np.int16)
    each = np.repeat(places, [len(worked.rows) for worked in all_worked])
    return pd.Categorical.from_codes(each, dtype=kind)


def _frame(all_worked: list[Worked], services: pd.Index, today: date | None) -> pd.DataFrame:
    def column(name: str) -> npt.NDArray[Any]:
        return np.concatenate([getattr(worked.rows, name) for worked in all_worked])

    def figure(name: str) -> npt.NDArray[Any]:
        return np.concatenate([getattr(worked, name) for worked in all_worked])

    period, start_at, rank = _named(column("period"), "period"), column("start_at"), figure("rank")
    end_at = ends(pd.Series(period), pd.Series(start_at))
    if today is not None:
        rank = np.maximum(rank, end_at > np.datetime64(today))
    rank = np.where((figure("denominator") == 0) & (rank == 0), NOT_APPLICABLE, rank)
    columns = {
        "service": pd.Categorical.from_codes(column("service"), services),
        "kpi": _repeated(all_worked, "kpi", "slug"),
        "period": period,
        "start_at": start_at,
        "end_at": end_at,
        "value": np.where(rank > PARTIAL, np.nan, figure("value")),
        "numerator": figure("numerator"),
        "denominator": figure("denominator"),
        "status": _named(STATUS_OF_RANK[rank], "status"),
        "unit": _repeated(all_worked, "unit", "unit"),
        "parts": column("parts"),
        "expected": column("expected"),
        "part": _named(column("part"), "part"),
    }
    return pd.DataFrame(columns, copy=False)


def figures(
    measurements: pd.DataFrame,
    kpis: Iterable[str | Kpi] | None = None,
    channel: str = "",
    today: date | None = None,
    *,
    zero_bases: bool = False,
    small_bases: bool = False,
) -> pd.DataFrame:
    """The KPIs of each service in each period for which it has any figure.

    :param measurements: long frame with columns service, measure, category, period, start_at,
        value, status, parts, expected, part.
    :param kpis: slugs (or definitions); None for all of them.
    :param channel: work them out for one channel; KPIs that cannot be have no rows then.
    :param today: what ends after this day is partial; None if that is not to be checked.
    :param zero_bases: keep ratios of which the denominator is 0, as 'not applicable' with value
        NaN: both terms were reported, so totals and windows count the service or the month.
    :param small_bases: leave the figures of too few people as they are, so that totals and
        windows count them: for sums alone, which suppress what is still too small. Never shown.
    :returns: a KPI frame: service, kpi, period, start_at, end_at (exclusive), value, numerator,
        denominator (NaN where the KPI is an amount; both NaN where only a rate was published),
        status, unit, parts, expected, part (those of the term with fewer of its parts); in the
        order of KPIs, services, periods, starts.
        No row where a term is absent, or where the denominator is 0: that is 'no data', not 0%.
        Proportions are 0 to 1 and not clipped: over 1 is for the reader to be warned about.
    :raises UnknownKpi: for a slug that is not in the table.

    Formulas: the table in definitions.py.
    """
    wanted = chosen(kpis, channel)
    if not wanted or measurements.empty:
        return no_figures()
    terms = Terms(measurements)
    found = _frame([_worked(kpi, terms, zero_bases) for kpi in wanted], terms.services, today)
    return found if small_bases else suppress(found, wanted)
