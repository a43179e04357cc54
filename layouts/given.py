"""Parameters that an address gives, read one by one; what cannot be read is said in a sentence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Parameters = Mapping[str, str | list[str]]
_MOST_PAGES = 1_000_000


@dataclass
class Given:
    """The parameters of an address, and a sentence for each that could not be read."""

    parameters: Parameters
    said: list[str] = field(default_factory=list)

    def every(self, name: str) -> list[str]:
        """All values of a parameter, in order."""
        values = self.parameters.get(name, [])
        return [values] if isinstance(values, str) else list(values)

    def last(self, name: str, words: str) -> str:
        """The last value that says anything, '' where none does. words: what it is called."""
        values = [value for value in self.every(name) if value]
        if len(values) > 1:
            self.said.append(f"Only one {words} can be chosen, so the last one is used.")
        return values[-1] if values else ""

    def search(self, name: str) -> str:
        """What is searched for, as it was typed but for what stands before it."""
        text = self.last(name, "search")
        return text.lstrip() if text.strip() else ""

    def page(self) -> int:
        """The number of the page, from 1."""
        text = self.last("page", "page") or "1"
        if text.isdecimal() and 0 < int(text) < _MOST_PAGES:
            return int(text)
        self.said.append(f"‘{text}’ is not a page, so the first one is shown.")
        return 1
