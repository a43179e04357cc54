"""Wiring of publishing a file: nothing of it is kept here, the page sends all of it each time."""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import pages
from callbacks.platform import platform
from callbacks.publishing import (
    LOOK_AGAIN,
    Key,
    Stopped,
    asked_for,
    attempt,
    page_title,
    publishable,
    publishing,
    sender,
)
from data.data_sets import StoredDataSet
from data.publishing import listing, receipts, uploads
from data.publishing.uploads import Moved, Upload
from data.spreadsheets.choices import choices_of
from data.spreadsheets.files import Limits
from kpi.publishing import UploadAnswer
from layouts import ids
from layouts.addresses import search_of
from layouts.publish import DESCRIPTION
from layouts.publish_file import build_answer, build_chosen, build_publish_file, page_top
from layouts.publish_receipt import build_receipt, receipt_parameters, receipt_title

PATH = "/publish/<group>/<type>"
_RECENT = 10
_CHOICES = {"type": ids.PUBLISH_CHOICE, "name": ALL}
_CHANGED_CHOICES = "You changed how the file is read. This is what it says now."
_OTHER_FILE = "This is another file than the one that was shown."
_SHOWN = (
    (ids.PUBLISH_OUTLOOK, "children"),
    (ids.PUBLISH_READING, "children"),
    (ids.PUBLISH_CONFIRMING, "hidden"),
    (ids.PUBLISH_REREADING, "hidden"),
    (ids.PUBLISH_SHOWN, "data"),
    (ids.PUBLISH_CHOSEN, "children"),
)
# While the server works: it says so, and nothing can be pressed twice.
_RUNNING = [
    (Output(ids.PUBLISH_BUSY, "hidden"), False, True),
    (Output(ids.PUBLISH_CONFIRM, "disabled"), True, False),
    (Output(ids.PUBLISH_REREAD, "disabled"), True, False),
]
_SENT = {
    "contents": State(ids.PUBLISH_FILE, "contents"),
    "name": State(ids.PUBLISH_FILE, "filename"),
    "values": State(_CHOICES, "value"),
    "names": State(_CHOICES, "id"),
    "shown": State(ids.PUBLISH_SHOWN, "data"),
    "key": State(ids.PUBLISH_DATA_SET, "data"),
}
Sent = Mapping[str, Any]


def register(app: Dash) -> None:
    """Register the page of one data set and its callbacks."""
    page = pages.Page(
        name="publish-file",
        path=PATH,
        content=_content,
        title=page_title,
        description=DESCRIPTION,
        personal=True,
    )
    pages.register(page)
    _register_reading(app)
    _register_confirming(app)
    _register_undoing(app)


def _register_reading(app: Dash) -> None:
    @app.callback(
        [Output(*one) for one in _SHOWN],
        Input(ids.PUBLISH_FILE, "contents"),
        Input(ids.PUBLISH_REREAD, "n_clicks"),
        _SENT,
        prevent_initial_call=True,
        running=_RUNNING,
    )
    def _read(_contents: str | None, _clicks: int, sent: Sent) -> tuple[Any, ...]:
        if not sent["contents"]:
            raise PreventUpdate
        is_new = ctx.triggered_id == ids.PUBLISH_FILE
        done = attempt(lambda: _told(_preview(sent, is_new=is_new), sent))
        return _told(_stopped(done), sent) if isinstance(done, Stopped) else done


def _register_confirming(app: Dash) -> None:
    @app.callback(
        [
            Output(ids.PUBLISH_URL, "search", allow_duplicate=True),
            *(Output(*one, allow_duplicate=True) for one in _SHOWN),
        ],
        Input(ids.PUBLISH_CONFIRM, "n_clicks"),
        _SENT,
        prevent_initial_call=True,
        running=_RUNNING,
    )
    def _confirm(clicks: int, sent: Sent) -> tuple[Any, ...]:
        if not clicks or not sent["contents"]:
            raise PreventUpdate
        done = attempt(lambda: _confirmed(sent))
        if isinstance(done, int):
            return search_of(receipt_parameters(done)), *[no_update] * len(_SHOWN)
        return no_update, *_told(_stopped(done) if isinstance(done, Stopped) else done, sent)


