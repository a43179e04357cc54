"""A platform of which one long answer breaks off on the way, for a real server to serve."""

from __future__ import annotations

import pandas as pd
from flask import Flask

from api import blueprint as routes
from api.answers import Answer
from api.cells import FrameRows, Row
from api.questions import Call
from api.routes import DEFINITION_ROW
from callbacks.serving import compress
from config import Settings
from data.engine import open_engine
from data.reader import Reader
from tests.fixtures.kept import Kept

ROWS = 10_000


def _make(frame: pd.DataFrame) -> list[Row]:
    if frame.index[0] > ROWS / 2:
        raise RuntimeError("the disk is gone")
    return [dict.fromkeys(DEFINITION_ROW, f"row {number}") for number in frame.index]


def _breaking(_call: Call) -> Answer:
    return Answer(FrameRows(pd.DataFrame(index=range(ROWS)), _make), ROWS)


def made() -> Flask:
    """The platform, over the database that the environment names."""
    routes.ANSWERS["definitions"] = _breaking
    app = Flask("breaking")
    reader = Reader(open_engine(Settings.from_environment()), Kept())
    app.register_blueprint(routes.blueprint(reader, Settings()))
    compress(app)
    return app
