"""docs/embedding.md says what is so: its snippet, its addresses, its messages, its limits."""

from __future__ import annotations

import json
import re
from urllib.parse import urldefrag

import pytest

from config import ROOT
from layouts.embed_addresses import embed_address
from layouts.embed_snippet import embed_snippet

TEXT = (ROOT / "docs" / "embedding.md").read_text(encoding="utf-8")
SCRIPT = (ROOT / "assets" / "embed" / "embed.js").read_text(encoding="utf-8")
INSIDE = (ROOT / "assets" / "embedding.js").read_text(encoding="utf-8")
ADDRESSES = re.findall(r"^\| `(/[^`]*)` \| `(/embed[^`]+)` \|$", TEXT, re.MULTILINE)


def test_the_snippet_is_the_one_that_the_platform_makes() -> None:
    (shown,) = re.findall(r"```html\n(.*?)\n```", TEXT, re.DOTALL)
    title = "Digital take-up: Pay a toll, Performance Platform"
    embed = embed_address("/services/pay-a-toll", "digital-take-up")
    assert shown == embed_snippet("https://figures.example", embed, title)


@pytest.mark.parametrize(("page", "embed"), ADDRESSES)
def test_an_address_is_the_one_that_the_platform_makes(page: str, embed: str) -> None:
    assert embed_address(*urldefrag(page)) == embed


def test_every_kind_of_dashboard_is_among_the_addresses() -> None:
    kinds = {embed.split("/")[2].partition("?")[0] for _, embed in ADDRESSES}
    assert kinds == {"overview", "organisations", "services", "compare"}


def test_the_messages_are_those_of_the_scripts() -> None:
    (said,) = re.findall(r"```json\n(.*?)\n```", TEXT, re.DOTALL)
    message = json.loads(said)
    for script in (SCRIPT, INSIDE):
        assert f'NAME = "{message["type"]}"' in script
        assert f"VERSION = {message['version']};" in script
        assert '"-ask"' in script
    least, most = (re.findall(rf"{name} = (\d+);", SCRIPT)[0] for name in ("LEAST", "MOST"))
    assert f"less than {int(least)} or more than {int(most):,} pixels" in " ".join(TEXT.split())
