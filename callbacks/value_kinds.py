"""What the components of a page may send: for each property, or each component, its kind."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from kpi.definitions import SLUGS
from kpi.periods import PERIODS
from layouts import ids

Fits = Callable[[Any], bool]


@dataclass(frozen=True)
class Kind:
    """What a value may be, and the words for it behind 'is not'."""

    words: str
    fits: Fits


def kind_of(component: str, property: str) -> Kind | None:
    """What a component's property holds; None where nobody has said it yet.

    component: the id, or the type of an id that is completed with a name.
    """
    return _COMPONENTS.get(component) or _PROPERTIES.get(property)


def is_text(value: Any) -> bool:
    """Whether it is text that every database can hold: no NUL, no half of a surrogate pair."""
    if not isinstance(value, str) or "\0" in value:
        return False
    return value.isascii() or not any("\ud800" <= letter <= "\udfff" for letter in value)


def is_whole(value: Any) -> bool:
    """Whether it is a number of something, or of a row."""
    # What is larger is no number of ours, and no database would take it.
    return isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 2**31


def _or_nothing(fits: Fits) -> Fits:
    return lambda value: value is None or fits(value)


def _is_scalar(value: Any) -> bool:
    if isinstance(value, int | float):
        return abs(value) < 2**63 if isinstance(value, int) else math.isfinite(value)
    return is_text(value)


def _is_list_of_texts(value: Any) -> bool:
    return isinstance(value, list) and all(map(is_text, value))


def _is_texts(value: Any) -> bool:
    if not isinstance(value, Mapping):
        return False
    return _is_list_of_texts([*value, *value.values()])


def _texts(*names: str) -> Fits:
    """Text by name, these names among them."""
    return lambda value: _is_texts(value) and all(name in value for name in names)


def _opening(*names: str) -> Fits:
    """What a page shows at first, and the length of period that it shows now."""
    has_all = _texts("period", "from", "to", "shown", *names)
    return lambda value: has_all(value) and value["shown"] in PERIODS


def _shown(name: str) -> Fits:
    """Texts that were shown by their names, and the version of the data set then."""

    def fits(value: Any) -> bool:
        if not isinstance(value, Mapping) or not _is_texts(value.get(name, {})):
            return False
        return all(_is_scalar(one) for key, one in value.items() if key != name and one is not None)

    return fits


def _is_event(value: Any) -> bool:
    points = value.get("points") if isinstance(value, Mapping) else value
    return points is None or (isinstance(points, list) and all(map(_is_point, points)))


def _is_point(value: Any) -> bool:
    return isinstance(value, Mapping) and is_whole(value.get("curveNumber", 0))


_TEXT = Kind("text", _or_nothing(is_text))
_PATH = Kind("a path", lambda value: is_text(value) and value.startswith("/"))
_TYPED = Kind("text or a number", _or_nothing(_is_scalar))
_EVENT = Kind("what was chosen in a chart", _is_event)
_PROPERTIES = {
    "n_clicks": Kind("a number of clicks", _or_nothing(is_whole)),
    "pathname": _PATH,
    "clickData": _EVENT,
    "selectedData": _EVENT,
    **dict.fromkeys(("value", "search", "href", "contents", "filename"), _TEXT),
}
_LENGTH = Kind("a length of period", _or_nothing(lambda value: value in PERIODS))
_COMPONENTS = {
    ids.SERVICES_LEAST: _TYPED,
    ids.SERVICES_MOST: _TYPED,
    ids.SERVICES_RANGE_KPI: Kind("a KPI", lambda value: value in SLUGS),
    ids.SERVICE_PERIOD: _LENGTH,
    ids.SERVICE_OPENING: Kind("what the page opens with", _opening("channel")),
    ids.SERVICE_CURVES: Kind("a list of text", _is_list_of_texts),
    ids.COMPARE_PERIOD: _LENGTH,
    ids.COMPARE_OPENING: Kind("what the page opens with", _opening()),
    ids.ANNOTATION_SHOWN: Kind("a service and an annotation of it", _texts("slug", "key")),
    ids.LINK_SERVICE: Kind("the slug of a service", is_text),
    ids.PUBLISH_DATA_SET: Kind("a group and a type", _texts("group", "type")),
    ids.PUBLISH_SHOWN: Kind("what was shown", _or_nothing(_shown("values"))),
    ids.PUBLISH_RECEIPT: Kind("the number of a receipt", is_whole),
    ids.CORRECT_RECORD: Kind("the id of a record", is_text),
    ids.CORRECT_SHOWN: Kind("what was shown", _or_nothing(_shown("texts"))),
    ids.CORRECT_FIELD: _TYPED,
    ids.CORRECT_WHY: _TEXT,
}
