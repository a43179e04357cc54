"""Spans of time in words, and what a figure is compared with."""

from __future__ import annotations

from datetime import timedelta

from kpi.periods import Period, day_in_words

LENGTHS = {"day": "Day", "week": "Week", "month": "Month", "quarter": "Quarter", "year": "Year"}


def span_in_words(first: Period, last: Period) -> str:
    """From the first period to the last: 'March 2016', '2016', 'January to March 2016'."""
    if first == last:
        return first.label
    if first.name == "year":
        return f"years that end from {_end(first)} to {_end(last)}"
    final = last.end - timedelta(days=1)
    if first.name in ("day", "week"):
        return f"{day_in_words(first.start)} to {day_in_words(final)}"
    whole_years = first.start.month == 1 and final.month == 12
    if whole_years:
        years = (first.start.year, final.year)
        return str(years[0]) if years[0] == years[1] else f"{years[0]} to {years[1]}"
    year = "" if first.start.year == final.year else f" {first.start.year}"
    return f"{first.start:%B}{year} to {final:%B} {final.year}"


def _end(year: Period) -> str:
    return f"{year.last_month:%B} {year.last_month.year}"


def during(period: Period) -> str:
    """When something was: 'on 14 October 2013', 'in the week of …', 'in September 2017'."""
    joint = {"day": "on", "week": "in the"}.get(period.name, "in")
    return f"{joint} {period.label}"


def twelve_months_in_words(year: Period) -> str:
    """'twelve months to September 2017'."""
    return f"twelve months to {_end(year)}"


def on_previous(period: Period) -> str:
    """What a change since the adjacent period is measured on: 'on August', 'on the week before'."""
    before = period.previous
    if period.name in ("day", "week", "year"):
        return f"on the {period.name} before"
    if before.start.year == period.start.year:
        return f"on {before.label.removesuffix(f' {before.start.year}')}"
    return f"on {before.label}"
