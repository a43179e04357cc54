"""JSON as RFC 8259 has it, and only such as every engine can hold and every client can read."""

from __future__ import annotations

import json
import re
from typing import Any, NoReturn

from api.errors import BadRequest

# Half of a surrogate pair, perhaps: most are followed by the other half.
_HALF = re.compile(r"\\u[dD][89a-fA-F]")


class _NotStrict(ValueError):
    """JSON that Python would take, and others would not."""


def parse(sent: bytes) -> Any:
    """What a body says.

    :raises BadRequest: when it is no JSON in UTF-8, names a field twice, or is nested too deeply.
    """
    try:
        return _parse(sent)
    except (json.JSONDecodeError, _NotStrict) as error:
        reason = str(error)
    except UnicodeError:
        reason = "it is not text in UTF-8"
    except RecursionError:
        reason = "it is nested too deeply"
    except ValueError:
        reason = "a number has too many digits"
    raise BadRequest(f'Error parsing JSON: "{reason}"')


def _parse(sent: bytes) -> Any:
    text = sent.decode("utf-8-sig")
    found = json.loads(text, object_pairs_hook=_object, parse_constant=_refuse_constant)
    if _HALF.search(text):
        json.dumps(found, ensure_ascii=False).encode()
    return found


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _NotStrict(f"an object has {twice[:100]!r} twice")
    return found


def _refuse_constant(name: str) -> NoReturn:
    raise _NotStrict(f"{name} is no JSON")
