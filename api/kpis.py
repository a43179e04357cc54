"""Answers about KPIs, period by period: of a service, of an organisation, of many services."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd

from api.answers import Answer
from api.catalogue import check_organisation, selected
from api.cells import DAY, MOMENT, Row, rows_of
from api.questions import Call, Question, selection
from api.routes import (
    GROUP_ROW,
    LIVE_ROW,
    MEASUREMENT_ROW,
    PROJECTION_ROW,
    TOTAL_ROW,
)
from data.annotations import annotations_of
from data.datatypes import INSTANT
from data.live import LiveQuery
from data.projections import ProjectionQuery
from data.queries import KpiQuery, MeasurementQuery
from data.selection import Selection
from kpi.annotations import noted
from kpi.definitions import KPIS, SLUGS, Kpi, Term
from kpi.frames import codes
from kpi.live import live_users
from kpi.projections import PROJECTED
from kpi.spans import ends

# What groups are called in the catalogue.
_GROUP_COLUMNS = {"service": "slug"}


def organisation_kpis(call: Call, slug: str) -> Answer:
    """KPIs added up over the services of one organisation."""
    check_organisation(call.reader, slug)
    query = replace(kpi_query(call.question, Selection(organisation=slug)), over_services=True)
    return kpi_answer(call.reader.run(query), call.question, TOTAL_ROW)


def kpis(call: Call) -> Answer:
    """KPIs added up over the selected services."""
    by: str = call.question["by"]
    query = replace(
        kpi_query(call.question, selection(call.question)),
        over_services=True,
        by=_GROUP_COLUMNS.get(by, by),
    )
    found = call.reader.run(query)
    found = found if by else found.assign(group=None)
    return kpi_answer(found, call.question, GROUP_ROW)


def live(call: Call) -> Answer:
    """Live users of the selected services, added up."""
    line = live_users(call.reader.run(LiveQuery(selection(call.question)))).line
    status = np.where(line["value"].isna(), "not reported", "reported")
    found = line.rename(columns={"value": "people"}).assign(status=status)
    return Answer(
        rows_of(page(found, {**call.question, "sort_by": None}), LIVE_ROW, MOMENT), len(found)
    )


def measurements(call: Call, slug: str) -> Answer:
    """One service's figures of one measure."""
    about = selected(call.reader, slug)
    names = ("measure", "period", "start_at", "end_at")
    asked = {name: call.question[name] for name in names}
    found = call.reader.run(MeasurementQuery(slug, **asked, preview=about.preview))
    is_instant = call.question["period"] == INSTANT
    if is_instant:
        found = found.assign(end_at=np.datetime64("NaT", "us"))
    else:
        found = found.assign(end_at=ends(found["period"], found["start_at"]))
    if call.question["end_at"] and not is_instant:
        found = found[found["end_at"] <= pd.Timestamp(call.question["end_at"])]
    found = with_notes(call, about, found)
    shown = rows_of(page(found, call.question), MEASUREMENT_ROW, MOMENT if is_instant else DAY)
    return Answer(shown, len(found), personal=about.preview)


def with_notes(call: Call, about: Selection, found: pd.DataFrame) -> pd.DataFrame:
    """The rows with what publishers noted about their periods."""
    known = annotations_of(call.reader.run, about.service, preview=about.preview)
    return found.assign(annotations=noted(found, known))


def projections(call: Call, slug: str) -> Answer:
    """One service's coming year."""
    about = selected(call.reader, slug)
    wanted = call.question["kpi"] or PROJECTED
    query = ProjectionQuery(slug, call.question["period"], wanted, about.preview)
    found = call.reader.run(query).rename(columns={"value": "projected"})
    shown = rows_of(page(found, {**call.question, "sort_by": None}), PROJECTION_ROW)
    return Answer(shown, len(found), personal=about.preview)


def definitions(call: Call) -> Answer:
    """The table of KPIs."""
    end = call.question["offset"] + call.question["limit"]
    return Answer([definition(item) for item in KPIS[call.question["offset"] : end]], len(KPIS))


def kpi_query(question: Question, chosen: Selection) -> KpiQuery:
    """What is asked about the KPIs of a selection; of all services' KPIs, unless it is said."""
    return KpiQuery(
        selection=chosen,
        period=question["period"],
        start_at=question["start_at"],
        end_at=question["end_at"],
        kpis=question["kpi"] or SLUGS,
        channel=question["channel"],
        complete=True,
    )


def kpi_answer(found: pd.DataFrame, question: Question, columns: tuple[str, ...]) -> Answer:
    """KPI figures as rows, by start and then in the order of KPIs."""
    found = found.assign(place=codes(found["kpi"])[0]).sort_values(
        ["start_at", "place"], kind="stable"
    )
    return Answer(rows_of(page(found, question), columns), len(found))


def page(found: pd.DataFrame, question: Question) -> pd.DataFrame:
    """The rows that are asked for, in the order that is."""
    sorting = question["sort_by"]
    if sorting:
        found = found.sort_values(
            sorting.column,
            ascending=not sorting.descending,
            kind="stable",
            na_position="last",
            key=_by_letter,
        )
    return found.iloc[question["offset"] : question["offset"] + question["limit"]]


def _by_letter(values: pd.Series) -> pd.Series:
    return values.astype(str) if isinstance(values.dtype, pd.CategoricalDtype) else values


def definition(item: Kpi) -> Row:
    """A row of the table of KPIs."""
    return {
        "slug": item.slug,
        "name": item.name,
        "unit": item.unit,
        "format": item.format,
        "better": item.better or None,
        "numerator": _term(item.numerator),
        "denominator": _term(item.denominator),
        "formula": item.formula,
        "definition": item.definition,
        "decimals": item.decimals,
        "by_channel": item.by_channel,
        "least_base": item.least_base,
    }


def _term(term: Term | None) -> str | None:
    """A measure with its category after a colon: 'transactions:digital'."""
    return None if term is None else ":".join(filter(None, (term.measure, term.category)))
