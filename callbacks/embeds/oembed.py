"""What oEmbed (https://oembed.com) is told of dashboards and modules, by their addresses."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import SplitResult, urlencode, urlsplit
from xml.etree import ElementTree

from dash import Dash
from flask import Response, request

from callbacks.embeds.dashboards import address_of, place_of_address, title_of
from callbacks.pages import PageMissing
from callbacks.platform import link, platform, root
from layouts.embed_addresses import embed_address
from layouts.embed_snippet import HEIGHT, Most, embed_snippet

PATH = "/oembed"
# CSS pixels that an embed looks well in, where no limit is asked for.
WIDTH = 800
# Seconds for which an answer holds: titles change seldom, and the figures are not in it.
CACHE_AGE = 86_400
FORMATS = ("json", "xml")


class Refused(ValueError):
    """A request that cannot be answered: the status, and why in a sentence."""

    def __init__(self, status: int, sentence: str) -> None:
        super().__init__(sentence)
        self.status = status


@dataclass(frozen=True)
class Asked:
    """What is asked for: the address, the most pixels (0: no limit), and the format."""

    url: SplitResult
    most: Most
    format: str


def register(app: Dash) -> None:
    """Register the address."""

    @app.server.get(PATH)
    def oembed() -> Response:
        try:
            asked = parse(request.args)
            return _respond(described(asked), asked.format)
        except PageMissing as missing:
            return _refusal(404, str(missing))
        except Refused as refused:
            return _refusal(refused.status, str(refused))


def parse(given: Mapping[str, str]) -> Asked:
    """A request's parameters.

    :raises Refused: 400 where they cannot be read, 501 for a format that is not offered.
    """
    form = given.get("format") or FORMATS[0]
    if form not in FORMATS:
        raise Refused(501, f"The format {form!r} is not offered; json and xml are.")
    text = given.get("url", "")
    if not text:
        raise Refused(400, "Say in ‘url’ which page of this platform is to be embedded.")
    try:
        url = urlsplit(text)
    except ValueError as error:
        raise Refused(400, f"The url {text!r} is no address.") from error
    return Asked(url, Most(_pixels(given, "maxwidth"), _pixels(given, "maxheight")), form)


def _pixels(given: Mapping[str, str], name: str) -> int:
    text = given.get(name, "")
    if not text:
        return 0
    if not (text.isascii() and text.isdecimal() and int(text[:9]) > 0):
        raise Refused(400, f"‘{name}’ must be a whole number of pixels, not {text!r}.")
    return int(text[:9])


def described(asked: Asked) -> dict[str, Any]:
    """The answer.

    :raises PageMissing: for what is not there; for another host's.
    """
    url, here = asked.url, urlsplit(root())
    if (url.scheme, url.netloc) != ("", "") and (
        url.scheme not in ("http", "https") or url.netloc.lower() != here.netloc.lower()
    ):
        raise PageMissing("That is no address of this platform.")
    place = place_of_address(url.path or "/", url.fragment)
    title, name = title_of(place), platform().settings.site_name
    embed = embed_address(address_of(place, url.query), place.module)
    height = min(HEIGHT, asked.most.height or HEIGHT)
    return {
        "version": "1.0",
        "type": "rich",
        "title": title,
        "provider_name": name,
        "provider_url": root(),
        "cache_age": CACHE_AGE,
        "width": min(WIDTH, asked.most.width or WIDTH),
        "height": height,
        "html": embed_snippet(root(), embed, f"{title}, {name}", height, asked.most),
    }


def discovery(path: str, query: str) -> list[tuple[str, str, str]]:
    """Where a page that can be embedded says so: type, address and title; [] for any other.

    What a link shows is for whoever has it, not for those who embed what they find.
    """
    if link() is not None:
        return []
    try:
        title = title_of(place_of_address(path))
    except PageMissing:
        return []
    url = f"{root()}{path}{'?' if query else ''}{query}"
    kinds = (("application/json+oembed", "json"), ("text/xml+oembed", "xml"))
    return [
        (kind, f"{root()}{PATH}?{urlencode({'url': url, 'format': form})}", title)
        for kind, form in kinds
    ]


def _respond(answer: Mapping[str, Any], form: str) -> Response:
    if form == "json":
        return _open(Response(json.dumps(answer, ensure_ascii=False), mimetype="application/json"))
    top = ElementTree.Element("oembed")
    for name, value in answer.items():
        ElementTree.SubElement(top, name).text = str(value)
    text = ElementTree.tostring(top, encoding="utf-8", xml_declaration=True)
    return _open(Response(text, mimetype="text/xml"))


def _refusal(status: int, sentence: str) -> Response:
    body = {"status": "error", "message": sentence}
    text = json.dumps(body, ensure_ascii=False)
    return _open(Response(text, status, mimetype="application/json"))


def _open(response: Response) -> Response:
    """Any page's script may read it; it is asked for anew, as who asks may see more than others."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Cache-Control"] = "no-cache"
    return response
