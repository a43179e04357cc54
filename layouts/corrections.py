"""The history of corrections of a data set, for everyone: what changed, when, how and why."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from kpi.corrections import CorrectedRecord, Correction
from layouts.modules import module
from layouts.publish_wording import value_in_words
from layouts.tables import Cell, Column, data_table
from layouts.wording import capitalised, named

ID = "corrections"
TITLE = "Corrections"
_NONE = "No figure was corrected since it was first published."


def build_corrections(corrections: Sequence[Correction]) -> Component:
    """The section: newest first; who it was is not told."""
    if not corrections:
        return module(ID, TITLE, html.P(_NONE, className="empty"))
    columns = [Column("When"), Column("What changed"), Column("How, and why")]
    rows = [_row(one) for one in corrections]
    table = data_table(columns, rows, "Corrections, newest first", caption_hidden=True)
    return module(ID, TITLE, table)


def _row(one: Correction) -> list[Cell]:
    records: list[Component] = [html.P(_record(record)) for record in one.records]
    if one.more:
        more = f"And {one.more:,} more" if one.records else f"{one.more:,}"
        noun = "record" if one.more == 1 else "records"
        records.append(html.P(f"{more} {noun}.", className="of"))
    why: list[Component] = [html.P(one.how)]
    if one.reason:
        why.append(html.P(f"‘{one.reason}’"))
    return [f"{one.at.day} {one.at:%B %Y, %H:%M}", html.Div(records), html.Div(why)]


def _record(record: CorrectedRecord) -> list[Component | str]:
    about = html.Strong(capitalised(record.about) or "A record")
    if record.removed:
        return [about, ": removed"]
    values = [
        f"{named(one.field)} {value_in_words(one.before)} → {value_in_words(one.after)}"
        for one in record.values
    ]
    return [about, f": {'; '.join(values)}"]
