"""The views that say how the platform is: whether it is up, and which data sets are late."""

from __future__ import annotations

from typing import Any

from flask import Response

from api.answers import json_response
from api.records.desk import Desk
from api.records.headers import note_hidden
from api.records.visibility import may_see
from data import data_set_ages, record_periods
from data.data_set_ages import Late
from data.dialect import for_reading


def status(desk: Desk) -> Response:
    """That the platform answers, and its figures' revision."""
    revision = desk.reader.revision()
    return _current(
        {
            "status": "ok",
            "message": "app is up",
            "revision": revision.number,
            "last-updated": record_periods.text(revision.updated_at) if revision.number else None,
        }
    )


def data_sets_status(desk: Desk) -> Response:
    """The data sets that are late; those that are hidden only to whoever may see them."""
    with for_reading(desk.engine).connect() as connection:
        late = [
            item
            for item in data_set_ages.late(connection, desk.reader.now())
            if may_see(connection, item.stored)
        ]
    if any(item.stored.hidden for item in late):
        note_hidden()
    if not late:
        message = "All data_sets are in date"
        return _current({"status": "ok", "data_sets": None, "message": message})
    are = "1 data-set is" if len(late) == 1 else f"{len(late)} data-sets are"
    rows = [_row(item) for item in late]
    message = f"{are} out of date"
    return _current({"status": "not okay", "data_sets": rows, "message": message})


def _row(item: Late) -> dict[str, Any]:
    return {
        "name": item.stored.entry.own_name,
        "seconds-out-of-date": item.seconds,
        "last-updated": item.newest.isoformat(),
        "max-age-expected": item.stored.entry.max_age_expected,
    }


def _current(body: dict[str, Any]) -> Response:
    response = json_response(body)
    response.headers["Cache-Control"] = "no-cache"
    return response
