"""Every service by size: one level of the tree, as a map of links and as a table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd
from dash import dcc, html

from kpi.definitions import kpi
from kpi.overview import TAKE_UP, TRANSACTIONS
from kpi.periods import Period
from layouts.addresses import (
    Parameter,
    csv_address,
    organisation_address,
    service_address,
    span_parameters,
)
from layouts.modules import actions
from layouts.tables import Cell, Column, data_table
from layouts.treemap import Area, treemap
from layouts.wording import exact, missing

# The section of the areas.
AREAS = "services-by-size"


@dataclass(frozen=True)
class Level:
    """A level of the tree: what its areas are, and where each leads."""

    noun: str
    href: Callable[[str], str]
    invitation: str = ""


DEPARTMENTS = Level("department", organisation_address, " Choose a department to look inside.")
AGENCIES = Level("agency", organisation_address, " Choose an agency to look inside.")
SERVICES = Level("service", service_address)


def areas(
    frame: pd.DataFrame, period: Period, level: Level, filters: dict[str, Parameter], page: str
) -> html.Section:
    """The areas of one level, sized by transactions and coloured by digital take-up.

    frame: indexed by slug: name, abbreviation, transactions, take_up (NaN: not reported).
    filters: the API's filters that leave these services. page: the address of the page in that
    period.
    """
    columns = ("name", "abbreviation", "transactions", "take_up")
    rows = list(zip(frame.index, *(frame[column] for column in columns), strict=True))
    drawn = [
        Area(short or name, level.href(slug), size, None if missing(share) else share, name)
        for slug, name, short, size, share in rows
    ]
    taken_away = (_csv(period, level, filters), f"{page}#{AREAS}")
    words = f"Area: transactions, {period.label}. Colour: share done digitally.{level.invitation}"
    return html.Section(
        [
            html.H2("Every service by size"),
            html.P(words, className="of"),
            treemap(drawn),
            actions("services by size", _table(frame, level), *taken_away),
        ],
        id=AREAS,
    )


def _csv(period: Period, level: Level, filters: dict[str, Parameter]) -> str:
    asked: dict[str, Parameter] = {
        "by": level.noun,
        "period": period.name,
        **span_parameters(period.start, period.end),
        "kpi": [TRANSACTIONS, TAKE_UP],
    }
    return csv_address("kpis", {**filters, **asked})


def _table(frame: pd.DataFrame, level: Level) -> html.Div:
    columns = ("name", "transactions", "take_up")
    rows: list[list[Cell]] = [
        [
            dcc.Link(name, href=level.href(slug)),
            exact(size, kpi(TRANSACTIONS)),
            exact(share, kpi(TAKE_UP)),
        ]
        for slug, name, size, share in zip(
            frame.index, *(frame[column] for column in columns), strict=True
        )
    ]
    header = [
        Column(level.noun.capitalize()),
        Column("Transactions", numeric=True),
        Column("Digital take-up", numeric=True),
    ]
    return data_table(header, rows, f"Transactions and digital take-up by {level.noun}")
