"""How what came of each kind of request is printed."""

from __future__ import annotations

from bench.clients import Load
from bench.traffic import Kind

_NAME = 30
HEADER = f"{'':<{_NAME}} {'a second':>9} {'p50 ms':>8} {'p95 ms':>8} {'p99 ms':>8} {'errors':>7}"


def row(kind: Kind, found: Load) -> str:
    """A row below HEADER; of writes of many also how many records that is."""
    times = " ".join(f"{found.within(percent):>8.1f}" for percent in (50, 95, 99))
    told = f"{kind.name:<{_NAME}} {found.rate:>9,.1f} {times} {len(found.errors):>7,}"
    more = f"  {found.rate * kind.records:,.0f} records a second" if kind.records > 1 else ""
    errors = "".join(f"\n    {error}" for error in found.errors[:3])
    return f"{told}{more}{errors}"
