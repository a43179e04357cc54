"""Pages as Dash registers them: each framed alike, each with its own title and description."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

import dash
from dash._pages import _path_to_page
from dash.development.base_component import Component
from plotly.io.json import to_json_plotly

from callbacks.platform import form_token, licence, link, platform, refuse_link, root, viewer
from data.dialect import Stopped
from data.people import Viewer
from data.previews import LinkRefused
from kpi.views import LINK
from layouts import not_found, shell, sign_in
from layouts.addresses import address
from layouts.ages import with_ages
from layouts.fixed import fixed, loosened
from layouts.frame import PersonSignedIn
from layouts.screen import VIEW, build_screen, turning_every
from layouts.sent import Sent
from layouts.shell import Frame

_LOG = logging.getLogger(__name__)


class PageMissing(LookupError):
    """There is no page at this address; the sentence says what was looked for."""


class SignInNeeded(PermissionError):
    """This page is for those who are signed in."""


# What a page says of itself, or what says it of the parts of the path.
Words = str | Callable[..., str]


@dataclass(frozen=True)
class Page:
    """A page: where it is, what it is called, and how its content is made.

    ``content`` takes the parts of the path and the query's parameters. ``title``, which the name
    of the site goes behind, and ``description`` are words, or take the parts of the path; all
    three raise PageMissing where nothing is. One
    that is ``personal`` is for those who are signed in; others are asked to sign in first.
    One with a ``screen`` may stand on a wall: its modules one at a time, with ``view=screen``.
    ``linked_data`` takes what ``content`` takes, and gives JSON-LD for the HTML's head.
    ``missing`` says why nothing is there, of the sentence that PageMissing has.
    ``bare`` pages have no header, navigation or footer of the platform's: this frames them.
    All that a page ``of_one_service`` shows rests on the service of its part ``slug`` alone, so
    that it is kept while others change (see data.reader.Reader.about).
    """

    name: str
    path: str
    content: Callable[..., Component | list[Component]]
    title: Words
    description: Words
    section: str = ""
    personal: bool = False
    screen: bool = False
    linked_data: Callable[..., Sequence[Mapping[str, Any]]] | None = None
    missing: Callable[[str], list[Component]] = not_found.build_not_found
    bare: Callable[[list[Component]], Component] | None = None
    of_one_service: bool = False

    def framed(self, content: Component | list[Component], where: str = "") -> Component:
        """Its content with what surrounds it. where: its own address."""
        if self.bare is None:
            return _framed(content, self.section, where, None)
        return self.bare(content if isinstance(content, list) else [content])

    def answer(self, content: Component | list[Component], status: int) -> Answer:
        """What is said in place of its content, and the status that goes with it."""
        return Answer(_told(_sent(self.framed(content))), status)

    @property
    def is_template(self) -> bool:
        """Whether the path has parts that vary."""
        return "<" in self.path

    def service(self, state: Mapping[str, Any]) -> str:
        """The slug of the service that all that it shows rests on; '' where it rests on more."""
        return str(state["slug"]) if self.of_one_service else ""


@dataclass(frozen=True)
class Answer:
    """A page as it is sent, in JSON, and the HTTP status that its HTML goes with."""

    text: bytes
    status: int = 200

    @property
    def content(self) -> Sent:
        """The page as it is sent, read anew each time."""
        sent: Sent = json.loads(self.text)
        return sent

    @property
    def drawn(self) -> Sent:
        """The page as it was drawn: a dictionary a component, each in the one that it is in."""
        drawn: Sent = loosened(self.content)
        return drawn


def register(page: Page) -> None:
    """Register a page with Dash."""
    answer = _answer(page)
    where = {"path_template": page.path} if page.is_template else {"path": page.path}
    dash.register_page(
        page.name,
        **where,
        title=_or_missing(_with_site(page.title), not_found.TITLE, not_found.LINK_TITLE),
        description=_or_missing(page.description, not_found.DESCRIPTION, not_found.LINK_TITLE),
        layout=lambda **state: answer(**state).content,
        answer=answer,
        service=page.service,
        personal=page.personal,
        screen=page.screen,
        linked_data=page.linked_data,
    )


def register_not_found() -> None:
    """Register what Dash shows where no page is."""
    dash.register_page(
        "not_found_404",
        path="/page-not-found",
        title=lambda: not_found.TITLE,
        description=lambda: not_found.DESCRIPTION,
        layout=lambda **_query: nowhere().content,
    )


def route(path: str) -> str:
    """The route of the page at an address, such as `/services/<slug>`; '' where there is none."""
    page, _parts = _path_to_page(path.strip("/"))
    if not page or page["module"] == "not_found_404":
        return ""
    return str(page.get("path_template") or page["path"])


def nowhere() -> Answer:
    """The answer where there is no page."""
    return Answer(_sent(framed(not_found.build_not_found())), 404)


def linked_data(
    page: Mapping[str, Any], parts: Mapping[str, str] | None, query: Mapping[str, list[str]]
) -> Sequence[Mapping[str, Any]]:
    """What a registered page says in JSON-LD; nothing where it is missing or cannot be said."""
    if not page or not page.get("linked_data"):
        return ()
    found: Sequence[Mapping[str, Any]] = ()
    try:
        found = page["linked_data"](**{**query, **(parts or {})})
    except (PageMissing, LinkRefused):
        pass
    except Exception:
        _LOG.exception("The page %s could not be told to machines", page["path"])
    return found


def signed_in() -> Viewer:
    """Whoever is signed in and asks.

    :raises SignInNeeded: when nobody is; the page then says so, with the way to sign in.
    """
    found = viewer()
    if found is None:
        raise SignInNeeded
    return found


def _with_site(title: Words) -> Callable[..., str]:
    """A title as browsers show it."""

    def said(**parts: str) -> str:
        return f"{_words(title, parts)} - {platform().settings.site_name}"

    return said


def _or_missing(words: Words, missing: str, refused: str) -> Callable[..., str]:
    def said(**parts: str) -> str:
        try:
            return _words(words, parts)
        except PageMissing:
            return missing
        except LinkRefused:
            refuse_link()
            return refused

    return said


def _words(words: Words, parts: Mapping[str, str]) -> str:
    return words if isinstance(words, str) else words(**parts)


def _answer(page: Page) -> Callable[..., Answer]:
    def answer(**given: Any) -> Answer:
        # What a link shows is asked of the request, wherever it is asked: pages need not know.
        state = {name: value for name, value in given.items() if name != LINK}
        try:
            with platform().reader.about(page.service(state)):
                return Answer(_drawn(page, state))
        except SignInNeeded:
            return page.answer(sign_in.build_needed(), 403)
        except PageMissing as missing:
            return page.answer(page.missing(str(missing)), 404)
        except Stopped as stopped:
            _LOG.warning("The page %s took too long to build from %s", page.path, state)
            return page.answer(not_found.build_too_slow(str(stopped)), 503)
        except LinkRefused as refused:
            refuse_link()
            return page.answer(not_found.build_link_refused(str(refused)), 403)
        except Exception:
            _LOG.exception("The page %s could not be built from %s", page.path, state)
            return page.answer(not_found.build_failure(), 500)

    return answer


def _drawn(page: Page, state: Mapping[str, Any]) -> bytes:
    """A page as it is sent, drawn once for all who ask for it until its figures change.

    For whoever is signed in, or has brought a link that works, it is drawn anew: it may show what
    only they may see.
    """
    here = platform()

    def draw() -> bytes:
        where = address_of(page.path, state)
        if page.screen and state.get("view") == VIEW:
            return _on_screen(page.content(**state), where, turning_every(state.get("every")))
        return _sent(page.framed(page.content(**state), where))

    if page.personal:
        signed_in()
    if page.personal or not is_shared():
        return _told(draw())
    name = (here.settings, root(), page.name, sorted(state.items()))
    return _told(here.reader.keep(name, draw))


def _told(text: bytes) -> bytes:
    """A page with the ages that are said when it is sent."""
    return with_ages(text, platform().reader.now)


def is_shared() -> bool:
    """Whether what whoever asks is shown is the same as everybody is."""
    brought = link()
    return viewer() is None and not (brought and brought.link)


def address_of(path: str, state: Mapping[str, Any]) -> str:
    """Where a page of a path, or of one with parts, is with that state: absolute."""
    parts = re.findall("<(.*?)>", path)
    for name in parts:
        path = path.replace(f"<{name}>", quote(str(state.get(name, ""))))
    return root() + address(path, {name: told for name, told in state.items() if name not in parts})


def _sent(content: Component) -> bytes:
    text: str = to_json_plotly(fixed(content))
    return text.encode()


def _on_screen(content: Component | list[Component], where: str, seconds: int) -> bytes:
    plain = json.loads(to_json_plotly(content))
    return _sent(build_screen(plain, _frame("", where, None), seconds))


def framed(content: Component | list[Component] | str) -> Component:
    """Content with what surrounds it on a page that is sent at once, for whoever asks."""
    return _framed(content, "", "", platform().reader.now())


def _framed(
    content: Component | list[Component] | str, section: str, where: str, now: datetime | None
) -> Component:
    """where: its own address. now: None: ages are said when the page is sent."""
    return shell.build_page(content, _frame(section, where, now))


def _frame(section: str, where: str, now: datetime | None) -> Frame:
    here, asking = platform(), viewer()
    revision = here.reader.revision()
    return Frame(
        site_name=here.settings.site_name,
        section=section,
        updated_at=revision.updated_at,
        demonstration=revision.demonstration,
        now=now,
        licence=licence(),
        address=where,
        person=None if asking is None else PersonSignedIn(asking.name, form_token()),
    )
