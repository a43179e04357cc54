"""Modules of one period's parts: a number with bars, and a list in the order of size."""

from __future__ import annotations

from datetime import datetime

from dash import html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard
from kpi.measures import MEASURES
from kpi.module_figures import ModuleFigures, Newest, newest
from kpi.modules import Module
from layouts.cards import figure
from layouts.leagues import bar
from layouts.module_addresses import module_csv
from layouts.module_headings import own_drawn, title_of
from layouts.modules import module
from layouts.own_kpis import own_shares
from layouts.service_addresses import shared_address
from layouts.spans import during
from layouts.tables import Column, data_table
from layouts.wording import amount, capitalised, counted, exact, named


def bar_chart_with_number(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    """The total of the latest period set large, and a bar for each of its largest parts."""
    if defined.kpi:
        own = own_drawn(shown, defined)
        return own_shares(shown, own) if own is not None and own.has_figures else None
    return _of_parts(shown, defined, with_number=True)


def ranked_list(shown: Dashboard, defined: Module, now: datetime) -> Component | None:  # noqa: ARG001
    """The parts of the latest period, the largest first."""
    return _of_parts(shown, defined, with_number=False)


def _of_parts(shown: Dashboard, defined: Module, *, with_number: bool) -> Component | None:
    figures = shown.figures[defined.slug]
    found = newest(figures)
    if found is None:
        return None
    content = [*_number(figures, found), _bars(defined, figures, found)]
    title = title_of(shown, defined)
    return module(
        defined.slug,
        largest_heading(title, figures, found),
        content if with_number else _list(defined, figures, found),
        summary=_in_words(defined, figures, found),
        table=_table(defined, figures, found),
        csv_href=module_csv(shown, defined, figures),
        share_href=shared_address(shown, defined.slug),
        title=title,
    )


def largest_heading(title: str, figures: ModuleFigures, found: Newest) -> str:
    """'More than half of all visits: Mobile', where that is so; otherwise the title."""
    share = found.parts.iloc[0] / found.total if found.total > 0 else 0
    if found.partial or len(found.parts) < 2 or not 0.5 < share < 1:
        return title
    what = "the cost" if figures.kpi.format == "pounds" else f"all {figures.kpi.unit}"
    return f"More than half of {what}: {named(str(found.parts.index[0]))}"


def _number(figures: ModuleFigures, found: Newest) -> list[Component]:
    when = html.P(capitalised(found.period.label), className="of")
    return [figure(found.total, figures.kpi), when]


def _shown(defined: Module, found: Newest) -> list[tuple[str, float]]:
    """The largest parts; those with an order of their own in that order."""
    pairs = [(str(name), float(value)) for name, value in found.parts.head(defined.limit).items()]
    return sorted(pairs) if MEASURES[defined.measure].in_order else pairs


def _share(value: float, found: Newest) -> str:
    if found.total <= 0:
        return ""
    share = value / found.total
    return "under 1%" if 0 < share < 0.005 else f"{share:.0%}"


def _bars(defined: Module, figures: ModuleFigures, found: Newest) -> Component:
    """Bars from nought, the longest of them as long as there is room."""
    most = float(found.parts.iloc[0])
    items = [
        html.Li(
            [
                html.Span(named(name), className="stage"),
                html.Span(
                    [bar(value / most if most > 0 else 0), html.B(amount(value, figures.kpi))],
                    className="reach",
                ),
                html.Span(_share(value, found), className="drop"),
            ]
        )
        for name, value in _shown(defined, found)
    ]
    return html.Ul(items, className="journey")


def _list(defined: Module, figures: ModuleFigures, found: Newest) -> Component:
    most = float(found.parts.iloc[0])
    items = [
        html.Li(
            [
                html.Span(named(name)),
                html.B(amount(value, figures.kpi)),
                bar(value / most if most > 0 else 0),
            ]
        )
        for name, value in _shown(defined, found)
    ]
    return html.Ol(items, className="league")


def _in_words(defined: Module, figures: ModuleFigures, found: Newest) -> str:
    """'17 errors in September 2017, 11 of them ‘Payment declined’. 2 others are not shown.'"""
    name, value = str(found.parts.index[0]), float(found.parts.iloc[0])
    is_money = figures.kpi.format == "pounds"
    total = amount(found.total, figures.kpi) + (
        "" if is_money else f" {_noun(defined, found.total)}"
    )
    partly = ", of which only a part is reported" if found.partial else ""
    sentence = (
        f"{total} {during(found.period)}{partly}; the most: {named(name)}, "
        f"{amount(value, figures.kpi)}."
    )
    left = len(found.parts) - defined.limit
    if left <= 0:
        return sentence
    rest = float(found.parts.iloc[defined.limit :].sum())
    return f"{sentence} {counted(left, 'other')}, {amount(rest, figures.kpi)} together, not shown."


def _noun(defined: Module, number: float) -> str:
    measure = MEASURES[defined.measure]
    return measure.noun if number == 1 else measure.plural or f"{measure.noun}s"


def _table(defined: Module, figures: ModuleFigures, found: Newest) -> Component:
    """All parts, those that are not drawn as well."""
    measure = MEASURES[defined.measure]
    columns = [
        Column(capitalised(measure.by)),
        Column(capitalised(figures.kpi.unit), numeric=True),
        Column("Share", numeric=True),
    ]
    rows = [
        [named(str(name)), exact(float(value), figures.kpi), _share(float(value), found)]
        for name, value in found.parts.items()
    ]
    return data_table(columns, rows, f"{measure.name}, {found.period.label}")
