"""A command line: the commands on a database of its own."""

from __future__ import annotations

from pathlib import Path

from click.testing import Result
from flask import Flask

from data.commands import command_groups
from tests.data.published_file import file
from tests.data.world import World
from tests.fixtures.databases import opened


class Shell:
    """A small app with the commands, on a database of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.app = Flask("small")
        self.engine = opened(folder)
        for group in command_groups(self.engine):
            self.app.cli.add_command(group)

    def run(self, *words: str, typed: str | None = None) -> Result:
        """A command, with what is typed when it asks."""
        return self.app.test_cli_runner().invoke(args=list(words), input=typed)

    def says(self, *words: str) -> list[str]:
        """The lines that a command prints, which is not refused."""
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result.stdout.splitlines()

    def refusal(self, *words: str) -> str:
        """What a command says that refuses its input: a sentence, no traceback."""
        result = self.run(*words)
        assert result.exit_code == 1, result.output
        assert result.stdout == ""
        assert "Traceback" not in result.output
        assert isinstance(result.exception, SystemExit)
        return result.stderr.removeprefix("Error: ").rstrip("\n")

    def load(self, content: str | bytes) -> Result:
        """The import of a file with this content."""
        return self.run("import", "transactional-services", str(file(self.folder, content)))

    @property
    def world(self) -> World:
        """The database behind it."""
        return World(self.engine)
