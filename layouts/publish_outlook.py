"""What would change, finding first: records, values that are replaced, KPIs before and after."""

from __future__ import annotations

from collections.abc import Sequence

from dash import html
from dash.development.base_component import Component

from kpi.definitions import kpi
from kpi.publishing import Figure, Outlook, Replaced, UploadAnswer, Wrong
from layouts.aria import aria
from layouts.marks import marks
from layouts.publish_wording import counts_in_words, span_said, value_in_words
from layouts.tables import Cell, Column, data_table
from layouts.wording import capitalised, counted, exact, named

NOTHING = "Nothing would change"
_HEADING = "outlook-heading"


def build_finding(answer: UploadAnswer) -> list[Component]:
    """What is told first of a file: that it cannot be read, what is wrong, or what would change."""
    if answer.stopped:
        return [finding("Nothing was written", html.P(answer.stopped), bad=True)]
    if answer.problem:
        read = answer.reading is not None
        title = "This file cannot be used yet" if read else "This file cannot be read"
        return [finding(title, html.P(answer.problem), moved=answer.moved, bad=True)]
    if answer.fault_count:
        return [_faulty(answer)]
    if answer.outlook is None:
        return []
    return [build_outlook(answer.outlook, answer.moved)]


def build_outlook(outlook: Outlook, moved: str = "") -> Component:
    """What a write would change."""
    tables = [
        table
        for table in (_figures(outlook), values_table(outlook.values, outlook.more))
        if table is not None
    ]
    said = [html.P(words, className="summary") for words in _sentences(outlook)]
    return finding(records_in_words(outlook), *said, *tables, moved=moved)


def finding(title: str, *inside: Component, moved: str = "", bad: bool = False) -> Component:
    """A section that the focus goes to when it comes (assets/publishing.js)."""
    heading = html.H2(title, id=_HEADING, tabIndex=-1, **marks(finding="yes"))
    why = [html.P(html.Strong(moved))] if moved else []
    name = "module finding bad" if bad else "module finding"
    return html.Section([heading, *why, *inside], className=name, **aria(labelledby=_HEADING))


def records_in_words(outlook: Outlook) -> str:
    """'12 new records, 1 replaced, 3 unchanged'."""
    if not outlook.changes_anything:
        same = counted(outlook.same, "record")
        return f"{NOTHING}: {same} {'is' if outlook.same == 1 else 'are'} stored like this already"
    return counts_in_words(
        ((outlook.new, "new"), (outlook.replaced, "replaced"), (outlook.same, "unchanged"))
    )


def _sentences(outlook: Outlook) -> list[str]:
    said = [f"{span_said(outlook.span)}."] if outlook.span else []
    if not outlook.figures and outlook.changes_anything:
        said.append(_why_no_figures(outlook))
    return [" ".join(said)] if said else []


def _why_no_figures(outlook: Outlook) -> str:
    if not outlook.measured:
        return "No KPI is worked out from these figures."
    if outlook.services > 1:
        return f"They are of {outlook.services:,} services, whose KPIs change with them."
    return "No KPI changes."


def _figures(outlook: Outlook) -> Component | None:
    if not outlook.figures:
        return None
    columns = [
        Column("KPI"),
        Column("Before", numeric=True),
        Column("After", numeric=True),
    ]
    rows = [_figure(one) for one in outlook.figures]
    return data_table(columns, rows, "What it makes of the service’s KPIs")


def _figure(one: Figure) -> list[Cell]:
    item = kpi(one.kpi)
    others = f", and {counted(one.others, one.period.name)} before it" if one.others else ""
    before, after = (
        _value(exact(value, item), status)
        for value, status in ((one.before, one.status_before), (one.after, one.status_after))
    )
    when = html.Span(f"{capitalised(one.period.label)}{others}", className="of")
    return [html.Div([item.name, when], className="stacked"), before, after]


def _value(words: str, status: str) -> str:
    if status in ("not applicable", "suppressed"):
        return status
    return f"{words} (partial)" if status == "partial" else words


def values_table(values: Sequence[Replaced], more: int) -> Component | None:
    """The values that others take the place of."""
    if not values:
        return None
    columns = [
        Column("Record"),
        Column("Before", numeric=True),
        Column("After", numeric=True),
    ]
    rows: list[list[Cell]] = [
        [_record(one), value_in_words(one.before), value_in_words(one.after)] for one in values
    ]
    caption = "Values that are replaced"
    return data_table(columns, rows, f"{caption}, {more:,} more not shown" if more else caption)


def _record(one: Replaced) -> Component:
    field = html.Span(named(one.field), className="of")
    return html.Div([capitalised(one.about), field], className="stacked")


def _faulty(answer: UploadAnswer) -> Component:
    count = answer.fault_count
    title = (
        "1 thing is wrong with this file"
        if count == 1
        else f"{count:,} things are wrong with this file"
    )
    words = "Nothing was written. Put it right in your spreadsheet, save it, and choose it again."
    more = count - len(answer.faults)
    shown = f"The first {len(answer.faults):,} of {count:,}" if more else "What is wrong, by row"
    columns = [Column("Row"), Column("Column"), Column("What is wrong")]
    table = data_table(columns, [_fault(one) for one in answer.faults], shown)
    return finding(title, html.P(words), table, moved=answer.moved, bad=True)


def _fault(one: Wrong) -> list[Cell]:
    column = one.column + (f" ‘{one.header}’" if one.header else "")
    # Most sentences quote what was there.
    told = not one.text or one.text in one.message
    there = [] if told else [html.Span(f"There: {one.text}", className="of")]
    said = html.Div([one.message, *there], className="stacked")
    return [f"{one.row:,}", column or "all of it", said]
