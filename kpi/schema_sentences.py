"""What does not fit a JSON Schema, as sentences for whoever wrote the definition."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from jsonschema import Draft202012Validator

# Where in a definition, and a sentence on what is wrong there.
Wrong = tuple[str, str]
MOST_FAULTS = 20
_NAMES = {
    "object": "an object",
    "array": "a list",
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
}


def unfit(schema: Mapping[str, Any], body: Any) -> list[Wrong]:
    """Where a body does not fit a schema (2020-12), and why, in its order; [] where it does."""
    errors = Draft202012Validator(schema).iter_errors(body)
    found = [one for error in errors for one in _sentences(error)]
    return sorted(set(found), key=found.index)[:MOST_FAULTS]


def _path(parts: Iterable[str | int]) -> str:
    """'modules[3].type'; '' is the whole body."""
    said = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)
    return said.removeprefix(".")


def _at(path: str, name: str) -> str:
    return f"{path}.{name}" if path else name


def _sentences(error: Any) -> list[Wrong]:
    path = _path(error.absolute_path)
    if error.validator == "required":
        absent = [name for name in error.validator_value if name not in error.instance]
        return [(_at(path, name), "This is needed, and is not there.") for name in absent]
    if error.validator == "additionalProperties":
        return _unknown(path, error)
    say = _SAY.get(str(error.validator))
    return [(path, say(error) if say else f"This does not fit: {error.message}.")]


def _unknown(path: str, error: Any) -> list[Wrong]:
    known = list(error.schema["properties"])
    what = error.schema.get("title")
    where = f"in a ‘{what}’" if what else "here"
    allowed = ", ".join(known)
    return [
        (_at(path, name), f"There is no such property {where}. The properties are: {allowed}.")
        for name in error.instance
        if name not in known
    ]


def _shown(value: Any) -> str:
    text = str(value)
    return f"‘{text if len(text) <= 60 else text[:59] + '…'}’"


def _enum(error: Any) -> str:
    allowed = ", ".join(map(str, error.validator_value))
    return f"{_shown(error.instance)} is none of the values that are allowed: {allowed}."


def _kind(error: Any) -> str:
    return f"This must be {_NAMES.get(str(error.validator_value), error.validator_value)}."


def _one_of(error: Any) -> str:
    names = [name for way in error.validator_value for name in way.get("required", ())]
    return f"Give one of {' and '.join(f'‘{name}’' for name in names)}, not both and not neither."


def _length(words: str) -> Callable[[Any], str]:
    return lambda error: f"This must be {words.format(error.validator_value)}."


_SAY: Mapping[str, Callable[[Any], str]] = {
    "enum": _enum,
    "type": _kind,
    "oneOf": _one_of,
    "pattern": lambda error: (
        f"{_shown(error.instance)} is not written as it must be: {error.validator_value}."
    ),
    "minLength": _length("{} characters or more"),
    "maxLength": _length("{} characters at the most"),
    "minItems": _length("a list of {} or more"),
    "maxItems": _length("a list of {} at the most"),
    "minimum": _length("{} or more"),
    "maximum": _length("{} at the most"),
}
