"""Values that no declaration can have: what some engine or page cannot hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from data.record_contract import can_be_held

DEEPEST = 20
LARGEST = 10**15
# Far enough for anything, and periods on either side of a day there can be named.
FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
_LONGEST_SHOWN = 300


def unholdable(body: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """The place and the reason of every value that cannot be held, text and names included."""
    left: list[tuple[str, Any, int]] = [("", body, 1)]
    while left:
        path, value, depth = left.pop()
        if depth > DEEPEST:
            yield path[:100], f"the body is nested too deeply: {DEEPEST} levels at most."
            return
        if message := _wrong(value):
            yield path, f"{path or 'the body'}: {message}"
        left.extend((_joined(path, name), inner, depth + 1) for name, inner in _inside(value))


def is_day(text: str) -> bool:
    """Whether a text is a day as ISO 8601 has it, in a year that there are figures of."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return False
    return day.isoformat() == text and FIRST_DAY <= day <= LAST_DAY


def shortened(text: str) -> str:
    """A message that quotes what was sent, without the middle where that is long."""
    if len(text) <= _LONGEST_SHOWN:
        return text
    half = _LONGEST_SHOWN // 2
    return f"{text[:half]} … {text[-half:]}"


def _inside(value: Any) -> list[tuple[str | int, Any]]:
    if isinstance(value, Mapping):
        return list(value.items())
    return list(enumerate(value)) if isinstance(value, list) else []


def _joined(path: str, name: str | int) -> str:
    if isinstance(name, int):
        return f"{path}[{name}]"
    return f"{path}.{name}" if path else name


def _wrong(value: Any) -> str:
    """What is wrong with one value; '' where nothing is."""
    texts = value if isinstance(value, Mapping) else (value,)
    if any(isinstance(text, str) and not can_be_held(text) for text in texts):
        return "text cannot have a NUL or half of a surrogate pair in it."
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    # Not less than it: NaN is neither more nor less than anything.
    if is_number and not abs(value) <= LARGEST:
        return f"a number must be from {-LARGEST:.0e} to {LARGEST:.0e}."
    return ""
