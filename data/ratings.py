"""Asks how people answered in each period that is shown, and which of these is looked at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from data.queries import MeasurementQuery, Run
from data.selection import Selection
from kpi.dissatisfaction import BEFORE, usual
from kpi.periods import Period, day_in_words
from kpi.ratings import Ratings, answered, by_period, suppressed
from kpi.views import View

RATINGS = "ratings"


def ratings(run: Run, about: Selection, shown: View, wanted: date | None) -> tuple[Ratings, View]:
    """The answers in what is shown, and the view with the period of them that is looked at.

    wanted: a day in that period; None, and any day in none with answers, is the latest whole one
    with answers, or the latest. Ratings are those of all channels: with one chosen there are none.
    """
    if shown.first is None or shown.channel:
        return Ratings(), shown
    query = MeasurementQuery(
        about.service, RATINGS, shown.period, shown.start_at, shown.end_at, about.preview
    )
    answers = by_period(run(query))
    known = answered(answers)
    if not known:
        return Ratings(answers), shown
    newest = (answered(answers[answers["status"] == "reported"]) or known)[-1]
    chosen = _holding(wanted, known) or newest
    found = Ratings(answers, chosen, newest)
    before = replace(query, start_at=_back(chosen), end_at=chosen.start)
    return replace(found, usual=usual(by_period(run(before)), chosen)), _looking(
        shown, found, wanted
    )


def _holding(day: date | None, periods: Iterable[Period]) -> Period | None:
    """The period that starts on a day; otherwise the first that holds it. Years may overlap."""
    held = [one for one in periods if day and one.contains(day)]
    return next((one for one in held if one.start == day), next(iter(held), None))


def _back(period: Period) -> date:
    for _ in range(BEFORE):
        period = period.year_before if period.name == "year" else period.previous
    return period.start


def _looking(shown: View, found: Ratings, wanted: date | None) -> View:
    """The view with the chosen period, or with a sentence on why it is not the one asked for."""
    if found.period != found.newest and found.period is not None:
        return replace(shown, answers=found.period)
    if wanted is None or (found.newest and found.newest.contains(wanted)):
        return shown
    note = f"{_reason(found, wanted)}: the latest answers are shown."
    return replace(shown, notes=(*shown.notes, note))


def _reason(found: Ratings, wanted: date) -> str:
    held = _holding(wanted, suppressed(found.answers))
    if held is None:
        return f"There are no answers of {day_in_words(wanted)}"
    label = f"the {held.label}" if held.name == "week" else held.label
    return f"There are too few answers in {label} to show"
