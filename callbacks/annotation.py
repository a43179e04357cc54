"""Wiring of annotations: what is noted, the form that notes it, and before and after each."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dash import ALL, Dash, Input, Output, State, ctx, no_update
from dash._pages import _parse_query_string
from dash.development.base_component import Component
from dash.exceptions import PreventUpdate

from callbacks import pages
from callbacks.annotating import about, removed, saved
from callbacks.platform import platform
from data.annotations import BeforeAfterQuery, annotations_of, before_after
from kpi.annotations import Annotation
from kpi.before_after import BeforeAfter
from layouts import annotations as shown
from layouts import before_after as compared
from layouts import ids
from layouts.addresses import search_of
from layouts.annotations import Form, build_annotations, build_form, texts_of
from layouts.before_after import build_before_after

_FIELDS = {"type": ids.ANNOTATION_FIELD, "name": ALL}
Sent = Mapping[str, Any]


def register(app: Dash) -> None:
    """Register both pages and their callbacks."""
    pages.register(
        pages.Page(
            name="annotations",
            path="/services/<slug>/annotations",
            section="/services",
            content=_list,
            title=lambda slug: shown.title(about(slug)),
            description=shown.DESCRIPTION,
            of_one_service=True,
        )
    )
    pages.register(
        pages.Page(
            name="annotation",
            path="/services/<slug>/annotations/<key>",
            section="/services",
            content=_one,
            title=lambda slug, key: compared.title(_compared(slug, key, 0).annotation),
            description=compared.DESCRIPTION,
            of_one_service=True,
        )
    )
    _register_count(app)
    _register_form(app)


def _register_count(app: Dash) -> None:
    @app.callback(
        Output(ids.ANNOTATION_URL, "search"),
        Input(ids.ANNOTATION_COUNT, "value"),
        State(ids.ANNOTATION_URL, "search"),
        prevent_initial_call=True,
    )
    def _count(count: str, search: str | None) -> str:
        return search_of({**_parse_query_string(search or ""), "count": count})


def _register_form(app: Dash) -> None:
    @app.callback(
        Output(ids.ANNOTATION_URL, "href"),
        Output(ids.ANNOTATION_FORM, "children"),
        Input(ids.ANNOTATION_SAVE, "n_clicks"),
        Input(ids.ANNOTATION_REMOVE, "n_clicks"),
        State(ids.ANNOTATION_SHOWN, "data"),
        State(_FIELDS, "value"),
        State(_FIELDS, "id"),
        prevent_initial_call=True,
    )
    def _write(save: int, remove: int, which: Sent, values: list[Any], names: list[Any]) -> Any:
        if not save and not remove:
            raise PreventUpdate
        texts = {id["name"]: str(value or "") for id, value in zip(names, values, strict=True)}
        is_removed = ctx.triggered_id == ids.ANNOTATION_REMOVE
        done = removed(which) if is_removed else saved(which, texts)
        return (done, no_update) if isinstance(done, str) else (no_update, build_form(done))


def _noted(slug: str) -> tuple[Annotation, ...]:
    here = about(slug)
    return annotations_of(platform().reader.run, slug, preview=here.preview)


def _list(slug: str, change: str | list[str] = "", **_others: object) -> list[Component]:
    here, noted = about(slug), _noted(slug)
    key = change if isinstance(change, str) else change[-1]
    found = next((one for one in noted if one.key == key), None)
    form = Form(found.key, texts_of(found)) if found else Form()
    return build_annotations(here, noted, form if here.may_publish else None)


def _one(slug: str, key: str, count: str | list[str] = "", **_others: object) -> list[Component]:
    text = count if isinstance(count, str) else count[-1]
    # Of more than two digits there are never so many: as many as there are, as without.
    number = int(text) if text.isascii() and text.isdigit() and len(text) <= 2 else 0
    return build_before_after(_compared(slug, key, number), about(slug))


def _compared(slug: str, key: str, count: int) -> BeforeAfter:
    query = BeforeAfterQuery(slug, key, count, about(slug).preview)
    found = before_after(query, platform().reader.run)
    if found is None:
        raise pages.PageMissing(f"There is no annotation ‘{key}’ of this service.")
    return found
