"""Example requests of the record API: queries of what there is, writes of made-up data sets."""

from __future__ import annotations

from collections.abc import Mapping

from api.openapi.examples import Example
from api.openapi.names import Names
from data.datatypes import STANDARD_TYPES

# Writes are shown on data sets that are nobody's, so that no example changes what is real.
GROUP, TYPE, KEY = "carers-allowance", "transactions-by-channel", "2013-10-14.digital"
NAME = f"{GROUP}_{TYPE}".replace("-", "_")
DATA_SET = {"group": GROUP, "type": TYPE}
RECORD = {**DATA_SET, "key": KEY}
MISSING = {"group": "no-such", "type": "data-set"}
TOKEN = {"Authorization": "Bearer {token of the data set}"}
ADMIN_TOKEN = {"Authorization": "Bearer {token of an admin}"}
WRONG_TOKEN = {"Authorization": "Bearer wrong"}


def examples(route: str, names: Names) -> list[Example]:
    """The examples of a route of the record API."""
    if route == "query":
        return _queries(names)
    if route == "export":
        return _exports(names)
    if route == "preflight":
        found = dict(zip(("group", "type"), names.data_set, strict=True))
        return [
            Example("A data set", found),
            Example("A data set that is not there", MISSING, status=404),
        ]
    return [*_EXAMPLES[route]]


def _queries(names: Names) -> list[Example]:
    path = dict(zip(("group", "type"), names.data_set, strict=True))
    asked = [Example(words.capitalize(), path, query) for words, query in names.questions]
    csv = [Example("The same as CSV", path, {**asked[0].query, "format": "csv"})] if asked else []
    wrong = Example("A parameter that is unknown", path, {"colour": "blue"}, status=400)
    return [*asked, *csv, wrong, Example("A data set that is not there", MISSING, status=404)]


def _exports(names: Names) -> list[Example]:
    path = dict(zip(("group", "type"), names.data_set, strict=True))
    asked = dict(names.questions[0][1]) if names.questions else {}
    return [
        Example("What the CSV holds", path, {**asked, "format": "csvw"}),
        Example("As an Excel workbook", path, {**asked, "format": "xlsx"}),
        Example("Another format", path, {**asked, "format": "pdf"}, status=400),
        Example("A data set that is not there", MISSING, {"format": "xlsx"}, status=404),
    ]


def _sent(slug: str, record: Mapping[str, object]) -> Example:
    return Example(f"A record of {slug}", {"group": GROUP, "type": slug}, {}, TOKEN, [dict(record)])


_FIRST = dict(STANDARD_TYPES[0].example)
_EXAMPLES: Mapping[str, tuple[Example, ...]] = {
    "add": (
        *(_sent(item.slug, item.example) for item in STANDARD_TYPES),
        Example("One record, with an `_id`", DATA_SET, {}, TOKEN, {**_FIRST, "_id": KEY}),
        Example("No record", DATA_SET, {}, TOKEN, []),
        Example("A record without a channel", DATA_SET, {}, TOKEN, [{"count": 12}], 400),
        Example("A wrong token", DATA_SET, {}, WRONG_TOKEN, [_FIRST], 401),
        Example("A data set that is not there", MISSING, {}, TOKEN, [_FIRST], 404),
    ),
    "empty": (
        Example("All records", DATA_SET, {}, TOKEN, []),
        Example("Another body", DATA_SET, {}, TOKEN, {}, 400),
        Example("A wrong token", DATA_SET, {}, WRONG_TOKEN, [], 401),
        Example("A data set that is not there", MISSING, {}, TOKEN, [], 404),
    ),
    "remove": (
        Example("A record", RECORD, {}, TOKEN),
        Example("One that is not there", {**RECORD, "key": "no-such"}, {}, TOKEN, status=400),
        Example("A wrong token", RECORD, {}, WRONG_TOKEN, status=401),
        Example("A data set that is not there", {**RECORD, **MISSING}, {}, TOKEN, status=404),
    ),
    "change": (
        Example("Another count", RECORD, {}, TOKEN, {"count": 1480}),
        Example("A count that is no number", RECORD, {}, TOKEN, {"count": "many"}, 400),
        Example(
            "A record that is not there", {**RECORD, "key": "no"}, {}, TOKEN, {"count": 1}, 400
        ),
        Example("A wrong token", RECORD, {}, WRONG_TOKEN, {"count": 1480}, 401),
        Example("No such data set", {**RECORD, **MISSING}, {}, TOKEN, {"count": 1480}, 404),
    ),
    "clear": (
        Example("All records of a data set", {"name": NAME}, {}, ADMIN_TOKEN),
        Example("A wrong token", {"name": NAME}, {}, WRONG_TOKEN, status=401),
        Example("A name that is unknown", {"name": "no_such"}, {}, ADMIN_TOKEN, status=404),
    ),
    "status": (Example("Is it up?"),),
    "data-sets-status": (Example("What is late?"),),
}
