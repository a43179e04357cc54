"""Wiring of the page where people sign in, which is plain HTML in the same frame."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import quote

from dash._pages import _path_to_page
from flask import Flask, request
from werkzeug import Response
from werkzeug.utils import redirect

from callbacks.pages import framed
from callbacks.platform import platform, viewer
from callbacks.serving import PlatformDash
from layouts.frame import SIGN_IN_HREF
from layouts.markup import markup
from layouts.sign_in import SignIn, build_sign_in


def drawing(app: PlatformDash) -> Callable[..., str]:
    """What draws the page, of the fields of `layouts.sign_in.SignIn`."""

    def draw(**fields: Any) -> str:
        asked = SignIn(**fields)
        title = f"{asked.title} - {platform().settings.site_name}"
        return app.plain_page(title, markup(framed(build_sign_in(asked))))

    return draw


def ask_to_sign_in(server: Flask) -> None:
    """Send whoever asks for a personal page, and is not signed in, to sign in first."""

    @server.before_request
    def _ask() -> Response | None:
        if request.endpoint not in ("/", "/<path:path>") or viewer() is not None:
            return None
        page, _parts = _path_to_page(request.path.strip("/"))
        if not page or not page.get("personal"):
            return None
        back = quote(request.full_path.rstrip("?"), safe="/")
        return redirect(f"{SIGN_IN_HREF}?next={back}", 303)
