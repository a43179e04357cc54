"""Wiring of the page where links to a service that is not published are made and revoked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, html
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import pages
from callbacks.linking import made, revoked, shareable, sharing
from callbacks.platform import viewer
from callbacks.publishing import Stopped
from layouts import ids
from layouts import share_links as shown
from layouts.share_links import Sharing, build_share_links, build_shown

_FIELDS = {"type": ids.LINK_FIELD, "name": ALL}
_REVOKE = {"type": ids.LINK_REVOKE, "link": ALL}


def register(app: Dash) -> None:
    """Register the page and its callbacks."""
    pages.register(
        pages.Page(
            # Before the service's page in the alphabet, as Dash looks for it in that order.
            name="links",
            path="/services/<slug>/links",
            section="/services",
            content=_content,
            title=lambda slug: shown.TITLE if viewer() is None else shown.title(_name(slug)),
            description=shown.DESCRIPTION,
            personal=True,
        )
    )

    @app.callback(
        Output(ids.LINK_SHOWN, "children"),
        Input(ids.LINK_MAKE, "n_clicks"),
        State(_FIELDS, "value"),
        State(_FIELDS, "id"),
        State(ids.LINK_SERVICE, "data"),
        prevent_initial_call=True,
    )
    def _make(clicks: int, values: list[Any], names: list[Any], slug: str) -> object:
        if not clicks:
            raise PreventUpdate
        texts = {id["name"]: str(value or "") for id, value in zip(names, values, strict=True)}
        return _answer(made(str(slug), texts))

    @app.callback(
        Output(ids.LINK_SHOWN, "children", allow_duplicate=True),
        Input(_REVOKE, "n_clicks"),
        State(ids.LINK_SERVICE, "data"),
        prevent_initial_call=True,
    )
    def _revoke(clicks: list[int], slug: str) -> object:
        # A button that comes with the list counts as pressed by nobody.
        pressed = ctx.triggered_id["link"] if isinstance(ctx.triggered_id, Mapping) else None
        if not any(clicks) or not isinstance(pressed, int):
            raise PreventUpdate
        return _answer(revoked(str(slug), pressed))


def _content(slug: str, **_others: object) -> list[Component]:
    return build_share_links(sharing(slug))


def _name(slug: str) -> str:
    return shareable(slug).name


def _answer(done: Sharing | Stopped) -> list[Component]:
    if isinstance(done, Stopped):
        return [html.P(done.why, className="fault", role="alert")]
    return build_shown(done)
