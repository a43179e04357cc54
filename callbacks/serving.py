"""What is served beside pages and API: scripts and styles from here alone, 404s, absence."""

from __future__ import annotations

import base64
import hashlib
import json
import logging
import re
from collections.abc import Callable, Mapping
from html import escape
from pathlib import Path
from typing import Any

import flask_bootstrap
import plotly
from dash import Dash
from dash._pages import _path_to_page
from dash._utils import format_tag
from dash.fingerprint import build_fingerprint
from flask import Flask, Response, g, request, send_from_directory
from flask_compress import Compress
from plotly.offline import get_plotlyjs_version

from callbacks.documents import Document, document
from callbacks.embeds.oembed import discovery
from callbacks.headers import is_embedded
from callbacks.pages import linked_data
from config import Settings
from data.absence import RETRY_SECONDS, absence
from data.dialect import DatabaseFault
from layouts import not_found
from layouts.markup import markup

_LOG = logging.getLogger(__name__)

_REST_OF_PAGE = 1024**2
_BOOTSTRAP = Path(flask_bootstrap.__file__).parent / "static" / "bootstrap5" / "css"
_STOCK = Path(plotly.__file__).parent / "package_data" / "plotly.min.js"
# Scripts that Dash sends to every page: its own data table, and what browsers lacked in 2020.
_UNUSED = ("/dash_table/", "/deps/polyfill@")
_UNSCRIPTED = "unscripted/unscripted.css"
_BASIC = "vendor/plotly-basic.min.js"
# The release of a library in the name that Dash gives to its script; the time of change is enough.
_RELEASE = re.compile(r"\.v[\w-]+m(?=[0-9a-f]+\.)")
# What is worth compressing: words, scripts and figures.
_COMPRESSED = [
    "text/html",
    "text/css",
    "text/csv",
    "text/javascript",
    "application/javascript",
    "application/csvm+json",
    "application/json",
    "application/ld+json",
    "image/svg+xml",
]
# dcc.Graph loads Plotly from the address that Dash's renderer puts into this variable, at the
# first chart; ours is fixed before the renderer runs.
_CHART_SCRIPT = (
    "Object.defineProperty(window, '_dashPlotlyJSURL', "
    "{get: () => document.documentElement.dataset.chartScript, set: () => {}})"
)
_INDEX = """<!DOCTYPE html>
<html lang="en-GB" data-chart-script="{chart_script}">
  <head>
    {{%metas%}}
    <title>{{%title%}}</title>
    {{%favicon%}}
    {{%css%}}
    <noscript><link rel="stylesheet" href="{unscripted_style}"></noscript>
    <script>{fixed_script}</script>
  </head>
  <body>
    {{%app_entry%}}
    <div>{{%config%}}{{%scripts%}}{{%renderer%}}</div>
  </body>
</html>"""


_PLAIN = """<!DOCTYPE html>
<html lang="en-GB">
  <head>
    {metas}
    <title>{title}</title>
    <link rel="icon" type="image/x-icon" href="{icon}">
    {css}
  </head>
  <body>{body}</body>
</html>"""


# Of pages that have no embed: each who loads one would fetch them for nothing.
_NOT_EMBEDDED = re.compile(r"/assets/(?:(?:publish|sign_in)\.css|(?:publishing|reference)\.js)\b")


class PlatformServer(Flask):
    """Flask whose functions are plain ones, and are not looked at with every request."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """The function itself."""
        return func


class PlatformDash(Dash):
    """Dash that sends no script in vain, and whose HTML has each page's own title."""

    def _generate_scripts_html(self) -> str:
        tags = str(super()._generate_scripts_html()).split("\n")
        kept = "\n".join(tag for tag in tags if not any(name in tag for name in _UNUSED))
        return _RELEASE.sub(".v1m", kept)

    def interpolate_index(self, *parts: Any, **named: Any) -> str:
        """The HTML that every page starts with."""
        page, path_parts = _path_to_page(request.path.strip("/"))
        found = document(page, path_parts)
        g.document = found
        said = linked_data(page, path_parts, request.args.to_dict(flat=False))
        links = _links(request.path, request.query_string.decode("ascii", "replace"))
        metas = "\n    ".join([named["metas"], found.head, *links, *map(_data_block, said)])
        entry = f"<noscript>{found.body}</noscript>{named['app_entry']}"
        told = {"metas": metas, "title": escape(found.title), "app_entry": entry}
        told = {name: _literal(words) for name, words in told.items()}
        if is_embedded(request.path):
            told |= {name: _for_embeds(named[name]) for name in ("css", "scripts")}
        return str(super().interpolate_index(*parts, **{**named, **told}))

    def plain_page(self, title: str, body: str) -> str:
        """A page without scripts, of HTML that is there already, in the same styles."""
        metas = (format_tag("meta", meta, opened=True) for meta in self._generate_meta())
        return _PLAIN.format(
            metas="\n    ".join(metas),
            title=escape(title),
            icon=self.get_asset_url("favicon.ico"),
            css=self._generate_css_dist_html(),
            body=body,
        )


