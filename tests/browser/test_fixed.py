"""What no callback touches is made by a script of ours, of which nobody is to notice anything."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
import requests
from dash import html

from layouts.fixed import fixed, loosened
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
SHOW = "dash_clientside.set_props('_pages_content', {children: arguments[0]})"
# Whether the page itself follows a link. The browser is kept from it: a tab that it opened would
# hide this one from all tests that follow.
FOLLOWED = """
const told = {bubbles: true, cancelable: true, ctrlKey: arguments[1]};
const keep = event => { window.followed = event.defaultPrevented; event.preventDefault(); };
window.addEventListener('click', keep, {once: true});
arguments[0].dispatchEvent(new MouseEvent('click', told));
return window.followed;
"""


def sent(platform: str, path: str) -> Any:
    """A page as a browser is given it."""
    parts = (("_pages_content", "children"), ("_pages_store", "data"))
    given = (("pathname", path), ("search", ""))
    body: dict[str, Any] = {
        "output": "..{}.{}...{}.{}..".format(*parts[0], *parts[1]),
        "outputs": [{"id": id, "property": name} for id, name in parts],
        "inputs": [{"id": "_pages_location", "property": n, "value": v} for n, v in given],
        "changedPropIds": ["_pages_location.pathname"],
    }
    asking = requests.Session()
    asking.get(platform, timeout=60)
    answer = asking.post(f"{platform}/_dash-update-component", json=body, timeout=60)
    return answer.json()["response"]["_pages_content"]["children"]


@pytest.mark.parametrize("path", ["/data", "/about", "/services", "/sending-data"])
def test_its_elements_are_those_that_dash_would_make(
    visit: Visit, demonstration_platform: str, path: str
) -> None:
    page = sent(demonstration_platform, path)
    assert page["type"] == "Fixed"
    visitor = visit(demonstration_platform)
    visitor.go("/compare")
    visitor.run(SHOW, page)
    visitor.wait("return document.querySelector('h1').textContent !== 'Compare services'")
    visitor.settle()
    visitor.run("window.ours = document.getElementById('_pages_content').cloneNode(true)")
    with visitor.new_page():
        visitor.run(SHOW, loosened(page))
    assert visitor.run("return ours.isEqualNode(document.getElementById('_pages_content'))")


def test_a_name_is_text_whatever_it_says(visit: Visit, demonstration_platform: str) -> None:
    name = "<img src=x onerror=\"document.title='gone'\"><script>alert(1)</script>"
    visitor = visit(demonstration_platform)
    visitor.go("/about")
    with visitor.new_page():
        visitor.run(SHOW, fixed(html.Main(html.H1(name))))
    assert visitor.text("h1") == name
    assert visitor.find_all("main img, main script") == []


def test_no_address_of_it_is_a_script(visit: Visit, demonstration_platform: str) -> None:
    visitor = visit(demonstration_platform)
    visitor.go("/about")
    bad = html.A("Go", href="javascript:alert(1)", id="bad")
    with visitor.new_page():
        visitor.run(SHOW, fixed(html.Main([html.H1("A page"), bad])))
    assert visitor.find("#bad").get_attribute("href") == "about:blank"


def test_a_link_that_is_opened_elsewhere_is_the_browsers(
    visit: Visit, demonstration_platform: str
) -> None:
    visitor = visit(demonstration_platform)
    visitor.go("/about")
    link = visitor.find("nav a[href='/services']")
    assert visitor.run(FOLLOWED, link, True) is False
    with visitor.new_page():
        assert visitor.run(FOLLOWED, link, False) is True
    assert visitor.address == "/services"
