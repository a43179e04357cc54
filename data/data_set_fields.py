"""The fields of a data set: those of its data type, and what its newest records have beside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from data.datatypes import DataType, data_type
from data.phrases import code_points
from data.queries import Query, Run
from data.record_visibility import seen_by_all
from data.rules import Field as TypeField
from data.tables import data_set, record
from kpi.data_set_queries import SHOWN
from kpi.data_sets import Field

Body = Mapping[str, Any]


@dataclass(frozen=True)
class NewestQuery(Query):
    """The newest records of some data sets (row ids): by id their bodies, newest first; no frame.

    In the order in which the record API sorts by `_timestamp`, descending; those alone that
    everyone may read.
    """

    ids: tuple[int, ...] = ()

    @property
    def rests_on_live(self) -> bool:
        """Records of any kind may be new."""
        return True

    def execute(self, connection: Connection, run: Run, today: date) -> Any:
        types = select(data_set.c.id, data_set.c.type).where(data_set.c.id.in_(self.ids))
        return {row.id: _newest(connection, *row) for row in connection.execute(types).all()}


def _newest(connection: Connection, id: int, type: str) -> list[Body]:
    order = (record.c.at.desc().nulls_last(), record.c.micros.desc(), code_points(record.c.key))
    newest = (
        select(record.c.body)
        .where(record.c.data_set_id == id, *seen_by_all(connection, type))
        .order_by(*order)
        .limit(SHOWN)
    )
    return list(connection.scalars(newest))


def fields(type: str, newest: Sequence[Body]) -> tuple[Field, ...]:
    """What records of this type hold: of its table what they must have or these have, in order.

    Then what else these have. Without any record: the whole table.
    """
    kind = data_type(type)
    held = dict.fromkeys(name for body in newest for name in body)
    known = [item for item in kind.fields if item.required or item.name in held or not newest]
    names = {item.name for item in kind.fields}
    others = [name for name in held if name not in names and not name.startswith("_")]
    return tuple(
        [_known(item, kind, newest) for item in known] + [_learnt(name, newest) for name in others]
    )


def _known(item: TypeField, kind: DataType, newest: Sequence[Body]) -> Field:
    example, always = _values(newest, item.name)
    method, within = _method(kind, item.name)
    return Field(item.name, item.kind, item.help, example, method, within, always)


def _method(kind: DataType, name: str) -> tuple[str, str]:
    """How values of a field are put together, and for each value of which field alone.

    'sum'; of moments 'mean'; '' where they are not: what a rule multiplies by another field is a
    mean already, and those are never averaged.
    """
    rules = [rule for rule in kind.rules if name in rule.terms]
    if kind.instant:
        return ("mean" if rules else ""), ""
    if not rules or any(rule.times or not rule.added for rule in rules):
        return "", ""
    together = any(rule.by is None and rule.stage is None for rule in rules)
    return "sum", "" if together else next((rule.by for rule in rules if rule.by), "")


def _values(newest: Sequence[Body], name: str) -> tuple[Any, bool]:
    """The newest value of a field, None where there is none, and whether all records have one."""
    values = [body[name] for body in newest if body.get(name) is not None]
    return (values[0], len(values) == len(newest)) if values else (None, False)


def _learnt(name: str, newest: Sequence[Body]) -> Field:
    example, always = _values(newest, name)
    if isinstance(example, bool):
        kind = "yes or no"
    else:
        kind = "number" if isinstance(example, int | float) else "text"
    return Field(name, kind, example=example, always=always)
