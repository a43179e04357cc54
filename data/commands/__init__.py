"""The commands, a module a group: `flask --app app GROUP COMMAND`."""

from __future__ import annotations

from flask.cli import AppGroup
from sqlalchemy import Engine

from data.commands import (
    audit,
    data_sets,
    database,
    declarations,
    imports,
    links,
    organisations,
    people,
    services,
    tokens,
)

_GROUPS = (
    database.group,
    imports.group,
    organisations.group,
    services.group,
    data_sets.group,
    declarations.group,
    tokens.group,
    people.group,
    links.group,
    audit.group,
)


def command_groups(engine: Engine) -> list[AppGroup]:
    """The groups of commands to register on the Flask app."""
    return [group(engine) for group in _GROUPS]
