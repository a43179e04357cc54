"""How the log is written: a line of text or a JSON object for each record, without secrets.

Nothing that is logged can begin a line of its own: what visitors send ends up in messages.
"""

from __future__ import annotations

import logging
import re
from copy import copy
from typing import Any

from pythonjsonlogger.json import JsonFormatter

from api.operating.request_ids import request_id
from config import Settings

# Parameters of an address that let someone in.
SECRETS = ("link", "token", "code", "state", "csrf_token", "client_secret", "password")
HIDDEN = "…"
_SECRET = re.compile(
    rf"""\b((?:{"|".join(SECRETS)})(?:=|\\?['"]:\ ?\\?['"]))([^&\s'"\\]+)""", re.IGNORECASE
)
_INDENT = "    "


def formatter(settings: Settings) -> logging.Formatter:
    """What writes a record as the settings say."""
    return JsonLog() if settings.logs_json else TextLog()


def set_up_logs(settings: Settings) -> None:
    """Log to the standard error, unless whoever started this process logs elsewhere already."""
    handler = logging.StreamHandler()
    handler.setFormatter(formatter(settings))
    logging.basicConfig(level=settings.log_level, handlers=[handler])
    # These say at length what nobody has to act on.
    for name in ("alembic", "flask-limiter", "flask_wtf.csrf"):
        logging.getLogger(name).setLevel(logging.WARNING)


def without_secrets(text: str) -> str:
    """A text in which nothing lets anyone in."""
    # Most have no place for a secret, which is told sooner than it is looked for.
    if "=" not in text and ":" not in text:
        return text
    return _SECRET.sub(rf"\1{HIDDEN}", text)


class JsonLog(JsonFormatter):
    """An object a line: `time`, `level`, `logger`, `message`, `request_id`, and what goes along."""

    def __init__(self) -> None:
        names = {"levelname": "level", "name": "logger", "exc_info": "exception"}
        super().__init__(
            ["levelname", "name", "message"],
            rename_fields=names,
            timestamp="time",
        )

    def add_fields(
        self,
        log_data: dict[str, Any],
        record: logging.LogRecord,
        message_dict: dict[str, Any],
    ) -> None:
        """Add the fields of a record."""
        super().add_fields(log_data, record, message_dict)
        if id := request_id():
            log_data["request_id"] = id

    def format(self, record: logging.LogRecord) -> str:
        """A record as JSON."""
        return without_secrets(super().format(record))


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
