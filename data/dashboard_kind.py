"""What a dashboard that is declared of a service must be: its schema, and what the service has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from data import own_kpis
from data.datatypes import data_type
from data.tables import data_set, measurement
from kpi.module_rules import broken_rules, placed
from kpi.module_schema import dashboard_schema
from kpi.schema_sentences import unfit

Body = Mapping[str, Any]
Wrong = tuple[str, str]
# A service has one.
KEY = "dashboard"
SCHEMA: Body = dashboard_schema()
EXAMPLE: Body = {
    "modules": [
        {"type": "kpi", "kpi": "digital-take-up"},
        {"type": "kpi", "kpi": "completion-rate"},
        {"type": "journey"},
        {
            "type": "section",
            "title": "How it is used",
            "modules": [{"type": "single_timeseries", "kpi": "transactions"}],
        },
    ]
}


def unfit_dashboard(body: Body) -> list[Wrong]:
    """Where a body does not fit the schema, and why, in the order of its modules."""
    return _with_places(unfit(SCHEMA, body))


def check_dashboard(connection: Connection, service_id: int, key: str, body: Body) -> list[Wrong]:
    """What a schema cannot say: names, the same thing twice, and what the service does not have."""
    if key != KEY:
        return [("key", f"A service has one dashboard: its key is {KEY!r}, not {key[:100]!r}.")]
    absent = _absent(connection, service_id, body)
    return _with_places([*broken_rules(body), *absent])


def _with_places(found: Iterable[Wrong]) -> list[Wrong]:
    """Each sentence with its place before it, as only the sentence of the first may be shown."""
    return [(path, f"{path or 'the body'}: {words}") for path, words in found]


def _absent(connection: Connection, service_id: int, body: Body) -> Iterator[Wrong]:
    own = own_kpis.of_service(connection, service_id)
    kpis, measures = own_kpis.known(connection, service_id), _measures(connection, service_id)
    split = {item.slug for item in own if item.chart == "bars"}
    for path, one in placed(body):
        kpi, measure = one.get("kpi"), one.get("measure")
        if kpi and kpi not in kpis:
            known = ", ".join(kpis)
            yield f"{path}.kpi", f"This service has no KPI ‘{kpi}’. It has: {known}."
        elif kpi and one["type"] == "bar_chart_with_number" and kpi not in split:
            yield f"{path}.kpi", f"‘{kpi}’ has no parts: it is no KPI of which the chart is bars."
        if (
            measure
            and measure not in measures
            and not _has_figures(connection, service_id, measure)
        ):
            given = ", ".join(sorted(measures)) or "nothing yet"
            yield (
                f"{path}.measure",
                f"No data set of this service gives ‘{measure}’. They give: {given}.",
            )


def _measures(connection: Connection, service_id: int) -> set[str]:
    """What the data sets of a service are measured as."""
    query = select(data_set.c.type).where(
        data_set.c.service_id == service_id, data_set.c.private.is_(False)
    )
    return {name for slug in connection.scalars(query) for name in data_type(slug).measures}


def _has_figures(connection: Connection, service_id: int, measure: str) -> bool:
    """Whether a measure came from a data set of many services."""
    found = select(measurement.c.start_at).where(
        measurement.c.service_id == service_id, measurement.c.measure == measure
    )
    return connection.execute(found.limit(1)).first() is not None
