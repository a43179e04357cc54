"""What people paste to show an embed."""

from __future__ import annotations

from html.parser import HTMLParser

from layouts.embed_addresses import embed_address
from layouts.embed_snippet import HEIGHT, embed_snippet

ROOT = "https://figures.example"


class _Tags(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attributes)))


def test_a_snippet_is_a_frame_with_a_title_and_the_script_that_sizes_it() -> None:
    embed = embed_address("/services/tax?period=month&channel=paper", "journey")
    (frame, said), (script, loaded) = _Tags(embed_snippet(ROOT, embed, "Tax: journey")).found
    assert (frame, script) == ("iframe", "script")
    assert said["src"] == f"{ROOT}/embed/services/tax/journey?period=month&channel=paper"
    assert (said["title"], said["height"], said["width"]) == ("Tax: journey", str(HEIGHT), "100%")
    assert loaded == {"src": f"{ROOT}/embed.js", "async": None}


def test_a_title_cannot_end_the_frame_it_is_of() -> None:
    snippet = embed_snippet(ROOT, "/embed/services/tax", '"><script>alert(1)</script>', 320)
    (_, said), (_, loaded) = _Tags(snippet).found
    assert said["title"] == '"><script>alert(1)</script>'
    assert said["height"] == "320"
    assert loaded["src"] == f"{ROOT}/embed.js"
