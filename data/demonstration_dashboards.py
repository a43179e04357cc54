"""One service of the demonstration that measures its site, and has a dashboard of its own."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

import numpy as np

from data.demonstration_batches import digital_days, months
from data.demonstration_behaviour import Behaviour
from data.demonstration_facts import YearFacts
from data.entries import Batch, DataSetEntry, Record, ServiceEntry
from data.simulation import generator, shared_out
from kpi.periods import months_later

SERVICE = "dft-book-practical-driving-test"
# How visits are shared out in the first and in the last month.
Shares = Mapping[str, tuple[float, float]]
DEVICES: Shares = {"desktop": (0.52, 0.34), "mobile": (0.33, 0.57), "tablet": (0.15, 0.09)}
BROWSERS: Shares = {
    "Chrome": (0.38, 0.45),
    "Safari": (0.27, 0.34),
    "Internet Explorer": (0.22, 0.06),
    "Firefox": (0.08, 0.05),
    "Edge": (0.0, 0.05),
    "Samsung Internet": (0.01, 0.03),
    "Other": (0.04, 0.02),
}
ERRORS: Shares = {
    "no test left at this centre": (0.022, 0.041),
    "licence number not found": (0.018, 0.014),
    "payment declined": (0.009, 0.008),
    "session ended": (0.006, 0.004),
}
HELP: Shares = {"guidance": (0.05, 0.06), "telephone": (0.02, 0.012), "web chat": (0.0, 0.008)}
# Each of these has records of its own part of the visits, and what is counted.
_COUNTED: tuple[tuple[str, str, Shares, str], ...] = (
    ("devices", "device", DEVICES, "visits by device"),
    ("browsers", "browser", BROWSERS, "visits by browser"),
    ("errors", "error", ERRORS, "errors that people met"),
    ("help-usage", "help", HELP, "use of help"),
)
MINUTES_A_DAY = 1440

DASHBOARD: Mapping[str, Any] = {
    "modules": [
        *(
            {"type": "kpi", "kpi": kpi}
            for kpi in (
                "user-satisfaction",
                "completion-rate",
                "cost-per-transaction",
                "digital-take-up",
            )
        ),
        {"type": "journey"},
        {"type": "headline_figure", "measure": "visits", "width": "half"},
        {"type": "realtime", "width": "half"},
        {
            "type": "section",
            "title": "What gets in people’s way",
            "description": "Errors that people met while booking, and the help they turned to.",
            "modules": [
                {"type": "bar_chart_with_number", "measure": "errors", "slug": "errors"},
                {
                    "type": "grouped_timeseries",
                    "measure": "errors",
                    "slug": "errors-over-time",
                    "width": "half",
                },
                {
                    "type": "grouped_timeseries",
                    "measure": "help-usage",
                    "slug": "help",
                    "width": "half",
                },
            ],
        },
        {
            "type": "tab",
            "title": "What people book with",
            "modules": [
                {"type": "grouped_timeseries", "measure": "devices", "title": "Devices"},
                {"type": "list", "measure": "browsers", "title": "Browsers"},
                {
                    "type": "table",
                    "measure": "browsers",
                    "title": "Browsers by month",
                    "period": "month",
                },
            ],
        },
        {"type": "availability", "title": "Availability and speed"},
        {"type": "completion_rate", "width": "half"},
        {"type": "user_satisfaction", "width": "half"},
        {"type": "single_timeseries", "kpi": "transactions", "title": "Tests booked"},
    ]
}


def site(
    service: ServiceEntry, behaviour: Behaviour, years: Iterable[YearFacts]
) -> Iterator[Batch]:
    """What the service measures of its site, by month; none for the other services."""
    if service.slug != SERVICE:
        return
    digital = digital_days(behaviour, tuple(years))
    started = [float(digital[days].sum()) / behaviour.completion[0] for _, days in months()]
    visits = [round(count) for count in started]
    starts = [start for start, _ in months()]
    for kind, field, shares, words in _COUNTED:
        records = list(_counted(starts, visits, field, shares))
        yield Batch(_entry(service, behaviour, kind, words), records)
    for kind, words, made in (
        ("site-visits", "visits", _visits),
        ("page-load-time", "how long pages take to load", _loading),
        ("availability", "how much of the time it could be used", _availability),
    ):
        yield Batch(_entry(service, behaviour, kind, words), list(made(starts, visits)))


def _head(start: date, part: str = "") -> Record:
    id = f"{start}.{part}".strip(".").replace(" ", "-")
    return {"_id": id, "_timestamp": f"{start}T00:00:00+00:00", "period": "month"}


def _counted(starts: list[date], visits: list[int], field: str, shares: Shares) -> Iterator[Record]:
    """Visits shared out among the parts, each a little more or less than its share."""
    rng = generator(f"{SERVICE}/{field}")
    for number, (start, count) in enumerate(zip(starts, visits, strict=True)):
        way = number / (len(starts) - 1)
        weights = np.array([a + (b - a) * way for a, b in shares.values()])
        moved = weights * rng.normal(1, 0.04, len(weights)).clip(0.8, 1.2)
        total = round(count * min(1.0, float(weights.sum())))
        parts = zip(shares, shared_out(total, moved).tolist(), strict=True)
        for name, each in parts:
            if each:
                yield {**_head(start, name), field: name, "count": each}


def _visits(starts: list[date], visits: list[int]) -> Iterator[Record]:
    for start, count in zip(starts, visits, strict=True):
        yield {**_head(start), "visits": count, "visitors": round(count * 0.72)}


def _loading(starts: list[date], visits: list[int]) -> Iterator[Record]:
    rng = generator(f"{SERVICE}/page-load-time")
    for number, (start, count) in enumerate(zip(starts, visits, strict=True)):
        seconds = (2.4 - 0.03 * number) * float(rng.normal(1, 0.05))
        yield {**_head(start), "mean_seconds": round(seconds, 2), "views": count * 7}


def _availability(starts: list[date], visits: list[int]) -> Iterator[Record]:  # noqa: ARG001
    rng = generator(f"{SERVICE}/availability")
    for start in starts:
        total = (months_later(start, 1) - start).days * MINUTES_A_DAY
        down = round(float(rng.exponential(25)))
        yield {**_head(start), "up": total - down, "total": total}


def _entry(service: ServiceEntry, behaviour: Behaviour, kind: str, words: str) -> DataSetEntry:
    return DataSetEntry(
        group=behaviour.group,
        type=kind,
        title=f"{service.name}: {words}",
        service=service.slug,
        max_age_expected=None,
    )
