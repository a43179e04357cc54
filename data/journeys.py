"""Asks about the stages of a service's journey: in a span of time, and one of them over time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from data.datatypes import data_type
from data.queries import MeasurementQuery, OneServiceQuery, Run
from data.sources import SourceQuery
from kpi.journeys import Path, added_up, by_period
from kpi.stage_messages import COLUMNS, most_frequent
from kpi.stage_trends import stage_trend

MEASURE = "journey"
# What is told by stage beside the people, each with the measure of all of it together.
MESSAGES = {"errors-by-stage": "errors", "help-by-stage": "help-usage"}


def path_of(sources: pd.DataFrame) -> Path:
    """The journey's stages, as the settings of its data set say. sources: of a SourceQuery."""
    names = ("journey", *data_type("journey").aliases)
    found = sources[sources["type"].isin(names)]
    if found.empty:
        return Path()
    row = found.iloc[0]
    return Path(tuple(row["stages"]), tuple(row["optional_stages"]), dict(row["stage_names"]))


@dataclass(frozen=True)
class StagesQuery(OneServiceQuery):
    """People at each stage of a service's journey in [start_at, end_at), added up.

    Only periods of one length in which every required stage was reported count. The answer is a
    kpi.journeys.Stretch, not a frame; ``start_at`` and ``end_at`` may be None, for open ends.
    """

    period: str = "week"
    start_at: date | None = None
    end_at: date | None = None
    preview: bool = False

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        path = path_of(run(SourceQuery(self.service, preview=self.preview)))
        ends = (self.start_at, self.end_at)
        rows = run(MeasurementQuery(self.service, MEASURE, self.period, *ends, self.preview))
        return added_up(by_period(rows, path), self.period, path, *ends)


@dataclass(frozen=True)
class StageTrendQuery(OneServiceQuery):
    """One stage over time: kpi.stage_trends.stage_trend's frame, a row a period of one length."""

    stage: str = ""
    period: str = "week"
    start_at: date | None = None
    end_at: date | None = None
    preview: bool = False

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        path = path_of(run(SourceQuery(self.service, preview=self.preview)))
        ends = (self.start_at, self.end_at)
        rows = run(MeasurementQuery(self.service, MEASURE, self.period, *ends, self.preview))
        return stage_trend(rows, self.stage, path)


@dataclass(frozen=True)
class MessagesQuery(OneServiceQuery):
    """The most frequent errors and uses of help at each stage: kpi.stage_messages' frame.

    Over the same periods as a StagesQuery with the same fields, those in which they are told.
    """

    period: str = "week"
    start_at: date | None = None
    end_at: date | None = None
    preview: bool = False

    def execute(self, connection: Connection, run: Run, today: date) -> pd.DataFrame:
        met = {measure: self._rows(run, measure) for measure in MESSAGES}
        if all(rows.empty for rows in met.values()):
            return pd.DataFrame(columns=list(COLUMNS))
        path = path_of(run(SourceQuery(self.service, preview=self.preview)))
        visitors = by_period(self._rows(run, MEASURE), path)
        stretch = added_up(visitors, self.period, path)
        found = [
            most_frequent(rows, self._told(run, measure), visitors, stretch)
            for measure, rows in met.items()
            if not rows.empty
        ]
        known = [frame for frame in found if not frame.empty]
        return pd.concat(known, ignore_index=True) if known else found[0]

    def _rows(self, run: Run, measure: str) -> pd.DataFrame:
        asked = (self.period, self.start_at, self.end_at, self.preview)
        return run(MeasurementQuery(self.service, measure, *asked))

    def _told(self, run: Run, measure: str) -> pd.DataFrame:
        """All of it together, which tells of which periods any was told."""
        rows = self._rows(run, MESSAGES[measure])
        return rows[rows["category"] == ""]
