"""Who may share a service that is not published, and what becomes of the links they make."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from flask import current_app

from callbacks import pages
from callbacks.annotating import about
from callbacks.platform import platform, root
from callbacks.publishing import Stopped, attempt, sender
from data import share_links
from data.share_links import LABEL, LAST, OPEN, ShareLink, Signing, usual_last_day
from data.validation import Rejected
from kpi.views import LINK
from layouts.addresses import service_address
from layouts.before_after import About
from layouts.share_links import Shared, Sharing

Texts = Mapping[str, str]


def shareable(slug: str) -> About:
    """A service that whoever is signed in publishes for.

    :raises SignInNeeded: when nobody is signed in.
    :raises PageMissing: when there is none, or none for them: nobody can tell which.
    """
    pages.signed_in()
    found = about(slug)
    if not found.may_publish:
        raise pages.PageMissing(f"There is no service {slug!r}.")
    return found


def sharing(slug: str) -> Sharing:
    """The links to a service and an empty form; raises as `shareable` does."""
    here, found = platform(), shareable(slug)
    most, today = here.settings.share_link_days_most, here.reader.today()
    with here.engine.connect() as connection:
        links = share_links.listed(connection, slug)
    return Sharing(
        slug=slug,
        name=found.name,
        published=not found.preview,
        links=[_shown(one) for one in links],
        latest=today + timedelta(days=most),
        texts={LABEL: "", LAST: usual_last_day(today, most).isoformat()},
    )


def made(slug: str, texts: Texts) -> Sharing | Stopped:
    """What the page shows once a link is made; or the form, with what is wrong with it."""
    return attempt(lambda: _made(slug, texts))


def revoked(slug: str, id: int) -> Sharing | Stopped:
    """What the page shows once a link is revoked."""
    return attempt(lambda: _revoked(slug, id))


def _made(slug: str, texts: Texts) -> Sharing:
    here, found = platform(), shareable(slug)
    most, by = here.settings.share_link_days_most, replace(sender(), now=here.reader.now())
    try:
        link = share_links.make(here.engine, found.slug, texts, most, by)
    except Rejected as error:
        faults = {fault.field: fault.message for fault in error.faults}
        problem = "" if faults else str(error)
        return replace(sharing(slug), texts=texts, faults=faults, problem=problem)
    return replace(sharing(slug), made=link.id)


def _revoked(slug: str, id: int) -> Sharing:
    here, found = platform(), shareable(slug)
    by = replace(sender(), now=here.reader.now())
    share_links.revoke(here.engine, id, by, found.slug)
    return sharing(slug)


def _shown(link: ShareLink) -> Shared:
    state = link.state(platform().reader.now())
    return Shared(
        id=link.id,
        label=link.label,
        made_by=link.made_by,
        made_at=datetime.fromtimestamp(link.made_at, UTC),
        last_day=link.last_day,
        state=state,
        href=_href(link) if state == OPEN else "",
    )


def _href(link: ShareLink) -> str:
    text = Signing(str(current_app.secret_key)).text(link)
    return root() + service_address(link.service, {LINK: text})