def _register_undoing(app: Dash) -> None:
    @app.callback(
        Output(ids.PUBLISH_URL, "search", allow_duplicate=True),
        Output(ids.PUBLISH_UNDOING, "children"),
        Input(ids.PUBLISH_UNDO, "n_clicks"),
        State(ids.PUBLISH_RECEIPT, "data"),
        State(ids.PUBLISH_DATA_SET, "data"),
        prevent_initial_call=True,
        running=[(Output(ids.PUBLISH_UNDO, "disabled"), True, False)],
    )
    def _undo(clicks: int, number: int, key: Key) -> tuple[Any, Any]:
        if not clicks:
            raise PreventUpdate
        done = attempt(lambda: _undone(number, key))
        if isinstance(done, int):
            return search_of(receipt_parameters(done)), ""
        return no_update, done.why


def _stopped(by: Stopped) -> UploadAnswer:
    return UploadAnswer("", stopped=by.why)


def _told(answer: UploadAnswer, sent: Sent) -> tuple[Any, ...]:
    """The outputs of _SHOWN."""
    outlook, reading = build_answer(answer)
    confirmable = answer.outlook is not None and answer.outlook.changes_anything
    values = dict(answer.reading.values) if answer.reading else {}
    shown = {"values": values, "version": answer.version, "file": _digest(sent)}
    chosen = build_chosen(answer.file) if answer.file else no_update
    return outlook, reading, not confirmable, not reading, shown, chosen


def _digest(sent: Sent) -> str:
    """Tells one file from another: only what was shown can be confirmed."""
    return hashlib.sha256(str(sent["contents"]).encode()).hexdigest()


def _preview(sent: Sent, *, is_new: bool = False, moved: str = "") -> UploadAnswer:
    stored = asked_for(sent["key"])
    upload = _upload(sent, is_new=is_new)
    found = uploads.preview(platform().engine, stored, upload, _limits(), sender())
    return replace(found, moved=moved)


def _confirmed(sent: Sent) -> UploadAnswer | int:
    """The number of the receipt; or, where what was shown is not so any more, what is."""
    stored, shown, values = asked_for(sent["key"]), sent["shown"] or {}, _values(sent)
    before = shown.get("values", {})
    if _digest(sent) != shown.get("file"):
        return _preview(sent, is_new=True, moved=_OTHER_FILE)
    if any(text != before.get(name, "") for name, text in values.items()):
        return _preview(sent, moved=_CHANGED_CHOICES)
    if stored.version != shown.get("version"):
        return _preview(sent, moved=LOOK_AGAIN)
    try:
        upload = _upload(sent, is_new=False)
        done = uploads.confirm(platform().engine, stored, upload, _limits(), sender())
    except Moved as error:
        return _preview(sent, moved=str(error))
    return done.audit_id or _preview(sent)


def _undone(number: int, key: Key) -> int:
    return receipts.undo(platform().engine, asked_for(key), int(number), sender())


def _upload(sent: Sent, *, is_new: bool) -> Upload:
    shown = (sent["shown"] or {}).get("values", {})
    choices = None if is_new else choices_of(_values(sent), shown)
    return Upload(_bytes(sent["contents"]), str(sent["name"] or "figures"), choices)


def _values(sent: Sent) -> dict[str, str]:
    """What the fields say of how the file is to be read, by their names."""
    pairs = zip(sent["names"], sent["values"], strict=True)
    return {str(id["name"]): str(value or "") for id, value in pairs}


def _bytes(contents: str) -> bytes:
    """The file in what the browser sends: a data URL in base64."""
    try:
        return base64.b64decode(contents.partition(",")[2], validate=True)
    except (binascii.Error, ValueError):
        return b""


def _limits() -> Limits:
    settings = platform().settings
    return Limits(
        settings.upload_bytes_most,
        settings.upload_unpacked_bytes_most,
        settings.upload_rows_most,
    )


def _content(
    group: str, type: str, receipt: str | list[str] = "", **_others: object
) -> list[Component]:
    stored, here = publishable(group, type), platform()
    if receipt:
        return _receipt(stored, receipt if isinstance(receipt, str) else receipt[-1])
    with here.engine.connect() as connection:
        newest = receipts.newest(connection, stored, _RECENT)
    return build_publish_file(publishing(stored), newest, here.reader.now())


def _receipt(stored: StoredDataSet, number: str) -> list[Component]:
    here, one = platform(), publishing(stored)
    with here.engine.connect() as connection:
        known = number.isdecimal() and len(number) < 10
        found = receipts.receipt(connection, stored, int(number)) if known else None
        service = listing.service_of(connection, stored)
    if found is None:
        raise pages.PageMissing(f"There is no receipt ‘{number}’ of this data set.")
    top = page_top(one, receipt_title(found), "", below="Receipt")
    return [*top, *build_receipt(found, one.group, one.type, service, here.reader.now())]
