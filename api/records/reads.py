"""The views that read records, by the name of their route."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import replace

from flask import Response, make_response, request

from api.answers import is_kept
from api.errors import BadRequest, TooLarge, TooSlow
from api.records import queries
from api.records.desk import Desk, View
from api.records.formats import as_csv, as_json
from api.records.headers import WARNING, keeping, tag, wants_page
from api.records.status import data_sets_status, status
from api.records.visibility import hidden_from_asker, is_there, readable
from data.data_sets import StoredDataSet
from data.dialect import Connection, Stopped, for_reading, stopped_after
from data.record_query import RecordQuery
from data.record_reading import RecordReading
from data.record_refusals import Bounds, TooManyRows, Unanswerable

# Move on when answers change without the records changing, so that nobody keeps an old one.
_EDITION = 1
_NARROWER = {
    "raw": "Ask for a shorter time with start_at and end_at, add a filter_by, or set a limit.",
    "grouped": "Ask for a shorter time with start_at and end_at, add a filter_by, or group by "
    "fewer fields.",
    "period": "Ask for a longer period or a shorter time.",
    "nested": "Ask for a longer period or a shorter time, add a filter_by, or group by fewer "
    "fields.",
}


def query(desk: Desk, group: str, type: str) -> Response:
    """The answer to a query; the data set's page for a browser."""
    if wants_page():
        return _page(desk, group, type)
    with ExitStack() as held:
        connection = held.enter_context(for_reading(desk.engine).connect())
        stored = readable(connection, group, type)
        raw_queries_allowed = stored.entry.raw_queries_allowed
        asked = queries.read(request.args, raw_queries_allowed, desk.reader.now())
        asked = replace(asked, hidden=hidden_from_asker(connection, stored))
        response = _answer(desk, connection, stored, asked)
        if response.is_streamed:
            response.call_on_close(held.pop_all().close)
    return response


def preflight(desk: Desk, group: str, type: str) -> Response:
    """What browsers ask first: any page may read, and send these headers."""
    with for_reading(desk.engine).connect() as connection:
        readable(connection, group, type)
    response = Response(mimetype="application/json")
    response.headers["Access-Control-Max-Age"] = "86400"
    response.headers["Access-Control-Allow-Headers"] = "cache-control, govuk-request-id, request-id"
    return response


READS: Mapping[str, View] = {
    "query": query,
    "preflight": preflight,
    "status": status,
    "data-sets-status": data_sets_status,
}


def _page(desk: Desk, group: str, type: str) -> Response:
    response = make_response(desk.page())
    with for_reading(desk.engine).connect() as connection:
        if not is_there(connection, group, type):
            response.status_code = 404
    return response


def _answer(
    desk: Desk, connection: Connection, stored: StoredDataSet, asked: RecordQuery
) -> Response:
    is_csv = request.args.get("format") == "csv" and stored.entry.published
    own = tag(repr((_EDITION, stored, asked, is_csv)).encode())
    if is_kept(own):
        response = Response(mimetype="application/json")
    else:
        response = _read(desk, connection, stored, asked, is_csv)
    response.set_etag(own)
    response.headers["Cache-Control"] = keeping(stored)
    return response


def _read(
    desk: Desk, connection: Connection, stored: StoredDataSet, asked: RecordQuery, is_csv: bool
) -> Response:
    bounds = Bounds(desk.settings.query_rows_most, desk.settings.query_seconds, _narrower(asked))
    try:
        with stopped_after(connection, bounds.seconds):
            shape = RecordReading(connection, stored.id, bounds).ask(asked)
            if is_csv:
                return as_csv(shape)
            return as_json(shape, None if stored.entry.published else WARNING)
    except TooManyRows as error:
        raise TooLarge(str(error)) from error
    except Unanswerable as error:
        raise BadRequest(str(error)) from error
    except Stopped as error:
        raise TooSlow(bounds.too_long()) from error


def _narrower(asked: RecordQuery) -> str:
    if asked.is_raw:
        return _NARROWER["raw"]
    if asked.period is None:
        return _NARROWER["grouped"]
    return _NARROWER["nested" if asked.group_by else "period"]
