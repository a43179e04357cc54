"""An embed: a dashboard or one of its modules, what it is of, and where it is from; no more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dash import html
from dash.development.base_component import Component

from layouts.ages import age
from layouts.embed_links import Stay, kept_inside, leading_out
from layouts.frame import MAIN_ID
from layouts.module_headings import raised, walk
from layouts.wording import capitalised

NOT_FOUND = "There is nothing here to show"
CLASS = "embed"
_ALONE = "alone"


@dataclass(frozen=True)
class Embedded:
    """What an embed shows.

    content: the dashboard's, or the module's with what its callbacks need. title: of the dashboard.
    page: the address of the page, as it is shown here, without the module. module: its slug, ''
    for the dashboard. name: what the module is called. period: in words, '' where the content says
    it. updated_at: when figures of the dashboard were last written; None where not known.
    """

    content: Sequence[Component]
    title: str
    page: str
    module: str = ""
    name: str = ""
    period: str = ""
    updated_at: datetime | None = None

    @property
    def source(self) -> str:
        """The page as it is shown here, at the module."""
        return f"{self.page}#{self.module}" if self.module else self.page


@dataclass(frozen=True)
class Source:
    """Whose figures these are: the platform's name, and whether they are made up.

    updated_at: when any of its figures but live users were last written; None where none were.
    """

    site_name: str
    demonstration: bool
    updated_at: datetime | None = None


def build_embed(shown: Embedded, source: Source, *, controls: bool = False) -> list[Component]:
    """All of an embed. controls: whether it has the page's filters, and goes on having them."""
    content = list(shown.content)
    if shown.module:
        content = [raised(html.Div(content, className=_ALONE))]
    content = [*_line(shown), *_headed(shown, content)]
    stay = Stay(shown.page, shown.module, controls=controls)
    return [*kept_inside(content, stay), _source(shown, source)]


def build_missing(sentence: str) -> list[Component]:
    """What an embed says where there is nothing to show: why."""
    return [html.H1(NOT_FOUND), html.P(sentence)]


def build_frame(content: Component | Sequence[Component] | str) -> Component:
    """A whole embed, in which whatever leads elsewhere opens in the window that it stands in."""
    return leading_out(html.Main(content, id=MAIN_ID, className=CLASS))


def _line(shown: Embedded) -> list[Component]:
    """What a module is of and when, above its heading; when, above a dashboard's."""
    said = ", ".join(filter(None, (shown.title if shown.module else "", shown.period)))
    return [html.P(capitalised(said), className="of")] if said else []


def _headed(shown: Embedded, content: list[Component]) -> list[Component]:
    """With a heading where the module has none of its own."""
    if any(isinstance(part, html.H1) for part in walk(content)):
        return content
    return [html.H1(shown.name or shown.title), *content]


def _source(shown: Embedded, source: Source) -> Component:
    words = f"{shown.title}, {source.site_name}"
    said: list[Component | str] = ["Source: ", html.A(words, href=shown.source, target="_top"), "."]
    updated_at = shown.updated_at or source.updated_at
    if updated_at is not None:
        said.append(f" Figures updated {age(updated_at, None)}.")
    if source.demonstration:
        said += [" ", html.Strong("Demonstration data.")]
    return html.Footer(html.P(said), className="source")
