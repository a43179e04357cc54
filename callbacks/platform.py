"""What the running app's pages ask: the reader and the settings, kept on the Flask app."""

from __future__ import annotations

from dataclasses import dataclass

from flask import current_app

from config import Settings
from data.reader import Reader

EXTENSION = "performance_platform"


@dataclass(frozen=True)
class Platform:
    """The one way out of the database, and the settings."""

    reader: Reader
    settings: Settings


def platform() -> Platform:
    """The platform of the request that is being answered."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Platform)
    return found
