"""What a comparison shows in words: its headings by rules, and the figures in a sentence."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from kpi.comparisons import comparable, lead, period_beside
from kpi.dashboard import COST
from kpi.definitions import Kpi
from kpi.periods import Period
from layouts.spans import during, twelve_months_in_words
from layouts.wording import capitalised, counted, missing, said

TOO_FEW = "too few to compare"
ALL = "all services"


def when(kpi: Kpi, period: Period) -> str:
    """The period that is compared: 'July to September 2017', 'twelve months to June 2017'."""
    rolling = kpi.slug == COST or not period.is_calendar
    return twelve_months_in_words(period) if rolling else period.label


def comparison_heading(kpi: Kpi, rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """'Lowest cost per transaction: Vehicle tax'; the KPI's name where nobody leads.

    It says of how many, where not all can be compared. Of one service alone: how it stands
    against the medians. rows: one a service, all of one period. names: by slug.
    """
    if len(rows) == 1:
        return _against_medians(kpi, rows.iloc[0])
    leader, sound = lead(rows, kpi), int(comparable(rows).sum())
    if not leader:
        return kpi.name
    measured = "transactions" if not kpi.better else kpi.name.lower()
    of = "" if sound == len(rows) else f" of the {sound} that can be compared"
    return f"{capitalised(_degree(kpi, sound))} {measured}{of}: {names[leader]}"


def _degree(kpi: Kpi, sound: int) -> str:
    words = {"lower": ("lower", "lowest"), "higher": ("higher", "highest"), "": ("more", "most")}
    return words[kpi.better][sound > 2]


def place_in_words(kpi: Kpi, rows: pd.DataFrame) -> str:
    """What the first of a row is called: 'lowest of 3', 'higher of 2'."""
    sound = int(comparable(rows).sum())
    return f"{_degree(kpi, sound)} of {sound}"


def _against_medians(kpi: Kpi, row: pd.Series) -> str:
    if not comparable(row.to_frame().T).all():
        return kpi.name
    own = _side(kpi, row["value"], row["department_median"])
    every = _side(kpi, row["value"], row["median"])
    if own and own == every:
        return f"{kpi.name}: {own} the medians of its department and of all services"
    stands = ((own, "its department"), (every, ALL))
    told = [f"{side} the median of {whose}" for side, whose in stands if side]
    return f"{kpi.name}: {', '.join(told)}" if told else kpi.name


def _side(kpi: Kpi, value: float, median: float) -> str:
    """'above' or 'below'; '' where there is no median or both read the same."""
    if missing(median) or said(value, kpi) == said(median, kpi):
        return ""
    return "above" if value > median else "below"


def median_in_words(kpi: Kpi, median: float, services: int) -> str:
    """'59.6% (of 48)'; with too few services that reported, so."""
    # The two words in brackets stay on one line.
    return TOO_FEW if missing(median) else f"{said(median, kpi)} (of\N{NO-BREAK SPACE}{services:,})"


def comparison_summary(kpi: Kpi, rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The figures of the period that is compared, in a sentence or three."""
    period = period_beside(rows)
    if period is None:
        return ""
    sound = rows[comparable(rows)].sort_values("value")
    over = f"over the {when(kpi, period)}" if "twelve" in when(kpi, period) else during(period)
    return " ".join(
        filter(None, (_spread(kpi, sound, over, names), _absent(rows, names), _medians(kpi, rows)))
    )


def _spread(kpi: Kpi, sound: pd.DataFrame, over: str, names: Mapping[str, str]) -> str:
    if sound.empty:
        return f"No whole figure {over}."
    ends = [
        f"{said(float(row['value']), kpi)} ({names[row['service']]})"
        for _, row in sound.iloc[[0, -1]].iterrows()
    ]
    if len(sound) == 1:
        one = said(float(sound["value"].iloc[0]), kpi)
        return f"{capitalised(over)}: {one}."
    joint = "and" if len(sound) == 2 else "to"
    start = "From " if len(sound) > 2 else ""
    return f"{capitalised(over)}: {start.lower()}{f' {joint} '.join(ends)}."


def _absent(rows: pd.DataFrame, names: Mapping[str, str]) -> str:
    """The services without a figure, and why: 'Not reported: Tolls; Deaths. Suppressed: Tests.'"""
    absent: dict[str, list[str]] = {}
    for slug, status in rows.loc[rows["value"].isna(), ["service", "status"]].to_numpy():
        absent.setdefault(str(status), []).append(names[slug])
    said = [f"{capitalised(why)}: {'; '.join(whose)}." for why, whose in absent.items()]
    return " ".join(said) if len(rows) > 1 else ""


def _medians(kpi: Kpi, rows: pd.DataFrame) -> str:
    first = rows.iloc[0]
    if missing(first["median"]):
        return ""
    services = counted(int(first["reporting"]), "service")
    told = f"The median of the {services} that reported it is {said(first['median'], kpi)}"
    own = first["department_median"]
    if rows["department"].nunique() > 1 or missing(own):
        return f"{told}."
    reporting = counted(int(first["department_reporting"]), "service")
    return f"{told}; of the {reporting} of the department, {said(own, kpi)}."
