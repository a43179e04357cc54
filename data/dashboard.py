"""Asks what a service's page draws."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any, cast

import pandas as pd
from sqlalchemy import Connection, func, or_, select

from data.channels import channel_kind
from data.live import LiveQuery
from data.queries import CatalogueQuery, KpiQuery, MeasurementQuery, Query, Run
from data.reader import Reader
from data.selection import Selection
from data.tables import data_set, measurement
from kpi.dashboard import (
    COST,
    Channels,
    Dashboard,
    Journey,
    Ratings,
    Reported,
    ending,
    latest,
    lines,
    periods_of,
    stretch,
    within,
    yearly_costs,
)
from kpi.definitions import HEADLINE, SLUGS
from kpi.live import live_users
from kpi.periods import PERIODS, Period
from kpi.spans import STEPS, ordinals
from kpi.views import View, Wanted, chosen_length, view

ALL, DIGITAL, BY_CHANNEL = "all transactions", "digital", "transactions-by-channel"
# What tells that a KPI can be worked out, and of which lengths a page can show figures.
SHOWS_LENGTH = ("transactions", "journey-started", "ratings", "take-up", "take-up-rate")
_MEASURES = (*SHOWS_LENGTH, "cost", "live-users")
_DAY = timedelta(days=1)
_WEEKS_LOOKED_AT = 26


@dataclass(frozen=True)
class ReachQuery(Query):
    """How far the figures of a service reach.

    A frame of measure, category ('' or a kind of channel), period, data_set (its id; NaN for
    sums), reported, partial (how many), first, last (starts, with time); a row for each that
    there is. Measures: SHOWS_LENGTH, cost and live users.
    """

    service: str = ""

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        chosen = run(CatalogueQuery(Selection(service=self.service)))
        kinds = (measurement.c.measure, measurement.c.category, measurement.c.period)
        statement = (
            select(
                *kinds,
                measurement.c.data_set_id,
                func.count().filter(measurement.c.status == "reported"),
                func.count().filter(measurement.c.status == "partial"),
                func.min(measurement.c.start_at),
                func.max(measurement.c.start_at),
            )
            .where(
                measurement.c.service_id.in_(chosen["service"].tolist()),
                measurement.c.measure.in_(_MEASURES),
                or_(measurement.c.category == "", measurement.c.measure == "transactions"),
            )
            .group_by(*kinds, measurement.c.data_set_id)
        )
        names = ["measure", "category", "period", "data_set"]
        names += ["reported", "partial", "first", "last"]
        frame = pd.DataFrame(connection.execute(statement).all(), columns=names)
        for name in ("first", "last"):
            frame[name] = pd.to_datetime(frame[name].astype("int64"), unit="s")
        return frame


@dataclass(frozen=True)
class SourceQuery(Query):
    """The data sets that figures of a service came from: id, title, type, updated_at, and a
    journey's stages and optional_stages (lists)."""

    service: str = ""

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        reach = run(ReachQuery(self.service))
        columns = ("id", "title", "type", "updated_at", "stages", "optional_stages")
        wanted = [int(number) for number in reach["data_set"].dropna().unique()]
        statement = select(*(data_set.c[name] for name in columns)).where(data_set.c.id.in_(wanted))
        answer = connection.execute(statement.order_by(data_set.c.title, data_set.c.type))
        return pd.DataFrame(answer.all(), columns=list(columns))


@dataclass(frozen=True)
class DashboardQuery(Query):
    """All that the page of a service draws, read from one snapshot and kept as one answer.

    The answer is a kpi.dashboard.Dashboard, not a frame; None if there is no such service.
    """

    service: str = ""
    wanted: Wanted = field(default_factory=Wanted)

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        services = run(CatalogueQuery(Selection(service=self.service)))
        return None if services.empty else _dashboard(run, services.iloc[0], self)


def dashboard(
    reader: Reader, slug: str, wanted: Wanted, notes: tuple[str, ...] = ()
) -> Dashboard | None:
    """Ask a DashboardQuery. notes: what of an address was not understood, in sentences."""
    found = cast("Dashboard | None", reader.run(DashboardQuery(slug, wanted)))
    if found is None or not notes:
        return found
    return replace(found, view=replace(found.view, notes=(*notes, *found.view.notes)))


