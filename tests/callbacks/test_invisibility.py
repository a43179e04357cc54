"""A service that is not published is on no page, but on its own for those who publish it."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from data.people import PUBLISHER, Viewer
from data.reader import Reader
from tests.callbacks.conftest import Content, client_of
from tests.fixtures.hidden_world import OFFICE, VISA, hide_services, report_privately, visitors
from tests.fixtures.small_world import report, small_world
from tests.fixtures.viewing import Seen, seen_by

OPEN = (
    ("/", ""),
    ("/", "?period=quarter:2017-07-01"),
    ("/", "?period=year:2018-10-01"),
    ("/services", ""),
    ("/services", "?q=visa"),
    ("/services", "?category=Secrets"),
    ("/services", "?department=permits"),
    ("/services", "?agency=vehicles&sort=transactions:descending"),
    ("/services", "?range=transactions:9000:"),
    ("/services/pay-a-toll", ""),
    ("/compare", ""),
    ("/compare", "?service=tax-a-vehicle"),
    ("/compare", "?service=tax-a-vehicle&service=apply-for-a-visa&service=pay-a-toll"),
    ("/compare", "?service=tax-a-vehicle&period=year&q=visa"),
    ("/organisations/transport", ""),
    ("/organisations/vehicles", ""),
)
SHUT = (f"/services/{VISA.slug}", f"/organisations/{OFFICE.slug}")
OWNER = Viewer(1, "Ann", "ann@example.com", PUBLISHER, services=frozenset({VISA.slug}))


def filled(folder: Path, *, hidden: bool) -> FlaskClient:
    """A client of a platform over the small world, with or without what nobody may learn of."""
    folder.mkdir()
    engine = small_world(folder)
    counts = visitors(("11:55", 4), ("12:00", 6))
    report(engine, "realtime", counts, group="tax", service="tax-a-vehicle")
    if hidden:
        hide_services(engine)
        report_privately(engine)
    engine.dispose()
    return client_of(folder)


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Seen:
    """`seen(viewer)`: the platform with what is hidden, as a viewer uses it; None: as everyone."""
    return seen_by(filled(tmp_path_factory.mktemp("hidden") / "all", hidden=True))


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> FlaskClient:
    """A platform where what is hidden was never sent."""
    return filled(tmp_path_factory.mktemp("without") / "some", hidden=False)


@pytest.fixture(autouse=True)
def _noon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ages are the same however long a test takes."""
    monkeypatch.setattr(Reader, "clock", lambda _self: datetime(2030, 1, 1, 12, tzinfo=UTC))


@pytest.mark.parametrize(("path", "search"), OPEN)
def test_every_page_is_the_one_it_would_be_without_it(
    seen: Seen, without: FlaskClient, content: Content, path: str, search: str
) -> None:
    assert content(seen(None), path, search) == content(without, path, search)


@pytest.mark.parametrize("path", SHUT)
def test_its_own_page_is_missing_as_one_that_never_was(
    seen: Seen, without: FlaskClient, content: Content, path: str
) -> None:
    assert content(seen(None), path) == content(without, path)
    page, expected = seen(None).get(path), without.get(path)
    assert (page.status_code, expected.status_code) == (404, 404)
    assert "visa" not in page.text.lower().replace(VISA.slug, "")


def test_who_publishes_it_sees_its_page_and_nobody_after_them_does(
    seen: Seen, content: Content
) -> None:
    path = f"/services/{VISA.slug}"
    assert "Apply for a visa" in content(seen(OWNER), path)
    page = seen(OWNER).get(path)
    assert page.status_code == 200
    assert "<title>Apply for a visa - " in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert "Apply for a visa" not in content(seen(None), path)
    assert seen(None).get(path).status_code == 404


def test_on_other_pages_it_is_invisible_to_who_publishes_it_too(
    seen: Seen, content: Content
) -> None:
    assert "Apply for a visa" not in content(seen(OWNER), "/services")
    assert seen(OWNER).get(f"/organisations/{OFFICE.slug}").status_code == 404
