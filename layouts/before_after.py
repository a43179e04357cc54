"""A service before and after something happened: did it help?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dash import dcc, html
from dash.development.base_component import Component

from kpi.annotations import Annotation
from kpi.before_after import BeforeAfter, Difference, Pooled, Stretch
from kpi.definitions import Kpi
from kpi.normal import HIGHER, LOWER
from kpi.views import LINK
from layouts import ids
from layouts.addresses import (
    annotation_address,
    annotations_address,
    csv_address,
    service_address,
)
from layouts.annotation_marks import annotated
from layouts.cards import change
from layouts.charts import build_trend, chart
from layouts.fields import filters, select_field
from layouts.frame import Way, breadcrumbs, title_row
from layouts.modules import empty_state, module
from layouts.normal_range import ON_CHART, banded, has_ranges
from layouts.sharing import share_button
from layouts.spans import span_in_words
from layouts.tables import Cell, Column, data_table, figures_table
from layouts.wording import (
    capitalised,
    change_in_words,
    counted,
    direction_of_change,
    listed,
    out_of,
    said,
)

DESCRIPTION = "The KPIs of a service before and after something happened, over as many weeks."
CHART_HEIGHT = 220
_NEITHER = "not comparable"


@dataclass(frozen=True)
class About:
    """The service that an annotation is of, and what whoever asks may do with it.

    preview: whether it is not published, and shown to them alone. link: what its addresses have
    where they came by a link.
    """

    slug: str
    name: str
    may_publish: bool = False
    preview: bool = False
    link: str = ""

    @property
    def href(self) -> str:
        """The service's page."""
        return service_address(self.slug, {LINK: self.link})

    def annotation(self, key: str) -> str:
        """The service before and after one of its annotations."""
        return annotation_address(self.slug, key, {LINK: self.link})


def title(found: Annotation) -> str:
    """'Before and after: New start page'."""
    return f"Before and after: {found.title}"


def build_before_after(answer: BeforeAfter, about: About) -> list[Component]:
    """The page: what happened, the KPIs on both sides as a table, then each over time."""
    found = answer.annotation
    content = [
        dcc.Location(id=ids.ANNOTATION_URL, refresh="callback-nav"),
        breadcrumbs(
            [
                Way("Overview", "/"),
                Way(about.name, about.href),
                Way(found.title),
            ]
        ),
        title_row(title(found), _lede(found), _buttons(answer, about)),
    ]
    if answer.before is None or answer.after is None:
        words = "There are no figures of whole weeks or months on both sides of it yet."
        back = html.P(dcc.Link("Back to the service", href=about.href))
        return [*content, empty_state(words, back)]
    known = [one for one in answer.differences if one.is_known]
    return [
        *content,
        _spans(answer),
        _verdict(answer, answer.before, answer.after, about),
        *(_line(one, answer, about) for one in known),
    ]


def _lede(found: Annotation) -> Component:
    words: list[str | Component] = [f"{found.when}. {found.text}".strip()]
    if found.link:
        words += [" ", html.A("More about it", href=found.link)]
    return html.Span(words)


def _buttons(answer: BeforeAfter, about: About) -> Component:
    found = answer.annotation
    inside: list[Component] = [share_button(_shared_address(answer, about), title(found))]
    if about.may_publish:
        inside.append(dcc.Link("Change it", href=annotations_address(about.slug, found.key)))
    return html.Div(inside, className="buttons")


def _shared_address(answer: BeforeAfter, about: About) -> str:
    """The page with as many periods on either side as it shows."""
    count = str(answer.before.count) if answer.before else ""
    return annotation_address(about.slug, answer.annotation.key, {"count": count, LINK: about.link})


def _spans(answer: BeforeAfter) -> Component:
    assert answer.before is not None
    count = answer.before.count
    options = [(str(n), counted(n, answer.period)) for n in range(1, answer.most + 1)]
    chosen = select_field(ids.ANNOTATION_COUNT, "On either side", options, str(count))
    return filters([chosen], counted(count, answer.period))


def finding(answer: BeforeAfter) -> str:
    """What the figures say, in a heading: which KPIs left their normal range, and how."""
    known = [one for one in answer.differences if one.is_known]
    if not any(one.verdicts for one in known):
        return "Before and after"
    parts = [_moved(known, direction) for direction in ("better", "worse", "flat")]
    said = ", ".join(filter(None, parts))
    return said[:1].upper() + said[1:] if said else "No KPI left its normal range"


