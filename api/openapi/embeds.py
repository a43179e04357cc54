"""oEmbed's part of the OpenAPI document: how programs find out how to embed a page."""

from __future__ import annotations

from api.openapi import answers
from api.openapi.examples import Example, shown
from api.openapi.names import Names
from api.openapi.schemas import TEXT, WHOLE, Part, closed, schema

TAG = {"name": "Embeds", "description": "Dashboards and their modules on other pages: by anyone."}
PATH = "/oembed"
_RICH = "oembed"
_PARAMETERS = (
    (
        "url",
        "The address of a dashboard, with `#` and the name of a module for that alone, or of an "
        "embed. The host may be left out.",
        TEXT,
        True,
    ),
    ("maxwidth", "The most pixels that it may be wide.", {**WHOLE, "minimum": 1}, False),
    ("maxheight", "The most pixels that it may be high.", {**WHOLE, "minimum": 1}, False),
    ("format", "How to answer.", {**TEXT, "enum": ["json", "xml"], "default": "json"}, False),
)


def paths(names: Names) -> Part:
    """The path item."""
    operation: Part = {
        "operationId": "oembed",
        "tags": [TAG["name"]],
        "summary": "How a page is embedded",
        "description": "What oEmbed 1.0 (https://oembed.com) asks of a provider of rich content.",
        "parameters": [_parameter(*one) for one in _PARAMETERS],
        "responses": {
            "200": answers.answer("How to embed it.", _body()),
            "501": answers.answer("The format is not offered.", _error()),
            **answers.named("400-parameter", "404-unknown"),
        },
    }
    return {PATH: {"get": shown(operation, PATH, _examples(names))}}


def schemas() -> Part:
    """The schema of an answer, by name."""
    fixed: Part = {"version": {"const": "1.0"}, "type": {"const": "rich"}}
    texts = dict.fromkeys(("title", "provider_name", "provider_url", "html"), TEXT)
    numbers = dict.fromkeys(("cache_age", "width", "height"), WHOLE)
    return {_RICH: closed({**fixed, **texts, **numbers})}


def _parameter(name: str, words: str, kind: Part, required: bool) -> Part:
    return {
        "name": name,
        "in": "query",
        "description": words,
        "required": required,
        "schema": kind,
    }


def _body() -> Part:
    return {**answers.json_of(schema(_RICH)), "text/xml": {"schema": TEXT}}


def _error() -> Part:
    return answers.json_of(schema("error"))


def _examples(names: Names) -> list[Example]:
    page = f"/services/{names.service}"
    return [
        Example("A service's dashboard", query={"url": page}),
        Example("One module of it", query={"url": f"{page}#about-the-figures", "maxwidth": "480"}),
        Example("A width that is none", query={"url": page, "maxwidth": "wide"}, status=400),
        Example("A page that is not there", query={"url": "/services/nothing"}, status=404),
        Example("A format that is not offered", query={"url": page, "format": "yaml"}, status=501),
    ]
