"""Each dashboard and each module has an address to be embedded by, with the page's filters."""

import pytest

from layouts.embed_addresses import embed_address


@pytest.mark.parametrize(
    ("page", "module", "expected"),
    [
        ("/", "", "/embed/overview"),
        ("/?period=year:2016-10-01", "leagues", "/embed/overview/leagues?period=year:2016-10-01"),
        ("/services/tax", "", "/embed/services/tax"),
        ("/services/tax?period=month", "journey", "/embed/services/tax/journey?period=month"),
        ("/compare?service=a&service=b", "", "/embed/compare?service=a&service=b"),
    ],
)
def test_an_embed_keeps_the_filters_of_its_page(page: str, module: str, expected: str) -> None:
    assert embed_address(page, module) == expected