def _dashboard(run: Run, service: pd.Series, query: DashboardQuery) -> Dashboard:
    slug = query.service
    reach = run(ReachQuery(slug))
    figures, shown = _view(run, query, reach)
    sources = run(SourceQuery(slug))
    yearly = yearly_costs(_costs(run, slug, shown, reach))
    found = latest(figures, yearly, shown)
    return Dashboard(
        service=service,
        view=shown,
        lines=lines(within(figures, shown)),
        latest=found,
        cost=_cost(figures, yearly, shown),
        channels=_channels(run, slug, shown),
        journey=_journey(run, slug, shown, reach, sources),
        ratings=_ratings(run, slug, found["user-satisfaction"].period),
        live=live_users(run(LiveQuery(Selection(service=slug)))),
        data_sets=_data_sets(reach, sources),
        reported=_reported(reach),
    )


def _lengths(reach: pd.DataFrame) -> list[str]:
    rows = reach[reach["measure"].isin(SHOWS_LENGTH) & (reach["category"] == "")]
    known = set(rows["period"])
    return [name for name in PERIODS if name in known]


def _kinds(reach: pd.DataFrame) -> list[str]:
    """The kinds of channel that have figures, as addresses write them."""
    known = set(reach.loc[reach["measure"] == "transactions", "category"])
    kinds = ("digital", "assisted digital", "non-digital")
    return [kind.replace(" ", "-") for kind in kinds if kind in known]


def _view(run: Run, query: DashboardQuery, reach: pd.DataFrame) -> tuple[pd.DataFrame, View]:
    """The KPIs of all time at the length to show, and what is shown of them."""
    slug, wanted = query.service, query.wanted
    lengths, kinds = _lengths(reach), _kinds(reach)
    length, unmet = chosen_length(wanted.period, lengths)
    channel = wanted.channel if wanted.channel in kinds else ""
    every = run(_figures(slug, length, ""))
    figures = run(_figures(slug, length, channel)) if channel else every
    shown = view(wanted, lengths, length, periods_of(every), channels=kinds, notes=unmet)
    return figures, shown


def _figures(slug: str, length: str, channel: str, kpis: tuple[str, ...] = SLUGS) -> KpiQuery:
    return KpiQuery(
        Selection(service=slug),
        period=length,
        kpis=kpis,
        channel=channel.replace("assisted-", "assisted "),
        complete=kpis == SLUGS,
    )


def _costs(run: Run, slug: str, shown: View, reach: pd.DataFrame) -> list[pd.DataFrame]:
    known = set(reach.loc[reach["measure"] == "cost", "period"])
    lengths = [name for name in ("year", "quarter", "month") if name in known]
    return [run(_figures(slug, name, shown.channel, (COST,))) for name in lengths]


def _cost(figures: pd.DataFrame, yearly: pd.DataFrame, shown: View) -> pd.DataFrame:
    """The costs at the view's length; where there are none, the published years that end in it."""
    rows = within(figures[figures["kpi"] == COST], shown)
    if rows["value"].notna().any() or yearly.empty:
        return rows
    return ending(yearly[yearly["period"] == "year"], shown)


def _channels(run: Run, slug: str, shown: View) -> Channels:
    asked = (shown.period, shown.start_at, shown.end_at)
    frame = run(MeasurementQuery(slug, BY_CHANNEL, *asked))
    frame = frame.assign(line=frame["category"].astype(str))
    kinds = {line: channel_kind(line).replace(" ", "-") for line in frame["line"].unique()}
    if not frame.empty:
        known = [line for line, kind in kinds.items() if shown.channel in ("", kind)]
        return Channels(within(frame[frame["line"].isin(known)], shown), kinds)
    frame = run(MeasurementQuery(slug, "transactions", *asked))
    wanted = [shown.channel.replace("-", " ")] if shown.channel == DIGITAL else ["", DIGITAL]
    frame = frame[frame["category"].isin(wanted)]
    lines = frame["category"].astype(str).replace({"": ALL})
    return Channels(within(frame.assign(line=lines), shown), {ALL: "", DIGITAL: DIGITAL}, False)


