"""One table of settings: name, default and help. Each is read from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent


class SettingError(ValueError):
    """A setting in the environment cannot be read; the sentence says which and why."""


def _setting(default: Any, help_text: str) -> Any:
    return field(default=default, metadata={"help": help_text})


@dataclass(frozen=True)
class Settings:
    """What can be set, with its default; the environment variable is the name in capitals."""

    database_url: str = _setting(
        "sqlite:///instance/platform.sqlite",
        "Where the figures live, as a SQLAlchemy URL. A relative SQLite path is read from the "
        "project's folder.",
    )
    cache_url: str = _setting(
        "", "A Redis URL shared by all workers. Empty: each worker keeps its own cache in memory."
    )
    site_name: str = _setting("Performance Platform", "The name at the top of every page.")
    minimum_transactions: int = _setting(
        1000, "The fewest transactions in a period with which a service enters a league table."
    )
    complete_enough_percent: int = _setting(
        50,
        "The share of services, in percent, that must have reported a period before pages open "
        "on it.",
    )
    api_limit: int = _setting(1000, "Rows of an API answer when no limit is asked for.")
    api_limit_most: int = _setting(50000, "The most rows that one API call may ask for.")
    page_size: int = _setting(25, "Services on one page of the services table.")
    log_level: str = _setting("INFO", "How much is logged: DEBUG, INFO, WARNING or ERROR.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from environment variables.

        :raises SettingError: when a number is not a whole number above 0.
        """
        source = os.environ if environment is None else environment
        return cls(**dict(_given(source)))


def _given(source: Mapping[str, str]) -> list[tuple[str, Any]]:
    given: list[tuple[str, Any]] = []
    for setting in fields(Settings):
        text = source.get(setting.name.upper())
        if text is None:
            continue
        is_number = isinstance(setting.default, int)
        given.append((setting.name, _whole_number(setting.name, text) if is_number else text))
    return given


def _whole_number(name: str, text: str) -> int:
    if not text.strip().isdecimal() or int(text) == 0:
        raise SettingError(f"{name.upper()} must be a whole number above 0, not {text!r}.")
    return int(text)
