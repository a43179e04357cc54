"""What a service's page says of a KPI of its own: its latest figure, its line, its parts."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from kpi.dashboard import Latest, latest_of, line_of, within
from kpi.frames import no_figures
from kpi.own import OwnKpi
from kpi.views import View


@dataclass(frozen=True)
class OwnShown:
    """One own KPI in a view.

    line: its rows of a KPI frame in the order of time, gaps included, from its first figure in
    the view to its last. parts: where shares are drawn, a KPI frame of the latest period with the
    parts in `group`, the largest first.
    """

    own: OwnKpi
    latest: Latest
    line: pd.DataFrame
    parts: pd.DataFrame

    @property
    def slug(self) -> str:
        """The KPI's slug."""
        return self.own.slug

    @property
    def has_figures(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.line["value"].notna().any())

    @property
    def is_bars(self) -> bool:
        """Whether its parts are drawn rather than its line."""
        return self.own.chart == "bars"


def own_shown(own: OwnKpi, figures: pd.DataFrame, view: View) -> OwnShown:
    """An own KPI without its parts. figures: KPI frame of the view's length, the whole time.

    It is not split by channel, so that it does not apply where one is chosen.
    """
    nothing = no_figures().assign(group=pd.Series(dtype="str"))
    if view.channel:
        return OwnShown(own, Latest(own.kpi, "not applicable"), no_figures(), nothing)
    rows = figures[figures["kpi"] == own.slug]
    inside = within(rows, view)
    return OwnShown(own, latest_of(own.kpi, rows, inside), line_of(inside), nothing)


def largest_first(parts: pd.DataFrame) -> pd.DataFrame:
    """The reported parts of one period, the largest first."""
    known = parts[parts["value"].notna()]
    return known.sort_values("value", ascending=False, kind="stable", ignore_index=True)
