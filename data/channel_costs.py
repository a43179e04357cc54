"""Asks what a transaction costs on the digital channel and on the others, over twelve months."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from data.channels import DIGITAL, NON_DIGITAL
from data.held import kept_yearly_costs
from data.queries import KpiQuery, MeasurementQuery, Run
from data.selection import Selection
from kpi.dashboard import COST, Latest
from kpi.journeys import ChannelCosts
from kpi.periods import Period

_LENGTHS = ("month", "quarter", "year")


def channel_costs(
    run: Run, about: Selection, cost: Latest, kinds: Mapping[str, str]
) -> ChannelCosts | None:
    """What a transaction costs by channel, over the twelve months of the service's latest cost.

    None unless both kinds are reported for exactly those, from figures of the same length. kinds:
    channel -> kind of channel, as addresses write it.
    """
    if cost.status != "reported" or cost.period is None:
        return None
    for length in _LENGTHS:
        found = [_cost(run, about, kind, cost.period, length) for kind in (NON_DIGITAL, DIGITAL)]
        other, digital = found
        if digital is not None and other is not None:
            others = [channel for channel, kind in kinds.items() if kind == NON_DIGITAL]
            elsewhere = others[0] if len(others) == 1 else ""
            return ChannelCosts(digital, other, cost.period, elsewhere)
    return None


def _cost(run: Run, about: Selection, kind: str, year: Period, length: str) -> float | None:
    """The reported cost per transaction of a kind, of those twelve months; None without one."""
    ends = (length, year.start, year.end)
    costs = run(MeasurementQuery(about.service, "cost", *ends, about.preview))
    if not (costs["category"] == kind).any():
        return None
    found = kept_yearly_costs(run, run(KpiQuery(about, *ends, kpis=(COST,), channel=kind)))
    values = found.loc[found["start_at"] == pd.Timestamp(year.start), "value"]
    return float(values.iloc[0]) if len(values) else None
