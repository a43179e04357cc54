"""The comparison page, or one of its modules, as an embed shows it."""

from __future__ import annotations

from collections.abc import Sequence

from dash import dcc
from dash.development.base_component import Component

from kpi.comparisons import Comparison
from kpi.views import View
from layouts import ids
from layouts.compare import TITLE, TITLES, compare_modules, compare_notes, nothing_reported
from layouts.compare_address import CompareAddress
from layouts.compare_choice import periods
from layouts.compare_table import names_of
from layouts.embed import Embedded
from layouts.frame import title_row
from layouts.modules import alone, empty_state
from layouts.spans import LENGTHS, span_in_words
from layouts.wording import listed


def compare_embed(
    wanted: CompareAddress,
    shown: Comparison | None,
    notes: Sequence[str],
    module: str,
    *,
    controls: bool = False,
) -> Embedded:
    """The comparison, or one module of it. notes: what of the address cannot be given."""
    if shown is None:
        words = "No service is named in this embed’s address."
        return Embedded([empty_state(words)], title=TITLE, page=wanted.href)
    said = [*notes, *shown.view.notes]
    title = f"{listed(list(names_of(shown).values()))} compared"
    picker = periods(shown.view) if controls else None
    content = [
        dcc.Location(id=ids.COMPARE_URL, refresh="callback-nav"),
        *([] if module else [title_row(title)]),
        *([picker] if picker is not None else []),
        *([compare_notes(said)] if said else []),
        *_drawn(wanted, shown, module),
    ]
    return Embedded(
        content,
        title=title,
        page=wanted.of(shown.view).href,
        module=module,
        name=TITLES.get(module, ""),
        period=_period(shown.view),
    )


def _drawn(wanted: CompareAddress, shown: Comparison, module: str) -> list[Component]:
    if shown.frame.empty:
        return [nothing_reported()]
    parts = compare_modules(wanted.of(shown.view), shown)
    return [alone(parts, module)] if module else [draw() for draw in parts.values()]


def _period(view: View) -> str:
    if view.first is None or view.last is None:
        return ""
    length = LENGTHS[view.period].lower()
    return f"{length} by {length}, {span_in_words(view.first, view.last)}"
