"""A platform of which one long answer breaks off on the way, for a real server to serve."""

from __future__ import annotations

import os
from pathlib import Path

import pandas as pd
from flask import Flask

from api import blueprint as routes
from api.answers import Answer
from api.cells import FrameRows, Row
from api.questions import Call
from api.routes import DEFINITION_ROW
from callbacks.serving import compress
from config import Settings
from data.reader import Reader
from tests.fixtures.kept import Kept
from tests.fixtures.small_world import empty_engine

ROWS = 10_000


def _make(frame: pd.DataFrame) -> list[Row]:
    if frame.index[0] > ROWS / 2:
        raise RuntimeError("the disk is gone")
    return [dict.fromkeys(DEFINITION_ROW, f"row {number}") for number in frame.index]


def _breaking(_call: Call) -> Answer:
    return Answer(FrameRows(pd.DataFrame(index=range(ROWS)), _make), ROWS)


def made() -> Flask:
    """The platform, over a database in the folder that the environment names."""
    routes.ANSWERS["definitions"] = _breaking
    app = Flask("breaking")
    reader = Reader(empty_engine(Path(os.environ["BREAKING_FOLDER"])), Kept())
    app.register_blueprint(routes.blueprint(reader, Settings()))
    compress(app)
    return app
