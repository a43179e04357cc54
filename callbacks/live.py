"""Who is using services now, as pages that are open ask for it again every few seconds.

Drawn once for all who ask, until there is another count; whoever has it already is told just that.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace

from dash import Dash
from flask import Response, request
from plotly.io.json import to_json_plotly

from callbacks.platform import carried, link, platform, poller
from data.live import LiveQuery
from data.previews import LinkRefused, visible
from data.recent import Recently
from data.revisions import Revision
from data.selection import Selection
from kpi.live import live_users
from kpi.views import LINK
from layouts.addresses import LIVE_PATH, live_address
from layouts.live import LiveShown, live_parts
from layouts.wording import counted

_PARAMETERS = ("service", "department", "agency")
_MISSING = "There is no such service."


@dataclass(frozen=True)
class _Asked:
    """Which services: one of them, those of an organisation, or all; and by which link."""

    service: str = ""
    department: str = ""
    agency: str = ""
    link: str = ""

    @property
    def selection(self) -> Selection:
        return Selection(service=self.service, department=self.department, agency=self.agency)

    @property
    def address(self) -> str:
        return live_address({name: getattr(self, name) for name in (*_PARAMETERS, LINK)})


def register(app: Dash) -> None:
    """Register the address that assets/live.js asks."""
    # Very many pages may be open: what tells whether there is anything new is read once a second.
    recent = Recently(_revision)

    @app.server.get(LIVE_PATH)
    def live() -> Response:
        return answer(recent.value())


def _revision() -> Revision:
    return platform().reader.revision()


def answer(revision: Revision) -> Response:
    """The answer to the request: of published services for everyone, else for who may see it."""
    asked = _Asked(*(request.args.get(name, "") for name in _PARAMETERS))
    if "\0" in "".join((asked.service, asked.department, asked.agency)):
        return _missing()
    reader = platform().reader
    drawn = reader.keep(("live", asked), lambda: _published(asked), revision)
    return _for_everyone(drawn) if drawn else _preview(asked)


def _published(asked: _Asked) -> str:
    """What everyone may see; '' where it is of a service that they may not."""
    if asked.service and visible(platform().reader, asked.service, None) is None:
        return ""
    return _drawn(asked, asked.selection)


def _drawn(asked: _Asked, selection: Selection) -> str:
    users = live_users(platform().reader.run(LiveQuery(selection)))
    if users.people is None:
        return "{}"
    of = "this service" if asked.service else counted(users.services, "service")
    text: str = to_json_plotly(live_parts(LiveShown(users, of, asked.address)))
    return text


def _for_everyone(drawn: str) -> Response:
    own = hashlib.sha256(drawn.encode()).hexdigest()[:32]
    # Compression on the way out adds its own name after a colon.
    known = request.if_none_match.as_set(include_weak=True)
    kept = any(tag.partition(":")[0] == own for tag in known)
    response = Response(status=304) if kept else Response(drawn, mimetype="application/json")
    response.set_etag(own)
    response.headers["Cache-Control"] = "no-cache"
    return response


def _preview(asked: _Asked) -> Response:
    try:
        about = visible(platform().reader, asked.service, poller(), link())
    except LinkRefused as refused:
        return _refused(str(refused))
    if about is None:
        return _missing()
    selection = replace(asked.selection, preview=about.preview)
    drawn = _drawn(replace(asked, link=carried(about)), selection)
    headers = {"Cache-Control": "private, no-store"}
    return Response(drawn, headers=headers, mimetype="application/json")


def _missing() -> Response:
    return _refused(_MISSING, 404)


def _refused(message: str, status: int = 403) -> Response:
    body = json.dumps({"status": "error", "message": message})
    return Response(body, status, mimetype="application/json")
