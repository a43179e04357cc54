"""Example requests of an operation, each written into the OpenAPI document so that it can be sent.

Under `x-requests` an operation lists them whole: what they show, where they go, and the status
that answers them. The first one also fills in the form of whoever tries the operation out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote, urlencode

from api.openapi.schemas import Part

Texts = Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True)
class Example:
    """A request that shows an operation.

    path: its part of the address by name. query: parameters by name, a tuple where repeated.
    body: sent as JSON; None for none. status: what answers it.
    """

    summary: str
    path: Mapping[str, str] = field(default_factory=dict)
    query: Texts = field(default_factory=dict)
    headers: Mapping[str, str] = field(default_factory=dict)
    body: Any = None
    status: int = 200


def shown(operation: Part, template: str, examples: Sequence[Example]) -> Part:
    """The operation with its examples. template: its address, with {name} where parts vary."""
    if not examples:
        return operation
    first = {**examples[0].path, **examples[0].query}
    parameters = [_filled_in(item, first) for item in operation.get("parameters", [])]
    requests = [_request(template, example) for example in examples]
    return {**operation, "parameters": parameters, "x-requests": requests}


def _filled_in(parameter: Part, given: Mapping[str, Any]) -> Part:
    value = given.get(parameter.get("name", ""))
    if value is None:
        return parameter
    return {**parameter, "example": list(value) if isinstance(value, tuple) else value}


def _request(template: str, example: Example) -> Part:
    sent: Part = {"summary": example.summary, "address": address(template, example)}
    if example.headers:
        sent["headers"] = dict(example.headers)
    if example.body is not None:
        sent["body"] = example.body
    return {**sent, "status": example.status}


def address(template: str, example: Example) -> str:
    """Where an example goes."""
    for name, value in example.path.items():
        template = template.replace(f"{{{name}}}", quote(value, safe=""))
    query = urlencode(example.query, doseq=True, safe=":,")
    return f"{template}?{query}" if query else template
