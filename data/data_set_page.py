"""What a data set's page shows: the data set, its newest figures, and what was corrected."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from operator import itemgetter
from typing import Any, cast

from sqlalchemy import Connection

from data.data_set_fields import Body, NewestQuery
from data.data_set_index import DataSetRowQuery, told
from data.data_set_rows import StoredDataSet, find
from data.publishing.history import history
from data.queries import Query, Run
from data.reader import Reader
from data.record_query import Collected, Filter, Method, RecordQuery
from data.record_reading import RecordReading
from data.record_refusals import Bounds, Unanswerable
from data.record_visibility import hidden_services
from data.record_windows import Window
from data.times import parse_time, seconds
from kpi.corrections import Correction
from kpi.data_set_queries import Preview, Question, newest, previews
from kpi.data_sets import DataSet

# A page shows a few rows: what would take longer than that is not shown.
_BOUNDS = Bounds(rows=60, seconds=3)
_STAMP, _START = "_timestamp", "_start_at"


@dataclass(frozen=True)
class DataSetPage:
    """A data set as it is kept, as it is told of, and its newest figures."""

    stored: StoredDataSet
    data_set: DataSet
    preview: Preview | None
    corrections: tuple[Correction, ...]


@dataclass(frozen=True)
class DataSetPageQuery(Query):
    """All that a data set's page shows: a DataSetPage, not a frame; None where there is none.

    One that cannot be queried counts as missing, as it does for the record API. One that is
    hidden is answered: whoever asks decides who may see it. ``corrections``: at most how many.
    """

    group: str = ""
    type: str = ""
    corrections: int = 20

    @property
    def rests_on_live(self) -> bool:
        """Records of any kind count."""
        return True

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        stored = find(connection, self.group, self.type)
        if stored is None or not stored.entry.queryable:
            return None
        (found,) = told(run(DataSetRowQuery(stored.id)), run)
        return DataSetPage(
            stored,
            found,
            _preview(connection, run, stored, found),
            tuple(history(connection, stored, self.corrections)),
        )


def data_set_page(reader: Reader, group: str, type: str) -> DataSetPage | None:
    """Ask a DataSetPageQuery."""
    return cast("DataSetPage | None", reader.run(DataSetPageQuery(group, type)))


def _preview(
    connection: Connection, run: Run, stored: StoredDataSet, found: DataSet
) -> Preview | None:
    """The first question that can be answered in few rows; None where none can."""
    for question in previews(found):
        if question == newest(found):
            bodies = cast("dict[int, list[Body]]", run(NewestQuery((stored.id,))))[stored.id]
            names = [_STAMP, *(item.name for item in found.fields)]
            return _table(question, names, bodies)
        try:
            return _asked(connection, stored, question)
        except Unanswerable:
            continue
    return None


def _asked(connection: Connection, stored: StoredDataSet, question: Question) -> Preview:
    hidden = hidden_services(connection, stored.entry.type)
    asked = replace(record_query(question), hidden=hidden)
    rows = list(RecordReading(connection, stored.id, _BOUNDS).ask(asked).flat_rows())
    rows.sort(key=itemgetter(_START), reverse=True)
    names = [_START, *asked.group_by, "_count", *(item.key for item in asked.collect)]
    return _table(question, names, rows)


def _table(question: Question, names: list[str], rows: Iterable[Mapping[str, Any]]) -> Preview:
    cells = tuple(tuple(row.get(name) for name in names) for row in rows)
    return Preview(question, tuple(names), cells)


def record_query(question: Question) -> RecordQuery:
    """A question of ours as the record API would read it: a period, its ends, filters, sums."""
    asked = question.parameters
    start, end = (seconds(parse_time(str(asked[name]))) for name in ("start_at", "end_at"))
    filters = (text.split(":", 1) for text in _every(asked.get("filter_by")))
    collected = (text.split(":") for text in _every(asked.get("collect")))
    return RecordQuery(
        window=Window(start, end),
        period=str(asked["period"]),
        group_by=_every(asked.get("group_by")),
        filters=tuple(Filter(field, value) for field, value in filters),
        collect=tuple(Collected(field, cast("Method", method)) for field, method in collected),
    )


def _every(given: str | tuple[str, ...] | None) -> tuple[str, ...]:
    if given is None:
        return ()
    return (given,) if isinstance(given, str) else given
