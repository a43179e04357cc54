"""Gaps made visible: a row 'not reported' for each period of which a service said nothing."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from kpi.definitions import STATUSES, Kpi, kpi
from kpi.frames import (
    PARTS,
    WORDS,
    codes,
    in_order,
    keys,
    no_figures,
    positions,
    series,
    typed,
    words,
)
from kpi.periods import Period
from kpi.spans import SPANS, STEPS, TWELVE_MONTHS, ends, ordinals, starts

SLOT = ["service", "period", "start_at"]


def complete(
    figures: pd.DataFrame, kpis: Iterable[str | Kpi], periods: Sequence[Period] | None = None
) -> pd.DataFrame:
    """A KPI frame with rows 'not reported' (value NaN), so that no period is passed over.

    :param kpis: the KPIs, slugs or definitions, of which every service gets every period.
    :param periods: exactly these periods; None for every day, week, month or quarter between
        the first and the last of which the service has any figure, and for the years (and
        windows of twelve months) of which it has any.
    :returns: the KPI frame by KPI, service, period and start. Services are those that occur.
    :raises UnknownKpi: for a slug that is not in the table.
    """
    wanted = [kpi(one) if isinstance(one, str) else one for one in kpis]
    if figures.empty:
        return no_figures()
    figures = _widened(typed(figures), wanted)
    slots = _slots(figures) if periods is None else _given(figures, periods)
    return in_order(pd.concat([figures, _missing(figures, slots, wanted)], ignore_index=True))


def _widened(figures: pd.DataFrame, wanted: Sequence[Kpi]) -> pd.DataFrame:
    """The figures, in which KPIs that have none can be named as well."""
    kinds = {
        "kpi": words("kpi", [*figures["kpi"].cat.categories, *(one.slug for one in wanted)]),
        "unit": words("unit", [*figures["unit"].cat.categories, *(one.unit for one in wanted)]),
    }
    return figures.astype({k: kind for k, kind in kinds.items() if figures[k].dtype != kind})


def _given(figures: pd.DataFrame, periods: Sequence[Period]) -> pd.DataFrame:
    service = figures[["service"]].drop_duplicates()
    times = pd.DataFrame(
        {
            "period": pd.Categorical([one.name for one in periods], dtype=WORDS["period"]),
            "start_at": pd.to_datetime([one.start for one in periods]),
        }
    )
    return service.merge(times, how="cross").astype({"start_at": figures["start_at"].dtype})


def _slots(figures: pd.DataFrame) -> pd.DataFrame:
    slots = figures[SLOT]
    _, firsts = np.unique(keys(series(slots), slots["start_at"].to_numpy()), return_index=True)
    known = slots.iloc[firsts]
    length, names = codes(known["period"])
    found = [_between(str(names[one]), known[length == one]) for one in np.unique(length)]
    return pd.concat(found, ignore_index=True)


def _between(name: str, known: pd.DataFrame) -> pd.DataFrame:
    """Every period of that length from each service's first to its last; years as they are."""
    if STEPS[name] == 12:
        return known
    service, services = codes(known["service"])
    numbers = ordinals(name, known["start_at"].to_numpy())
    order = np.lexsort((numbers, service))
    line, begin = np.unique(service[order], return_index=True)
    first, last = numbers[order[begin]], numbers[order[np.append(begin[1:], len(order)) - 1]]
    count = (last - first) // STEPS[name] + 1
    nth = np.arange(count.sum()) - np.repeat(count.cumsum() - count, count)
    start_at = starts(name, np.repeat(first, count) + nth * STEPS[name])
    period = np.full(len(nth), SPANS.index(name))
    return pd.DataFrame(
        {
            "service": pd.Categorical.from_codes(line.repeat(count), services),
            "period": pd.Categorical.from_codes(period, dtype=WORDS["period"]),
            "start_at": start_at.astype(known["start_at"].to_numpy().dtype),
        }
    )


def _each(words: Iterable[str], like: pd.Series, count: int) -> pd.Categorical:
    """Each of some words so many times, in the type of a column that knows them."""
    places = np.array([like.cat.categories.get_loc(word) for word in words])
    return pd.Categorical.from_codes(places.repeat(count), like.cat.categories)


def _missing(figures: pd.DataFrame, slots: pd.DataFrame, wanted: Sequence[Kpi]) -> pd.DataFrame:
    """The rows that the slots have no figure for, of any of the KPIs."""
    count = len(slots)
    rows = slots.take(np.tile(np.arange(count), len(wanted))).assign(
        kpi=_each((one.slug for one in wanted), figures["kpi"], count),
        unit=_each((one.unit for one in wanted), figures["unit"], count),
    )
    known = keys(series(figures), figures["start_at"].to_numpy())
    rows = rows[positions(known, keys(series(rows), rows["start_at"].to_numpy())) < 0]
    length, names = codes(rows["period"])
    part = np.array([PARTS.index("month" if one == TWELVE_MONTHS else one) for one in names])
    status = np.full(len(rows), STATUSES.index("not reported"))
    return rows.assign(
        end_at=ends(rows["period"], rows["start_at"]),
        value=np.nan,
        numerator=np.nan,
        denominator=np.nan,
        status=pd.Categorical.from_codes(status, dtype=WORDS["status"]),
        parts=0,
        expected=1,
        part=pd.Categorical.from_codes(part[length], dtype=WORDS["part"]),
    )
