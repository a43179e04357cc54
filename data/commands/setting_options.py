"""The settings of a data set as options of a command, made from the table of settings."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from data.data_sets import SETTINGS, Setting

NEVER, NONE = "never", "none"
Decorated = Callable[..., Any]


def _as_it_is(value: Any) -> Any:
    return value


def _seconds(text: str) -> int | None:
    if text == NEVER:
        return None
    if not text.isascii() or not text.isdigit():
        raise click.ClickException(
            f"--max-age-expected must be a whole number of seconds, or {NEVER}, not {text!r}."
        )
    return int(text)


def _texts(values: Sequence[str]) -> list[str]:
    return [value for value in values if value]


def _schema(file: str) -> Any:
    if file == NONE:
        return None
    try:
        return json.loads(Path(file).read_text(encoding="utf-8"))
    except OSError as error:
        raise click.ClickException(f"{file} cannot be read: {error.strerror}.") from error
    except (ValueError, RecursionError) as error:
        raise click.ClickException(f"{file} is not JSON: {error}.") from error


def _channel_kinds(values: Sequence[str]) -> dict[str, str]:
    kinds = {}
    for text in _texts(values):
        name, equals, kind = text.partition("=")
        if not equals:
            raise click.ClickException(
                f"--channel-kind must be a channel, '=' and its kind, as in kiosk=digital, "
                f"not {text!r}."
            )
        kinds[name] = kind
    return kinds


def _stage_names(values: Sequence[str]) -> dict[str, str]:
    names = {}
    for text in _texts(values):
        stage, equals, name = text.partition("=")
        if not equals:
            raise click.ClickException(
                f"--stage-name must be a stage, '=' and its name, as in about-you='About you', "
                f"not {text!r}."
            )
        names[stage] = name
    return names


@dataclass(frozen=True)
class Typed:
    """How a kind of setting is typed: what stands for it in the help, whether it is repeated,
    and how its text is read; ``more`` goes into the help.
    """

    metavar: str = "TEXT"
    many: bool = False
    read: Callable[[Any], Any] = _as_it_is
    more: str = ""


_CLEARED = "Repeat it for more; '' for none."
TYPED: Mapping[str, Typed] = {
    "text": Typed(),
    "slug": Typed("SLUG", more="'' for none."),
    "flag": Typed(""),
    "seconds": Typed(f"SECONDS|{NEVER}", read=_seconds),
    "texts": Typed(many=True, read=_texts, more=_CLEARED),
    "fields": Typed("FIELD", many=True, read=_texts, more=_CLEARED),
    "schema": Typed(f"FILE|{NONE}", read=_schema),
    "channel kinds": Typed("NAME=KIND", many=True, read=_channel_kinds, more=_CLEARED),
    "stage names": Typed("STAGE=NAME", many=True, read=_stage_names, more=_CLEARED),
}


def setting_options(function: Decorated) -> Decorated:
    """A decorator: an option for every setting; those that are not typed are None or empty."""
    for setting in reversed(SETTINGS):
        function = _option(setting)(function)
    return function


def typed_settings(options: Mapping[str, Any]) -> dict[str, Any]:
    """The settings that were typed, as the admin API would have them.

    :raises ClickException: when one cannot be read.
    """
    return {
        setting.name: TYPED[setting.kind.name].read(options[setting.name])
        for setting in SETTINGS
        if options[setting.name] not in (None, ())
    }


def option_name(setting: Setting) -> str:
    """What a setting's option is called: --stage, repeated, for stages."""
    name = setting.name.replace("_", "-")
    return f"--{name.removesuffix('s')}" if TYPED[setting.kind.name].many else f"--{name}"


def _option(setting: Setting) -> Callable[[Decorated], Decorated]:
    typed, name = TYPED[setting.kind.name], option_name(setting)
    words = f"{setting.help} {typed.more}".strip()
    if setting.kind.name == "flag":
        both = f"{name}/--no-{name.removeprefix('--')}"
        return click.option(both, setting.name, default=None, help=words)
    return click.option(name, setting.name, metavar=typed.metavar, multiple=typed.many, help=words)
