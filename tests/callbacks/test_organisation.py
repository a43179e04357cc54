"""The page of a department or an agency: of its own services alone."""

from __future__ import annotations

from flask.testing import FlaskClient

from callbacks.organisation import _content
from tests.callbacks.conftest import Content
from tests.layouts.reading import prop, typed, walk


def test_a_department_counts_its_agencies_services(client: FlaskClient, content: Content) -> None:
    words = content(client, "/organisations/transport")
    assert "Department for Transport October 2016 to September 2017." in words
    # 1000 + 200 of its agency, 300 of its own; the Treasury's service is not among them.
    assert "1,500" in words
    assert "from all 3 services" in words
    assert "All 3 services, to filter and sort" in words
    assert "Report a death" not in words


def test_an_agency_shows_its_own_and_leads_to_its_department(
    client: FlaskClient, content: Content
) -> None:
    words = content(client, "/organisations/vehicles")
    assert "Overview Department for Transport Vehicle Agency" in words
    assert "1,200" in words
    assert "Pay a toll" not in words


def test_an_organisation_that_never_reported_says_so(client: FlaskClient, content: Content) -> None:
    words = content(client, "/organisations/treasury")
    assert "not reported" in words
    assert "=Report a death" in words


def test_an_organisation_that_is_not_there_is_named(client: FlaskClient, content: Content) -> None:
    assert "There is no organisation 'nobody'." in content(client, "/organisations/nobody")


def test_its_period_is_the_addresss(client: FlaskClient, content: Content) -> None:
    words = content(client, "/organisations/vehicles", "?period=year:2015-10-01")
    assert "October 2015 to September 2016. 1 of 2 services has reported." in words


def test_each_section_has_a_name_that_addresses_can_say(client: FlaskClient) -> None:
    with client.application.test_request_context("/organisations/transport"):
        sections = [prop(one, "id") for one in typed(_content("transport"), "Section")]
        parts = [prop(one, "id") for one in walk(_content("transport"))]
    assert sections == [
        "headline-figures",
        None,
        *("over-time", "digital-take-up", "transactions"),
        *("where-to-look-first", "services-by-size", "its-services"),
    ]
    assert {"right-now", "most-used"} & set(parts)
