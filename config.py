"""One table of settings: name, default and help. Each is read from the environment."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parent
# Of the platform itself, as CHANGELOG.md has it.
VERSION: str = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
    "version"
]
OPEN_GOVERNMENT_LICENCE = (
    "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
)


class SettingError(ValueError):
    """A setting in the environment cannot be read; the sentence says which and why."""


def _setting(
    default: Any, help_text: str, least: int = 1, choices: tuple[str, ...] | None = None
) -> Any:
    told = {"help": help_text, "least": least, "choices": choices}
    return field(default=default, metadata=told)


DEVELOPMENT, PRODUCTION = "development", "production"
# Shorter ones can be guessed.
SECRET_KEY_LEAST = 32


@dataclass(frozen=True)
class Settings:
    """What can be set, with its default; the environment variable is the name in capitals."""

    database_url: str = _setting(
        "sqlite:///instance/platform.sqlite",
        "Where the figures live, as a SQLAlchemy URL. A relative SQLite path is read from the "
        "project's folder.",
    )
    cache_url: str = _setting(
        "",
        "The URL of a private Redis, shared by all workers. Empty: each worker keeps its own cache "
        "in memory.",
    )
    cache_bytes_most: int = _setting(
        268_435_456, "The most bytes of memory that each worker's own cache may take."
    )
    site_name: str = _setting("Performance Platform", "The name at the top of every page.")
    data_licence: str = _setting(
        "",
        "The address of the licence that the data sets are published under, as the catalogue and "
        "what is taken away say. Empty: they name none, but for the demonstration data.",
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
    workbook_cells_most: int = _setting(
        2_000_000,
        "The most cells of an Excel workbook, which is made whole before it is sent; a CSV has no "
        "such bound.",
    )
    answer_seconds: int = _setting(
        30,
        "The longest that the database may take for one question of a page or of the other "
        "addresses under `/api`, in seconds.",
    )
    reads_per_minute: int = _setting(
        6000,
        "How often one address may read pages and the API in a minute, files and polls left out; "
        "0: as often as it likes.",
        least=0,
    )
    writes_per_minute: int = _setting(
        3000,
        "How many writes one token may send in a minute, or one address without a token; 0: as "
        "many as it likes.",
        least=0,
    )
    body_bytes_most: int = _setting(
        10_485_760, "The largest body of records, in bytes, after decompression."
    )
    upload_bytes_most: int = _setting(10_485_760, "The largest file to upload, in bytes.")
    upload_unpacked_bytes_most: int = _setting(
        104_857_600, "The most bytes that an uploaded workbook may unpack to."
    )
    upload_rows_most: int = _setting(50_000, "The most rows of an uploaded file.")
    environment: str = _setting(
        DEVELOPMENT,
        "`development` or `production`, as `Procfile` says: there the platform starts only with a "
        "`SECRET_KEY`, and logs in JSON.",
        choices=(DEVELOPMENT, PRODUCTION),
    )
    secret_key: str = _setting(
        "",
        "What cookies are signed with, 32 characters at least in production. Empty: one is made "
        "once and kept in `instance/secret_key`.",
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
    share_link_days_most: int = _setting(
        365, "The most days that a link to a service that is not published may work for."
    )
    trusted_proxies: int = _setting(
        0, "How many proxies in front tell the visitor's address and scheme.", least=0
    )
    embed_ancestors: str = _setting(
        "*",
        "Who may frame embedded charts: sites as `frame-ancestors` of a Content-Security-Policy "
        "lists them. Default: anyone.",
    )
    log_level: str = _setting(
        "INFO",
        "How much is logged: DEBUG, INFO, WARNING or ERROR.",
        choices=("DEBUG", "INFO", "WARNING", "ERROR"),
    )
    log_format: str = _setting(
        "",
        "How the log is written: `text`, or `json`, an object a line. Empty: as fits the "
        "environment.",
        choices=("", "text", "json"),
    )
    metrics: str = _setting(
        "no",
        "`yes`: `/metrics` counts requests, records and more for Prometheus.",
        choices=("yes", "no"),
    )
    metrics_token: str = _setting(
        "", "The bearer token that `/metrics` is read with. Empty: anyone may who can reach it."
    )

    def __post_init__(self) -> None:
        """:raises SettingError: when what is set is not enough for production."""
        if self.is_production and len(self.secret_key) < SECRET_KEY_LEAST:
            raise SettingError(
                f"SECRET_KEY must be set in production, to {SECRET_KEY_LEAST} characters at least "
                "that nobody can guess, such as `openssl rand -hex 32` prints."
            )

    @property
    def is_production(self) -> bool:
        """Whether it serves others than who works on it."""
        return self.environment == PRODUCTION

    @property
    def logs_json(self) -> bool:
        """Whether the log is one of JSON objects."""
        return (self.log_format or ("json" if self.is_production else "text")) == "json"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Settings from environment variables.

        :raises SettingError: when a number is not a whole number or is too small, a word is none
            of those that it may be, or what production needs is missing.
        """
        source = os.environ if environment is None else environment
        return cls(**dict(_given(source)))


def _given(source: Mapping[str, str]) -> list[tuple[str, Any]]:
    given: list[tuple[str, Any]] = []
    for setting in fields(Settings):
        text = source.get(setting.name.upper())
        if text is None:
            continue
        given.append((setting.name, _value(setting, text)))
    return given


def _value(setting: Field[Any], text: str) -> Any:
    if isinstance(setting.default, int):
        return _whole_number(setting.name, text, setting.metadata["least"])
    choices = setting.metadata["choices"]
    return _choice(setting.name, text, choices) if choices else text


def _whole_number(name: str, text: str, least: int) -> int:
    if not text.strip().isdecimal() or int(text) < least:
        raise SettingError(
            f"{name.upper()} must be a whole number, {least} at least, not {text!r}."
        )
    return int(text)


def _choice(name: str, text: str, choices: tuple[str, ...]) -> str:
    found = [choice for choice in choices if choice.lower() == text.strip().lower()]
    if not found:
        words = " or ".join(choice for choice in choices if choice)
        raise SettingError(f"{name.upper()} must be {words}, not {text!r}.")
    return found[0]
