"""The about page: what the figures mean, how to load one's own, and how to read them out."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc, html
from dash.development.base_component import Component

from kpi.definitions import KPIS, Kpi
from layouts.aria import aria
from layouts.frame import LICENCE, LICENCE_HREF, title_row
from layouts.tables import Cell, Column, data_table

TITLE = "About"
DESCRIPTION = (
    "What the figures mean and where they come from, how each KPI is defined, how to load your "
    "own figures, the API, and how accessible the platform is."
)
LEDE = "What the figures mean, where they come from, and how to take them away."
LOAD_DEMONSTRATION = ".venv/bin/flask --app app import demonstration"
LOAD = ".venv/bin/flask --app app import transactional-services FILE"
Content = Component | str
_UNITS = {
    "pounds": "In pounds;",
    "proportion": "A percentage here, a proportion from 0 to 1 in the API;",
    "transactions": "A number;",
}
_BETTER = {"higher": "higher is better", "lower": "lower is better", "": "neither is better"}
# The API's own reference has all of it; these are ways in.
EXAMPLES = (
    ("/api/services?limit=5", "Services, each with its latest KPIs"),
    ("/api/services?sort_by=transactions:descending&format=csv", "The same as CSV, busiest first"),
    ("/api/organisations", "Departments and agencies"),
    ("/api/kpis/definitions", "How each KPI is defined"),
    ("/api/kpis?period=year", "The KPIs of all services added up, year by year"),
)


def build_about(demonstration: bool) -> list[Component]:
    """The page. demonstration: whether what is loaded is demonstration data."""
    return [
        title_row(TITLE, LEDE),
        _section("data", "About the data", _data(demonstration)),
        _section("definitions", "Definitions", _definitions()),
        _section("load", "Load your own figures", _load()),
        _section("api", "The API", _api()),
        _section("accessibility", "Accessibility", _accessibility()),
    ]


def _section(id: str, heading: str, inside: Sequence[Component]) -> html.Section:
    title = html.H2(heading, id=f"{id}-heading")
    label = aria(labelledby=f"{id}-heading")
    return html.Section([title, *inside], id=id, className="module words", **label)


def _point(title: str, words: str) -> html.Li:
    return html.Li([html.Strong(title), f" {words}"])


def _data(demonstration: bool) -> list[Component]:
    points = [
        _point(
            "Missing is not zero.",
            "A service that did not report shows ‘not reported’. It is left out of totals, and "
            "every total says how many services it is of.",
        ),
        _point(
            "Partial figures say so.",
            "A figure with parts missing, such as 29 of 31 days, or of a period that is not over, "
            "is shown as partial. It is not compared, ranked or added up over services.",
        ),
        _point(
            "Normal means as usual for that service at that time of year.",
            "The range is worked out from the service’s own figures of two years or more before, "
            "with its trend, season and holidays, and leaves out old outliers. About one quiet "
            "week in 250 lies outside of it by chance, so ‘lower than usual’ is a reason to look, "
            "not proof that something is wrong.",
        ),
        _point(
            "Rolling years overlap.",
            "Most yearly figures cover twelve months that start in any quarter. They are never "
            "added to one another.",
        ),
        _point(
            "Rates are never averaged.",
            "Over several services or periods, what is divided is added up first: total cost by "
            "total transactions, of only those services that report both.",
        ),
        _point(
            "Not every figure is of the same year.",
            "Lists show each service’s latest figure over twelve months, and say where that is "
            "another year than most.",
        ),
    ]
    where: list[Content] = [
        "What each data set holds, whose it is, how fresh and how complete is in the ",
        dcc.Link("catalogue of data sets", href="/data"),
        ".",
    ]
    return [*_sources(demonstration), html.Ul(points, className="points"), html.P(where)]


def _sources(demonstration: bool) -> list[Component]:
    made_up = (
        "These pages show demonstration data now. Yearly volumes, digital shares and costs are "
        "figures that the government published; the days and weeks inside those years, the "
        "journeys, the ratings and the users right now are simulated so that they add up."
    )
    source: list[Content] = [
        "The government’s figures were published by departments and agencies on the GOV.UK "
        "Performance Platform. They are Crown copyright, and may be used under the ",
        html.A(LICENCE, href=LICENCE_HREF),
        ".",
    ]
    return [*([html.P(html.Strong(made_up))] if demonstration else []), html.P(source)]


def _definitions() -> list[Component]:
    columns = [Column("KPI"), Column("What it is, and how it is worked out")]
    rows: list[list[Cell]] = [[one.name, _definition(one)] for one in KPIS]
    caption = "The key performance indicators (KPIs) and the two figures they rest on"
    return [data_table(columns, rows, caption, caption_hidden=True)]


def _definition(one: Kpi) -> html.Div:
    unit = f"{_UNITS[one.unit]} {_BETTER[one.better]}."
    return html.Div([html.P(one.definition), html.P(one.formula), html.P(unit, className="of")])


def _load() -> list[Component]:
    return [
        html.P(
            "In the folder of the platform, this loads the government’s file of transactional "
            "services, or one with the same columns. The first real figures replace the "
            "demonstration data."
        ),
        html.Pre(html.Code(LOAD)),
        html.P(
            "Loading a file again changes only what is different. A file that cannot be read is "
            "refused whole, with the reason. This puts the demonstration data into an empty "
            "database:"
        ),
        html.Pre(html.Code(LOAD_DEMONSTRATION)),
        html.P(
            [
                "A single service sends its figures by a call, a scheduled job or a spreadsheet: ",
                dcc.Link("how to send us data", href="/sending-data"),
                ".",
            ]
        ),
    ]


def _api() -> list[Component]:
    items = [
        html.Li([html.A(html.Code(href), href=href), html.Span(words, className="of")])
        for href, words in EXAMPLES
    ]
    return [
        html.P(
            "Everything on these pages can be read as JSON, or as CSV with format=csv. No key is "
            "needed. The CSV of a page is the API’s answer to the same question."
        ),
        html.Ul(items, className="examples"),
        html.P(
            [
                "Each address, with its parameters and answers, can be tried out in ",
                dcc.Link("the API’s reference", href="/api"),
                ".",
            ]
        ),
    ]


def _accessibility() -> list[Component]:
    works = [
        "Everything can be reached and used by keyboard, and the focus can always be seen.",
        "Every chart is also a sentence and a table; nothing is told by colour alone.",
        "Pages work at 320 pixels wide, at 400% zoom, and without motion where you ask for that.",
        "Tables are real ones, with headers, that a screen reader can walk.",
    ]
    return [
        html.P(
            "The platform is built to the Web Content Accessibility Guidelines 2.2, level AA. "
            "Every page is tested by machine with axe-core and by keyboard. It has not been "
            "audited independently, nor tested with people who use assistive technology."
        ),
        html.Ul([html.Li(words) for words in works]),
        html.P(
            "Pages are drawn by JavaScript, so without it there is nothing to see; the API works "
            "without."
        ),
        html.P(
            "If something does not work for you, tell whoever runs this platform: say which page "
            "it was, what you were doing, and what you use to browse."
        ),
    ]
