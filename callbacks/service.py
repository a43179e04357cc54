"""Wiring of a service's page: the address says all; filters, clicks and selections write it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash._pages import _parse_query_string
from dash.development.base_component import Component

from callbacks import pages
from callbacks.platform import carried, link, platform, viewer
from data.dashboard import dashboard
from data.previews import may_publish, visible
from data.queries import CatalogueQuery
from data.selection import Selection
from kpi.dashboard import Dashboard
from kpi.journeys import Asked, parse_days
from kpi.periods import Period, day_of
from kpi.views import LINK, Wanted, moved
from layouts import ids
from layouts.addresses import search_of
from layouts.embed_addresses import CONTROLS
from layouts.service import Access, build_service, description
from layouts.service_satisfaction import NEWEST

JOURNEY = ("stage", "journey", "against")
# What the filters leave as it is.
KEPT = (*JOURNEY, "tab", CONTROLS, LINK)
NAMES = ("period", "from", "to", "channel", *KEPT)
ANSWERS = "answers"
LOOKS = {"type": ids.SERVICE_ANSWERS, "module": ALL}
CHARTS = {"type": ids.SERVICE_CHART, "module": ALL}
Texts = dict[str, str]
Selected = Mapping[str, Any] | None


def register(app: Dash) -> None:
    """Register the page and its callbacks."""
    page = pages.Page(
        name="service",
        path="/services/<slug>",
        section="/services",
        content=_content,
        title=title,
        description=_description,
        screen=True,
        of_one_service=True,
    )
    pages.register(page)
    _register_filters(app)
    _register_charts(app)
    _register_answers(app)


def _register_filters(app: Dash) -> None:
    @app.callback(
        # A location of the page's own: one that comes and goes with the filters is not written
        # when they come.
        Output(ids.SERVICE_URL, "search"),
        {
            "period": Input(ids.SERVICE_PERIOD, "value"),
            "from": Input(ids.SERVICE_FROM, "value"),
            "to": Input(ids.SERVICE_TO, "value"),
            "channel": Input(ids.SERVICE_CHANNEL, "value"),
        },
        State(ids.SERVICE_OPENING, "data"),
        State(ids.SERVICE_URL, "search"),
        prevent_initial_call=True,
    )
    def _filter(values: Texts, opening: Texts, search: str) -> str:
        before = texts_of(search)
        return chosen({**{name: before.get(name, "") for name in KEPT}, **values}, opening)


def _register_charts(app: Dash) -> None:
    @app.callback(
        Output(ids.SERVICE_URL, "search", allow_duplicate=True),
        Input(CHARTS, "clickData"),
        Input(CHARTS, "selectedData"),
        State({"type": ids.SERVICE_CURVES, "module": ALL}, "data"),
        State(ids.SERVICE_OPENING, "data"),
        State(ids.SERVICE_URL, "search"),
        prevent_initial_call=True,
    )
    def _narrow(
        _clicked: object, _selected: object, curves: list[list[str]], opening: Texts, search: str
    ) -> object:
        event = next((item["value"] for item in ctx.triggered if item["value"]), None)
        before = {**opening, **texts_of(search)}
        is_click = "click" in str(ctx.triggered[0]["prop_id"])
        kinds = kinds_of(ctx.triggered_id, ctx.states_list[0], curves) if is_click else []
        return narrowed(event, before, opening, kinds) if event else no_update


def kinds_of(chart: Mapping[str, Any], states: list[Any], curves: list[list[str]]) -> list[str]:
    """What a click on each curve of the clicked chart chooses; [] where it chooses a period.

    chart: the id of the chart. states: whose curves each of these are.
    """
    told = zip(states, curves, strict=True)
    return next((kinds for one, kinds in told if one["id"]["module"] == chart["module"]), [])


def _register_answers(app: Dash) -> None:
    @app.callback(
        Output(ids.SERVICE_URL, "search", allow_duplicate=True),
        Input(LOOKS, "value"),
        State(ids.SERVICE_URL, "search"),
        prevent_initial_call=True,
    )
    def _look(values: list[str], search: str) -> object:
        return looking(values, search or "")


def looking(values: list[str], search: str) -> object:
    """The query when another period's answers are looked at; no update where nothing changes.

    values: what the select says, none where there is none. Another span or length, which writes
    a query of its own, opens with its newest answers.
    """
    given = _parse_query_string(search)
    wanted = "" if values[:1] in ([], [NEWEST]) else values[0]
    if not values or wanted == (given.get(ANSWERS) or ""):
        return no_update
    return search_of({**given, ANSWERS: wanted})


def chosen(values: Texts, opening: Texts) -> str:
    """The query of what the filters say.

    values: period, from, to, channel. opening: what needs no saying, and the length of period
    that was shown when from and to were filled in.
    """
    ends = [_end(values[name]) if values[name] != opening[name] else None for name in NAMES[1:3]]
    if ends[0] and ends[1] and ends[0] > ends[1]:
        ends.reverse()
    length = values["period"] or opening["shown"]
    wanted = moved(Wanted(opening["shown"], ends[0], ends[1]), length)
    span = {"from": wanted.first, "to": wanted.last}
    days = {name: day.isoformat() if day else "" for name, day in span.items()}
    return _search({**values, **days, "period": length}, {**opening, "from": "", "to": ""})


def narrowed(event: Selected, before: Texts, opening: Texts, kinds: list[str]) -> object:
    """The query after a click or a selection; no update where it chose nothing.

    event: what the chart says was chosen; the text of each point is its period. kinds: the kind
    of channel of each curve, where a click on it chooses that. A click on the channel that is
    chosen already chooses its period. A chart of anything else chooses nothing.
    """
    points = (event or {}).get("points") or []
    curve = points[0].get("curveNumber", 0) if points else 0
    if points and curve < len(kinds):
        kind = kinds[curve]
        if (kind or opening["channel"]) != before["channel"]:
            return _search({**before, "channel": kind}, opening)
    spans = list(filter(None, (_days_of(point.get("text")) for point in points)))
    if not spans:
        return no_update
    first = min(start for start, _ in spans).isoformat()
    last = _last_start(opening["shown"], spans).isoformat()
    return _search({**before, "from": first, "to": last}, opening)


def _days_of(text: object) -> tuple[date, date] | None:
    """The days from and until which a point of a chart is; None where it is of no period."""
    first, _, last = str(text or "").partition("/")
    try:
        return day_of(first), day_of(last)
    except ValueError:
        return None


def _last_start(length: str, spans: Sequence[tuple[date, date]]) -> date:
    """The start of the last period of that length in the spans (end exclusive)."""
    if length == "year":
        return max(start for start, _ in spans)
    last = max(end for _, end in spans) - timedelta(days=1)
    return Period.containing(length, last).start


def _search(values: Mapping[str, str | None], opening: Texts) -> str:
    said = {name: values.get(name) for name in NAMES if values.get(name) != opening.get(name)}
    return search_of(said)


def texts_of(search: str | None) -> Texts:
    """The parameters of an address that are known; of one given more than once, the last."""
    given = _parse_query_string(search or "")
    return {name: value for name, value in given.items() if name in NAMES and value}


def _end(text: str | None) -> date | None:
    """The day in a field; one that is typed wrong is as none."""
    return _parsed(text, [])


def parse(given: Mapping[str, Any]) -> tuple[Wanted, tuple[str, ...]]:
    """What an address asks for, and a sentence for each thing that was not understood."""
    notes: list[str] = []
    texts = {name: given.get(name) for name in (*NAMES, ANSWERS)}
    for name, value in texts.items():
        if isinstance(value, list):
            notes.append(f"‘{name}’ was given more than once: the last one counts.")
            texts[name] = value[-1]
    first, last, answers = (_parsed(texts[name], notes) for name in ("from", "to", ANSWERS))
    spans = [_span(texts[name], notes) for name in ("journey", "against")]
    journey = Asked(texts["stage"] or "", *spans)
    length, channel = texts["period"] or "", texts["channel"] or ""
    tabs = tuple(filter(None, (texts["tab"] or "").split(",")))
    return Wanted(length, first, last, channel, answers, journey, tabs), tuple(notes)


def _parsed(text: str | None, notes: list[str]) -> date | None:
    try:
        return day_of(text) if text else None
    except ValueError:
        notes.append(f"‘{text}’ is not a date such as 2017-09-01, so it was left out.")
        return None


def _span(text: str | None, notes: list[str]) -> tuple[date, date] | None:
    try:
        return parse_days(text) if text else None
    except ValueError:
        notes.append(f"‘{text}’ is no span such as 2017-09-04..2017-09-18, so it was left out.")
        return None


def _content(slug: str, **given: object) -> list[Component]:
    wanted, notes = parse(given)
    about = visible_service(slug)
    shown = dashboard_of(about, wanted, notes)
    return build_service(shown, moment_of(shown), _access(about))


def dashboard_of(about: Selection, wanted: Wanted, notes: tuple[str, ...]) -> Dashboard:
    """What a service's page draws. notes: what of the address was not understood.

    :raises PageMissing: where there is no such service.
    """
    shown = dashboard(platform().reader, about.service, wanted, notes, preview=about.preview)
    if shown is None:
        raise _missing(about.service)
    return replace(shown, view=replace(shown.view, link=carried(about)))


def moment_of(shown: Dashboard) -> datetime:
    """The moment, by which live users alone are told: what has none is kept while it goes on."""
    reader = platform().reader
    return reader.clock() if shown.live.people is None else reader.now()


def _access(about: Selection) -> Access:
    """What whoever asks may do with a service that they may see."""
    asking, brought = viewer(), link()
    may = asking is not None and may_publish(platform().reader, about, asking)
    by_link = brought.link if brought and carried(about) else None
    return Access(may, about.preview, by_link.last_day if by_link else None)


def visible_service(slug: str) -> Selection:
    """The service, as whoever asks may see it.

    :raises PageMissing: where there is none for them.
    :raises LinkRefused: where the link that they came by does not show it.
    """
    found = visible(platform().reader, slug, viewer(), link())
    if found is None:
        raise _missing(slug)
    return found


def _missing(slug: str) -> pages.PageMissing:
    return pages.PageMissing(f"There is no service {slug!r}.")


def title(slug: str) -> str:
    """The service's name."""
    return str(_service(slug)["name"])


def _service(slug: str) -> pd.Series:
    return platform().reader.run(CatalogueQuery(visible_service(slug))).iloc[0]


def _description(slug: str) -> str:
    row = _service(slug)
    return description(str(row["name"]), str(row["description"]), str(row["department_name"]))
