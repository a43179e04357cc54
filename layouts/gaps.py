"""Which periods have no figure, in words."""

from collections.abc import Sequence
from itertools import pairwise

import numpy as np

from kpi.periods import Period
from kpi.spans import STEPS, ordinals, starts
from layouts.wording import listed

MOST_RUNS = 3


def runs(periods: Sequence[Period]) -> list[list[Period]]:
    """The periods in order, adjacent ones together."""
    ordered = sorted(set(periods))
    found = [ordered[:1]] if ordered else []
    for before, after in pairwise(ordered):
        if before.next == after:
            found[-1].append(after)
        else:
            found.append([after])
    return found


def _without_repeated_year(first: Period, last: Period) -> str:
    if first.name == "month" and first.start.year == last.start.year:
        return f"{first.start:%B}"
    return first.label


def _run_in_words(run: list[Period]) -> str:
    first, last = run[0], run[-1]
    if len(run) == 1:
        return f"the {first.label}" if first.name == "week" else first.label
    if first.name == "week" or (first.name == "quarter" and len(run) > 2):
        return f"the {len(run)} {first.name}s from {first.label.removeprefix('week of ')}"
    joint = " and " if len(run) == 2 else " to "
    return joint.join([_without_repeated_year(first, last), last.label])


def periods_in_words(periods: Sequence[Period]) -> str:
    """'June and July 2015'; 'May to August 2015'; past three runs '9 months from … to …'."""
    found = runs(periods)
    if len(found) > MOST_RUNS:
        first, last = found[0][0], found[-1][-1]
        return f"{sum(map(len, found))} {first.name}s between {first.label} and {last.label}"
    return listed([_run_in_words(run) for run in found])


def missing_in_words(periods: Sequence[Period]) -> str:
    """'No figures for June and July 2015.', or '' where nothing is missing."""
    return f"No figures for {periods_in_words(periods)}." if periods else ""


def missing_periods(reported: Sequence[Period]) -> list[Period]:
    """The periods between the first and the last reported one that are not among them.

    Rolling years, which start in many months, have no gaps: they overlap.
    """
    if not reported or any(not period.is_calendar for period in reported):
        return []
    name, known = reported[0].name, {period.start for period in reported}
    first, last = ordinals(name, np.array([min(known), max(known)], "M8[D]"))
    every = starts(name, np.arange(first, last, STEPS[name])).tolist()
    return [Period(name, start) for start in every if start not in known]
