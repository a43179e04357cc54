"""Who may annotate a service, and what becomes of what they typed."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from callbacks import pages
from callbacks.platform import carried, link, platform, viewer
from callbacks.publishing import Stopped, attempt
from data.annotations import ACTIONS, annotations_of, entry_of, removal_of
from data.deliveries import Sender, deliver
from data.entries import DeclarationEntry, Delivery
from data.previews import may_publish, visible
from data.queries import CatalogueQuery
from data.validation import Rejected
from layouts.addresses import service_address
from layouts.annotations import Form
from layouts.before_after import About

Which = Mapping[str, str]


def about(slug: str) -> About:
    """A service as whoever asks may see it.

    :raises PageMissing: when there is none for them.
    """
    reader, asking = platform().reader, viewer()
    found = visible(reader, slug, asking, link())
    if found is None:
        raise pages.PageMissing(f"There is no service {slug!r}.")
    name = str(reader.run(CatalogueQuery(found)).iloc[0]["name"])
    may = asking is not None and may_publish(reader, found, asking)
    return About(slug, name, may, found.preview, carried(found))


def saved(which: Which, texts: Mapping[str, str]) -> str | Form:
    """Where to go once the annotation is saved; or the form, with what is wrong with it."""

    def make() -> DeclarationEntry:
        here = _annotatable(which)
        noted = annotations_of(platform().reader.run, here.slug, preview=here.preview)
        return entry_of(here.slug, which.get("key", ""), texts, {one.key for one in noted})

    return _done(which, texts, make, ACTIONS[0])


def removed(which: Which) -> str | Form:
    """Where to go once the annotation is removed; or the form, with what is in the way."""

    def make() -> DeclarationEntry:
        return removal_of(_annotatable(which).slug, which.get("key", ""))

    return _done(which, {}, make, ACTIONS[1])


def _annotatable(which: Which) -> About:
    """The service that whoever is signed in annotates; raises as pages do where they may not."""
    pages.signed_in()
    found = about(which.get("slug", ""))
    if not found.may_publish:
        raise pages.PageMissing("You may not annotate this service.")
    return found


def _done(
    which: Which, texts: Mapping[str, str], make: Callable[[], DeclarationEntry], action: str
) -> str | Form:
    done = attempt(lambda: _delivered(make(), action))
    key = which.get("key", "")
    if isinstance(done, Stopped):
        return Form(key, texts, problem=done.why)
    if done is not None:
        faults = {_FIELDS.get(fault.field, ""): fault.message for fault in done.faults}
        # What is wrong with no field is told below them all.
        return Form(key, texts, faults, faults.get("", "") if done.faults else str(done))
    return service_address(which["slug"])


# Which field of the form a field of the declaration is.
_FIELDS = {"title": "title", "start_at": "first", "end_at": "last", "text": "text", "link": "link"}


def _delivered(entry: DeclarationEntry, action: str) -> Rejected | None:
    """Nothing where it was taken; otherwise why not."""
    sender = Sender(pages.signed_in().email, action=action)
    try:
        deliver(platform().engine, Delivery(declarations=[entry]), sender)
    except Rejected as error:
        return error
    return None
