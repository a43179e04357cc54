"""Addresses: every state that a person can set, short and canonical."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from urllib.parse import parse_qsl, quote, urlencode

Parameter = str | Iterable[str] | None
LIVE_PATH = "/live"
# What says when: on a service's page and the comparison, on the journey, and to the API.
_TIMES = frozenset(("from", "to", "answers", "journey", "against", "start_at", "end_at"))
_PLAIN = ":,"


def address(path: str, parameters: Mapping[str, Parameter] | None = None) -> str:
    """A path with its query; what is empty or None is left out, lists repeat their name."""
    pairs = [
        (name, value)
        for name, given in (parameters or {}).items()
        for value in ([given] if isinstance(given, str) else given or ())
        if value
    ]
    return f"{path}?{urlencode(pairs, safe=_PLAIN)}" if pairs else path


def always_latest(href: str) -> str:
    """A page's or the API's address without what says when: the newest, whenever it is opened.

    Filters stay, and so does a length of time as in ``period=month``; ``period=year:2016-10-01``,
    which names one period, does not.
    """
    place, mark, fragment = href.partition("#")
    path, _, query = place.partition("?")
    pairs = parse_qsl(query, keep_blank_values=True)
    kept = [(name, value) for name, value in pairs if not _says_when(name, value)]
    if kept == pairs:
        return href
    return f"{path}{'?' if kept else ''}{urlencode(kept, safe=_PLAIN)}{mark}{fragment}"


def _says_when(name: str, value: str) -> bool:
    return name in _TIMES or (name == "period" and ":" in value)


def search_of(parameters: Mapping[str, Parameter]) -> str:
    """The query alone, with its question mark; '' when nothing is set."""
    return address("", parameters)


def service_address(slug: str, parameters: Mapping[str, Parameter] | None = None) -> str:
    """A service's page."""
    return address(f"/services/{quote(slug)}", parameters)


def organisation_address(slug: str, parameters: Mapping[str, Parameter] | None = None) -> str:
    """A department's or an agency's page."""
    return address(f"/organisations/{quote(slug)}", parameters)


def span_parameters(start_at: date | None, end_at: date | None) -> dict[str, Parameter]:
    """The days [start_at, end_at) as the API takes them; None leaves that end open."""
    ends = {"start_at": start_at, "end_at": end_at}
    return {name: day.isoformat() if day else None for name, day in ends.items()}


def csv_address(path: str, parameters: Mapping[str, Parameter] | None = None) -> str:
    """The CSV of an API question: what a page shows is what the API answers."""
    return address(f"/api/{path}", {**(parameters or {}), "format": "csv"})


def live_address(parameters: Mapping[str, Parameter] | None = None) -> str:
    """Where an open page asks who is using these services now."""
    return address(LIVE_PATH, parameters)


def data_set_address(
    group: str, type: str, parameters: Mapping[str, Parameter] | None = None
) -> str:
    """A data set's page; with the parameters of a question, the record API's answer."""
    return address(f"/data/{quote(group)}/{quote(type)}", parameters)


def publish_address(
    group: str, type: str, parameters: Mapping[str, Parameter] | None = None
) -> str:
    """Where figures of a data set are uploaded; with a receipt's number, that receipt."""
    return address(f"/publish/{quote(group)}/{quote(type)}", parameters)


def correct_address(
    group: str, type: str, parameters: Mapping[str, Parameter] | None = None
) -> str:
    """Where one record of a data set is corrected by hand."""
    return address(f"/publish/{quote(group)}/{quote(type)}/correct", parameters)


def corrections_address(group: str, type: str) -> str:
    """The history of corrections on a data set's page."""
    return f"{data_set_address(group, type)}#corrections"


def template_address(type: str, ending: str) -> str:
    """The empty template of a data type: ending is 'xlsx' or 'csv'."""
    return f"/publish/templates/{quote(type)}.{ending}"


def annotations_address(slug: str, change: str = "") -> str:
    """What is noted about a service; with a key, where that annotation is changed."""
    return address(f"/services/{quote(slug)}/annotations", {"change": change})


def share_links_address(slug: str) -> str:
    """Where links to a service that is not published are made."""
    return f"/services/{quote(slug)}/links"


def annotation_address(
    slug: str, key: str, parameters: Mapping[str, Parameter] | None = None
) -> str:
    """A service before and after one of its annotations."""
    return address(f"/services/{quote(slug)}/annotations/{quote(key)}", parameters)
