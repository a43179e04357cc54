"""What is not shown because too few people are behind it, in words."""

from __future__ import annotations

import pandas as pd

from kpi.definitions import Kpi
from layouts.gaps import periods_in_words
from layouts.timeline import periods_of

# What the denominator of a KPI counts, where a page names it.
BASES = {"user-satisfaction": "answers"}
_NUMBERS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def too_few(kpi: Kpi) -> str:
    """'fewer than five answers': why a KPI's figure is suppressed."""
    least = kpi.least_base
    number = _NUMBERS[least] if least < len(_NUMBERS) else f"{least:,}"
    return f"fewer than {number} {BASES.get(kpi.slug, 'people')}"


def suppressed_in_words(frame: pd.DataFrame, kpi: Kpi) -> str:
    """'Fewer than five answers in August 2017: not shown.'; '' where nothing is suppressed.

    frame: rows of a KPI frame.
    """
    periods = periods_of(frame[frame["status"] == "suppressed"])
    if not periods:
        return ""
    joint = "on" if periods[0].name == "day" else "in"
    words = too_few(kpi)
    return f"{words[:1].upper()}{words[1:]} {joint} {periods_in_words(periods)}: not shown."
