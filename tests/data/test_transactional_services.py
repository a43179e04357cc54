"""The published download: read cell by cell, or refused whole with a sentence."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Any

import pytest

from data.deliveries import Sender, deliver
from data.transactional_services import PublishedFile, UnreadCell, read, slug_of
from data.validation import Rejected
from tests.data.published_file import CARERS, DIRECT, HEADER, LATEST, Row, file, text
from tests.data.world import NOW, World

VOLUME = f"{LATEST} Vol."


def published(folder: Path, *rows: Row) -> PublishedFile:
    return read(file(folder, text(*rows)))


def records(folder: Path, *rows: Row) -> list[dict[str, Any]]:
    (batch,) = published(folder, *rows).delivery.batches
    return batch.records


def refusal(path: Path) -> str:
    with pytest.raises(Rejected) as refused:
        read(path)
    return str(refused.value)


@pytest.mark.parametrize(
    ("label", "start"),
    [
        ("2012-Q4", "2011-04-01"),
        ("2013-Q1", "2012-01-01"),
        ("2013-Q2", "2012-04-01"),
        ("2017-Q4", "2016-10-01"),
    ],
)
def test_a_label_is_the_twelve_months_that_end_a_quarter_before_it(
    tmp_path: Path, label: str, start: str
) -> None:
    (record,) = records(tmp_path, {**CARERS, f"{label} Vol.": "12"})
    assert record == {
        "_id": f"carers-allowance.year.{start}",
        "_timestamp": f"{start}T00:00:00+00:00",
        "period": "year",
        "service": "carers-allowance",
        "transactions": 12,
    }


def test_a_header_with_a_line_break_is_a_calendar_quarter(tmp_path: Path) -> None:
    quarter = {
        "Total transactions\nJul - Sep 2017": "1,234",
        "Digital transactions\nJul - Sep 2017": "1,000",
    }
    (record,) = records(tmp_path, {**CARERS, **quarter})
    assert (record["period"], record["_timestamp"][:10]) == ("quarter", "2017-07-01")
    assert (record["transactions"], record["digital_transactions"]) == (1234, 1000)


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("7", 7),
        ("0", 0),
        ("1,234", 1234),
        ("1,039,075,681", 1_039_075_681),
        ("273.1", 273.1),
        ("1,000.25", 1000.25),
        (" 12 ", 12),
    ],
)
def test_a_number_is_read_with_its_thousands_separators(
    tmp_path: Path, cell: str, value: float
) -> None:
    assert records(tmp_path, {**CARERS, VOLUME: cell})[0]["transactions"] == value


@pytest.mark.parametrize("cell", ["", "-", "  ", " - "])
def test_a_dash_or_a_blank_is_no_figure_and_no_fault(tmp_path: Path, cell: str) -> None:
    found = published(tmp_path, {**CARERS, VOLUME: cell, "2013-Q1 Vol.": "5"})
    (batch,) = found.delivery.batches
    assert [record["_timestamp"][:4] for record in batch.records] == ["2012"]
    assert found.unread == ()


@pytest.mark.parametrize("cell", ["#REF!", "n/a", "12,34", "1.2.3", "-5", "£3", "1e5", "12 000"])
def test_a_cell_that_is_no_number_is_told_by_row_column_and_text(tmp_path: Path, cell: str) -> None:
    found = published(tmp_path, {**DIRECT, "2013-Q1 Vol.": "5"}, {**CARERS, VOLUME: cell})
    assert found.unread == (UnreadCell(3, VOLUME, cell),)
    assert str(found.unread[0]) == f"row 3, column '2017-Q4 Vol.': {cell!r}"
    (batch,) = found.delivery.batches
    assert [record["service"] for record in batch.records] == ["state-pension"]


def test_a_broken_reference_in_the_high_volume_column_is_told_and_not_taken(
    tmp_path: Path,
) -> None:
    found = published(tmp_path, {**CARERS, "Hi-vol": "#REF!"}, {**DIRECT, "Hi-vol": "1"})
    assert found.unread == (UnreadCell(2, "Hi-vol", "#REF!"),)
    assert [service.high_volume for service in found.delivery.services] == [False, True]


def test_the_spreadsheets_own_working_is_not_data(tmp_path: Path) -> None:
    working = {
        "Latest\nvolumes": "99",
        "": "98",
        "Totals check\nOct-Sep": "97",
        f"{LATEST} Completion rate": "0",
        "Digital exceeds all (years)": "ok",
    }
    assert records(tmp_path, {**CARERS, **working}) == []


def test_costs_are_left_as_published_for_the_data_type_to_multiply(tmp_path: Path) -> None:
    costs = {f"{LATEST} CPT (£)": "1.84467", f"{LATEST} Digital CPT (£)": "0.5"}
    (record,) = records(tmp_path, {**CARERS, VOLUME: "10", **costs})
    assert record["cost_per_transaction"] == 1.84467
    assert record["digital_cost_per_transaction"] == 0.5


def test_a_service_has_all_that_describes_it_and_nothing_for_not_provided(tmp_path: Path) -> None:
    about = {
        "Category": "Requesting benefits",
        "URL": "https://www.gov.uk/carers-allowance",
        "Service link text": "Apply",
        "Description of service": "Money for carers,\nevery week",
        "Notes on costs": "Staff only",
        "Other notes": "None",
        "Customer type": "[not provided]",
        "Business model": "[not provided]",
        "Keywords": "carer, allowance",
        "Type of transaction": "1. transactions received",
        "Hi-vol": "1",
    }
    (service,) = published(tmp_path, {**CARERS, **about}).delivery.services
    assert asdict(service) == {
        "slug": "carers-allowance",
        "name": "Carer's Allowance",
        "organisation": "carers-agency",
        "description": "Money for carers,\nevery week",
        "url": "https://www.gov.uk/carers-allowance",
        "link_text": "Apply",
        "category": "Requesting benefits",
        "customer_type": "",
        "business_model": "",
        "transaction_type": "1. transactions received",
        "keywords": "carer, allowance",
        "notes_on_costs": "Staff only",
        "other_notes": "None",
        "high_volume": True,
        "published": None,
    }


def test_an_agency_may_be_called_like_its_department_and_lack_an_abbreviation(
    tmp_path: Path,
) -> None:
    found = published(tmp_path, CARERS, DIRECT).delivery
    told = [(item.slug, item.abbreviation, item.department) for item in found.organisations]
    department = "department-for-work-and-pensions"
    assert told == [
        (department, "DWP", None),
        ("carers-agency", "CA", department),
        (f"{department}-directly", "", department),
    ]
    assert [item.organisation for item in found.services] == [
        "carers-agency",
        f"{department}-directly",
    ]


def test_agencies_of_one_name_in_two_departments_are_two(tmp_path: Path) -> None:
    other = {**CARERS, "Abbr": "HO", "Department": "Home Office", "Slug": "other"}
    found = published(tmp_path, CARERS, other).delivery
    agencies = [item.slug for item in found.organisations if item.department]
    assert agencies == ["carers-agency", "carers-agency-home-office"]


def test_an_abbreviation_in_a_later_row_is_the_agencys(tmp_path: Path) -> None:
    first = {**CARERS, "Agency abbr": "", "Slug": "first"}
    found = published(tmp_path, first, CARERS).delivery
    assert [item.abbreviation for item in found.organisations] == ["DWP", "CA"]


def test_a_byte_order_mark_and_blank_lines_at_the_end_do_no_harm(tmp_path: Path) -> None:
    content = "\ufeff" + text({**CARERS, VOLUME: "5"}) + "\r\n\n"
    (batch,) = read(file(tmp_path, content)).delivery.batches
    assert len(batch.records) == 1


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("HM Revenue & Customs", "hm-revenue-and-customs"),
        ("Carers' Agency", "carers-agency"),
        ("  Work, Pensions (and more) ", "work-pensions-and-more"),
    ],
)
def test_a_slug_is_made_of_lower_case_words(name: str, slug: str) -> None:
    assert slug_of(name) == slug


WHOLE = text({**CARERS, VOLUME: "5"}, DIRECT)
# The start of a PNG file.
PICTURE = b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01"
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "wrong columns": (
        "a,b\n1,2\n",
        "figures.csv is not the transactional services file: it has no column 'Abbr', "
        "'Department', 'Agency/body' and 15 more. Nothing was written.",
    ),
    "one column less": (
        text(CARERS, header=[name for name in HEADER if name != "Slug"]),
        "figures.csv is not the transactional services file: it has no column 'Slug'. "
        "Nothing was written.",
    ),
    "no figures": (
        text(CARERS, header=[name for name in HEADER if "-Q" not in name]),
        "figures.csv is not the transactional services file: it has no column '2017-Q4 Vol.'. "
        "Nothing was written.",
    ),
    "a column twice": (
        text(CARERS, header=[*HEADER, VOLUME]),
        "figures.csv has the column '2017-Q4 Vol.' twice. Nothing was written.",
    ),
    "a picture": (
        PICTURE,
        "figures.csv is not UTF-8 text: byte 0 cannot be read. Save it as 'CSV UTF-8' and try "
        "again. Nothing was written.",
    ),
    "a web page": (
        "<!DOCTYPE html>\n<html><body>Not found</body></html>\n",
        "figures.csv is not the transactional services file: it has no column 'Abbr', "
        "'Department', 'Agency/body' and 15 more. Nothing was written.",
    ),
    "an open quote": (
        WHOLE.replace("Carer's Allowance", "\"Carer's Allowance"),
        "figures.csv is not a whole CSV file: unexpected end of data at line 7. "
        "Download it again. Nothing was written.",
    ),
    "UTF-16": (
        WHOLE.encode("utf-16"),
        "figures.csv is not UTF-8 text: byte 0 cannot be read. Save it as 'CSV UTF-8' and try "
        "again. Nothing was written.",
    ),
    "nothing": (b"", "figures.csv is empty. Nothing was written."),
    "a byte order mark alone": (b"\xef\xbb\xbf\r\n", "figures.csv is empty. Nothing was written."),
    "a header alone": (text(), "figures.csv has a header and no services. Nothing was written."),
    "cut off": (
        WHOLE[: WHOLE.index("State pension") + 5],
        "figures.csv, row 3: 5 cells where the header has 32. The file seems cut off or damaged "
        "there; download it again. Nothing was written.",
    ),
    "a slug twice": (
        text(CARERS, DIRECT, CARERS),
        "figures.csv: the slug 'carers-allowance' stands in rows 2, 4. Nothing was written.",
    ),
    "no slug": (
        text(CARERS, {**DIRECT, "Slug": " "}),
        "figures.csv, row 3: 'Slug' is empty. Nothing was written.",
    ),
    "no department": (
        text({**CARERS, "Department": ""}),
        "figures.csv, row 2: 'Department' is empty. Nothing was written.",
    ),
}


@pytest.mark.parametrize(("content", "sentence"), REFUSED.values(), ids=REFUSED.keys())
def test_a_file_that_is_not_this_file_is_refused_in_a_sentence(
    tmp_path: Path, content: str | bytes, sentence: str
) -> None:
    assert refusal(file(tmp_path, content)) == sentence


def test_latin_1_is_refused_where_it_first_differs(tmp_path: Path) -> None:
    content = WHOLE.encode("latin-1")
    sentence = f"figures.csv is not UTF-8 text: byte {content.index(0xA3):,} cannot be read."
    assert refusal(file(tmp_path, content)).startswith(sentence)


def test_utf_16_without_a_mark_is_refused(tmp_path: Path) -> None:
    assert "is not" in refusal(file(tmp_path, WHOLE.encode("utf-16-le")))


def test_a_file_that_is_not_there_or_is_a_folder_is_refused(tmp_path: Path) -> None:
    missing = tmp_path / "missing.csv"
    assert refusal(missing) == f"{missing} cannot be read: No such file or directory."
    assert refusal(tmp_path) == f"{tmp_path} cannot be read: Is a directory."


def test_a_refused_file_leaves_the_database_as_it_was(nothing: World, tmp_path: Path) -> None:
    deliver(nothing.engine, published(tmp_path, CARERS).delivery, Sender("a test", now=NOW))
    before = nothing.rows()
    # Only the write itself can see this: a slug with a space makes no _id.
    spaced = published(tmp_path, {**CARERS, "Slug": "a slug", VOLUME: "5"})
    with pytest.raises(Rejected, match="is not a valid id"):
        deliver(nothing.engine, spaced.delivery, Sender("a test", now=NOW))
    assert nothing.rows() == before


def test_a_file_loaded_twice_changes_nothing(nothing: World, tmp_path: Path) -> None:
    rows = ({**CARERS, VOLUME: "1,234", f"{LATEST} CPT (£)": "273.1"}, DIRECT)
    deliver(nothing.engine, published(tmp_path, *rows).delivery, Sender("a test", now=NOW))
    before = nothing.rows()
    receipt = deliver(nothing.engine, published(tmp_path, *rows).delivery, Sender("a test"))
    assert nothing.rows() == before
    assert not receipt.changed_anything


def test_a_corrected_file_changes_its_figures_and_the_costs_that_rest_on_them(
    nothing: World, tmp_path: Path
) -> None:
    for volume in ("1,000", "2,000"):
        row = {**CARERS, VOLUME: volume, f"{LATEST} CPT (£)": "1.5"}
        deliver(nothing.engine, published(tmp_path, row).delivery, Sender("a test", now=NOW))
    about = ("carers-allowance", "cost", "", "year", "2016-10-01")
    assert nothing.told()[about][0] == 3000


def test_a_figure_that_is_withdrawn_from_the_file_is_gone(nothing: World, tmp_path: Path) -> None:
    digital = f"{LATEST} Digital vol."
    for row in ({**CARERS, VOLUME: "10", digital: "8"}, {**CARERS, VOLUME: "10", digital: "-"}):
        deliver(nothing.engine, published(tmp_path, row).delivery, Sender("a test", now=NOW))
    assert {category for _, _, category, _, _ in nothing.told()} == {""}
