"""Who may look at a service before it is published."""

from __future__ import annotations

from dataclasses import dataclass

from data.people import Viewer
from data.queries import CatalogueQuery
from data.reader import Reader
from data.selection import Selection
from data.share_links import ShareLink


class LinkRefused(PermissionError):
    """What a link came along for, it does not show. Never says whether there is anything to see."""

    def __init__(self) -> None:
        super().__init__(
            "This link does not show anything any more: it has ended, was withdrawn, or is not "
            "complete. Ask whoever sent it to you for a new one."
        )


@dataclass(frozen=True)
class Brought:
    """A link that came with a request: its text, and which it is.

    ``link`` is None where the text was changed, and where it has ended or is revoked.
    """

    text: str
    link: ShareLink | None = None

    def opens(self, slug: str) -> bool:
        """Whether it shows the service of this slug."""
        return self.link is not None and self.link.service == slug


def visible(
    reader: Reader, slug: str, viewer: Viewer | None, brought: Brought | None = None
) -> Selection | None:
    """The service of this slug as a viewer may ask about it; None if there is none for them.

    A preview, which nobody else may be shown, where it is not published and they may see it, or
    have brought a link to it.

    :raises LinkRefused: where only the link could show it and does not, whether there is such a
        service or not.
    """
    public = Selection(service=slug)
    if "\0" not in slug:
        if not reader.run(CatalogueQuery(public)).empty:
            return public
        found = None if viewer is None else _preview(reader, slug, viewer)
        if found is not None:
            return found
    if brought is None:
        return None
    if not brought.opens(slug):
        raise LinkRefused
    return Selection(service=slug, preview=True)


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
