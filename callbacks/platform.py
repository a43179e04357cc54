"""What the running app's pages ask: the reader and the settings, and who is asking."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from flask import current_app, g, request
from flask_wtf.csrf import generate_csrf

from config import Settings
from data.engine import Engine
from data.licences import licence_of
from data.people import Viewer
from data.previews import Brought
from data.reader import Reader
from data.selection import Selection

EXTENSION = "performance_platform"


@dataclass(frozen=True)
class Platform:
    """The one way out of the database, the settings, and the database for what is written."""

    reader: Reader
    settings: Settings
    engine: Engine


def platform() -> Platform:
    """The platform of the request that is being answered."""
    found = current_app.extensions[EXTENSION]
    assert isinstance(found, Platform)
    return found


def viewer() -> Viewer | None:
    """Whoever is signed in and asks; None for everyone else."""
    found: Viewer | None = g.get("viewer")
    return found


def poller() -> Viewer | None:
    """Whoever is signed in where a page asks by itself: looked up only when it is asked for."""
    find: Callable[[], Viewer | None] = g.get("find_viewer", viewer)
    g.viewer = find()
    return viewer()


def link() -> Brought | None:
    """The link that came with the request, to be shown what is not published."""
    find: Callable[[], Brought | None] = g.get("find_link", lambda: None)
    return find()


def carried(about: Selection) -> str:
    """What all addresses of a service have, so that whoever has come by a link can follow them."""
    found = link()
    return found.text if found and about.preview and found.opens(about.service) else ""


def refuse_link() -> None:
    """Have the page that is being drawn answered as one that a link does not show."""
    g.link_refused = True


def root() -> str:
    """The address of this platform, as whoever asks came to it; without a slash at its end."""
    return request.host_url.rstrip("/")


def licence() -> str:
    """The address of the licence that the figures are published under; '' where none is known."""
    here = platform()
    return licence_of(here.settings, here.reader.revision())


def form_token() -> str:
    """What a form of ours sends back in its field `csrf_token`, for whoever is signed in."""
    return str(generate_csrf())
