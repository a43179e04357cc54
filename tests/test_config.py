"""Settings come from the environment, and README says what each is for."""

from __future__ import annotations

import re
from dataclasses import Field, fields
from typing import Any

import pytest

from config import ROOT, SettingError, Settings

NUMBERS = {
    setting.name: setting.metadata["least"]
    for setting in fields(Settings)
    if isinstance(setting.default, int)
}


def documented() -> dict[str, tuple[str, str]]:
    """README's table of settings: what each row says by default, and what it is for."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*?) \| (.*?) \|$", text, re.MULTILINE)
    return {name: (default.strip("`"), purpose) for name, default, purpose in rows}


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_every_setting_is_in_the_readme_with_its_default(
    setting: Field[Any],
) -> None:
    name = setting.name.upper()
    rows = documented()
    assert name in rows, f"README.md has no row | `{name}` | default | what it is for |"
    default = str(setting.default)
    assert rows[name][0] in ((default,) if default else ("", "empty", "(empty)", "none"))
    assert rows[name][1]


@pytest.mark.parametrize("setting", fields(Settings), ids=lambda setting: setting.name)
def test_every_setting_has_a_help_sentence(setting: Field[Any]) -> None:
    assert setting.metadata["help"].endswith(".")


def test_an_empty_environment_leaves_every_default() -> None:
    assert Settings.from_environment({}) == Settings()


def test_a_setting_is_read_from_its_name_in_capitals() -> None:
    given = {"SITE_NAME": "Our services", "API_LIMIT": " 5 ", "site_name": "no", "OTHER": "x"}
    assert Settings.from_environment(given) == Settings(site_name="Our services", api_limit=5)


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("text", ["", "-1", "1.5", "ten", "²"])
def test_a_number_that_is_none_is_refused_by_name(name: str, text: str) -> None:
    with pytest.raises(SettingError) as refused:
        Settings.from_environment({name.upper(): text})
    least = NUMBERS[name]
    sentence = f"{name.upper()} must be a whole number, {least} at least, not {text!r}."
    assert str(refused.value) == sentence


def test_nought_is_refused_where_it_would_mean_nothing() -> None:
    with pytest.raises(SettingError, match=r"^PAGE_SIZE must be a whole number, 1 at least"):
        Settings.from_environment({"PAGE_SIZE": "0"})
    assert Settings.from_environment({"TRUSTED_PROXIES": "0"}).trusted_proxies == 0


def test_settings_are_read_from_the_real_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGE_SIZE", "7")
    assert Settings.from_environment().page_size == 7


def test_production_needs_a_secret_key_that_nobody_can_guess() -> None:
    sentence = r"^SECRET_KEY must be set in production, to 32 characters at least"
    for key in ("", "k" * 31):
        with pytest.raises(SettingError, match=sentence):
            Settings.from_environment({"ENVIRONMENT": "production", "SECRET_KEY": key})
    given = {"ENVIRONMENT": " Production", "SECRET_KEY": "k" * 32}
    assert Settings.from_environment(given).is_production
    assert not Settings.from_environment({"SECRET_KEY": ""}).is_production


@pytest.mark.parametrize(
    ("name", "text", "may_be"),
    [
        ("ENVIRONMENT", "prod", "development or production"),
        ("LOG_LEVEL", "loud", "DEBUG or INFO or WARNING or ERROR"),
        ("LOG_FORMAT", "xml", "text or json"),
    ],
)
def test_a_word_that_is_none_of_those_is_refused_by_name(name: str, text: str, may_be: str) -> None:
    with pytest.raises(SettingError, match=f"^{name} must be {may_be}, not '{text}'"):
        Settings.from_environment({name: text})


def test_words_are_read_in_small_letters_and_in_capitals() -> None:
    assert Settings.from_environment({"LOG_LEVEL": "debug"}).log_level == "DEBUG"
    assert Settings.from_environment({"LOG_FORMAT": "JSON"}).logs_json
