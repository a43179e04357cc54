"""Values of records' fields: told apart as JSON tells them, and sorted across types."""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeAlias

Value: TypeAlias = Any
Identity: TypeAlias = tuple[Any, ...]


def identity(value: Value) -> Identity:
    """What tells values apart and sorts them: null, numbers, text, booleans, lists.

    1 and 1.0 are the same; 1, "1" and true are not.
    """
    if value is None:
        return (0,)
    if isinstance(value, bool):
        return (3, value)
    if isinstance(value, int | float):
        return (1, value)
    if isinstance(value, str):
        return (2, value)
    return (4, *map(identity, value))


@lru_cache(maxsize=65_536)
def read(text: str) -> Value:
    """The value of a field that is written so in JSON; never a list or an object."""
    return json.loads(text)


def plainer(one: Value, other: Value) -> Value:
    """Of two values of the same identity the one to show: 1 rather than 1.0."""
    return other if isinstance(one, float) and isinstance(other, int) else one


def distinct(values: Iterable[Value]) -> list[Value]:
    """Each value once, sorted."""
    found: dict[Identity, Value] = {}
    for value in values:
        own = identity(value)
        found[own] = plainer(found.get(own, value), value)
    return [found[own] for own in sorted(found)]
