"""Links to a service that is not published show it alone, to whoever has one, while they work.

Every address and every callback is tried with each kind of link that should show nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import dash
import pytest
from flask.testing import FlaskClient
from werkzeug.routing import Rule

from api.answers import tag
from callbacks.platform import EXTENSION
from config import Settings
from data import share_links
from data.reader import Reader
from layouts import ids
from layouts.not_found import LINK_TITLE, TITLE
from tests.callbacks.conftest import Content
from tests.fixtures.hidden_world import VISA
from tests.fixtures.shared_world import NOW, WORTHLESS, SharedWorld, by, text_of, told

PAGE = f"/services/{VISA.slug}"
API = f"/api{PAGE}"
EMBED = f"/embed{PAGE}"
NOBODY = "no-such-service"
# What a rule of an address is filled with.
PARTS = {"slug": VISA.slug, "key": "strike", "group": "visas", "type": "customer-satisfaction"}
# The addresses that the link itself shows something at, by what it is.
SHOWN = {
    PAGE,
    f"{PAGE}/annotations",
    f"{PAGE}/annotations/strike",
    EMBED,
    f"{EMBED}/user-satisfaction",
    API,
    f"{API}/kpis",
    f"{API}/measurements",
    f"{API}/annotations",
    f"{API}/annotations/strike",
}
REFUSES = [kind for kind in WORTHLESS if kind]


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SharedWorld]:
    made = SharedWorld(tmp_path_factory.mktemp("shared"))
    yield made
    made.engine.dispose()


@pytest.fixture(autouse=True)
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[datetime]]:
    """What time it is, which a test may change."""
    now = [NOW]
    monkeypatch.setattr(Reader, "clock", lambda _self: now[0])
    yield now


@pytest.fixture
def stranger(world: SharedWorld) -> FlaskClient:
    """A browser of someone who is not signed in."""
    return world.client()


def addresses(world: SharedWorld) -> list[str]:
    """Every address that can be read, of the hidden service where it names one."""
    rules = [
        _filled(rule) for rule in world.server.url_map.iter_rules() if "GET" in (rule.methods or ())
    ]
    pages = [page["path_template"] or page["path"] for page in dash.page_registry.values()]
    embeds = {EMBED, f"{EMBED}/user-satisfaction"}
    return sorted({*rules, *embeds, *(re.sub(r"<(\w+)>", _part, path) for path in pages)})


def _filled(rule: Rule) -> str:
    return re.sub(r"<(?:[^:<>]+:)?(\w+)>", _part, str(rule))


def _part(found: re.Match[str]) -> str:
    return PARTS.get(found[1], "x")


def linked(address: str, text: str) -> str:
    query = f"service={VISA.slug}" if "live" in address or "compare" in address else ""
    asked = "&".join(filter(None, (query, f"link={text}" if text else "")))
    return f"{address}?{asked}" if asked else address


def read(client: FlaskClient, address: str) -> str:
    """What an address answers, were it a picture."""
    return client.get(address).data.decode(errors="replace")


def call(client: FlaskClient, one: dict[str, Any], text: str, path: str = PAGE) -> str:
    """What a callback answers to someone who fills in whatever it takes, all of it of the visa."""
    values = {
        "pathname": path,
        "search": f"?link={text}" if text else "",
        "href": f"http://localhost{path}?link={text}",
        "n_clicks": 1,
        "data": VISA.slug if one["output"].startswith(ids.LINK_SHOWN) else PARTS,
        "value": "2016-10-01",
    }

    def filled(given: dict[str, str]) -> Any:
        value = values.get(given["property"], VISA.slug)
        if not given["id"].startswith("{"):
            return {**given, "value": value}
        id = dict.fromkeys(json.loads(given["id"]), "x") | {"type": json.loads(given["id"])["type"]}
        own = id if given["property"] == "id" else value
        return [{"id": id, "property": given["property"], "value": own}]

    inputs = [filled(given) for given in one["inputs"]]
    first = inputs[0][0] if isinstance(inputs[0], list) else inputs[0]
    id = first["id"] if isinstance(first["id"], str) else json.dumps(first["id"], sort_keys=True)
    names = [name.rsplit(".", 1) for name in one["output"].strip(".").split("...")]
    outputs = [{"id": name, "property": given} for name, given in names]
    asked = {
        "output": one["output"],
        "outputs": outputs if one["output"].startswith("..") else outputs[0],
        "inputs": inputs,
        "state": [filled(given) for given in one["state"]],
        "changedPropIds": [f"{id}.{first['property']}"],
    }
    return client.post("/_dash-update-component", json=asked).text


def routed(client: FlaskClient, path: str, text: str) -> tuple[int, str]:
    """The status and the text of what the callback that draws pages answers."""
    known = json.loads(client.get("/_dash-dependencies").text)
    one = next(one for one in known if "_pages_content" in one["output"])
    search = f"?link={text}" if text else ""
    values = {"pathname": path, "search": search}
    asked = {
        "output": one["output"],
        "outputs": [
            {"id": "_pages_content", "property": "children"},
            {"id": "_pages_store", "property": "data"},
        ],
        "inputs": [{**given, "value": values[given["property"]]} for given in one["inputs"]],
        "state": [{**given, "value": None} for given in one["state"]],
        "changedPropIds": ["_pages_location.pathname"],
    }
    answer = client.post("/_dash-update-component", json=asked)
    return answer.status_code, answer.text


@pytest.mark.parametrize("kind", WORTHLESS)
def test_no_address_gives_anything_away_to_a_link_that_shows_nothing(
    world: SharedWorld, stranger: FlaskClient, kind: str
) -> None:
    # Whoever has a link that works was there before, so that anything kept would be found.
    for address in SHOWN:
        assert stranger.get(linked(address, world.texts["works"])).status_code == 200
    found = {
        address: told(read(stranger, linked(address, world.texts[kind])))
        for address in addresses(world)
    }
    assert found.keys() >= SHOWN
    assert {address: secrets for address, secrets in found.items() if secrets} == {}


def test_a_link_gives_away_the_service_at_its_own_addresses_alone(
    world: SharedWorld, stranger: FlaskClient
) -> None:
    found = {
        address
        for address in addresses(world)
        if told(read(stranger, linked(address, world.texts["works"])))
    }
    # Every other answer, of the service or not, names nothing of it.
    assert found == SHOWN - {f"{API}/measurements"}


@pytest.mark.parametrize("kind", WORTHLESS)
def test_no_callback_gives_anything_away_to_a_link_that_shows_nothing(
    world: SharedWorld, stranger: FlaskClient, kind: str
) -> None:
    known = json.loads(stranger.get("/_dash-dependencies").text)
    asked = [one for one in known if not one["clientside_function"]]
    assert len(asked) == sum("callback" in one for one in world.app.callback_map.values())
    for path in (PAGE, f"{PAGE}/annotations", f"{PAGE}/annotations/strike", f"{PAGE}/links"):
        for shown in (world.texts["works"], world.texts[kind]):
            _, text = routed(stranger, path, shown)
        assert told(text) == []
    assert {one["output"]: told(call(stranger, one, world.texts[kind])) for one in asked} == {
        one["output"]: [] for one in asked
    }


@pytest.mark.parametrize("kind", REFUSES)
@pytest.mark.parametrize("slug", [VISA.slug, NOBODY])
def test_a_link_that_shows_nothing_is_answered_alike_whether_there_is_a_service_or_not(
    world: SharedWorld, stranger: FlaskClient, kind: str, slug: str
) -> None:
    for rest in ("", "/annotations", "/annotations/strike"):
        page = stranger.get(f"/services/{slug}{rest}?link={world.texts[kind]}")
        assert page.status_code == 403
        assert f"<title>{LINK_TITLE}</title>" in page.text
        status, text = routed(stranger, f"/services/{slug}{rest}", world.texts[kind])
        assert status == 403
        assert "Ask whoever sent it to you for a new one." in text
    for rest in (
        "",
        "/kpis",
        "/kpis?format=csv",
        "/kpis?format=csvw",
        "/kpis?format=xlsx",
        "/measurements",
        "/journey",
        "/annotations",
    ):
        joint = "&" if "?" in rest else "?"
        answer = stranger.get(f"/api/services/{slug}{rest}{joint}link={world.texts[kind]}")
        assert answer.status_code == 403
        assert answer.json is not None
        assert answer.json["status"] == "error"
        assert "Ask whoever sent it to you for a new one." in answer.json["message"]
    live = stranger.get(f"/live?service={slug}&link={world.texts[kind]}")
    assert live.status_code == 403


@pytest.mark.parametrize("kind", REFUSES)
@pytest.mark.parametrize("place", ["/api/services/{}?", "/live?service={}&"])
def test_the_answers_for_no_service_and_a_hidden_one_are_the_same(
    world: SharedWorld, stranger: FlaskClient, kind: str, place: str
) -> None:
    there, nowhere = (
        stranger.get(f"{place.format(slug)}link={world.texts[kind]}")
        for slug in (VISA.slug, NOBODY)
    )
    assert there.text == nowhere.text
    for answer in (there, nowhere):
        answer.headers.remove("X-Request-ID")
    assert list(there.headers) == list(nowhere.headers)


def test_without_a_link_it_is_missing_as_it_always_was(
    stranger: FlaskClient,
) -> None:
    page = stranger.get(PAGE)
    assert page.status_code == 404
    assert f"<title>{TITLE}</title>" in page.text
    assert stranger.get(API).status_code == 404
    assert routed(stranger, PAGE, "")[0] == 200


def test_whoever_has_a_link_sees_the_page_its_annotations_and_its_figures(
    world: SharedWorld, stranger: FlaskClient, content: Content
) -> None:
    search = f"?link={world.texts['works']}"
    page = content(stranger, PAGE, search)
    assert VISA.name in page
    assert "Not published. This link shows it until 15 January 2030." in re.sub(" +", " ", page)
    assert "Annotate" not in page
    assert "Show it to others" not in page
    assert "Officers on strike" in content(stranger, f"{PAGE}/annotations", search)
    assert "Add an annotation" not in content(stranger, f"{PAGE}/annotations", search)
    assert "Officers on strike" in content(stranger, f"{PAGE}/annotations/strike", search)
    csv = stranger.get(f"{API}/kpis?format=csv&link={world.texts['works']}")
    assert "9000" in csv.text
    assert world.texts["works"].lower()[:10] not in csv.headers["Content-Disposition"]


def test_nobody_keeps_finds_or_is_told_of_what_a_link_shows(
    world: SharedWorld, stranger: FlaskClient
) -> None:
    for kind in ("works", *REFUSES):
        for place in (PAGE, API, f"{API}/kpis", f"{API}/annotations", f"/live?service={VISA.slug}"):
            joint = "&" if "?" in place else "?"
            headers = stranger.get(f"{place}{joint}link={world.texts[kind]}").headers
            assert headers["Cache-Control"] == "private, no-store"
            assert headers["Referrer-Policy"] == "no-referrer"
            assert headers["X-Robots-Tag"] == "noindex, nofollow"
            assert "ETag" not in headers


def test_whoever_guesses_the_tag_of_an_answer_is_refused_as_well(stranger: FlaskClient) -> None:
    # It is made of what everyone knows: the address, the revision and the day.
    app, address = stranger.application, f"{API}?link=changed"
    with app.test_request_context(address):
        own = tag(app.extensions[EXTENSION].reader, Settings(), live=False)
    for place in (API, f"{API}/annotations"):
        told_of = {"If-None-Match": f'"{own}"'}
        assert stranger.get(f"{place}?link=changed", headers=told_of).status_code == 403


def test_every_address_on_a_page_that_leads_to_the_service_has_the_link(
    world: SharedWorld, stranger: FlaskClient
) -> None:
    text = world.texts["works"]
    own = re.compile(rf"(?:/api|/embed)?{PAGE}(?![\w-])|/(?:api/)?live\?")
    for path in (PAGE, f"{PAGE}/annotations", f"{PAGE}/annotations/strike"):
        _, sent = routed(stranger, path, text)
        found = [one for one in _texts(json.loads(sent)) if own.match(one)]
        assert len(found) > 1
        assert [one for one in found if f"link={text}" not in one] == []


def test_the_page_leads_to_nothing_that_a_link_does_not_show(
    world: SharedWorld, stranger: FlaskClient
) -> None:
    _, sent = routed(stranger, PAGE, world.texts["works"])
    assert f"/compare?service={VISA.slug}" not in sent
    assert f"/data?service={VISA.slug}" not in sent
    assert f"{PAGE}/links" not in sent


def _texts(part: Any) -> Iterator[str]:
    if isinstance(part, str):
        yield part
    for one in part.values() if isinstance(part, dict) else part if isinstance(part, list) else ():
        yield from _texts(one)


def test_filters_and_clicks_keep_the_link(world: SharedWorld, stranger: FlaskClient) -> None:
    text = world.texts["works"]
    known = json.loads(stranger.get("/_dash-dependencies").text)
    count = next(one for one in known if one["output"] == f"{ids.ANNOTATION_URL}.search")
    answer = json.loads(call(stranger, count, text))["response"]
    assert answer == {ids.ANNOTATION_URL: {"search": f"?link={text}&count=2016-10-01"}}


def test_a_page_drawn_for_a_link_is_never_anyone_elses(
    world: SharedWorld, stranger: FlaskClient, content: Content
) -> None:
    search = f"?link={world.texts['works']}"
    for path in (PAGE, f"{PAGE}/annotations", f"{PAGE}/annotations/strike"):
        assert VISA.name not in content(stranger, path)
        assert told(content(stranger, path, search)) != []
        assert told(content(stranger, path)) == []
        assert told(routed(stranger, path, world.texts["revoked"])[1]) == []
        assert told(content(stranger, path, search)) != []


def test_a_link_stops_the_moment_it_ends_or_is_revoked(
    world: SharedWorld, stranger: FlaskClient, clock: list[datetime]
) -> None:
    link = world.make("For a day", "2030-01-01")
    address = f"{PAGE}?link={text_of(link)}"
    clock[0] = datetime(2030, 1, 1, 23, 59, 59, tzinfo=UTC)
    assert stranger.get(address).status_code == 200
    clock[0] += timedelta(seconds=1)
    assert stranger.get(address).status_code == 403
    clock[0] = NOW
    assert routed(stranger, PAGE, text_of(link))[0] == 200
    share_links.revoke(world.engine, link.id, by(NOW))
    status, text = routed(stranger, PAGE, text_of(link))
    assert (status, told(text)) == (403, [])
    assert stranger.get(f"{API}/kpis?link={text_of(link)}").status_code == 403


def test_a_link_lets_nobody_write_or_make_links(world: SharedWorld, stranger: FlaskClient) -> None:
    body = {"title": "A lie", "start_at": "2016-12-01"}
    for headers in ({}, {"Authorization": "Bearer x"}):
        address = f"{API}/annotations/lie?link={world.texts['works']}"
        assert stranger.put(address, json=body, headers=headers).status_code in (401, 404)
        assert stranger.delete(address, headers=headers).status_code in (401, 404)
    links = stranger.get(f"{PAGE}/links?link={world.texts['works']}")
    assert links.status_code == 303
    with world.engine.connect() as connection:
        before = share_links.listed(connection)
    known = json.loads(stranger.get("/_dash-dependencies").text)
    for one in known:
        if ids.LINK_SHOWN in one["output"]:
            assert told(call(stranger, one, world.texts["works"])) == []
    with world.engine.connect() as connection:
        assert share_links.listed(connection) == before


def test_once_it_is_published_every_link_shows_what_everyone_sees(
    world: SharedWorld, stranger: FlaskClient, content: Content
) -> None:
    world.publish(published=True)
    try:
        public = content(stranger, PAGE)
        assert VISA.name in public
        for kind in ("works", "ended"):
            assert content(stranger, PAGE, f"?link={world.texts[kind]}") == public
            assert stranger.get(f"{PAGE}?link={world.texts[kind]}").status_code == 200
            assert stranger.get(f"{API}/kpis?link={world.texts[kind]}").status_code == 200
        _, sent = routed(stranger, PAGE, world.texts["works"])
        assert world.texts["works"] not in sent
    finally:
        world.publish(published=False)
    assert told(content(stranger, PAGE)) == []
    assert stranger.get(f"{PAGE}?link={world.texts['ended']}").status_code == 403


def test_no_link_is_written_to_the_log(
    world: SharedWorld,
    stranger: FlaskClient,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*_given: object, **_more: object) -> None:
        raise RuntimeError("something broke")

    monkeypatch.setattr("callbacks.service.dashboard", fail)
    assert "could not be shown" in routed(stranger, PAGE, world.texts["works"])[1]
    assert "something broke" in caplog.text
    assert world.texts["works"] not in caplog.text
