"""Answers about services and organisations: who and what they are, with their latest KPIs."""

from __future__ import annotations

from typing import Any

import pandas as pd
from flask import g

from api.answers import Answer
from api.cells import FrameRows, Row, rows
from api.errors import NotFound
from api.kinds import Sorting
from api.questions import Call, Question, selection
from api.routes import LATEST_ROW, LATEST_TOTAL_ROW, ORGANISATION_ROW, SERVICE_ROW
from api.share_links import brought
from data.organisation_kpis import OrganisationKpiQuery
from data.organisations import OrganisationQuery
from data.people import Viewer
from data.previews import Brought, visible
from data.reader import Reader
from data.selection import Selection
from data.services import ServiceQuery, column
from kpi.definitions import KPIS


def services(call: Call) -> Answer:
    """The selected services."""
    query = ServiceQuery(selection(call.question), **_page(call.question))
    return Answer(FrameRows(call.reader.run(query), _service_rows), query.total(call.reader.run))


def service(call: Call, slug: str) -> Answer:
    """One service."""
    about = selected(call.reader, slug)
    found = call.reader.run(ServiceQuery(about))
    return Answer(_service_rows(found), personal=about.preview)


def organisations(call: Call) -> Answer:
    """The organisations that run selected services."""
    share = call.settings.complete_enough_percent
    query = OrganisationKpiQuery(selection(call.question), share, **_page(call.question))
    return Answer(_organisation_rows(call.reader.run(query)), query.total(call.reader.run))


def organisation(call: Call, slug: str) -> Answer:
    """One organisation."""
    check_organisation(call.reader, slug)
    everyone = call.reader.run(
        OrganisationKpiQuery(complete_enough=call.settings.complete_enough_percent)
    )
    return Answer(_organisation_rows(everyone[everyone["slug"] == slug]))


def selected(reader: Reader, slug: str) -> Selection:
    """The service of a slug, as whoever asks may see it.

    :raises NotFound: when there is none, and as if there were none where it is not published.
    :raises LinkRefused: where a link came that does not show it.
    """
    return seen_by(reader, slug, g.get("viewer"), brought())


def seen_by(
    reader: Reader, slug: str, viewer: Viewer | None, link: Brought | None = None
) -> Selection:
    """The service of a slug, as this viewer may see it, or as the link shows it.

    :raises NotFound, LinkRefused: as `selected` does.
    """
    found = visible(reader, slug, viewer, link)
    if found is None:
        raise NotFound(f"There is no service {slug!r}. /api/services lists all of them.")
    return found


def check_organisation(reader: Reader, slug: str) -> None:
    """Refuse a slug that is no organisation's."""
    if slug not in set(reader.run(OrganisationQuery())["slug"]):
        raise NotFound(f"There is no organisation {slug!r}. /api/organisations lists all of them.")


def _page(question: Question) -> dict[str, Any]:
    sorting = question["sort_by"] or Sorting("name")
    return {
        "sort_by": sorting.column,
        "descending": sorting.descending,
        "limit": question["limit"],
        "offset": question["offset"],
    }


def _service_rows(wide: pd.DataFrame) -> list[Row]:
    plain = rows(wide, [name for name in SERVICE_ROW if name != "kpis"])
    high_volume = [bool(row["high_volume"]) for row in plain]
    kpis = _kpis(wide, LATEST_ROW)
    return [
        {**row, "high_volume": high, "kpis": each}
        for row, high, each in zip(plain, high_volume, kpis, strict=True)
    ]


def _organisation_rows(wide: pd.DataFrame) -> list[Row]:
    plain = rows(wide, [name for name in ORGANISATION_ROW if name != "kpis"])
    kpis = _kpis(wide, LATEST_TOTAL_ROW)
    return [{**row, "kpis": each} for row, each in zip(plain, kpis, strict=True)]


def _kpis(wide: pd.DataFrame, columns: tuple[str, ...]) -> list[dict[str, Row]]:
    """Each row's KPIs by slug, with these columns of each."""
    each = {}
    for item in KPIS:
        facets = [name for name in columns if name not in ("value", "unit")]
        names = {"value": item.slug, **{name: column(item.slug, name) for name in facets}}
        frame = pd.DataFrame({name: wide[source] for name, source in names.items()})
        each[item.slug] = rows(frame.assign(unit=item.unit), columns)
    return [dict(zip(each, figures, strict=True)) for figures in zip(*each.values(), strict=True)]
