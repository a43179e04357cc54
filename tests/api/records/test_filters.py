"""Section 3 of the contract: filters are exact about types, letters and signs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.api.records.asking import Given, rows
from tests.api.records.writing import Api

VALUES = {
    "camden": "Camden",
    "upper": "CAMDEN",
    "colon": "Camden:North",
    "percent": "50%",
    "fifty": "500",
    "under": "a_b",
    "letter": "axb",
    "accent": "Ängby",
    "quoted": 'say "hi"\n\\',
    "face": "😀 yes",
    "empty": "",
    "one": 1,
    "one-text": "1",
    "yes": True,
    "no": False,
    "yes-text": "true",
    "null": None,
}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(tmp_path_factory.mktemp("filters"))
    made.make(raw_queries_allowed=True)
    records = [{"_id": key, "authority": value, "Authority": 9} for key, value in VALUES.items()]
    made.post([*records, {"_id": "missing", "_timestamp": "2013-03-11T10:00:00.5Z"}])
    yield made
    made.engine.dispose()


def found(api: Api, **given: Given) -> set[str]:
    return {row["_id"] for row in rows(api, **given)}


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("Camden", {"camden"}),
        ("camden", set()),
        ("Camden:North", {"colon"}),
        ("Camd", set()),
        ("50%", {"percent"}),
        ("a_b", {"under"}),
        ("Ängby", {"accent"}),
        ('say "hi"\n\\', {"quoted"}),
        ("😀 yes", {"face"}),
        ("", {"empty"}),
        ("1", {"one-text"}),
        ("true", {"yes"}),
        ("false", {"no"}),
        ("True", set()),
        ("null", set()),
    ],
)
def test_a_filter_matches_text_exactly_and_true_and_false_only_booleans(
    api: Api, value: str, expected: set[str]
) -> None:
    assert found(api, filter_by=f"authority:{value}") == expected


@pytest.mark.parametrize(
    ("prefix", "expected"),
    [
        ("Camden", {"camden", "colon"}),
        ("C", {"camden", "upper", "colon"}),
        ("c", set()),
        ("50%", {"percent"}),
        ("50", {"percent", "fifty"}),
        ("a_", {"under"}),
        ("%", set()),
        ("_", set()),
        ("Ä", {"accent"}),
        ('say "', {"quoted"}),
        ('say "hi"\n', {"quoted"}),
        ("😀", {"face"}),
        ("1", {"one-text"}),
        ("true", {"yes-text"}),
        ("t", {"yes-text"}),
    ],
)
def test_a_prefix_is_literal_text_and_its_case_counts(
    api: Api, prefix: str, expected: set[str]
) -> None:
    assert found(api, filter_by_prefix=f"authority:{prefix}") == expected


def test_an_empty_prefix_is_how_all_text_starts(api: Api) -> None:
    texts = {key for key, value in VALUES.items() if isinstance(value, str)}
    assert found(api, filter_by_prefix="authority:") == texts


def test_all_filters_must_match(api: Api) -> None:
    assert found(api, filter_by=("authority:Camden", "_id:camden")) == {"camden"}
    assert found(api, filter_by=("authority:Camden", "authority:CAMDEN")) == set()
    assert found(api, filter_by_prefix=("authority:Cam", "_id:co")) == {"colon"}


def test_field_names_are_told_by_case(api: Api) -> None:
    assert found(api, filter_by="Authority:Camden") == set()


@pytest.mark.parametrize(
    ("filter_by", "is_there"),
    [
        ("_timestamp:2013-03-11T10:00:00.500000+00:00", True),
        ("_timestamp:2013-03-11T10:00:00+00:00", False),
        ("_hour_start_at:2013-03-11T10:00:00+00:00", True),
        ("_week_start_at:2013-03-11T00:00:00+00:00", True),
        ("_week_start_at:2013-03-12T00:00:00+00:00", False),
        ("_quarter_start_at:2013-01-01T00:00:00+00:00", True),
        ("_year_start_at:2013-01-01T00:00:00+00:00", True),
        ("_year_start_at:2013", False),
        ("_year_start_at:true", False),
    ],
)
def test_internal_times_match_as_they_are_shown(api: Api, filter_by: str, is_there: bool) -> None:
    assert found(api, filter_by=filter_by) == ({"missing"} if is_there else set())


@pytest.mark.parametrize(
    ("prefix", "is_there"),
    [
        ("_timestamp:2013-03-11T10", True),
        ("_day_start_at:2013-03", True),
        ("_month_start_at:2013-03-01", True),
        ("_month_start_at:2013-03-11", False),
        ("_year_start_at:20", True),
        ("_year_start_at:", True),
        ("_year_start_at:x", False),
    ],
)
def test_internal_times_start_as_they_are_shown(api: Api, prefix: str, is_there: bool) -> None:
    assert found(api, filter_by_prefix=prefix) == ({"missing"} if is_there else set())


def test_when_records_were_written_can_be_filtered_by(api: Api) -> None:
    (row, *others) = rows(api)
    everyone = {row["_id"], *(other["_id"] for other in others)}
    assert found(api, filter_by_prefix=f"_updated_at:{row['_updated_at'][:4]}") == everyone
    assert found(api, filter_by_prefix="_updated_at:1999") == set()
