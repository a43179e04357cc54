"""Assembles the platform: Flask, the database, the cache, the API, the commands and the pages."""

from __future__ import annotations

import sys

from dash import Dash
from flask import Flask

from api.blueprint import blueprint
from api.data_sets import admin_blueprint
from api.declarations import declaration_blueprint
from api.operating.limits import bound_clients
from api.operating.logs import set_up_logs
from api.operating.metrics import measure
from api.operating.requests import watch_requests
from api.records.blueprint import record_blueprint
from api.refusals import tell_programs
from api.share_links import bring_links
from api.sign_in.identity import identify
from api.sign_in.views import register_sign_in
from callbacks import register_pages
from callbacks.bodies import check_bodies
from callbacks.headers import set_headers
from callbacks.page_callback import answer_pages
from callbacks.pages import route as page_route
from callbacks.platform import EXTENSION, Platform
from callbacks.refusals import tell_failure, tell_limits, tell_links, tell_unreadable
from callbacks.serving import (
    PlatformDash,
    PlatformServer,
    bound_callbacks,
    compress,
    inline_scripts,
    serve_bundles,
    set_up,
    tell_absence,
    tell_status,
)
from callbacks.sign_in import ask_to_sign_in, drawing
from config import ROOT, SettingError, Settings
from data.administration import Administration
from data.cache import open_cache
from data.commands import command_groups
from data.engine import open_engine

# What tells gunicorn not to try again.
_CANNOT_START = 4


def create_app(settings: Settings | None = None) -> Dash:
    """The whole platform as a Dash app; its ``server`` is what gunicorn serves."""
    settings = settings or Settings.from_environment()
    set_up_logs(settings)
    server = _flask(settings)
    app = PlatformDash(
        "performance_platform",
        server=server,  # type: ignore[arg-type]
        assets_folder=str(ROOT / "assets"),
        assets_path_ignore=[r"^(vendor|reference|unscripted|embed)$"],
        pages_folder="",
        use_pages=True,
        include_pages_meta=False,
        title=settings.site_name,
        update_title="",
        suppress_callback_exceptions=True,
    )
    serve_bundles(app)
    register_pages(app)
    platform: Platform = server.extensions[EXTENSION]
    register_sign_in(server, platform.engine, settings, drawing(app))
    records = record_blueprint(platform.reader, platform.engine, settings, app.index)
    server.register_blueprint(records)
    ask_to_sign_in(server)
    check_bodies(app)
    answer_pages(app)
    tell_status(server)
    tell_absence(app)
    set_headers(server, lambda: inline_scripts(app), settings.embed_ancestors)
    tell_failure(app)
    tell_limits(app)
    tell_links(app)
    tell_unreadable(app)
    set_up(app)
    return app


def _flask(settings: Settings) -> Flask:
    server = PlatformServer("performance_platform", static_folder=None)
    server.json.sort_keys = False  # type: ignore[attr-defined]
    cache, engine = open_cache(settings), open_engine(settings)
    cache.init_app(server)
    watch_requests(server, settings)
    bound_clients(server, settings)
    bound_callbacks(server, settings)
    identify(server, engine, settings)
    reader = measure(server, settings, engine, cache, page_route)
    bring_links(server, engine, reader)
    server.extensions[EXTENSION] = Platform(reader, settings, engine)
    server.register_blueprint(blueprint(reader, settings))
    server.register_blueprint(admin_blueprint(Administration(engine), settings))
    server.register_blueprint(declaration_blueprint(reader, engine, settings))
    for group in command_groups(engine):
        server.cli.add_command(group)
    compress(server)
    tell_programs(server)
    return server


def _server() -> Flask:
    """What gunicorn and commands start; a setting that is wrong ends them with its sentence."""
    try:
        return create_app().server
    except SettingError as error:
        print(error, file=sys.stderr)
        raise SystemExit(_CANNOT_START) from None


server = _server()
