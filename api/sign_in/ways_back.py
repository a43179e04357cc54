"""Where to go after signing in: to a page of ours, and nowhere else."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import request

HOME = "/"
# Going back there would end or begin it again.
_NOT_BACK = ("/sign-in", "/sign-out")


def own_path(text: str) -> str:
    """A path of ours with its query, as it was given; home for everything else.

    Browsers read `//host` and `/\\host` as another host, and leave out tabs and line ends.
    """
    is_ours = text.startswith("/") and text.isprintable() and not text.startswith(("//", "/\\"))
    if not is_ours or "\\" in text or urlsplit(text).path.startswith(_NOT_BACK):
        return HOME
    return text


def asked_for() -> str:
    """Where whoever wants to sign in came from: the query's `next`, or the page before."""
    given = request.values.get("next", "")
    return own_path(given) if given else _page_before()


def _page_before() -> str:
    before = urlsplit(request.referrer or "")
    if before.netloc != request.host:
        return HOME
    return own_path(before._replace(scheme="", netloc="", fragment="").geturl())
