"""User satisfaction on a service's page: how people answered in one period, and over time."""

from __future__ import annotations

import pandas as pd
from dash import html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.definitions import Kpi
from kpi.definitions import kpi as known_kpi
from kpi.dissatisfaction import Usual
from kpi.periods import Period
from kpi.ratings import SCALE, Ratings, answered
from layouts import ids
from layouts.fields import select_field
from layouts.findings import SATISFACTION, dissatisfied_heading, satisfaction_heading
from layouts.modules import action, module
from layouts.normal_range import ON_CHART, has_ranges
from layouts.ratings import NAMES, ratings, ratings_table
from layouts.satisfaction_chart import build_satisfaction
from layouts.service_addresses import kpis_csv, measurements_csv, shared_address
from layouts.service_cards import newer_in_words
from layouts.service_charts import trend_chart
from layouts.service_kpis import gaps_in_words, latest_in_words, sound_year_before
from layouts.spans import during
from layouts.suppressed import suppressed_in_words
from layouts.tables import Column, cells_by_period, data_table, normal_by_period
from layouts.wording import capitalised, counted, exact, parts_in_words

# What the select says where no other period than the newest is chosen.
NEWEST = "newest"


def satisfaction_module(shown: Dashboard, slug: str) -> Component:
    """How people answered in the period that is looked at, and the score over time."""
    kpi, frame, found = known_kpi(slug), shown.lines[slug], shown.ratings
    summary = _summary(shown, kpi)
    content = [_choice(found, slug), *_picture(found)]
    content.append(trend_chart(build_satisfaction(frame, kpi, found.period), slug, summary))
    return module(
        slug,
        _heading(shown, slug),
        [part for part in content if part is not None],
        summary=summary,
        table=html.Div(_tables(shown, kpi)),
        csv_href=kpis_csv(shown, slug),
        share_href=shared_address(shown, slug),
        title=kpi.name,
        more=_answers_as_csv(shown, kpi),
    )


def _heading(shown: Dashboard, slug: str) -> str:
    """What is out of the ordinary in the period looked at; else the score and the year before."""
    found = shown.ratings
    if found.period != found.newest:
        return dissatisfied_heading(found.verdict, found.period) or SATISFACTION
    if found.verdict:
        return dissatisfied_heading(found.verdict)
    latest = shown.latest[slug]
    return satisfaction_heading(latest.value, sound_year_before(latest))


def _choice(found: Ratings, slug: str) -> Component | None:
    """Which period's answers are looked at: one of those that are shown, the newest first."""
    known = answered(found.answers)[::-1]
    if found.newest is None or len(known) < 2:
        return None
    options = [(_value(one, found.newest), _label(one)) for one in known]
    value = _value(found.period or found.newest, found.newest)
    id = {"type": ids.SERVICE_ANSWERS, "module": slug}
    return html.Div(select_field(id, "Answers in", options, value), className="looked-at")


def _value(period: Period, newest: Period) -> str:
    return NEWEST if period == newest else period.start.isoformat()


def _label(period: Period) -> str:
    return capitalised(period.label)


def _picture(found: Ratings) -> list[Component]:
    return [ratings(found.counts)] if found.counts else []


def _summary(shown: Dashboard, kpi: Kpi) -> str:
    latest, frame = shown.latest[kpi.slug], shown.lines[kpi.slug]
    score = latest_in_words(latest)
    sentences = (
        answers_in_words(shown.ratings),
        f"{kpi.name}: {score}" if score else "",
        newer_in_words(latest),
        gaps_in_words(frame),
        suppressed_in_words(frame, kpi),
        ON_CHART if has_ranges(frame) else "",
    )
    return " ".join(filter(None, sentences))


def answers_in_words(found: Ratings) -> str:
    """'9,204 answers in September 2017; 11% dissatisfied, usually 6 to 8%.'; '' without any."""
    row, share = found.row, found.dissatisfied
    if row is None or share is None or found.period is None:
        return ""
    answers = f"{counted(round(sum(found.counts)), 'answer')} {during(found.period)}"
    if not found.is_whole:
        parts = parts_in_words(int(row["parts"]), int(row["expected"]), str(row["part"]))
        return f"{answers}, {parts}; {share:.0%} dissatisfied."
    usually = f", usually {usual_in_words(found.usual)}" if found.usual else ""
    return f"{answers}; {share:.0%} dissatisfied{usually}."


def usual_in_words(usual: Usual) -> str:
    """'6 to 8%'; '7%' where both ends read the same."""
    low, high = f"{usual.low:.0%}", f"{usual.high:.0%}"
    return high if low == high else f"{low.removesuffix('%')} to {high}"


def _tables(shown: Dashboard, kpi: Kpi) -> list[Component]:
    found, frame = shown.ratings, shown.lines[kpi.slug]
    caption = f"{kpi.name} by {shown.view.period}"
    tables: list[Component] = [satisfaction_table(frame, found.answers, kpi, caption)]
    if found.counts and found.period:
        tables.insert(0, ratings_table(found.counts, f"Answers, {found.period.label}"))
    return tables


def satisfaction_table(
    frame: pd.DataFrame, answers: pd.DataFrame, kpi: Kpi, caption: str
) -> html.Div:
    """The score, how many answered and the share of each rating, the latest period first.

    frame: rows of a KPI frame. answers: as kpi.ratings.by_period makes them.
    """
    scores = cells_by_period(frame, kpi)
    starts = answers["start_at"].dt.date if len(answers) else []
    counts = {start: answers.iloc[place] for place, start in enumerate(starts)}
    columns = [Column("Period"), Column(kpi.name, numeric=True), Column("Answers", numeric=True)]
    columns += [Column(name, numeric=True) for name in NAMES]
    normal = normal_by_period(frame, kpi)
    columns += [Column("Normal range", numeric=True)] if normal else []
    rows = [
        [
            capitalised(period.label),
            scores[period][""],
            *_spread(counts.get(period.start)),
            *([normal[period]] if normal else []),
        ]
        for period in sorted(scores, reverse=True)
    ]
    return data_table(columns, rows, caption)


def _spread(row: pd.Series | None) -> list[str]:
    """How many answered, and the share of each of the five; in words where that is not shown."""
    cells = 1 + len(SCALE)
    if row is None:
        return [exact(None, known_kpi("transactions"))] * cells
    if row["status"] == "suppressed":
        return ["suppressed"] * cells
    if not row["answers"] > 0:
        return [f"{row['answers']:,.0f}", *["no answers"] * len(SCALE)]
    shares = [f"{row[rating] / row['answers']:.1%}" for rating in SCALE]
    return [f"{row['answers']:,.0f}", *shares]


def _answers_as_csv(shown: Dashboard, kpi: Kpi) -> list[Component]:
    """All five ratings of every period that is shown."""
    view = shown.view
    if shown.ratings.answers.empty:
        return []
    asked = measurements_csv(shown, "ratings", view.period, view.start_at, view.end_at)
    return [action("Answers as CSV", asked, kpi.name)]
