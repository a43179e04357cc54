"""Pieces of SQL that each engine says in words of its own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar

from sqlalchemy import BigInteger, ColumnElement, Text, cast, literal_column, type_coerce
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class _Phrase(FunctionElement[Any]):
    """A piece of SQL in the words of each engine, around its arguments."""

    words: ClassVar[Mapping[str, str]]

    def __init_subclass__(cls) -> None:
        # Two of the same class with the same arguments are the same SQL.
        cls.inherit_cache = True
        super().__init_subclass__()


@compiles(_Phrase)
def _say(element: _Phrase, compiler: Any, **options: Any) -> str:
    arguments = [compiler.process(item, **options) for item in element.clauses]
    return element.words[compiler.dialect.name].format(*arguments)


class month_number(_Phrase):
    """Months since the year 0 of a column of seconds since 1970, in UTC."""

    type = BigInteger()
    words: ClassVar[Mapping[str, str]] = {
        "sqlite": "(CAST(strftime('%Y', {0}, 'unixepoch') AS INTEGER) * 12"
        " + CAST(strftime('%m', {0}, 'unixepoch') AS INTEGER) - 1)",
        "postgresql": "CAST(extract(year FROM to_timestamp({0}) AT TIME ZONE 'UTC') * 12"
        " + extract(month FROM to_timestamp({0}) AT TIME ZONE 'UTC') - 1 AS BIGINT)",
    }


class code_points(_Phrase):
    """A column of text as what sorts it in the same order everywhere: by code points.

    PostgreSQL would sort as the language of its database does.
    """

    type = Text()
    words: ClassVar[Mapping[str, str]] = {"sqlite": "{0}", "postgresql": '{0} COLLATE "C"'}


def json_text(column: ColumnElement[Any], field: str) -> ColumnElement[str]:
    """A field of a JSON object as it is written there; NULL where it is missing.

    :param field: of letters, digits and underscores alone.
    """
    body, name = _json(column, field)
    return cast(body.op("->", return_type=Text())(name), Text)


def json_value(column: ColumnElement[Any], field: str) -> ColumnElement[Any]:
    """A field of a JSON object for the phrases below; NULL where it is missing or null."""
    return _JsonValue(*_json(column, field))


def json_order(column: ColumnElement[Any], field: str) -> list[ColumnElement[Any]]:
    """What sorts values of the same type: numbers by value, text by code points."""
    body, name = _json(column, field)
    return [_JsonNumber(body, name), _JsonPlain(body, name)]


def _json(column: ColumnElement[Any], field: str) -> tuple[ColumnElement[Any], ColumnElement[Any]]:
    return type_coerce(column, Text), literal_column(f"'{field}'")


class _JsonValue(_Phrase):
    words: ClassVar[Mapping[str, str]] = {
        "sqlite": "({0} ->> {1})",
        "postgresql": "NULLIF(CAST({0} -> {1} AS TEXT), 'null')",
    }


class _JsonNumber(_Phrase):
    words: ClassVar[Mapping[str, str]] = {
        "sqlite": "({0} ->> {1})",
        "postgresql": "CASE json_typeof({0} -> {1}) WHEN 'number'"
        " THEN CAST({0} ->> {1} AS NUMERIC) END",
    }


class _JsonPlain(_Phrase):
    words: ClassVar[Mapping[str, str]] = {
        "sqlite": "({0} ->> {1})",
        "postgresql": '({0} ->> {1}) COLLATE "C"',
    }


class upper_half(_Phrase):
    """The upper part of a `json_value` that is a whole number, true (1) or false (0), or NULL.

    The number is this times 4,294,967,296 and the lower part added: both add up exactly where
    the numbers themselves would not fit.
    """

    words: ClassVar[Mapping[str, str]] = {
        "sqlite": "CASE typeof({0}) WHEN 'integer' THEN {0} >> 32 END",
        "postgresql": "CAST(NULL AS NUMERIC)",
    }


class lower_half(_Phrase):
    """The lower part, or NULL for what is no whole number."""

    words: ClassVar[Mapping[str, str]] = {
        "sqlite": "CASE typeof({0}) WHEN 'integer' THEN {0} & 4294967295 END",
        "postgresql": "CASE WHEN {0} = 'true' THEN 1 WHEN {0} = 'false' THEN 0"
        " WHEN {0} ~ '^-?[0-9]+$' THEN CAST({0} AS NUMERIC) END",
    }


class fraction(_Phrase):
    """A `json_value` that is a number with a decimal point or an exponent, or NULL."""

    words: ClassVar[Mapping[str, str]] = {
        "sqlite": "CASE typeof({0}) WHEN 'real' THEN {0} END",
        "postgresql": "CASE WHEN {0} ~ '^-?[0-9]+[.eE]' THEN CAST({0} AS NUMERIC) END",
    }


class is_text(_Phrase):
    """1 for a `json_value` that is text, 0 for any other."""

    words: ClassVar[Mapping[str, str]] = {
        "sqlite": "(typeof({0}) = 'text')",
        "postgresql": "CASE left({0}, 1) WHEN '\"' THEN 1 ELSE 0 END",
    }
