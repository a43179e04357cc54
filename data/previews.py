"""Who may look at a service before it is published."""

from __future__ import annotations

from data.people import Viewer
from data.queries import CatalogueQuery
from data.reader import Reader
from data.selection import Selection


def visible(reader: Reader, slug: str, viewer: Viewer | None) -> Selection | None:
    """The service of this slug as a viewer may ask about it; None if there is none for them.

    A preview, which nobody else may be shown, where it is not published and they may see it.
    """
    public = Selection(service=slug)
    if "\0" in slug:
        return None
    if not reader.run(CatalogueQuery(public)).empty:
        return public
    return None if viewer is None else _preview(reader, slug, viewer)


def _preview(reader: Reader, slug: str, viewer: Viewer) -> Selection | None:
    preview = Selection(service=slug, preview=True)
    return preview if may_publish(reader, preview, viewer) else None


def may_publish(reader: Reader, about: Selection, viewer: Viewer) -> bool:
    """Whether a viewer may publish for the service that a selection names."""
    found = reader.run(CatalogueQuery(about))
    if found.empty:
        return False
    run_by = [found[name].iloc[0] for name in ("agency", "department")]
    return viewer.may_see_service(about.service, filter(None, run_by))
