"""Figures set large: a KPI's card, the headline figures of a page, last week's volumes."""

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from kpi.definitions import Kpi
from layouts.aria import aria
from layouts.suppressed import too_few
from layouts.wording import (
    NO_COMPARISON,
    capitalised,
    change_in_words,
    direction_of_change,
    missing,
    parts_in_words,
    value_and_unit,
)

Child = html.Img | None
# The section of the big numbers.
HEADLINE = "headline-figures"


@dataclass(frozen=True)
class Card:
    """All that a card says about one KPI.

    value, before: in the KPI's unit (proportions 0 to 1); None or NaN where not reported.
    period: the period in words. base: what it rests on, '9,204 answers' or '45 services'.
    against: what `before` is: 'on the year before', 'on August'.
    status: one of kpi.definitions.STATUSES. parts, expected, part: what a partial figure is of.
    over: whether the period is over. trend: a trend_line.
    verdict: whether it is normal, in words. newer, target: sentences, '' for none.
    href: where the KPI's own chart is.
    """

    kpi: Kpi
    value: float | None
    period: str
    base: str = ""
    before: float | None = None
    against: str = "on the year before"
    status: str = "reported"
    parts: int = 1
    expected: int = 1
    part: str = ""
    over: bool = True
    trend: Child = None
    verdict: str | Sequence[str | Component] = ""
    newer: str = ""
    target: str = ""
    href: str = ""


def figure(value: float | None, kpi: Kpi) -> html.P:
    """A value set large with its unit smaller; 'not reported' in words where there is none."""
    number, unit = value_and_unit(value, kpi)
    if missing(value):
        return html.P(number, className="value none")
    return html.P([number, html.Span(unit)] if unit else number, className="value")


def change(value: float | None, before: float | None, kpi: Kpi, against: str = "") -> html.P:
    """The change in words, coloured and marked by better or worse, which it also says."""
    words = change_in_words(value, before, kpi)
    if words == NO_COMPARISON:
        return html.P(words, className="change flat")
    direction = direction_of_change(value, before, kpi)
    said = [html.Span(f"{direction}: ", className="visually-hidden")] if direction != "flat" else []
    return html.P([*said, f"{words} {against}".strip()], className=f"change {direction}")


def quality_warning(value: float | None, kpi: Kpi) -> html.P | None:
    """Why a rate over 100% is not to be trusted; None for any other figure."""
    if kpi.format != "percentage" or value is None or missing(value) or value <= 1:
        return None
    words = "Over 100%: the figures behind it do not fit together."
    return html.P([html.Strong("Check the data. "), words], className="warning")


def _when(card: Card) -> html.P:
    return html.P(", ".join(filter(None, (card.period, card.base))), className="when")


def _partial(card: Card) -> html.P | None:
    if card.status != "partial":
        return None
    words = parts_in_words(card.parts, card.expected, card.part, card.over)
    return html.P([html.Strong("Partial: "), words], className="partial")


def _title(card: Card) -> html.H2:
    name = card.kpi.name
    return html.H2(html.A(name, href=card.href) if card.href else name)


def _absence(status: str, kpi: Kpi) -> html.P:
    words = status if status in ("not applicable", "suppressed") else "not reported"
    if words == "suppressed" and kpi.least_base:
        words = f"{words}: {too_few(kpi)}"
    return html.P(capitalised(words), className="value none")


def _judgement(card: Card) -> list[html.P]:
    """Change, verdict and target: none of them for a partial figure, which is not comparable."""
    if card.status == "partial":
        return []
    said = [change(card.value, card.before, card.kpi, card.against)]
    if card.verdict:
        said.append(html.P(card.verdict, className="verdict"))
    if card.newer:
        said.append(html.P(card.newer, className="verdict"))
    if card.target:
        said.append(html.P(card.target, className="target"))
    return said


def kpi_card(card: Card) -> html.Article:
    """A KPI's card: name, value, period and base, trend, change, verdict, target.

    Without a value it says so and shows the trend there is. A partial figure says of how many
    parts it is made and is not compared. A rate over 100% carries a data-quality warning.
    """
    if missing(card.value):
        content = [_title(card), _absence(card.status, card.kpi), _when(card), card.trend]
    else:
        content = [
            _title(card),
            figure(card.value, card.kpi),
            _when(card),
            _partial(card),
            card.trend,
            *_judgement(card),
            quality_warning(card.value, card.kpi),
        ]
    return html.Article([part for part in content if part is not None], className="kpi")


def kpi_cards(cards: Sequence[Card], label: str = "Key performance indicators") -> html.Section:
    """A row of cards, as a dashboard opens with. label: what tells it from another such row."""
    return html.Section([kpi_card(card) for card in cards], className="kpis", **aria(label=label))


def headline_figure(
    value: float | None,
    kpi: Kpi,
    label: str,
    base: str,
    *,
    before: float | None = None,
    against: str = "",
) -> html.Div:
    """One of a page's big numbers: value, what it is, its change, and from how many services."""
    return html.Div(
        [
            figure(value, kpi),
            html.P(label, className="label"),
            change(value, before, kpi, against),
            html.P(base, className="of"),
        ]
    )


def headline(figures: Sequence[html.Div], below: html.Div | None = None) -> html.Section:
    """The big numbers a page opens with, side by side. below: how they are taken away."""
    beside = html.Div(list(figures), className="headline")
    inside = [beside] if below is None else [beside, below]
    return html.Section(inside, id=HEADLINE, **aria(label="Headline figures"))


@dataclass(frozen=True)
class Volume:
    """One service's volume: where it leads, its latest figure, the change in words, its trend."""

    name: str
    href: str
    value: str
    change: str
    trend: Child = None


def _volume(volume: Volume) -> html.Li:
    name = dcc.Link(volume.name, href=volume.href, className="name")
    trend = html.Span(volume.trend, className="spark")
    words = html.Span(volume.change, className="of")
    return html.Li([name, html.B(volume.value), trend, words])


def volumes(items: Sequence[Volume]) -> html.Ul | html.P:
    """The list under 'Last week': a service a row, with its number, trend line and change."""
    if not items:
        return html.P("No service has reported for this week yet.", className="empty")
    return html.Ul([_volume(item) for item in items], className="volumes")
