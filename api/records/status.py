"""The views that say how the platform is: whether it is up, and which data sets are late."""

from __future__ import annotations

import logging
from typing import Any

from flask import Response

from api.answers import json_response
from api.errors import Away, body
from api.records.desk import Desk
from api.records.headers import note_hidden
from api.records.visibility import may_see
from config import VERSION
from data import data_set_ages, health, record_periods
from data.absence import AWAY, absence
from data.data_set_ages import Late
from data.dialect import DatabaseFault, for_reading

log = logging.getLogger(__name__)


def status(desk: Desk) -> Response:
    """Whether the platform can answer: that its database does, and its figures' revision."""
    try:
        found = health.look(desk.engine)
    except DatabaseFault as error:
        log.warning("The database does not answer: %s", error)
        return _away(absence(error) or AWAY)
    revision = found.revision
    response = _current(
        {
            "status": "ok",
            "message": "app is up",
            "version": VERSION,
            "revision": revision.number,
            "last-updated": record_periods.text(revision.updated_at) if revision.number else None,
            "database": {"reachable": True, "migrated": found.migrated},
        }
    )
    # Not in what is told, which is then the same until something changes.
    response.headers["Server-Timing"] = f"database;dur={found.seconds * 1000:.1f}"
    return response


def _away(sentence: str) -> Response:
    away = Away(sentence)
    response = _current({**body(str(away)), "version": VERSION, "database": {"reachable": False}})
    response.status_code = away.status
    response.headers.update(away.headers)
    return response


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


def _current(told: dict[str, Any]) -> Response:
    response = json_response(told)
    response.headers["Cache-Control"] = "no-cache"
    return response
