"""The KPI cards of a service's page."""

from __future__ import annotations

from dash import html

from kpi.dashboard import Dashboard, Latest
from kpi.definitions import HEADLINE
from layouts.cards import Card, kpi_cards
from layouts.normal_range import verdict_in_words
from layouts.spans import on_previous, twelve_months_in_words
from layouts.sparkline import trend_in_words, trend_line
from layouts.suppressed import BASES
from layouts.targets import target_in_words
from layouts.wording import capitalised, count_said, parts_in_words, said

NOT_SPLIT = "not split by channel"


def service_cards(shown: Dashboard) -> html.Section:
    """A card for each headline KPI, whether it is reported or not."""
    return kpi_cards([service_card(shown, shown.latest[kpi.slug]) for kpi in HEADLINE])


def service_card(shown: Dashboard, found: Latest) -> Card:
    """The card of one KPI's latest figure in what is shown."""
    target = shown.targets.get(found.kpi.slug)
    by_year = found.window
    return Card(
        found.kpi,
        found.value,
        when(found),
        base=_base(found),
        before=found.year_before if by_year else found.before,
        against=_against(found),
        status=found.status,
        parts=found.parts,
        expected=found.expected,
        part=found.part,
        trend=_trend(found),
        verdict=verdict_in_words(found),
        newer=newer_in_words(found),
        target=target_in_words(target),
    )


def when(found: Latest) -> str:
    """The period of a figure in words; why there is none where it does not apply."""
    if found.status == "not applicable":
        return NOT_SPLIT
    if found.period is None:
        return ""
    return twelve_months_in_words(found.period) if found.window else found.period.label


def _base(found: Latest) -> str:
    if found.kpi.slug not in BASES or found.base is None:
        return ""
    return f"{count_said(found.base)} {BASES[found.kpi.slug]}"


def _against(found: Latest) -> str:
    if found.window or found.period is None:
        return "on the year before"
    return on_previous(found.period)


def newer_in_words(found: Latest) -> str:
    """The partial figure after the latest reported one, in a sentence; '' where there is none."""
    newer = found.newer
    if newer is None:
        return ""
    parts = parts_in_words(newer.parts, newer.expected, newer.part)
    label = capitalised(newer.period.label)
    return f"{label} so far: {said(newer.value, found.kpi)}, {parts}."


def _trend(found: Latest) -> html.Img | None:
    if len([value for value in found.trend if value is not None]) < 2:
        return None
    labels = [end.label for end in found.trend_ends]
    alt = trend_in_words(found.trend, found.kpi, labels[0], labels[1])
    return trend_line(found.trend, alt, found.trend_ranges)
