"""What is behind a service's figures: when they were updated, how complete they are, notes."""

from __future__ import annotations

from dash import html
from dash.development.base_component import Component

from kpi.dashboard import Dashboard, Reported
from layouts.ages import age
from layouts.data_sets_address import DataSetsAddress
from layouts.modules import action, module
from layouts.notes import paragraphs
from layouts.service_addresses import kpis_csv, kpis_json, service_json
from layouts.spans import span_in_words
from layouts.wording import counted

ABOUT = "about-the-figures"
FACTS = (
    ("category", "Category"),
    ("customer_type", "Who it is for"),
    ("business_model", "How it is paid for"),
)
NOTES = (("notes_on_costs", "Notes on costs"), ("other_notes", "Notes"))


def about_module(shown: Dashboard) -> Component:
    """About the figures: data sets, facts, notes, and where to take it all away.

    How old they are is said when it is sent (see layouts.ages).
    """
    content: list[Component] = [_data_sets(shown.data_sets), _facts(shown)]
    content += [part for name, title in NOTES for part in _notes(shown, name, title)]
    sets = action("Its data sets", DataSetsAddress(service=shown.slug).href, shown.name)
    links = [
        # What a link shows is the page, and no data set.
        *([] if shown.view.link else [sets]),
        action("All KPIs as CSV", kpis_csv(shown), shown.name),
        action("All KPIs as JSON", kpis_json(shown), shown.name),
        action("About the service as JSON", service_json(shown), shown.name),
    ]
    return module(ABOUT, "About the figures", content, more=links)


def _data_sets(data_sets: tuple[Reported, ...]) -> Component:
    if not data_sets:
        return html.P("Nothing has been reported yet.", className="empty")
    return html.Ul([_data_set(one) for one in data_sets])


def _data_set(one: Reported) -> html.Li:
    updated = f" Updated {age(one.updated_at, None)}." if one.updated_at else ""
    return html.Li([html.Strong(one.title or one.type), f": {complete(one)}.{updated}"])


def complete(one: Reported) -> str:
    """'34 of 36 months reported, October 2014 to September 2017'."""
    if one.first is None or one.last is None:
        return counted(one.reported, "count")
    span = span_in_words(one.first, one.last)
    if not one.expected:
        return f"{counted(one.reported, one.period)} reported, {span}"
    some = f" and {one.partial:,} in part" if one.partial else ""
    return f"{one.reported:,} of {counted(one.expected, one.period)} reported{some}, {span}"


def _facts(shown: Dashboard) -> html.Dl:
    known = [(title, str(shown.service[name])) for name, title in FACTS if shown.service[name]]
    found: list[Component] = []
    for title, value in known:
        found += [html.Dt(title), html.Dd(value)]
    return html.Dl(found, className="facts")


def _notes(shown: Dashboard, name: str, title: str) -> list[Component]:
    said = paragraphs(str(shown.service[name] or ""))
    return [html.H3(title), *map(html.P, said)] if said else []
