"""The figures' part of the OpenAPI document: what is read under /api, route by route."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from api.columns import COLUMNS
from api.openapi import answers
from api.openapi.examples import Example, Texts, shown
from api.openapi.names import Names
from api.openapi.schemas import WHOLE, Part, array_of, closed, schema
from api.openapi.summaries import summary
from api.parameters import Parameter, parameters_of
from api.routes import ROUTES, Route
from kpi.definitions import SLUGS
from kpi.views import LINK

TAG = {"name": "Figures", "description": "KPIs and the figures behind them: read by anyone."}


def paths(names: Names) -> Part:
    """The path items by address."""
    return {path_of(route): {"get": _operation(route, names)} for route in ROUTES}


def schemas() -> Part:
    """The schema of each route's rows, by name."""
    return {_row_name(route): _row(route) for route in ROUTES}


def path_of(route: Route) -> str:
    """A route's address as OpenAPI writes it."""
    return f"/api{route.path.replace('<slug>', '{slug}')}"


def _operation(route: Route, names: Names) -> Part:
    refusals = ["304-unchanged", "400-parameter"] + (["404-unknown"] if _names_one(route) else [])
    refusals += ["413-workbook"]
    refusals += ["403-link"] if LINK in parameters_of(route) else []
    operation: Part = {
        "operationId": route.name,
        "tags": [TAG["name"]],
        "summary": summary(route.summary),
        "description": route.summary,
        "parameters": [*_path_parameters(route), *map(_parameter, _parameters(route))],
        "responses": {"200": _good(route), **answers.named(*refusals)},
    }
    return shown(operation, path_of(route), _examples(route, names))


def _has_slug(route: Route) -> bool:
    return "<slug>" in route.path


def _names_one(route: Route) -> bool:
    """Whether it is asked about something by its name, which may be unknown."""
    return _has_slug(route) or route.name == "compare"


def _parameters(route: Route) -> Iterable[tuple[Parameter, Route]]:
    return [(item, route) for item in parameters_of(route).values()]


def _path_parameters(route: Route) -> list[Part]:
    if not _has_slug(route):
        return []
    words = COLUMNS["slug"].help
    return [
        {"name": "slug", "in": "path", "required": True, "description": words}
        | {"schema": {"type": "string"}}
    ]


def _parameter(asked: tuple[Parameter, Route]) -> Part:
    item, route = asked
    schema_of = dict(item.kind.schema)
    if item.name == "sort_by":
        schema_of["pattern"] = f"^({'|'.join(route.sortable)})(:(ascending|descending))?$"
    if item.default not in (None, "", ()):
        schema_of["default"] = item.default
    return {
        "name": item.name,
        "in": "query",
        "description": f"{item.help} It may be {item.kind.words}; without it: {item.unset}.",
        "schema": array_of(schema_of) if item.repeatable else schema_of,
    }


def _good(route: Route) -> Part:
    row = schema(_row_name(route))
    paged = dict.fromkeys(("total", "limit", "offset"), WHOLE)
    body = closed({"data": row} if route.one else {"data": array_of(row), **paged})
    content = {**answers.json_of(body), **answers.exports()}
    words = "The rows, as JSON, CSV or an Excel workbook, or what the CSV holds."
    return answers.answer(words, content, tagged=True)


def _row_name(route: Route) -> str:
    return f"{route.name}-row"


def _row(route: Route) -> Part:
    row = {name: _column(name) for name in route.columns}
    if route.nested:
        figure = closed({name: _column(name) for name in route.nested})
        row["kpis"] = {**row["kpis"], **closed(dict.fromkeys(SLUGS, figure))}
    return closed(row)


def _column(name: str) -> Part:
    return {**COLUMNS[name].schema, "description": COLUMNS[name].help}


def _examples(route: Route, names: Names) -> list[Example]:
    known = {"services": names.service, "organisations": names.organisation}
    path = {"slug": known[route.path.split("/")[1]]} if _has_slug(route) else {}
    asked: Texts = {"service": (names.service,)} if route.name == "compare" else {}
    found = [Example("As JSON", path, asked)]
    found += [Example(words, path, query) for words, query in _QUERIES.get(route.name, ())]
    taken = [Example(words, path, {**asked, "format": name}) for name, words in _FORMATS.items()]
    wrong = Example("A parameter that is unknown", path, {"colour": "blue"}, status=400)
    missing: Texts = {} if path else {"service": ("no-such",)}
    slug = {"slug": "no-such"} if path else {}
    unknown = Example("A slug that is unknown", slug, missing, status=404)
    changed = Example("A link that was changed", {"slug": "no-such"}, {LINK: "changed"}, status=403)
    refused = [changed] if LINK in parameters_of(route) else []
    return [*found, *taken, wrong, *([unknown] if _names_one(route) else []), *refused]


_FORMATS = {"csv": "As CSV", "csvw": "What the CSV holds", "xlsx": "As an Excel workbook"}
_QUERIES: Mapping[str, Sequence[tuple[str, Texts]]] = {
    "services": [("The five busiest", {"sort_by": "transactions:descending", "limit": "5"})],
    "service-kpis": [("Month by month", {"period": "month", "sort_by": "start_at:descending"})],
    "measurements": [("Ratings by quarter", {"measure": "ratings", "period": "quarter"})],
    "journey-stage": [("The first stage month by month", {"period": "month"})],
    "organisations": [("Those whose services have to do with tax", {"q": "tax"})],
    "kpis": [
        ("Digital take-up of each department", {"by": "department", "kpi": ("digital-take-up",)}),
        ("Years that start in October 2016 or later", {"start_at": "2016-10-01"}),
    ],
}
