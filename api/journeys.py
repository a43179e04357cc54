"""Answers about a service's journey: its stages, one of them over time, what people met there."""

from __future__ import annotations

from typing import Any, cast

import numpy as np
import pandas as pd

from api.answers import Answer
from api.catalogue import selected
from api.cells import DAY, rows_of
from api.kpis import with_notes
from api.questions import Call
from api.routes import MESSAGE_ROW, STAGE_ROW, STAGE_TREND_ROW
from data.journeys import MessagesQuery, StagesQuery, StageTrendQuery
from kpi.journeys import REQUIRED, Stretch
from kpi.spans import ends

_SPAN = ("period", "start_at", "end_at")


def _asked(call: Call) -> dict[str, Any]:
    return {name: call.question[name] for name in _SPAN}


def journey(call: Call, slug: str) -> Answer:
    """People at each stage of a service's journey, added up over a span of time."""
    about = selected(call.reader, slug)
    query = StagesQuery(slug, **_asked(call), preview=about.preview)
    found = cast("Stretch", call.reader.run(query))
    return _answer(call, _stages(found, call.question["period"]), STAGE_ROW, about.preview)


def _stages(found: Stretch, period: str) -> pd.DataFrame:
    frame, whole = found.frame, found.is_whole
    if found.first is None or found.last is None:
        return pd.DataFrame(columns=list(STAGE_ROW))
    status = np.where(frame["visitors"].isna(), "not reported", "reported" if whole else "partial")
    return frame.rename(columns={"visitors": "people"}).assign(
        name=frame["name"].where(frame["name"] != "", frame["stage"]),
        required=frame["kind"] == REQUIRED,
        period=period,
        start_at=pd.Timestamp(found.first.start),
        end_at=pd.Timestamp(found.last.end),
        status=status,
        parts=found.periods,
        expected=found.expected,
        part=period,
    )


def stage(call: Call, slug: str) -> Answer:
    """One stage of a service's journey over time."""
    about = selected(call.reader, slug)
    name = call.question["stage"]
    found = call.reader.run(StageTrendQuery(slug, name, **_asked(call), preview=about.preview))
    if found.empty:
        found = pd.DataFrame(columns=list(STAGE_TREND_ROW))
    else:
        found = found.assign(end_at=ends(found["period"], found["start_at"]))
        found = with_notes(call, about, found)
    return _answer(call, found, STAGE_TREND_ROW, about.preview)


def messages(call: Call, slug: str) -> Answer:
    """The most frequent errors and uses of help at each stage of a service's journey."""
    about = selected(call.reader, slug)
    found = call.reader.run(MessagesQuery(slug, **_asked(call), preview=about.preview))
    of = cast("Stretch", call.reader.run(StagesQuery(slug, **_asked(call), preview=about.preview)))
    renamed = found.rename(columns={"periods": "parts"})
    whole = renamed.assign(
        name=renamed["name"].where(renamed["name"] != "", renamed["stage"]),
        status=np.where(renamed["parts"] == of.expected, "reported", "partial"),
        expected=of.expected,
        part=call.question["period"],
    )
    return _answer(call, whole, MESSAGE_ROW, about.preview)


def _answer(call: Call, found: pd.DataFrame, columns: tuple[str, ...], personal: bool) -> Answer:
    offset, limit = call.question["offset"], call.question["limit"]
    page = found.iloc[offset : offset + limit]
    return Answer(rows_of(page, columns, DAY), len(found), personal=personal)
