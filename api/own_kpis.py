"""Answers about one service's KPIs, its own among them: figures, definitions, parts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from api.answers import Answer
from api.catalogue import selected
from api.cells import rows_of
from api.errors import BadRequest
from api.kpis import definition, kpi_answer, kpi_query, page, with_notes
from api.questions import Call
from api.routes import KPI_ROW, PART_ROW
from data.normal import NormalQuery
from data.own_kpi_queries import OwnKpisQuery, OwnPartsQuery
from data.selection import Selection
from kpi.definitions import KPIS, SLUGS
from kpi.frames import no_figures
from kpi.own import OwnKpi


def own_of(call: Call, about: Selection) -> tuple[OwnKpi, ...]:
    """The KPIs of a service's own, and the standard metrics it has."""
    found: Any = call.reader.run(OwnKpisQuery(about.service, about.preview))
    return tuple(found)


def chosen(call: Call, about: Selection) -> tuple[str, ...]:
    """The KPIs that are asked for of a service, or all that it has.

    :raises BadRequest: for one that it does not have, naming those that it does.
    """
    asked: tuple[str, ...] = call.question["kpi"]
    if asked and set(asked) <= set(SLUGS):
        return asked
    known = (*SLUGS, *(own.slug for own in own_of(call, about)))
    _check(asked, known)
    return asked or known


def service_kpis(call: Call, slug: str) -> Answer:
    """One service's KPIs: those of all services, and its own."""
    about = selected(call.reader, slug)
    query = replace(kpi_query(call.question, about), kpis=chosen(call, about))
    found = with_notes(call, about, call.reader.run(NormalQuery(query)))
    return replace(kpi_answer(found, call.question, KPI_ROW), personal=about.preview)


def _check(asked: Sequence[str], known: Sequence[str]) -> None:
    for slug in asked:
        if slug not in known:
            raise BadRequest(f"kpi must be one of {', '.join(known)}, not {slug!r}.")


def definitions(call: Call, slug: str) -> Answer:
    """The KPIs of a service."""
    about = selected(call.reader, slug)
    all_of_them = [
        *({**definition(item), "data_set": None, "group": None} for item in KPIS),
        *(
            {**definition(own.kpi), "data_set": own.data_set, "group": own.group or None}
            for own in own_of(call, about)
        ),
    ]
    first = call.question["offset"]
    shown = all_of_them[first : first + call.question["limit"]]
    return Answer(shown, len(all_of_them), personal=about.preview)


def parts(call: Call, slug: str) -> Answer:
    """The own KPIs of a service that have a group, by its values."""
    about = selected(call.reader, slug)
    known = [own.slug for own in own_of(call, about) if own.group]
    asked: tuple[str, ...] = call.question["kpi"]
    if asked and not known:
        raise BadRequest(f"{slug} has no KPI with a group, so none can be split.")
    _check(asked, known)
    times = {name: call.question[name] for name in ("period", "start_at", "end_at")}
    found = [
        call.reader.run(OwnPartsQuery(slug, kpi, preview=about.preview, **times))
        for kpi in asked or known
    ]
    every = pd.concat(found) if found else no_figures().assign(group="")
    every = with_notes(call, about, every)
    return Answer(rows_of(page(every, call.question), PART_ROW), len(every), personal=about.preview)
