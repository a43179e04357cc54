"""A data set's page: what it is, how it stands, its newest figures, its fields, how to have it."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from dash import dcc, html
from dash.development.base_component import Component

from kpi.data_set_queries import METHODS, Preview, Question, questions
from kpi.data_sets import DataSet, Value
from kpi.periods import Period, day_in_words
from layouts.ages import age
from layouts.data_set_links import answer, formats, page_of
from layouts.data_set_wording import description as data_set_description
from layouts.data_set_wording import moment_in_words
from layouts.data_sets import TITLE as CATALOGUE
from layouts.data_sets import standing, whose_linked
from layouts.data_sets_address import PATH, DataSetsAddress
from layouts.frame import Way, breadcrumbs, title_row
from layouts.modules import action, module
from layouts.sharing import share_link
from layouts.tables import Cell, Column, data_table
from layouts.wording import capitalised

WARNING = "This data set is unpublished. Its figures may change or be inaccurate."
HIDDEN = "Only those who may publish it can see this page."
PREVIEW, FIELDS, QUESTIONS, CITING = "preview", "fields", "questions", "citing"


@dataclass(frozen=True)
class Reading:
    """How a page is read: when, where (the site's name, its address without a last slash), and by
    whom; most_rows is how many records one answer of the API may have. publish: where the reader
    may publish to it, '' where not."""

    now: datetime
    site_name: str
    root: str
    most_rows: int
    publish: str = ""


def build_data_set(
    one: DataSet,
    preview: Preview | None,
    reading: Reading,
    corrections: Component | None = None,
    *,
    hidden: bool = False,
) -> list[Component]:
    """The whole page. corrections: their history. hidden: whether only some may see it."""
    lede = html.Span(whose_linked(one))
    parts = [
        breadcrumbs([Way(CATALOGUE, PATH), Way(one.title)]),
        title_row(one.title, lede, _buttons(one, reading)),
        *[
            _notice(words)
            for words, shown in ((WARNING, not one.published), (HIDDEN, hidden))
            if shown
        ],
        standing(one, reading.now, *_records(one, reading.now)),
        _preview(one, preview),
        _fields(one),
        _questions(one),
        _citing(one, reading),
        corrections,
        _more(one),
    ]
    return [part for part in parts if part is not None]


def title(one: DataSet) -> str:
    """What the page is called."""
    return one.title


def description(one: DataSet) -> str:
    """The page in a sentence, for search engines."""
    return data_set_description(one)


def _buttons(one: DataSet, reading: Reading) -> Component:
    given = formats(one, reading.most_rows)
    links: list[Component] = [
        html.A(
            f"Download {name}", href=href, className=f"btn btn-{'' if first else 'outline-'}primary"
        )
        for first, (name, (_, href)) in zip((True, False), given.items(), strict=False)
    ]
    csv_href = given["CSV"][1] if "CSV" in given else ""
    links.append(share_link(page_of(one), one.title, csv_href, "btn btn-outline-primary"))
    if reading.publish:
        links.append(dcc.Link("Publish", href=reading.publish, className="btn btn-outline-primary"))
    return html.Div(links, className="buttons")


def _notice(words: str) -> html.Div:
    return html.Div(html.P(html.Strong(words)), className="empty-state problems")


def _records(one: DataSet, now: datetime) -> list[tuple[str, str]]:
    updated = one.facts.updated_at
    when = f", updated {age(updated, now)}" if updated else ""
    return [("Records", f"{one.facts.records:,}{when}")] if one.facts.records else []


def _preview(one: DataSet, preview: Preview | None) -> Component:
    if preview is None or not preview.rows:
        said = html.P("There are no records to show yet.", className="empty")
        return module(PREVIEW, "Newest figures", said)
    question, names = preview.question, preview.names
    period = str(question.parameters.get("period", ""))
    columns = [
        Column(_header(name, period), numeric=_is_numeric(preview, place))
        for place, name in enumerate(names)
    ]
    rows = [_row(names, row, period) for row in preview.rows]
    table = data_table(columns, rows, capitalised(question.words), caption_hidden=True)
    closed = "" if one.raw else " Its single records are not open."
    summary = f"{capitalised(question.words)}.{closed}"
    return module(PREVIEW, "Newest figures", table, summary=summary, more=_same(one, question))


def _header(name: str, period: str) -> Cell:
    """A column in words where it is no field of the records."""
    if not period:
        return html.Code(name)
    field, _, method = name.partition(":")
    words = {"_start_at": capitalised(period), "_count": "Records"}
    return words.get(name) or html.Span([html.Code(field), f" {METHODS[method]}" if method else ""])


def _row(names: Sequence[str], row: Sequence[Any], period: str) -> list[Cell]:
    return [_cell(value, name, period) for name, value in zip(names, row, strict=True)]


def _cell(value: Any, name: str, period: str) -> Cell:
    if name in ("_start_at", "_timestamp") and isinstance(value, str):
        moment = datetime.fromisoformat(value)
        return Period(period, moment.date()).short_label if period else moment_in_words(moment)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return _plain(value)
    return f"{value:,.2f}" if name.endswith(":mean") else f"{value:,.15g}"


def _plain(value: Value) -> str:
    """A value as JSON has it, text without quotes; '' where there is none."""
    if value is None or isinstance(value, str):
        return value or ""
    return json.dumps(value)


def _same(one: DataSet, question: Question) -> list[Component]:
    names = ("CSV", "JSON") if one.published else ("JSON",)
    return [
        action(f"This table as {name}", answer(one, question.parameters, name.lower()), one.title)
        for name in names
    ]


def _is_numeric(preview: Preview, place: int) -> bool:
    values = [row[place] for row in preview.rows if row[place] is not None]
    return bool(values) and all(
        isinstance(value, int | float) and not isinstance(value, bool) for value in values
    )


def _fields(one: DataSet) -> Component | None:
    if not one.fields:
        return None
    columns = [Column("Field"), Column("Holds"), Column("Meaning"), Column("Example")]
    rows: list[list[Cell]] = [
        [html.Code(item.name), item.kind, capitalised(item.help), html.Code(_plain(item.example))]
        for item in one.fields
    ]
    table = data_table(columns, rows, "Fields of its records", caption_hidden=True)
    return module(FIELDS, "Fields", table)


def _questions(one: DataSet) -> Component | None:
    asked = questions(one)
    if not asked:
        return None
    items = [html.Li(_question(one, item)) for item in asked]
    more = [html.A("Everything that can be asked", href="/api")]
    words = "Each link is a question to the API; change its address to ask another."
    return module(
        QUESTIONS,
        "Questions that it answers",
        html.Ul(items, className="questions"),
        summary=words,
        more=more,
    )


def _question(one: DataSet, question: Question) -> list[Component]:
    href = answer(one, question.parameters)
    return [html.A(capitalised(question.words), href=href), html.Code(href)]


def _citing(one: DataSet, reading: Reading) -> Component:
    by = one.organisation.name or reading.site_name
    year = f" ({one.facts.updated_at.year})" if one.facts.updated_at else ""
    where = f"{reading.root}{page_of(one)}"
    read = day_in_words(reading.now.date())
    words = f"{by}{year}. {one.title}. {reading.site_name}. {where}. Read on {read}."
    return module(CITING, "How to cite it", html.P(words, className="citation"))


def _more(one: DataSet) -> Component | None:
    if not one.service.slug:
        return None
    href = DataSetsAddress(service=one.service.slug).href
    return html.P(dcc.Link(f"All data of {one.service.name}", href=href), className="actions")
