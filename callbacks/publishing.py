"""What all pages for publishing share: who may publish, to which data set, and what they see."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

from callbacks import pages
from callbacks.platform import platform, viewer
from data import data_sets
from data.data_sets import StoredDataSet
from data.datatypes import DATA_TYPES, data_type
from data.deliveries import Sender
from data.publishing import listing
from data.publishing.uploads import CHANGED, Moved
from layouts.publish import TITLE
from layouts.publish_file import Publishing

_LOG = logging.getLogger(__name__)
LOOK_AGAIN = f"{CHANGED} This is what would change now."
BROKEN = "Something went wrong on our side. Nothing was written. Try again in a few minutes."
SIGNED_OUT = "You are not signed in any more. Sign in again in another tab, then do this once more."
# A data set's group and type, as a page sends them back.
Key = Mapping[str, str]
Made = TypeVar("Made")


@dataclass(frozen=True)
class Stopped:
    """Something could not be done; the sentence says why."""

    why: str


def attempt(make: Callable[[], Made]) -> Made | Stopped:
    """What is made, or why it cannot be; whoever asks may not, or it broke, or all has changed."""
    try:
        return make()
    except pages.SignInNeeded:
        return Stopped(SIGNED_OUT)
    except (pages.PageMissing, Moved) as error:
        return Stopped(str(error))
    except Exception:
        _LOG.exception("Something could not be published")
        return Stopped(BROKEN)


def publishable(group: str, type: str) -> StoredDataSet:
    """A data set that whoever asks may publish to.

    :raises SignInNeeded: when nobody is signed in.
    :raises PageMissing: when there is none, or none for them: nobody can tell which.
    """
    asking = pages.signed_in()
    with platform().engine.connect() as connection:
        stored = data_sets.find(connection, group, type)
    if stored is None or not asking.may_publish(stored):
        raise pages.PageMissing(f"There is no data set ‘{group}/{type}’.")
    return stored


def asked_for(key: Key) -> StoredDataSet:
    """The data set that a page sends back; raises as `publishable` does."""
    return publishable(str(key.get("group", "")), str(key.get("type", "")))


def page_title(group: str, type: str) -> str:
    """What the pages of a data set are called, for those who may publish to it."""
    if viewer() is None:
        return TITLE
    return f"{TITLE}: {publishing(publishable(group, type)).title}"


def publishing(stored: StoredDataSet) -> Publishing:
    """A data set as its pages tell of it."""
    here, type = platform(), stored.entry.type
    with here.engine.connect() as connection:
        title = listing.title(stored, listing.service_names(connection))
        newest = listing.newest(connection, stored)
    return Publishing(
        group=stored.entry.group,
        type=type,
        title=title,
        newest=newest,
        template=data_type(type).slug if type in DATA_TYPES else "",
        size=here.settings.upload_bytes_most,
        rows=here.settings.upload_rows_most,
    )


def sender() -> Sender:
    """Whoever is signed in, as the audit names them."""
    return Sender(pages.signed_in().email)
