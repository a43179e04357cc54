"""Services beside one another: what is compared, with what it is compared, and who leads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from kpi.dashboard import COST
from kpi.definitions import HEADLINE, Kpi
from kpi.definitions import kpi as known_kpi
from kpi.frames import KPI_COLUMNS, in_order, no_figures, period_of
from kpi.periods import Period
from kpi.spans import TWELVE_MONTHS
from kpi.views import PREFERRED, View
from kpi.windows import twelve_months

# More services than these cannot be told from one another.
MOST = 6
# A median of fewer services would tell what one of them reported.
LEAST = 3
KPIS = (*HEADLINE, known_kpi("transactions"))
BY_PERIOD = tuple(one.slug for one in KPIS if one.slug != COST)
LENGTHS = tuple(name for name in PREFERRED if name in ("month", "quarter", "year"))
# All services are the group that has no name.
EVERYONE = ""
MEDIAN_COLUMNS = ("kpi", "start_at", "group", "median", "services")
COLUMNS = (
    *KPI_COLUMNS,
    "department",
    "department_median",
    "department_reporting",
    "median",
    "reporting",
    "side_by_side",
    "best",
)


@dataclass(frozen=True)
class Comparison:
    """Up to six services and their KPIs on the same periods.

    services: their rows of the catalogue, in the order that was asked for. frame: COLUMNS, by
    KPI, service in that order, and start: a row for every service in each period of which any of
    them reported anything. Medians are of the published services that reported just that period,
    NaN where fewer than LEAST did; ``department_reporting`` and ``reporting`` say how many did.
    side_by_side: the one period of each KPI that is compared. best: who leads in it.
    """

    services: pd.DataFrame
    view: View
    frame: pd.DataFrame

    @property
    def slugs(self) -> tuple[str, ...]:
        """The services, as asked for."""
        return tuple(self.services["slug"].astype(str))

    def of(self, kpi: str) -> pd.DataFrame:
        """The rows of one KPI."""
        return self.frame[self.frame["kpi"] == kpi]

    def beside(self, kpi: str) -> pd.DataFrame:
        """One KPI's row of each service in the period that is compared; none without figures."""
        rows = self.of(kpi)
        return rows[rows["side_by_side"]]


def common_lengths(reported: Sequence[Sequence[str]]) -> tuple[str, ...]:
    """The lengths of month, quarter and year that all services report by, shortest first.

    Where there are none in common, those that most of them report by. reported: the lengths of
    each service; services without figures have no say.
    """
    known = [set(lengths) for lengths in reported if lengths]
    counts = {name: sum(name in lengths for lengths in known) for name in LENGTHS}
    most = max(counts.values(), default=0)
    return tuple(name for name, count in counts.items() if count == most and count)


def over_twelve_months(costs: pd.DataFrame) -> pd.DataFrame:
    """Costs per transaction over twelve months, of each service: a KPI frame.

    Published years, and windows over quarters and months. Of the same twelve months the whole
    figure goes before the partial one, and the published before the window.
    """
    if costs.empty:
        return no_figures()
    whole = costs[costs["period"] == "year"]
    both = pd.concat([whole, twelve_months(costs)], ignore_index=True)
    both = both[both["value"].notna()].sort_values(["status", "period"], kind="stable")
    return in_order(both.drop_duplicates(["service", "kpi", "start_at"]))


def comparable(figures: pd.DataFrame) -> pd.Series:
    """Which rows may be compared: reported, and no share of over 100%, which cannot be right."""
    doubtful = (figures["unit"] == "proportion") & (figures["value"] > 1)
    return (figures["status"] == "reported") & figures["value"].notna() & ~doubtful


def medians(figures: pd.DataFrame, departments: pd.Series) -> pd.DataFrame:
    """The median of each KPI and start: MEDIAN_COLUMNS.

    :param figures: a KPI frame by service, of one length of period.
    :param departments: by service its department.
    :returns: a row for all services (group EVERYONE) and for each department; ``services`` counts
        what the median is of, and ``median`` is NaN where that is fewer than LEAST.
    """
    rows = figures.loc[comparable(figures), ["service", "kpi", "start_at", "value"]]
    rows = rows.assign(kpi=rows["kpi"].astype(str), service=rows["service"].astype(str))
    by_department = rows.assign(group=rows["service"].map(departments))
    both = pd.concat([rows.assign(group=EVERYONE), by_department], ignore_index=True)
    grouped = both.groupby(["kpi", "start_at", "group"], observed=True)["value"]
    found = grouped.agg(median="median", services="count").reset_index()
    found["median"] = found["median"].where(found["services"] >= LEAST)
    return found[list(MEDIAN_COLUMNS)]


