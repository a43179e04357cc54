"""A group of commands that look after the platform, and who is said to have run them."""

from __future__ import annotations

import getpass
from collections.abc import Callable
from functools import wraps
from typing import Any

from click import Command
from flask.cli import AppGroup
from sqlalchemy import Engine

from data.commands.refusals import refusals
from data.deliveries import Sender
from data.engine import migrate


class Group(AppGroup):
    """Commands on a database that is brought up to date first; what they refuse, they say."""

    def __init__(self, engine: Engine, name: str, help: str) -> None:
        super().__init__(name, help=help)
        self.engine = engine

    def command(self, *args: Any, **kwargs: Any) -> Any:
        """A decorator that makes a command of a function."""
        register = super().command(*args, **kwargs)

        def decorate(function: Callable[..., Any]) -> Command:
            @wraps(function)
            def run(*words: Any, **options: Any) -> Any:
                migrate(self.engine)
                with refusals():
                    return function(*words, **options)

            return register(run)

        return decorate


def sender() -> Sender:
    """Whoever is at the command line, for the audit."""
    try:
        return Sender(f"command line, {getpass.getuser()}")
    except (OSError, KeyError):
        # A container's user may have no name.
        return Sender("command line")
