"""The licence that the figures are published under."""

from __future__ import annotations

from config import OPEN_GOVERNMENT_LICENCE, Settings
from data.revisions import Revision


def licence_of(settings: Settings, revision: Revision) -> str:
    """The address of the licence; '' where none is known."""
    # Of the figures that the demonstration is made of, everyone knows it.
    known = OPEN_GOVERNMENT_LICENCE if revision.demonstration else ""
    return settings.data_licence or known
