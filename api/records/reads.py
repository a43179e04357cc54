"""The views that read records, by the name of their route."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import ExitStack
from dataclasses import replace
from typing import Literal

from flask import Response, make_response, request

from api import csvw, workbooks
from api.addresses import asked_as
from api.answers import is_kept
from api.errors import BadRequest, TooLarge, TooSlow
from api.file_names import file_name
from api.records import queries
from api.records.desk import Desk, View
from api.records.explained import csv_path, explanation, export_path
from api.records.formats import as_csv, as_json
from api.records.headers import WARNING, keeping, tag, wants_page
from api.records.status import data_sets_status, status
from api.records.visibility import hidden_from_asker, is_there, readable
from data.data_sets import StoredDataSet
from data.dialect import Connection, Stopped, for_reading, stopped_after
from data.record_query import RecordQuery
from data.record_reading import RecordReading
from data.record_refusals import Bounds, TooManyRows, Unanswerable
from data.record_shapes import Shape

# Move on when answers change without the records changing, so that nobody keeps an old one.
_EDITION = 2
Format = Literal["json", "csv", "csvw", "xlsx"]
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
    return _asked(desk, group, type, _format_of)


def export(desk: Desk, group: str, type: str) -> Response:
    """The answer to a query as Excel, or what its CSV holds."""
    return _asked(desk, group, type, _export_of)


def _format_of(stored: StoredDataSet) -> Format:
    is_csv = request.args.get("format") == "csv" and stored.entry.published
    return "csv" if is_csv else "json"


def _export_of(stored: StoredDataSet) -> Format:
    """:raises BadRequest: for another format, and where the contract allows none but JSON."""
    where = f"{csv_path(stored)} answers JSON"
    if not stored.entry.published:
        raise BadRequest(f"The data set is not published: {where} with a warning, and that alone.")
    given = request.args.get("format")
    if given == "csvw":
        return "csvw"
    if given == "xlsx":
        return "xlsx"
    raise BadRequest(f"format must be csvw or xlsx here, not {given or ''!r}; {where} and CSV.")


def _asked(
    desk: Desk, group: str, type: str, format_of: Callable[[StoredDataSet], Format]
) -> Response:
    with ExitStack() as held:
        connection = held.enter_context(for_reading(desk.engine).connect())
        stored = readable(connection, group, type)
        raw_queries_allowed = stored.entry.raw_queries_allowed
        asked = queries.read(request.args, raw_queries_allowed, desk.reader.now())
        asked = replace(asked, hidden=hidden_from_asker(connection, stored))
        response = _answer(desk, connection, stored, asked, format_of(stored))
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
    "export": export,
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
    desk: Desk, connection: Connection, stored: StoredDataSet, asked: RecordQuery, format: Format
) -> Response:
    own = tag(repr((_EDITION, stored, asked, format, *_told(desk, format))).encode())
    if is_kept(own):
        response = Response(mimetype="application/json")
    else:
        response = _read(desk, connection, stored, asked, format)
    response.set_etag(own)
    response.headers["Cache-Control"] = keeping(stored)
    return response


def _told(desk: Desk, format: Format) -> tuple[object, ...]:
    """What an explanation tells beside the records."""
    if format not in ("csvw", "xlsx"):
        return ()
    settings = desk.settings
    names = (settings.site_name, settings.data_licence)
    return (*names, desk.reader.revision().number, request.url)


def _read(
    desk: Desk, connection: Connection, stored: StoredDataSet, asked: RecordQuery, format: Format
) -> Response:
    bounds = Bounds(desk.settings.query_rows_most, desk.settings.query_seconds, _narrower(asked))
    try:
        with stopped_after(connection, bounds.seconds):
            shape = RecordReading(connection, stored.id, bounds).ask(asked)
            return _written(desk, stored, shape, format)
    except TooManyRows as error:
        raise TooLarge(str(error)) from error
    except Unanswerable as error:
        raise BadRequest(str(error)) from error
    except Stopped as error:
        raise TooSlow(bounds.too_long()) from error


def _written(desk: Desk, stored: StoredDataSet, shape: Shape, format: Format) -> Response:
    if format == "json":
        return as_json(shape, None if stored.entry.published else WARNING)
    if format == "csv":
        return as_csv(shape, asked_as("csvw", export_path(stored)))
    explained = explanation(desk, stored, shape)
    if format == "csvw":
        return csvw.response(explained)
    most = desk.settings.workbook_cells_most
    return workbooks.response(explained, shape.flat_rows(), file_name("xlsx"), most)


def _narrower(asked: RecordQuery) -> str:
    if asked.is_raw:
        return _NARROWER["raw"]
    if asked.period is None:
        return _NARROWER["grouped"]
    return _NARROWER["nested" if asked.group_by else "period"]
