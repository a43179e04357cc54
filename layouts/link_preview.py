"""What a link to a page shows where it is pasted, and what search engines are told of it."""

from __future__ import annotations

from dataclasses import dataclass

from layouts.sent import Sent, children, classes, every, first, words

_MOST = 300
Meta = dict[str, str]


@dataclass(frozen=True)
class Previewed:
    """What is told: titles and descriptions in words, addresses absolute.

    ``canonical`` is the page whatever is chosen on it, ``address`` the very page that was asked
    for. ``finding`` is what it finds, in words. Not ``indexed``: for no search engine.
    """

    site_name: str
    title: str
    description: str
    finding: str
    address: str
    canonical: str
    indexed: bool = True


def metas(told: Previewed) -> list[Meta]:
    """The attributes of each `meta` of a page's HTML."""
    of_page = [{"name": "description", "content": told.description}]
    if not told.indexed:
        of_page.append({"name": "robots", "content": "noindex"})
    properties = {
        "og:site_name": told.site_name,
        "og:type": "website",
        "og:title": told.title,
        "og:description": told.finding,
        "og:url": told.address,
    }
    shared = [{"property": name, "content": words} for name, words in properties.items()]
    return [*of_page, *shared, {"name": "twitter:card", "content": "summary"}]


def finding(page: Sent, otherwise: str) -> str:
    """What a page finds, in at most 300 characters: its figures, or its first module's heading.

    otherwise: what is said of a page that finds nothing.
    """
    text = " ".join((_cards(page) or _headline(page) or _module(page) or otherwise).split())
    return text if len(text) <= _MOST else f"{text[: _MOST - 1].rsplit(' ', 1)[0]}…"


def _cards(page: Sent) -> str:
    """'Cost per transaction £3.83, completion rate 61.2%.'"""
    said = [_card(one) for one in every(page, "kpi")]
    return _listed([one for one in said if one])


def _card(card: Sent) -> str:
    value = first(card, "value")
    if value is None or "none" in classes(value):
        return ""
    return f"{words(children(card)[:1])} {words(value)}"


def _headline(page: Sent) -> str:
    """'1.64 billion transactions, 80.2% done digitally.', after the sentence that says when."""
    row = first(page, "headline")
    said = [f"{_said(one, 'value')} {_said(one, 'label')}" for one in children(row)]
    when = first(page, "lede")
    return " ".join(filter(None, (words(when) if said else "", _listed(said))))


def _module(page: Sent) -> str:
    """The heading of the first module, which says what it finds, and its sentence."""
    module = first(page, "module")
    said = first(module, "summary")
    return f"{words(children(module)[:1])}. {words(said)}" if said else ""


def _said(node: Sent, name: str) -> str:
    return words(first(node, name))


def _listed(said: list[str]) -> str:
    lowered = [one[:1].lower() + one[1:] if place else one for place, one in enumerate(said)]
    return f"{', '.join(lowered)}." if said else ""
