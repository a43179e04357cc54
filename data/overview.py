"""Asks what the Overview and an organisation's page draw: the same facts of some services."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pandas as pd

from config import Settings
from data.live import LiveQuery
from data.organisations import OrganisationQuery
from data.queries import CatalogueQuery, CoverageQuery, KpiQuery
from data.reader import Reader
from data.selection import Selection
from kpi.coverage import latest_complete_enough
from kpi.leagues import busiest
from kpi.live import live_users
from kpi.overview import (
    KPIS,
    TAKE_UP,
    TRANSACTIONS,
    Busiest,
    Choice,
    Overview,
    Performance,
    performance,
)
from kpi.periods import Period

# Lengths in the order in which pages prefer them, and how many of each can be chosen.
_CHOICES = {"year": 12, "quarter": 12, "month": 24}
_SHORTEST_FIRST = ("week", "month", "quarter", "year")
_MOST_USED = 3
_TREND = 52


def overview(
    reader: Reader, settings: Settings, selection: Selection, asked: Period | None
) -> Overview | None:
    """What the page draws of a period, or of the latest that is complete enough; None: no figures.

    Under a department areas are its agencies, under an agency its services, otherwise
    departments.
    """
    period = asked or default_period(reader, settings)
    if period is None:
        return None
    names = reader.run(CatalogueQuery(selection)).set_index("slug")["name"]
    return Overview(
        _performance(reader, settings, selection, period),
        choices(reader),
        live_users(reader.run(LiveQuery(selection))),
        _busiest(reader, selection, names),
        _areas(reader, selection, period),
        names,
    )


def default_period(reader: Reader, settings: Settings) -> Period | None:
    """The latest year that is complete enough; without years a quarter, a month or a week."""
    share = settings.complete_enough_percent / 100
    for length in (*_CHOICES, "week"):
        period = latest_complete_enough(reader.run(CoverageQuery(length)), share)
        if period is not None:
            return period
    return None


def choices(reader: Reader) -> tuple[Choice, ...]:
    """The periods that have figures, years before quarters before months, the newest first."""
    found = []
    for length, most in _CHOICES.items():
        rows = reader.run(CoverageQuery(length)).iloc[::-1].head(most)
        found += [
            Choice(Period(length, row.start_at.date()), row.services_reporting)
            for row in rows.itertuples()
        ]
    return tuple(found)


def _performance(
    reader: Reader, settings: Settings, selection: Selection, period: Period
) -> Performance:
    def of(one: Period) -> pd.DataFrame:
        return reader.run(KpiQuery(selection, one.name, one.start, one.end, KPIS))

    figures = pd.concat([of(period.year_before), of(period)], ignore_index=True)
    services = len(reader.run(CatalogueQuery(selection)))
    return performance(figures, period, services, settings.minimum_transactions)


def _busiest(reader: Reader, selection: Selection, names: pd.Series) -> Busiest:
    for length in _SHORTEST_FIRST:
        covered = reader.run(CoverageQuery(length))
        enough = covered[covered["services_reporting"] * 2 >= covered["services_reporting"].max()]
        if not enough.empty:
            period = Period(length, enough["start_at"].iloc[-1].date())
            return _busiest_in(reader, selection, names, period)
    return Busiest(None, pd.DataFrame(), pd.DataFrame())


def _busiest_in(reader: Reader, selection: Selection, names: pd.Series, period: Period) -> Busiest:
    query = KpiQuery(selection, period.name, period.start, period.end, (TRANSACTIONS,))
    found = busiest(reader.run(query), _MOST_USED, period).frame
    since = _back(period, _TREND)
    trends = [
        reader.run(
            KpiQuery(Selection(service=slug), period.name, since, period.end, (TRANSACTIONS,))
        )
        for slug in found["service"].astype(str)
    ]
    trend = pd.concat(trends, ignore_index=True) if trends else reader.run(query).iloc[:0]
    whole = trend[trend["status"] == "reported"]
    before = whole[whole["start_at"] == pd.Timestamp(period.previous.start)]
    by_service = before.set_index(before["service"].astype(str))["value"]
    slugs = found["service"].astype(str)
    frame = found.assign(service=slugs, name=slugs.map(names), before=slugs.map(by_service))
    return Busiest(period, frame, whole)


def _back(period: Period, steps: int) -> date:
    for _ in range(steps):
        period = period.previous
    return period.start


def _areas(reader: Reader, selection: Selection, period: Period) -> pd.DataFrame:
    by = _level(reader, selection)
    query = KpiQuery(selection, period.name, period.start, period.end, (TRANSACTIONS, TAKE_UP))
    if by == "service":
        frame = reader.run(query).rename(columns={"service": "group"})
        frame = frame[frame["status"] == "reported"]
        names = reader.run(CatalogueQuery(selection)).assign(abbreviation="")
    else:
        frame = reader.run(replace(query, by=by))
        names = reader.run(OrganisationQuery())
    return _wide(frame).join(names.set_index("slug")[["name", "abbreviation"]], how="inner")


def _level(reader: Reader, selection: Selection) -> str:
    if not selection.organisation:
        return "department"
    organisations = reader.run(OrganisationQuery()).set_index("slug")
    is_department = organisations["department"].get(selection.organisation) == ""
    # A department may run services itself: those have no agency to stand for them.
    run_by_agencies = (reader.run(CatalogueQuery(selection))["agency"] != "").all()
    return "agency" if is_department and run_by_agencies else "service"


def _wide(frame: pd.DataFrame) -> pd.DataFrame:
    """By slug: transactions and take_up, those with transactions, largest first."""
    values = frame.astype({"group": str}).pivot(index="group", columns="kpi", values="value")
    values = values.reindex(columns=[TRANSACTIONS, TAKE_UP])
    values.columns = pd.Index(["transactions", "take_up"])
    values = values[values["transactions"] > 0].rename_axis("slug")
    return values.sort_values("transactions", ascending=False)
