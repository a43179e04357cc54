"""Gaps made visible: a row 'not reported' for each period of which a service said nothing."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd

from kpi.definitions import Kpi, kpi
from kpi.frames import WORDS, in_order, keys, no_figures, positions, series, typed, words
from kpi.periods import Period
from kpi.spans import STEPS, ends, ordinals, starts

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
    missing = [_missing(figures, slots, one) for one in wanted]
    return in_order(pd.concat([figures, *missing], ignore_index=True))


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
    known = figures[SLOT].drop_duplicates()
    by_length = known.groupby("period", observed=True)
    return pd.concat([_between(str(name), rows) for name, rows in by_length], ignore_index=True)


def _between(name: str, known: pd.DataFrame) -> pd.DataFrame:
    """Every period of that length from each service's first to its last; years as they are."""
    if STEPS[name] == 12:
        return known
    numbers = pd.Series(ordinals(name, known["start_at"].to_numpy()), index=known.index)
    reach = numbers.groupby(known["service"], observed=True).agg(["min", "max"])
    first, last = reach["min"].to_numpy(), reach["max"].to_numpy()
    count = (last - first) // STEPS[name] + 1
    nth = np.arange(count.sum()) - np.repeat(count.cumsum() - count, count)
    start_at = starts(name, np.repeat(first, count) + nth * STEPS[name])
    return pd.DataFrame(
        {
            "service": reach.index.repeat(count),
            "period": pd.Categorical([name], dtype=WORDS["period"]).repeat(len(nth)),
            "start_at": start_at.astype(known["start_at"].to_numpy().dtype),
        }
    )


def _all(word: str, like: pd.Series, count: int) -> pd.Categorical:
    """So many of one word, in the type of a column that knows it."""
    numbers = np.full(count, like.cat.categories.get_loc(word))
    return pd.Categorical.from_codes(numbers, like.cat.categories)


def _missing(figures: pd.DataFrame, slots: pd.DataFrame, one: Kpi) -> pd.DataFrame:
    rows = slots.assign(kpi=_all(one.slug, figures["kpi"], len(slots)))
    known = keys(series(figures), figures["start_at"].to_numpy())
    rows = rows[positions(known, keys(series(rows), rows["start_at"].to_numpy())) < 0]
    status = pd.Categorical(["not reported"], dtype=WORDS["status"])
    return rows.assign(
        end_at=ends(rows["period"], rows["start_at"]),
        value=np.nan,
        numerator=np.nan,
        denominator=np.nan,
        status=status.repeat(len(rows)),
        unit=_all(one.unit, figures["unit"], len(rows)),
        parts=0,
        expected=1,
        part=rows["period"].astype(str).replace("twelve months", "month").astype(WORDS["part"]),
    )
