"""What is asked of the platform: every page's callback, and every route of the API."""

from __future__ import annotations

import dash

from api.routes import ROUTES
from bench.subject import Ask, Examples


def page_asks(examples: Examples) -> list[Ask]:
    """Pages as people open them; ``of`` is the name of the registered page."""
    service, department = f"/services/{examples.service}", f"/organisations/{examples.department}"
    agency = f"/organisations/{examples.agency}"
    compared = "?" + "&".join(f"service={slug}" for slug in examples.compared)
    given = (
        ("Overview", "overview", "/", ""),
        (f"Overview, {examples.period}", "overview", "/", f"?period={examples.period}"),
        ("Services", "services", "/services", ""),
        ("Services, by cost", "services", "/services", "?sort_by=cost-per-transaction:descending"),
        ("Services, searched", "services", "/services", "?q=service+tax&sort_by=transactions"),
        ("Services, page 3", "services", "/services", "?page=3"),
        ("Organisation, a department", "organisation", department, ""),
        ("Organisation, an agency", "organisation", agency, ""),
        ("Service", "service", service, ""),
        ("Service, by year", "service", service, "?period=year"),
        ("Service, digital", "service", service, "?channel=digital"),
        ("Annotations", "annotations", f"{service}/annotations", ""),
        ("Annotation that is not there", "annotation", f"{service}/annotations/no-such", ""),
        ("Compare", "compare", "/compare", ""),
        ("Compare, a service", "compare", "/compare", f"?service={examples.service}"),
        ("Compare, six services", "compare", "/compare", compared),
        ("Embed of a service", "embed", f"/embed{service}", ""),
        ("Data", "data-sets", "/data", ""),
        ("Data, searched", "data-sets", "/data", "?q=service+transactions&page=2"),
        ("Data set", "data-set", f"/data/{examples.data_set}", ""),
        ("About", "about", "/about", ""),
        ("API", "reference", "/api", ""),
        ("Send us data", "sending", "/sending-data", ""),
        ("Page not found", "not_found_404", "/no-such-page", ""),
    )
    publish = f"/publish/{examples.data_set}"
    own = (
        ("Links to a service", "links", f"{service}/links", ""),
        ("Publish", "publish", "/publish", ""),
        ("Publish, a file", "publish-file", publish, ""),
        ("Publish, a correction", "publish-correction", f"{publish}/correct", ""),
    )
    personal = [Ask(*one, page=True, signed_in=True) for one in own]
    return [*(Ask(*one, page=True) for one in given), *personal]


def route_asks(examples: Examples) -> list[Ask]:
    """Questions to the API; ``of`` is the name of the route."""
    paths = {route.name: f"/api{route.path}" for route in ROUTES}
    service = {name: path.replace("<slug>", examples.service) for name, path in paths.items()}
    organisation = paths["organisation"].replace("<slug>", examples.department)
    sums = paths["organisation-kpis"].replace("<slug>", examples.department)
    given = (
        ("services", paths["services"], ""),
        ("services", paths["services"], "?limit=50000&format=csv"),
        ("services", paths["services"], "?q=service&sort_by=transactions:descending&limit=25"),
        ("service", service["service"], ""),
        ("service-kpis", service["service-kpis"], ""),
        ("service-kpis", service["service-kpis"], "?period=month"),
        ("kpi-parts", service["kpi-parts"], ""),
        ("service-definitions", service["service-definitions"], ""),
        ("measurements", service["measurements"], "?measure=transactions&period=month"),
        ("projections", service["projections"], ""),
        ("journey", service["journey"], ""),
        ("journey-stage", service["journey-stage"], "?stage=start"),
        ("journey-messages", service["journey-messages"], ""),
        ("organisations", paths["organisations"], ""),
        ("organisation", organisation, ""),
        ("organisation-kpis", sums, ""),
        ("organisation-kpis", sums, "?period=month&start_at=2016-01-01&end_at=2018-01-01"),
        ("kpis", paths["kpis"], ""),
        ("kpis", paths["kpis"], "?period=quarter&start_at=2016-01-01&end_at=2018-01-01"),
        ("compare", paths["compare"], f"?service={examples.service}"),
        ("live", paths["live"], ""),
        ("definitions", paths["definitions"], ""),
        ("openapi", "/api/openapi.json", ""),
    )
    return [Ask(_short(path, search, examples), of, path, search) for of, path, search in given]


def record_asks(examples: Examples) -> list[Ask]:
    """Questions to the record API about one data set."""
    years = "start_at=2015-01-01T00:00:00Z&end_at=2027-01-01T00:00:00Z"
    given = (
        f"?period=month&group_by=channel&collect=count:sum&{years}",
        f"?period=year&{years}&format=csv",
        "?group_by=channel",
        "?group_by=channel&filter_by=period:day&sort_by=_count:descending&limit=2",
        "?period=week&duration=8&group_by=channel&flatten=true",
    )
    path = f"/data/{examples.data_set}"
    return [Ask(f"/data/…{search}", "records", path, search) for search in given]


def _short(path: str, search: str, examples: Examples) -> str:
    for slug in (examples.service, examples.department):
        path = path.replace(f"/{slug}", "/…")
    return path + search


def unasked_pages(asks: list[Ask]) -> set[str]:
    """Registered pages that nothing is asked of."""
    return set(dash.page_registry) - {ask.of for ask in asks}


def unasked_routes(asks: list[Ask]) -> set[str]:
    """Routes of the API that nothing is asked of."""
    return {route.name for route in ROUTES} - {ask.of for ask in asks}
