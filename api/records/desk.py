"""What requests for records are answered with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import Response

from config import Settings
from data.engine import Engine
from data.reader import Reader


@dataclass(frozen=True)
class Desk:
    """The database, the settings, and the page that browsers get instead of JSON."""

    reader: Reader
    engine: Engine
    settings: Settings
    page: Callable[..., Any]


View = Callable[..., Response]
