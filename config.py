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


def _setting(default: Any, help_text: str, least: int = 1) -> Any:
    return field(default=default, metadata={"help": help_text, "least": least})


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
    data_licence: str = _setting(
        "",
        "The address of the licence that the data sets are published under, as the catalogue tells "
        "machines. Empty: it names none, but for the demonstration data.",
    )
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
    page_size: int = _setting(25, "Services, or data sets, on one page of their list.")
    query_rows_most: int = _setting(
        100_000, "The most rows that one answer of the record API may have."
    )
    query_seconds: int = _setting(
        10, "The longest that one query of the record API may take, in seconds."
    )
    body_bytes_most: int = _setting(
        10_485_760, "The largest body of records, in bytes, after decompression."
    )
    upload_bytes_most: int = _setting(10_485_760, "The largest file to upload, in bytes.")
    upload_unpacked_bytes_most: int = _setting(
        104_857_600, "The most bytes that an uploaded workbook may unpack to."
    )
    upload_rows_most: int = _setting(50_000, "The most rows of an uploaded file.")
    secret_key: str = _setting(
        "",
        "What cookies are signed with. Empty: one is made once and kept in `instance/secret_key`.",
    )
    session_hours: int = _setting(12, "Hours after which people must sign in again.")
    session_idle_minutes: int = _setting(
        60, "Minutes without a click after which people must sign in again."
    )
    sign_in_attempts: int = _setting(
        10, "Attempts to sign in that one address may make in five minutes."
    )
    oidc_issuer: str = _setting(
        "", "The address of an OpenID Connect provider, where people sign in. Empty: none."
    )
    oidc_client_id: str = _setting("", "What that provider knows the platform as.")
    oidc_client_secret: str = _setting("", "The secret that goes with it.")
    oidc_name: str = _setting("your organisation", "What the provider is called on the page.")
    trusted_proxies: int = _setting(
        0, "How many proxies in front tell the visitor's address and scheme.", least=0
    )
    embed_ancestors: str = _setting(
        "*",
        "Who may frame embedded charts: sites as `frame-ancestors` of a Content-Security-Policy "
        "lists them. Default: anyone.",
    )
    log_level: str = _setting("INFO", "How much is logged: DEBUG, INFO, WARNING or ERROR.")

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from environment variables.

        :raises SettingError: when a number is not a whole number, or is too small.
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
        least = setting.metadata["least"]
        value = _whole_number(setting.name, text, least) if is_number else text
        given.append((setting.name, value))
    return given


def _whole_number(name: str, text: str, least: int) -> int:
    if not text.strip().isdecimal() or int(text) < least:
        raise SettingError(
            f"{name.upper()} must be a whole number, {least} at least, not {text!r}."
        )
    return int(text)
