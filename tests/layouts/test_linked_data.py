"""The catalogue for machines, read as plain JSON and held against what DCAT asks for.

Mandatory are, by the DCAT application profile for Europe's data portals: of a catalogue title,
description and publisher; of a data set title and description; of a distribution its accessURL;
of a data service title and endpointURL; of an agent its name.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from kpi.data_sets import DataSet, Listing, Named
from layouts.linked_data import Document, Site, catalogue, data_set, dates
from tests.fixtures.data_sets import CLAIMS, claims

OGL = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/"
SITE = Site("Council figures", "https://figures.example", OGL, 1000)
PAGE = "https://figures.example/data/carers-allowance/transactions-by-channel"
REQUIRED = {
    "dcat:Catalog": ("dct:title", "dct:description", "dct:publisher"),
    "dcat:Dataset": ("dct:title", "dct:description"),
    "dcat:Distribution": ("dcat:accessURL",),
    "dcat:DataService": ("dct:title", "dcat:endpointURL"),
    "foaf:Agent": ("foaf:name",),
    "dct:PeriodOfTime": ("dcat:startDate", "dcat:endDate"),
}


def listed(*shown: DataSet, number: int = 1, total: int = 1) -> Listing:
    return Listing(shown, (), Named(), total, total, 0, number, 1)


def nodes(value: Any) -> Iterator[Document]:
    """Every object with a type of DCAT's, however deep."""
    if isinstance(value, dict):
        if value.get("@type") in REQUIRED:
            yield value
        value = list(value.values())
    if isinstance(value, list):
        for one in value:
            yield from nodes(one)


def test_everything_has_what_dcat_requires() -> None:
    found = list(nodes(catalogue(listed(CLAIMS), SITE)))
    assert {node["@type"] for node in found} == set(REQUIRED)
    lacking = [(node, name) for node in found for name in REQUIRED[node["@type"]] if not node[name]]
    assert lacking == []


def test_every_prefix_is_in_the_context() -> None:
    found = catalogue(listed(CLAIMS), SITE)
    names = {name for node in nodes(found) for name in (*node, node["@type"])}
    prefixes = {name.partition(":")[0] for name in names if ":" in name}
    assert prefixes <= set(found["@context"])


def test_a_data_set_says_whose_it_is_when_and_where() -> None:
    found, _ = data_set(CLAIMS, SITE)
    assert found["@id"] == f"{PAGE}#data-set"
    assert found["dct:title"] == "Carer’s Allowance: claims"
    assert found["dcat:landingPage"] == {"@id": PAGE}
    assert found["dct:publisher"] == {
        "@id": "https://figures.example/organisations/dwp",
        "@type": "foaf:Agent",
        "foaf:name": "Department for Work and Pensions",
    }
    assert found["dct:issued"] == {"@value": "2013-11-01T00:00:00+00:00", "@type": "xsd:dateTime"}
    assert found["dct:modified"]["@value"] == "2014-10-09T12:00:00+00:00"
    assert found["dcat:keyword"] == ["Transactions by channel", "carers"]
    # The week of 29 September ends with Sunday 5 October.
    assert found["dct:temporal"] == {
        "@type": "dct:PeriodOfTime",
        "dcat:startDate": {"@value": "2013-10-14", "@type": "xsd:date"},
        "dcat:endDate": {"@value": "2014-10-05", "@type": "xsd:date"},
    }


def test_it_is_distributed_as_csv_and_json() -> None:
    found, _ = data_set(claims(raw=True), SITE)
    csv, json = found["dcat:distribution"]
    assert csv["dcat:downloadURL"] == {"@id": f"{PAGE}?format=csv"} == csv["dcat:accessURL"]
    assert csv["dcat:mediaType"]["@id"].endswith("/media-types/text/csv")
    assert json["dcat:downloadURL"] == {"@id": f"{PAGE}?format=json"}
    assert json["dcat:mediaType"]["@id"].endswith("/media-types/application/json")


def test_a_licence_is_named_only_where_someone_has_given_one() -> None:
    found, other = data_set(CLAIMS, SITE)
    assert found["dct:license"] == {"@id": OGL}
    assert {one["dct:license"]["@id"] for one in found["dcat:distribution"]} == {OGL}
    assert other["license"] == OGL
    nobody = Site("Council figures", "https://figures.example", "", 1000)
    assert "licen" not in repr(data_set(CLAIMS, nobody)) + repr(catalogue(listed(CLAIMS), nobody))


def test_search_engines_get_the_same_in_their_words() -> None:
    _, found = data_set(CLAIMS, SITE)
    assert (found["@context"], found["@type"]) == ("https://schema.org/", "Dataset")
    assert (found["name"], found["url"]) == ("Carer’s Allowance: claims", PAGE)
    assert found["temporalCoverage"] == "2013-10-14/2014-10-05"
    assert found["variableMeasured"] == ["count"]
    assert found["creator"]["name"] == "Department for Work and Pensions"
    assert [one["encodingFormat"] for one in found["distribution"]] == [
        "text/csv",
        "application/json",
    ]
    # Search engines take descriptions of 50 to 5,000 letters.
    assert 50 <= len(found["description"]) <= 5000


def test_what_is_not_published_is_not_announced() -> None:
    assert data_set(claims(published=False), SITE) == ()
    assert catalogue(listed(claims(published=False)), SITE)["dcat:dataset"] == []


def test_one_of_many_services_is_published_by_the_platform() -> None:
    found, _ = data_set(claims(organisation=Named(), service=Named()), SITE)
    assert found["dct:publisher"]["foaf:name"] == "Council figures"


def test_without_records_there_is_nothing_to_distribute_and_no_time() -> None:
    nothing = claims(records=0, first=None, newest=None, lengths=(), updated_at=None)
    found, _ = data_set(nothing, SITE)
    assert found["dcat:distribution"] == []
    assert "dct:temporal" not in found
    assert "dct:modified" not in found
    assert dates(nothing) is None


def test_harvesters_are_led_through_a_long_catalogue() -> None:
    assert "hydra:view" not in catalogue(listed(CLAIMS), SITE, harvested=True)
    found = catalogue(listed(CLAIMS, number=2, total=3), SITE, harvested=True)
    address = "https://figures.example/data.jsonld?page="
    assert found["hydra:totalItems"] == 3
    assert {name: found["hydra:view"][f"hydra:{name}"]["@id"] for name in ("next", "last")} == {
        "next": f"{address}3",
        "last": f"{address}3",
    }
    end = catalogue(listed(CLAIMS, number=3, total=3), SITE, harvested=True)["hydra:view"]
    assert "hydra:next" not in end
    assert end["hydra:previous"] == {"@id": f"{address}2"}


def test_the_page_for_people_leads_harvesters_to_theirs() -> None:
    found = catalogue(listed(CLAIMS, number=2, total=3), SITE)
    assert found["rdfs:seeAlso"] == {"@id": "https://figures.example/data.jsonld"}
    assert "hydra:view" not in found
