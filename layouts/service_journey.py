"""The journey's module on a service's page: where people leave, and what there is to know of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from dash import html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.journeys import Asked, Journey, Stretch
from kpi.periods import Period
from layouts.findings import journey_heading
from layouts.journey import cost_in_words, journey, journey_summary, journey_table
from layouts.journey_choices import comparing
from layouts.journey_comparison import comparison, comparison_table, completion_compared, when
from layouts.journey_messages import messages_section
from layouts.journey_trend import stage_section
from layouts.modules import action, actions, module
from layouts.service_addresses import (
    JOURNEY,
    journey_csv,
    messages_csv,
    page_address,
    shared_address,
)
from layouts.service_cards import when as card_when
from layouts.spans import during, span_in_words

TITLE = "The journey"
COMPLETION = "completion-rate"


def journey_module(shown: Dashboard) -> Component | None:
    """Where people leave, over the latest weeks in the view; None without a journey."""
    found = shown.journey
    if found.first is None or found.last is None:
        return None
    return module(
        JOURNEY,
        journey_heading(found.shown),
        [part for part in _content(shown) if part is not None],
        summary=_summary(shown),
    )


def _address(shown: Dashboard, asked: Asked) -> str:
    """The page with something else asked of its journey."""
    return page_address(shown, replace(shown.view, journey=asked), JOURNEY)


def _of_stage(shown: Dashboard, stage: str) -> str:
    return _address(shown, replace(shown.journey.asked, stage=stage))


def _content(shown: Dashboard) -> list[Component | None]:
    found = shown.journey
    return [
        _picture(shown),
        _completion(shown),
        _actions(shown),
        stage_section(shown, found.trend, _of_stage(shown, "")) if found.trend else None,
        messages_section(found.messages, when(found.shown), messages_csv(shown, found.shown)),
    ]


def _picture(shown: Dashboard) -> Component:
    found, opened = shown.journey, shown.journey.asked.stage

    def href(stage: str) -> str:
        return _of_stage(shown, stage)

    if found.against and found.against.last:
        return comparison(found.shown, found.against, href, opened)
    return journey(found.shown, href, opened)


def _table(shown: Dashboard) -> html.Div:
    found = shown.journey
    if found.against and found.against.last:
        return comparison_table(found.shown, found.against, "People at each stage")
    return journey_table(found.shown, f"People at each stage, {when(found.shown)}")


def _summary(shown: Dashboard) -> str:
    found = shown.journey
    more = _compared(found) or cost_in_words(found.shown, found.costs)
    return " ".join(filter(None, (journey_summary(found.shown, _stretch(found.shown)), more)))


def _compared(found: Journey) -> str:
    return completion_compared(found.shown, found.against) if found.against else ""


def _stretch(found: Stretch) -> str:
    """When, as the sentence ends with it: 'in the 13 weeks to 1 October 2017'."""
    first, last = found.first, found.last
    assert first is not None, "there is something to say it of"
    assert last is not None, "there is something to say it of"
    if first == last:
        return during(last)
    if not found.is_whole:
        return f"in {when(found)}"
    end = last.end - timedelta(days=1)
    return f"in the {found.periods} {last.name}s to {end.day} {end:%B} {end.year}"


def _completion(shown: Dashboard) -> Component | None:
    """How many finished, and how that goes with the completion rate's card."""
    found = shown.journey.shown
    if found.completion is None or found.last is None:
        return None
    several = f"of these {found.periods} {found.last.name}s"
    time = several if found.periods > 1 else during(found.last)
    words = f"{found.completion:.1%} of those who started finished: the completion rate {time}."
    said = ["" if _compared(shown.journey) else words, _card(shown, found)]
    return html.P(" ".join(filter(None, said)), className="of") if any(said) else None


def _card(shown: Dashboard, found: Stretch) -> str:
    card = shown.latest[COMPLETION]
    if card.value is None or card.period is None or (found.first, found.last) == _span(card.period):
        return ""
    of = f"{card.value:.1%} on the completion rate’s card is of {card_when(card)}"
    return f"The {of}, from the same figures."


def _span(period: Period) -> tuple[Period, Period]:
    return period, period


def _actions(shown: Dashboard) -> Component | None:
    """The row below the picture."""
    return actions(
        TITLE,
        _table(shown),
        share_href=shared_address(shown, JOURNEY),
        more=[part for part in _more(shown) if part is not None],
    )


def _more(shown: Dashboard) -> list[Component | None]:
    found = shown.journey
    saved: list[Component | None] = [comparing(found, lambda asked: _address(shown, asked))]
    if not (found.against and found.against.last):
        href = journey_csv(shown, found.shown)
        return [*saved, action("Download CSV", href, TITLE)]
    for one in (found.shown, found.against):
        assert one.first is not None, "both are drawn"
        assert one.last is not None, "both are drawn"
        words = f"Download CSV of {span_in_words(one.first, one.last)}"
        saved.append(action(words, journey_csv(shown, one), TITLE))
    return saved
