"""How the log is written: a line of text or a JSON object for each record, without secrets.

Nothing that is logged can begin a line of its own: what visitors send ends up in messages.
"""

from __future__ import annotations

import json
import logging
import re
from copy import copy
from datetime import UTC, datetime
from typing import Any

from api.operating.request_ids import request_id
from config import Settings

# Parameters of an address that let someone in.
SECRETS = ("link", "token", "code", "state", "csrf_token", "client_secret", "password")
HIDDEN = "…"
_SECRET = re.compile(
    rf"""\b((?:{"|".join(SECRETS)})(?:=|\\?['"]:\ ?\\?['"]))([^&\s'"\\]+)""", re.IGNORECASE
)
_INDENT = "    "
# Made once: `json.dumps` would make one of each line.
_ENCODER = json.JSONEncoder(default=str)
# What every record has; all else was given along.
_OF_EACH = frozenset(
    (*vars(logging.makeLogRecord({})), "message", "asctime", "exc_info", "exc_text", "taskName")
)


def formatter(settings: Settings) -> logging.Formatter:
    """What writes a record as the settings say."""
    return JsonLog() if settings.logs_json else TextLog()


def set_up_logs(settings: Settings) -> None:
    """Log to the standard error, unless whoever started this process logs elsewhere already."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(settings))
    logging.basicConfig(level=settings.log_level, handlers=[handler])
    if handler in logging.getLogger().handlers:
        # No line of ours says which thread or process it is from: no record need find it out.
        logging.logThreads = logging.logProcesses = logging.logMultiprocessing = False
    # These say at length what nobody has to act on.
    for name in ("alembic", "flask-limiter", "flask_wtf.csrf"):
        logging.getLogger(name).setLevel(logging.WARNING)


def without_secrets(text: str) -> str:
    """A text in which nothing lets anyone in."""
    # Most have none, which is told sooner than it is looked for.
    lower = text.lower()
    if not any(name in lower for name in SECRETS):
        return text
    return _SECRET.sub(rf"\1{HIDDEN}", text)


class JsonLog(logging.Formatter):
    """An object a line: `time`, `level`, `logger`, `message`, `request_id`, and what goes along.

    Made by hand: each request is a line, and a library's takes three times as long for it.
    """

    def format(self, record: logging.LogRecord) -> str:
        """A record as JSON."""
        told = {
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(),
        }
        for name, kept in vars(record).items():
            if name not in _OF_EACH:
                told[name] = kept
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        if id := request_id():
            told["request_id"] = id
        return without_secrets(_ENCODER.encode(told))


class TextLog(logging.Formatter):
    """A line of text; a traceback follows it, indented."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def formatMessage(self, record: logging.LogRecord) -> str:
        """The line."""
        id = request_id()
        return _one_line(super().formatMessage(record)) + (f" [{id}]" if id else "")

    def formatException(self, ei: Any) -> str:
        """The lines of a traceback."""
        lines = super().formatException(ei).split("\n")
        return "\n".join(_INDENT + _one_line(line) for line in lines)

    def format(self, record: logging.LogRecord) -> str:
        """A record as text."""
        own = copy(record)
        # Another handler may have left its own way of writing the traceback there.
        own.exc_text = None
        return without_secrets(super().format(own))


def _one_line(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        letter if letter.isprintable() else letter.encode("unicode_escape").decode()
        for letter in text
    )
