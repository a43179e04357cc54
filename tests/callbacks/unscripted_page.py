"""A page as whoever runs no scripts reads it: its HTML, parsed."""

from __future__ import annotations

from dataclasses import dataclass, field
from html.parser import HTMLParser

from flask.testing import FlaskClient

_VOID = {"meta", "link", "br", "hr", "img", "input"}
Attributes = dict[str, str | None]


@dataclass
class Element:
    """An element, its attributes and what is in it."""

    tag: str
    attributes: Attributes
    inside: list[Element | str] = field(default_factory=list)

    @property
    def words(self) -> str:
        """All its text, with single spaces."""
        text = "".join(one if isinstance(one, str) else one.words for one in self.inside)
        return " ".join(text.split())

    def every(self, tag: str, name: str = "") -> list[Element]:
        """Every element of a tag inside, and of a class where one is given."""
        found = []
        for one in self.inside:
            if isinstance(one, Element):
                is_named = not name or name in str(one.attributes.get("class")).split()
                found += [one] if one.tag == tag and is_named else []
                found += one.every(tag, name)
        return found

    def meta(self, name: str) -> str | None:
        """What a `meta` of the head says."""
        named = [one.attributes for one in self.every("meta")]
        return next((one["content"] for one in named if name in one.values()), None)

    def table(self, caption: str) -> list[list[str]]:
        """The cells of the table of a caption, row by row, header first."""
        (found,) = [one for one in self.every("table") if one.every("caption")[0].words == caption]
        rows = found.every("tr")
        return [[one.words for one in row.every("th") + row.every("td")] for row in rows]


class _Reading(HTMLParser):
    """Builds elements of HTML; a `noscript` is read as by whoever runs no scripts."""

    def __init__(self) -> None:
        super().__init__()
        self.top = Element("document", {})
        self._open = [self.top]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = Element(tag, dict(attrs))
        self._open[-1].inside.append(found)
        if tag not in _VOID:
            self._open.append(found)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop().tag == tag, f"</{tag}> closes nothing"

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def parsed(html: str) -> Element:
    """The elements of a document, of which every one is closed."""
    reading = _Reading()
    reading.feed(html)
    reading.close()
    return reading.top


def unscripted(client: FlaskClient, path: str) -> Element:
    """What a page says without scripts."""
    answer = client.get(path, headers={"Accept": "text/html"})
    return parsed(answer.text)


def body(page: Element) -> Element:
    """What the server wrote for whoever runs no scripts."""
    return page.every("body")[0].every("noscript")[0]
