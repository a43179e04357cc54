"""The table of the record API's routes: the blueprint and the OpenAPI document are made from it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

DATA_SET = "/data/<group>/<type>"
RECORD = "/data/<group>/<type>/<key:key>"
EXPORT = "/api/data-sets/<group>/<type>/records"
EVERY_METHOD = ("GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class RecordRoute:
    """One method of one address.

    name: its view's, in `reads.READS` or `writes.WRITES`. path: as Flask writes it. body: what is
    sent. token: whose bearer token it needs; none: nobody's. queried: whether it takes the
    parameters of a query. answers: what each status means.
    """

    name: str
    method: str
    path: str
    summary: str
    answers: Mapping[int, str] = field(default_factory=dict)
    body: Literal["", "records", "nothing", "fields"] = ""
    token: Literal["", "data set", "admin"] = ""
    queried: bool = False


_MISSING = "There is no such data set, it cannot be queried, or it is hidden from you."
_UNKNOWN = "There is no such data set."
_UNAUTHORISED = "The bearer token is missing, or is not one of this data set."
_TOO_LARGE = "The body is larger than the platform takes."

RECORD_ROUTES = (
    RecordRoute(
        "query",
        "GET",
        DATA_SET,
        "Records of a data set: as they are, counted, or collected by field and by period.",
        {
            200: "The answer, as JSON or CSV.",
            304: "It is as it was when you got the `ETag` that you sent.",
            400: "The query cannot be answered; the message says why.",
            404: _MISSING,
            413: "The answer would have more rows, or the workbook more cells, than one may.",
            503: "The query took longer than one may take.",
        },
        queried=True,
    ),
    RecordRoute(
        "preflight",
        "OPTIONS",
        DATA_SET,
        "What browsers ask before a page elsewhere may read.",
        {200: "Any page may.", 404: _MISSING},
    ),
    RecordRoute(
        "add",
        "POST",
        DATA_SET,
        "Add records, or replace those of the same `_id`: all of them, or none.",
        {
            200: "They are written.",
            400: "Something is wrong with them. Nothing was written.",
            401: _UNAUTHORISED,
            404: _UNKNOWN,
            413: _TOO_LARGE,
        },
        body="records",
        token="data set",
    ),
    RecordRoute(
        "empty",
        "PUT",
        DATA_SET,
        "Delete all records of a data set; the body must be `[]`.",
        {
            200: "It is empty.",
            400: "The body is not `[]`.",
            401: _UNAUTHORISED,
            404: _UNKNOWN,
            413: _TOO_LARGE,
        },
        body="nothing",
        token="data set",
    ),
    RecordRoute(
        "remove",
        "DELETE",
        RECORD,
        "Delete one record.",
        {
            200: "It is deleted.",
            400: "There is no record of this `_id`.",
            401: _UNAUTHORISED,
            404: _UNKNOWN,
        },
        token="data set",
    ),
    RecordRoute(
        "change",
        "PATCH",
        RECORD,
        "Change fields of one record; the others stay as they are.",
        {
            200: "It is changed.",
            400: "There is no record of this `_id`, or it would not be valid.",
            401: _UNAUTHORISED,
            404: _UNKNOWN,
            413: _TOO_LARGE,
        },
        body="fields",
        token="data set",
    ),
    RecordRoute(
        "clear",
        "DELETE",
        "/data-sets/<name>",
        "Delete all records of a data set by its name. Its settings stay.",
        {
            200: "It is empty.",
            401: "The admin token is missing or wrong.",
            404: "It has no records.",
        },
        token="admin",
    ),
    RecordRoute(
        "export",
        "GET",
        EXPORT,
        "The same as an Excel workbook (`format=xlsx`), or what the CSV of the same question "
        "holds, as CSV on the Web metadata (`format=csvw`). The CSV names it in its `Link` header.",
        {
            200: "The workbook, or the metadata.",
            304: "It is as it was when you got the `ETag` that you sent.",
            400: "The query cannot be answered, a sheet cannot hold the answer, the format is "
            "another, or the data set is not published; the message says which.",
            404: _MISSING,
        },
        queried=True,
    ),
    RecordRoute(
        "status",
        "GET",
        "/_status",
        "Whether the platform is up, with its database: how soon that answers, and its revision.",
        {200: "It is.", 503: "Its database cannot be reached, or has no tables."},
    ),
    RecordRoute(
        "data-sets-status",
        "GET",
        "/_status/data-sets",
        "Which data sets are late: their newest record is older than it should be.",
        {200: "The late ones; none, if all are in date."},
    ),
)
