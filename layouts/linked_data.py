"""The catalogue and its data sets as machines read them: DCAT 3 and schema.org, as JSON-LD.

https://www.w3.org/TR/vocab-dcat-3/ and https://schema.org/Dataset. What is not published is in
neither: a harvester would announce it as if it were.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kpi.data_sets import DataSet, Listing, Named
from layouts.addresses import organisation_address
from layouts.data_set_links import formats, named_format, page_of
from layouts.data_set_wording import description
from layouts.data_sets import DESCRIPTION, TITLE
from layouts.data_sets_address import PATH

Document = dict[str, Any]
CATALOGUE_PATH = "/data.jsonld"
_CONTEXT = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "hydra": "http://www.w3.org/ns/hydra/core#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
_MEDIA_TYPES = {"CSV": "text/csv", "JSON": "application/json"}
_IANA = "https://www.iana.org/assignments/media-types/"
_ENGLISH = "http://publications.europa.eu/resource/authority/language/ENG"


@dataclass(frozen=True)
class Site:
    """Who publishes and where: name, address without its last slash, and the licence's address.

    licence: '' where nobody has said under which the data is: then none is claimed. most_rows:
    how many records one answer of the API may have.
    """

    name: str
    root: str
    licence: str
    most_rows: int


def catalogue(listing: Listing, site: Site, *, harvested: bool = False) -> Document:
    """One page of the catalogue, its published data sets in full: a dcat:Catalog.

    harvested: with the ways to its other pages at CATALOGUE_PATH; else with the way there alone.
    """
    published = [one for one in listing.shown if one.published]
    return {
        "@context": _CONTEXT,
        "@id": f"{site.root}{PATH}",
        "@type": "dcat:Catalog",
        "dct:title": f"{TITLE}: {site.name}",
        "dct:description": DESCRIPTION,
        "dct:publisher": _publisher(Named(), site),
        "dct:language": _at(_ENGLISH),
        "foaf:homepage": _at(f"{site.root}{PATH}"),
        **_licence(site),
        "dcat:service": _service(site),
        "dcat:dataset": [_data_set(one, site) for one in published],
        **(
            _pages(listing, site)
            if harvested
            else {"rdfs:seeAlso": _at(f"{site.root}{CATALOGUE_PATH}")}
        ),
    }


def data_set(one: DataSet, site: Site) -> tuple[Document, ...]:
    """A data set as dcat:Dataset, and as schema.org's; none where it is not published."""
    if not one.published:
        return ()
    return {"@context": _CONTEXT, **_data_set(one, site)}, schema_org(one, site)


def _data_set(one: DataSet, site: Site) -> Document:
    page = f"{site.root}{page_of(one)}"
    moments = (("dct:issued", one.facts.issued_at), ("dct:modified", one.facts.updated_at))
    return {
        "@id": f"{page}#data-set",
        "@type": "dcat:Dataset",
        "dct:identifier": one.address,
        "dct:title": one.title,
        "dct:description": description(one),
        "dct:publisher": _publisher(one.organisation, site),
        "dct:language": _at(_ENGLISH),
        "dcat:keyword": list(one.keywords),
        "dcat:landingPage": _at(page),
        **{name: _moment(moment) for name, moment in moments if moment},
        **_temporal(one),
        **_licence(site),
        "dcat:distribution": [
            {
                "@type": "dcat:Distribution",
                "dct:title": named_format(name, question),
                "dcat:accessURL": _at(f"{site.root}{href}"),
                "dcat:downloadURL": _at(f"{site.root}{href}"),
                "dcat:mediaType": _at(_IANA + _MEDIA_TYPES[name]),
                **_licence(site),
            }
            for name, (question, href) in formats(one, site.most_rows).items()
        ],
    }


def schema_org(one: DataSet, site: Site) -> Document:
    """A data set as search engines for data read it."""
    page, reach, by = f"{site.root}{page_of(one)}", dates(one), one.organisation
    moments = (("datePublished", one.facts.issued_at), ("dateModified", one.facts.updated_at))
    return {
        "@context": "https://schema.org/",
        "@type": "Dataset",
        "name": one.title,
        "description": description(one),
        "url": page,
        "identifier": one.address,
        "keywords": list(one.keywords),
        "isAccessibleForFree": True,
        "creator": {"@type": "Organization", "name": by.name or site.name},
        "includedInDataCatalog": {
            "@type": "DataCatalog",
            "name": f"{TITLE}: {site.name}",
            "url": f"{site.root}{PATH}",
        },
        **({"license": site.licence} if site.licence else {}),
        **{name: moment.isoformat() for name, moment in moments if moment},
        **({"temporalCoverage": f"{reach[0]}/{reach[1]}"} if reach else {}),
        "variableMeasured": [item.name for item in one.fields if item.kind == "number"],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": _MEDIA_TYPES[name],
                "contentUrl": f"{site.root}{href}",
            }
            for name, (_, href) in formats(one, site.most_rows).items()
        ],
    }


def dates(one: DataSet) -> tuple[date, date] | None:
    """The first and the last day that its records are about; None where they have no times."""
    facts = one.facts
    if facts.first is None or facts.newest is None:
        return None
    last = facts.newest.date()
    for length in facts.lengths:
        period = length.period_from(length.last)
        if period:
            last = max(last, period.end - timedelta(days=1))
    return facts.first.date(), last


def _temporal(one: DataSet) -> Document:
    reach = dates(one)
    if reach is None:
        return {}
    first, last = (_typed(day.isoformat(), "date") for day in reach)
    span = {"@type": "dct:PeriodOfTime", "dcat:startDate": first, "dcat:endDate": last}
    return {"dct:temporal": span}


def _publisher(organisation: Named, site: Site) -> Document:
    if not organisation.slug:
        return {"@id": f"{site.root}/", "@type": "foaf:Agent", "foaf:name": site.name}
    page = f"{site.root}{organisation_address(organisation.slug)}"
    return {"@id": page, "@type": "foaf:Agent", "foaf:name": organisation.name}


def _service(site: Site) -> Document:
    return {
        "@type": "dcat:DataService",
        "dct:title": "Record API",
        "dcat:endpointURL": _at(f"{site.root}{PATH}"),
        "dcat:endpointDescription": _at(f"{site.root}/api/openapi.json"),
    }


def _licence(site: Site) -> Document:
    return {"dct:license": _at(site.licence)} if site.licence else {}


def _pages(listing: Listing, site: Site) -> Document:
    """Where the other pages of a long catalogue are."""
    if listing.pages == 1:
        return {}
    view: Document = {"@type": "hydra:PartialCollectionView"}
    numbers = {"first": 1, "last": listing.pages}
    if listing.number < listing.pages:
        numbers["next"] = listing.number + 1
    if listing.number > 1:
        numbers["previous"] = listing.number - 1
    for name, number in numbers.items():
        view[f"hydra:{name}"] = _at(f"{site.root}{CATALOGUE_PATH}?page={number}")
    return {"hydra:totalItems": listing.total, "hydra:view": view}


def _at(address: str) -> Document:
    return {"@id": address}


def _moment(moment: datetime) -> Document:
    return _typed(moment.isoformat(), "dateTime")


def _typed(value: str, kind: str) -> Document:
    return {"@value": value, "@type": f"xsd:{kind}"}
