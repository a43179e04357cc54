"""Components written out as HTML."""

from __future__ import annotations

import pytest
from dash import dcc, html
from markupsafe import Markup

from layouts.aria import aria
from layouts.markup import markup

WRITTEN = [
    (html.P("Tea & <b>cake</b>"), "<p>Tea &amp; &lt;b&gt;cake&lt;/b&gt;</p>"),
    (html.P(["One ", html.Strong("two"), 3]), "<p>One <strong>two</strong>3</p>"),
    (html.P(), "<p></p>"),
    (html.Br(), "<br>"),
    (
        dcc.Link("Services", href="/services?a=1&b=2"),
        '<a href="/services?a=1&amp;b=2">Services</a>',
    ),
    (
        html.H1("Here", id="a", className="b", tabIndex=-1, **aria(label='It\'s "here"')),
        '<h1 id="a" class="b" tabindex="-1" aria-label="It&#39;s &#34;here&#34;">Here</h1>',
    ),
    (html.Label("Name", htmlFor="name"), '<label for="name">Name</label>'),
    ([html.P("a"), html.P("b")], "<p>a</p><p>b</p>"),
    (html.Main(Markup("<i>as it is</i>")), "<main><i>as it is</i></main>"),
    (None, ""),
]


@pytest.mark.parametrize(("component", "text"), WRITTEN)
def test_a_component_is_written_as_html(component: object, text: str) -> None:
    assert markup(component) == text
