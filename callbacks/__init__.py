"""Wiring: each module parses a page's address, asks the data, and returns what layouts build."""

from __future__ import annotations

from dash import Dash, html, page_container

from callbacks import (
    about,
    annotation,
    compare,
    data_set,
    data_sets,
    live,
    organisation,
    overview,
    pages,
    publish,
    publish_correction,
    publish_file,
    publish_templates,
    reference,
    screen,
    sending,
    service,
    service_journey,
    services,
    share_links,
)
from callbacks.embeds import oembed, script
from callbacks.embeds import page as embed
from layouts.sharing import sharing_dialog


def register_pages(app: Dash) -> None:
    """Register every page with its callbacks, and the app's own layout around them."""
    for module in (
        overview,
        services,
        organisation,
        service,
        service_journey,
        annotation,
        share_links,
        compare,
        data_sets,
        data_set,
        about,
        reference,
        sending,
        publish,
        publish_file,
        publish_correction,
        publish_templates,
        embed,
        oembed,
        script,
    ):
        module.register(app)
    live.register(app)
    screen.register(app)
    pages.register_not_found()
    app.layout = html.Div([page_container, sharing_dialog()])