def _for_embeds(tags: str) -> str:
    """Those of some tags, a line each, that embeds need."""
    return "\n".join(tag for tag in tags.split("\n") if not _NOT_EMBEDDED.search(tag))


def _links(path: str, query: str) -> list[str]:
    """Links in a page's head: what oEmbed says of it, where it can be embedded."""
    return [
        f'<link rel="alternate" type="{kind}" href="{escape(href)}" title="{escape(title)}">'
        for kind, href, title in discovery(path, query)
    ]


def _literal(words: str) -> str:
    """Words in which Dash finds none of the places that it fills: they may be anyone's."""
    return words.replace("{%", "&#123;%")


def _data_block(document: Mapping[str, Any]) -> str:
    """JSON-LD in HTML: data and no script, in which nothing can end the element."""
    text = json.dumps(document, ensure_ascii=False)
    for character in "<>&":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return f'<script type="application/ld+json">{text}</script>'


def compress(server: Flask) -> None:
    """Compress answers; assets are streamed, and gzip is for clients without Brotli."""
    server.config.update(
        COMPRESS_ALGORITHM=["br", "gzip"],
        COMPRESS_ALGORITHM_STREAMING=["br", "gzip"],
        COMPRESS_BR_LEVEL=5,
        COMPRESS_MIMETYPES=_COMPRESSED,
    )
    Compress(server)


def serve_bundles(app: Dash) -> None:
    """Serve Bootstrap's CSS, and Plotly's basic bundle where set-up could fetch it."""
    app.index_string = _INDEX.format(
        chart_script=chart_script(app),
        unscripted_style=_dated(app, _UNSCRIPTED),
        fixed_script=_CHART_SCRIPT,
    )
    version = int((_BOOTSTRAP / "bootstrap.min.css").stat().st_mtime)
    app.config.external_stylesheets = [f"/bootstrap.min.css?m={version}"]

    @app.server.get("/bootstrap.min.css")
    def bootstrap() -> Response:
        return send_from_directory(_BOOTSTRAP, "bootstrap.min.css")


def chart_script(app: Dash) -> str:
    """Where dcc.Graph loads Plotly from: the basic bundle if it is there and fits, or the stock."""
    basic = Path(app.config.assets_folder) / _BASIC
    if _is_basic_bundle(basic):
        return _dated(app, _BASIC)
    name = build_fingerprint("package_data/plotly.min.js", "1", int(_STOCK.stat().st_mtime))
    return f"{app.config.requests_pathname_prefix}_dash-component-suites/plotly/{name}"


def _dated(app: Dash, name: str) -> str:
    """The address of one of our assets, with its time of change."""
    path = Path(app.config.assets_folder) / name
    return f"{app.get_asset_url(name)}?m={path.stat().st_mtime}"


def _is_basic_bundle(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open(encoding="utf-8") as script:
        return f"(basic - minified) v{get_plotlyjs_version()}\n" in script.read(200)


def bound_callbacks(server: Flask, settings: Settings) -> None:
    """Refuse what a page sends that is larger than any file may be, before any of it is read."""
    # A file comes in base64, four letters for three bytes; the rest of a page takes little.
    most = settings.upload_bytes_most * 4 // 3 + _REST_OF_PAGE

    @server.before_request
    def _bound() -> None:
        if request.path.endswith("/_dash-update-component"):
            request.max_content_length = most


def set_up(app: Dash) -> None:
    """Have Dash set itself up now, once all callbacks are registered.

    It would with the first request; of several that came to a new worker at once, some failed.
    """
    first = app.server.before_request_funcs.get(None, [])
    with app.server.test_request_context():
        for function in first:
            if function.__module__ == Dash.__module__:
                function()


def inline_scripts(app: Dash) -> list[str]:
    """The hashes, as a policy names them, of the only scripts that stand in a page's HTML."""
    ours = base64.b64encode(hashlib.sha256(_CHART_SCRIPT.encode()).digest()).decode()
    return [f"'sha256-{ours}'", *app.csp_hashes()]


def tell_status(server: Flask) -> None:
    """Answer with each page's own status, and say who may keep it: Dash serves all alike."""

    @server.after_request
    def _tell(response: Response) -> Response:
        found: Document | None = g.get("document")
        if found is not None and response.status_code == 200:
            response.status_code = found.status
            kept = "no-cache" if found.shared else "no-store"
            response.headers.setdefault("Cache-Control", kept)
        return response


def tell_absence(app: PlatformDash) -> None:
    """Answer 503 in words while the database is away or busy, so that it is tried again."""

    @app.server.errorhandler(DatabaseFault)
    def _away(error: DatabaseFault) -> Response:
        sentence = absence(error)
        if sentence is None:
            raise error
        _LOG.warning("%s: %s %s", request.path, sentence, error)
        title = not_found.AWAY_TITLE
        text = app.plain_page(title, markup(not_found.build_refused(title, sentence)))
        headers = {"Retry-After": str(RETRY_SECONDS), "Cache-Control": "no-store"}
        return Response(text, 503, headers, mimetype="text/html")