def compared(
    figures: pd.DataFrame, found: pd.DataFrame, departments: Mapping[str, str]
) -> pd.DataFrame:
    """The frame of a Comparison.

    :param figures: KPI frame of the services that are compared, of what is shown.
    :param found: medians of all services.
    :param departments: by service its department, in the order of the services.
    """
    # What is suppressed has no value, and is not the same as what was never reported.
    said = figures["value"].notna() | figures["status"].isin(["suppressed", "not applicable"])
    known = _without_beginnings(figures[said])
    if known.empty:
        return pd.DataFrame(columns=list(COLUMNS))
    rows = _every(known, list(departments))
    rows["department"] = rows["service"].map(departments)
    rows = _beside_medians(rows, found)
    rows["side_by_side"] = rows["start_at"] == rows["kpi"].map(_latest_of_most(rows))
    rows["best"] = False
    for slug in rows["kpi"].unique():
        leader = lead(rows[rows["side_by_side"] & (rows["kpi"] == slug)], known_kpi(slug))
        if leader and known_kpi(slug).better:
            rows["best"] |= (
                rows["side_by_side"] & (rows["kpi"] == slug) & (rows["service"] == leader)
            )
    return rows[list(COLUMNS)].reset_index(drop=True)


def _without_beginnings(known: pd.DataFrame) -> pd.DataFrame:
    """The figures without twelve months of which no service has reported the whole.

    Windows are partial for a year at each end of what was reported: that says nothing of it.
    """
    costs = known["kpi"] == COST
    whole = known.loc[costs & (known["status"] == "reported"), "start_at"]
    return known[~costs | known["start_at"].isin(whole)] if len(whole) else known


def _every(known: pd.DataFrame, services: list[str]) -> pd.DataFrame:
    """A row for each service in each period of a KPI of which any said something, in order."""
    known = known.astype(dict.fromkeys(("service", "kpi", "period", "status", "part"), "str"))
    times = known.sort_values("period").drop_duplicates(["kpi", "start_at"])
    slots = times[["kpi", "period", "start_at", "end_at", "unit"]]
    order = pd.DataFrame({"service": services, "place": range(len(services))})
    facts = known.drop(columns=["end_at", "unit", "period"]).assign(own=known["period"])
    rows = slots.merge(order, how="cross").merge(
        facts, on=["service", "kpi", "start_at"], how="left"
    )
    rows["status"] = rows["status"].fillna("not reported")
    # A window of twelve months may stand beside a published year of the same months.
    rows["period"] = rows["own"].fillna(rows["period"])
    rows["part"] = rows["part"].fillna(rows["period"].replace(TWELVE_MONTHS, "month"))
    rows = rows.fillna({"parts": 0, "expected": 1}).astype({"parts": "int64", "expected": "int64"})
    number = {one.slug: place for place, one in enumerate(KPIS)}
    rows = rows.assign(number=rows["kpi"].map(number))
    return rows.sort_values(["number", "place", "start_at"], ignore_index=True)


def _beside_medians(rows: pd.DataFrame, found: pd.DataFrame) -> pd.DataFrame:
    everyone = found[found["group"] == EVERYONE].drop(columns="group")
    own = found[found["group"] != EVERYONE].rename(
        columns={"group": "department", "median": "department_median"}
    )
    rows = rows.merge(everyone, on=["kpi", "start_at"], how="left")
    rows = rows.rename(columns={"services": "reporting"})
    rows = rows.merge(own, on=["kpi", "start_at", "department"], how="left")
    rows = rows.rename(columns={"services": "department_reporting"})
    counts = ["reporting", "department_reporting"]
    return rows.fillna(dict.fromkeys(counts, 0)).astype(dict.fromkeys(counts, "int64"))


def _latest_of_most(rows: pd.DataFrame) -> dict[str, pd.Timestamp]:
    """By KPI the start of the latest period that all services reported, or most of them."""
    rows = rows.assign(sound=comparable(rows), known=rows["value"].notna())
    counts = rows.groupby(["kpi", "start_at"])[["sound", "known"]].sum().reset_index()
    counts = counts.sort_values(["sound", "known", "start_at"])
    return dict(counts.groupby("kpi")["start_at"].last())


def lead(rows: pd.DataFrame, kpi: Kpi) -> str:
    """The service that leads in a KPI: the better value, or where neither is better the higher.

    '' where fewer than two can be compared, or where the first two read the same.
    rows: one a service, all of one period.
    """
    sound = rows[comparable(rows)]
    if len(sound) < 2:
        return ""
    ranked = sound.sort_values("value", ascending=kpi.better == "lower", kind="stable")
    first, second = (_as_read(value, kpi) for value in ranked["value"].iloc[:2])
    return "" if first == second else str(ranked["service"].iloc[0])


def _as_read(value: float, kpi: Kpi) -> float:
    places = kpi.decimals + (2 if kpi.format == "percentage" else 0)
    return float(np.round(value, places))


def period_beside(rows: pd.DataFrame) -> Period | None:
    """The period of rows that stand side by side; None without any."""
    if rows.empty:
        return None
    return period_of(str(rows["period"].iloc[0]), rows["start_at"].iloc[0])