def _journey(
    run: Run, slug: str, shown: View, reach: pd.DataFrame, sources: pd.DataFrame
) -> Journey:
    rows = reach[reach["measure"] == "journey-started"]
    if rows.empty or shown.end_at is None:
        return Journey(pd.DataFrame())
    length = "week" if "week" in set(rows["period"]) else shown.period
    newest = rows.loc[rows["period"] == length, "last"].max()
    if pd.isna(newest):
        return Journey(pd.DataFrame())
    frame = run(_stages_in(shown, slug, Period(length, newest.date())))
    journeys = sources[sources["type"] == "journey"]
    stages = [(row.stages, row.optional_stages) for row in journeys.itertuples()]
    return stretch(frame, *(stages[0] if stages else ((), ())))


def _stages_in(shown: View, slug: str, newest: Period) -> MeasurementQuery:
    """Visitors by stage in what is shown; by week, those of its last half-year."""
    start, end = shown.begins_at, shown.ends_at or newest.end
    if newest.name == "week":
        # A week belongs to whatever holds its Thursday, so it may end three days later.
        end = min(end + 3 * _DAY, newest.end)
        start = max((start or date.min + 3 * _DAY) - 3 * _DAY, end - _WEEKS_LOOKED_AT * 7 * _DAY)
    return MeasurementQuery(slug, "journey", newest.name, start, end)


def _ratings(run: Run, slug: str, period: Period | None) -> Ratings:
    if period is None:
        return Ratings()
    asked = MeasurementQuery(slug, "ratings", period.name, period.start, period.end)
    frame = run(asked)
    frame = frame[frame["start_at"] == pd.Timestamp(period.start)]
    counts = frame.set_index(frame["category"].astype(str))["value"]
    known = [float(counts.get(str(rating), 0.0)) for rating in range(1, 6)]
    return Ratings(tuple(known), period) if sum(known) else Ratings((), period)


def _data_sets(reach: pd.DataFrame, sources: pd.DataFrame) -> tuple[Reported, ...]:
    found = reach[(reach["category"] == "") & reach["data_set"].notna()]
    pairs = found.merge(sources, left_on="data_set", right_on="id")
    pairs = pairs.sort_values(["title", "type", "period"], ignore_index=True)
    # One data set may hold several measures: the one that is reported most stands for it.
    most = pairs.sort_values("reported", ascending=False, kind="stable")
    one_each = most.drop_duplicates(["data_set", "period"]).sort_index()
    return tuple(_data_set(row) for _, row in one_each.iterrows())


def _data_set(row: pd.Series) -> Reported:
    period, moment = str(row["period"]), row["updated_at"]
    is_period = period in PERIODS
    return Reported(
        title=str(row["title"]),
        type=str(row["type"]),
        updated_at=datetime.fromtimestamp(moment, UTC) if pd.notna(moment) else None,
        period=period,
        reported=int(row["reported"]),
        partial=int(row["partial"]),
        expected=_expected(period, row["first"], row["last"]) if is_period else 0,
        first=Period(period, row["first"].date()) if is_period else None,
        last=Period(period, row["last"].date()) if is_period else None,
    )


def _expected(period: str, first: pd.Timestamp, last: pd.Timestamp) -> int:
    """How many periods there are from the first to the last; 0 for years, which overlap."""
    if period == "year":
        return 0
    ends = ordinals(period, pd.Series([first, last]).to_numpy())
    return int(ends[1] - ends[0]) // STEPS[period] + 1


def _reported(reach: pd.DataFrame) -> frozenset[str]:
    """The headline KPIs of which both terms were reported, whenever that was."""
    known = set(zip(reach["measure"], reach["category"], strict=True))
    stands_for = {"journey-completed": "journey-started", "satisfaction": "ratings"}

    def has(measure: str, category: str) -> bool:
        return (stands_for.get(measure, measure), category) in known

    return frozenset(
        kpi.slug
        for kpi in HEADLINE
        if kpi.denominator
        and has(kpi.numerator.measure, kpi.numerator.category)
        and has(kpi.denominator.measure, kpi.denominator.category)
    )