def _moved(known: Sequence[Difference], direction: str) -> str:
    """'completion rate got better than usual'; '' where no KPI did."""
    some = [one for one in known if one.beyond and _direction(one) == direction]
    words = {"better": "got better than usual", "worse": "got worse than usual"}
    how = words.get(direction) or f"went {some[0].beyond} than usual" if some else ""
    return f"{listed([one.kpi.name.lower() for one in some])} {how}" if some else ""


def _direction(one: Difference) -> str:
    return direction_of_change(one.after.value, one.before.value, one.kpi)


def beyond_in_words(one: Difference, period: str) -> str:
    """'4 of 13 weeks higher than usual', 'all 13 weeks as usual'; '' where nothing is known."""
    if not one.verdicts:
        return ""
    count = len(one.verdicts)
    parts = [
        f"{out_of(one.verdicts.count(way), count, period)} {way} than usual"
        for way in (HIGHER, LOWER)
        if way in one.verdicts
    ]
    return listed(parts) or f"{out_of(count, count, period)} as usual"


def _verdict(answer: BeforeAfter, before: Stretch, after: Stretch, about: About) -> Component:
    spans = [span_in_words(side.first, side.last) for side in (before, after)]
    words = f"{counted(before.count, answer.period)} on either side: {spans[0]}, and {spans[1]}."
    columns = [
        Column("KPI"),
        *(Column(name, numeric=True) for name in ("Before", "After")),
        Column("Change"),
        Column("After, beside its normal range"),
    ]
    rows = [_row(one, answer.period) for one in answer.differences]
    return module(
        "before-and-after",
        finding(answer),
        data_table(columns, rows, f"KPIs before and after: {answer.annotation.title}"),
        summary=words,
        share_href=f"{_shared_address(answer, about)}#before-and-after",
        title="Before and after",
    )


def _row(one: Difference, period: str) -> list[Cell]:
    name = one.kpi.name if one.kpi.denominator else f"{one.kpi.name} a {period}"
    cells = [_cell(side, one.kpi, period) for side in (one.before, one.after)]
    moved = change(one.after.value, one.before.value, one.kpi) if one.is_comparable else _NEITHER
    return [name, *cells, moved, _beside(one, period)]


def _beside(one: Difference, period: str) -> str:
    if one.after.value is None:
        return ""
    return beyond_in_words(one, period) or "too little history to say"


def _cell(side: Pooled, kpi: Kpi, period: str) -> Cell:
    if side.value is None:
        return "suppressed" if side.suppressed else "not reported"
    if side.reported == side.expected:
        return said(side.value, kpi)
    part = html.Span(f"{out_of(side.reported, side.expected, period)} reported", className="of")
    return html.Div([said(side.value, kpi), part], className="stacked")


def _line(one: Difference, answer: BeforeAfter, about: About) -> Component:
    kpi, frame = one.kpi, one.line
    moved = _NEITHER
    if one.is_comparable:
        moved = change_in_words(one.after.value, one.before.value, kpi)
    sentences = (
        f"{said(one.before.value, kpi)} before, {said(one.after.value, kpi)} after: {moved}.",
        f"{capitalised(beyond_in_words(one, answer.period))}." if one.verdicts else "",
        ON_CHART if has_ranges(frame) else "",
    )
    summary = " ".join(filter(None, sentences))
    figure = build_trend(banded(frame), kpi, CHART_HEIGHT)
    drawn = chart(figure, {"type": ids.ANNOTATION_CHART, "module": kpi.slug}, summary)
    return module(
        kpi.slug,
        kpi.name,
        annotated([drawn], [answer.annotation]),
        summary=summary,
        table=figures_table(frame, kpi, f"{kpi.name} by {answer.period}"),
        csv_href=_csv(kpi, answer, about),
        share_href=f"{_shared_address(answer, about)}#{kpi.slug}",
        title=kpi.name,
    )


def _csv(kpi: Kpi, answer: BeforeAfter, about: About) -> str:
    assert answer.before is not None
    assert answer.after is not None
    asked = {
        "period": answer.period,
        "kpi": kpi.slug,
        "start_at": answer.before.first.start.isoformat(),
        "end_at": answer.after.end.isoformat(),
        LINK: about.link,
    }
    return csv_address(f"services/{about.slug}/kpis", asked)
