"""The Overview's answer to addresses: a period, none, nonsense, and a platform without figures."""

from __future__ import annotations

from datetime import date

from flask.testing import FlaskClient

from callbacks.overview import parse_period
from kpi.periods import Period
from tests.callbacks.conftest import Content


def test_the_latest_period_is_shown_without_being_asked_for(
    client: FlaskClient, content: Content
) -> None:
    words = content(client, "/")
    assert "October 2016 to September 2017. 3 of 4 services have reported." in words
    # 1000 + 200 + 300 transactions; (500 + 400) pounds over 1200; (800 + 190) of 1200 digital.
    assert "1,500" in words
    assert "£900" in words
    assert "£0.75" in words
    assert "82.5 %" in words


def test_the_period_of_the_address_is_shown(client: FlaskClient, content: Content) -> None:
    words = content(client, "/", "?period=year:2015-10-01")
    assert "October 2015 to September 2016. 1 of 4 services has reported." in words
    assert "900" in words


def test_a_period_that_cannot_be_read_is_said_and_the_latest_shown(
    client: FlaskClient, content: Content
) -> None:
    words = content(client, "/", "?period=year:sometime")
    assert "The period 'year:sometime' was not understood" in words
    assert "October 2016 to September 2017." in words


def test_a_platform_without_figures_says_how_to_load_some(
    empty_client: FlaskClient, content: Content
) -> None:
    words = content(empty_client, "/")
    assert "No figures have been loaded yet. How to load figures" in words


def test_a_period_is_read_as_addresses_write_it() -> None:
    assert parse_period("year:2016-10-01") == (Period("year", date(2016, 10, 1)), "")
    assert parse_period("") == (None, "")


def test_what_is_no_period_is_said_in_words() -> None:
    for text in ("decade:2010-01-01", "quarter:2017-02-01", "year", "year:2017-13-01"):
        period, notice = parse_period(text)
        assert period is None
        assert notice.startswith(f"The period {text!r} was not understood (")
