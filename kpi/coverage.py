"""How many of the services report each KPI, and which period is complete enough to show."""

import pandas as pd

from kpi.frames import period_of
from kpi.periods import Period
from kpi.totals import totals

COVERAGE_COLUMNS = ["kpi", "period", "start_at", "end_at", "services_reporting", "services"]


def coverage(figures: pd.DataFrame, services: int) -> pd.DataFrame:
    """How many services reported each KPI in each period that occurs in a KPI frame.

    :param services: how many services there are.
    :returns: kpi, period, start_at, end_at, services_reporting, services.
    """
    return totals(figures, services)[COVERAGE_COLUMNS]


def latest_complete_enough(coverage: pd.DataFrame, share: float = 0.5) -> Period | None:
    """The latest period in which at least `share` of all services reported transactions.

    If there is none, the one in which most did, the latest of those; None without any period.
    A twelve-month window comes back as the year of the same months.
    """
    rows = coverage[coverage["kpi"] == "transactions"].sort_values(["end_at", "start_at"])
    if rows.empty:
        return None
    enough = rows[rows["services_reporting"] >= share * rows["services"]]
    if enough.empty:
        enough = rows[rows["services_reporting"] == rows["services_reporting"].max()]
    return period_of(*enough.iloc[-1][["period", "start_at"]])
