"""The real download, loaded once: it must come out as published, to the penny."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

import pandas as pd
import pytest

from data.deliveries import Sender, deliver
from data.organisations import OrganisationQuery
from data.queries import CatalogueQuery, CoverageQuery, KpiQuery, LatestQuery
from data.reader import Reader
from data.selection import Selection
from data.transactional_services import UnreadCell, read
from tests.data.world import NOW, World
from tests.fixtures.kept import Kept

PUBLISHED = Path(__file__).resolve().parents[3] / "shared/data/transactional-services.csv"
Cells = list[Mapping[str, str]]
LATEST_YEAR = (date(2016, 10, 1), date(2017, 10, 1))


@dataclass(frozen=True)
class Loaded:
    world: World
    reader: Reader
    unread: tuple[UnreadCell, ...]


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Loaded]:
    if not PUBLISHED.exists():
        pytest.skip(f"the published download is not at {PUBLISHED}")
    world = World(tmp_path_factory.mktemp("published"))
    found = read(PUBLISHED)
    deliver(world.engine, found.delivery, Sender("a test", now=NOW))
    yield Loaded(world, Reader(world.engine, Kept()), found.unread)
    world.engine.dispose()


@pytest.fixture(scope="session")
def cells() -> Cells:
    """The file's rows by header, read anew and apart from the importer."""
    if not PUBLISHED.exists():
        pytest.skip(f"the published download is not at {PUBLISHED}")
    with PUBLISHED.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def over_all(
    loaded: Loaded, start: date, period: str = "year", selection: Selection | None = None
) -> pd.DataFrame:
    end = date(start.year + 1, start.month, 1) if period == "year" else date(2017, 10, 1)
    query = KpiQuery(
        selection or Selection(), period, start_at=start, end_at=end, over_services=True
    )
    return loaded.reader.run(query).set_index("kpi")


def number(cell: str) -> Decimal | None:
    plain = cell.strip().replace(",", "")
    return Decimal(plain) if plain.replace(".", "", 1).isdigit() else None


def costs(cells: Cells, label: str) -> list[Decimal]:
    pairs = [(number(row[f"{label} Vol."]), number(row[f"{label} CPT (£)"])) for row in cells]
    return [volume * cost for volume, cost in pairs if volume is not None and cost is not None]


LABELS = {
    "2013-Q1": (date(2012, 1, 1), 277, 239_023_801, None, 5_684_441_556, 29, "25.2690"),
    "2014-Q4": (date(2013, 10, 1), 596, 1_642_669_139, (80.23, 370), 3_706_805_514, 142, "2.5199"),
    "2017-Q2": (date(2016, 4, 1), 549, 3_309_852_525, (90.75, 428), 1_296_854_757, 92, "0.4239"),
    "2017-Q4": (date(2016, 10, 1), 414, 1_039_075_681, (81.59, 372), 316_467_502, 45, "0.4014"),
}


def test_who_reports_is_as_published(loaded: Loaded) -> None:
    organisations = loaded.reader.run(OrganisationQuery())
    departments = organisations["department"] == ""
    assert (departments.sum(), (~departments).sum()) == (18, 79)
    assert organisations[departments]["services"].sum() == 734
    services = loaded.reader.run(CatalogueQuery())
    assert (len(services), services["slug"].nunique()) == (734, 734)
    assert services["department"].nunique() == 18
    assert services["agency"].nunique() == 79


def test_the_one_cell_that_cannot_be_read_is_told(loaded: Loaded) -> None:
    assert loaded.unread == (UnreadCell(5, "Hi-vol", "#REF!"),)


@pytest.mark.parametrize("label", LABELS)
def test_volumes_of_rolling_years_are_as_published(loaded: Loaded, label: str) -> None:
    start, services, transactions, *_ = LABELS[label]
    row = over_all(loaded, start).loc["transactions"]
    assert (row["value"], row["services_reporting"]) == (transactions, services)
    assert (row["services"], row["status"]) == (734, "reported")
    assert (row["start_at"], row["end_at"]) == (
        pd.Timestamp(start),
        pd.Timestamp(date(start.year + 1, start.month, 1)),
    )


@pytest.mark.parametrize("label", [label for label in LABELS if label != "2013-Q1"])
def test_digital_take_up_is_as_published(loaded: Loaded, label: str) -> None:
    start, _, _, take_up, *_ = LABELS[label]
    row = over_all(loaded, start).loc["digital-take-up"]
    assert take_up == (round(row["value"] * 100, 2), row["services_reporting"])


@pytest.mark.parametrize("label", LABELS)
def test_costs_are_as_published_to_the_penny(loaded: Loaded, cells: Cells, label: str) -> None:
    start, _, _, _, pounds, services, _ = LABELS[label]
    rows = over_all(loaded, start)
    row = rows.loc["total-cost"]
    exact = costs(cells, label)
    assert (len(exact), round(sum(exact))) == (services, pounds)
    assert row["services_reporting"] == services
    penny = Decimal("0.01")
    assert Decimal(rows["value"].to_dict()["total-cost"]).quantize(penny) == sum(
        exact, Decimal()
    ).quantize(penny)


@pytest.mark.parametrize("label", LABELS)
def test_cost_per_transaction_is_as_published(loaded: Loaded, label: str) -> None:
    start, _, _, _, _, services, value = LABELS[label]
    row = over_all(loaded, start).loc["cost-per-transaction"]
    assert (f"{row['value']:.4f}", row["services_reporting"]) == (value, services)


def test_every_services_cost_of_the_latest_year_is_exact(loaded: Loaded, cells: Cells) -> None:
    start, end = LATEST_YEAR
    rows = loaded.reader.run(KpiQuery(kpis=("total-cost",), start_at=start, end_at=end))
    found = {row.service: row.value for row in rows.itertuples()}
    for row in cells:
        volume, cost = number(row["2017-Q4 Vol."]), number(row["2017-Q4 CPT (£)"])
        if volume is None or cost is None:
            assert row["Slug"] not in found
        else:
            assert found[row["Slug"]] == float(volume * cost)


def test_the_quarter_july_to_september_2017_is_as_published(loaded: Loaded) -> None:
    row = over_all(loaded, date(2017, 7, 1), "quarter").loc["transactions"]
    assert (row["value"], row["services_reporting"]) == (272_513_876, 417)


def test_departments_add_up_to_the_whole(loaded: Loaded) -> None:
    start, end = LATEST_YEAR
    query = KpiQuery(kpis=("transactions",), by="department", start_at=start, end_at=end)
    rows = loaded.reader.run(query)
    assert rows["value"].sum() == 1_039_075_681
    assert rows["services_reporting"].sum() == 414
    assert rows["services"].sum() == 734


def test_a_rolling_year_is_only_ever_the_one_that_was_published(
    loaded: Loaded, cells: Cells
) -> None:
    rows = loaded.reader.run(KpiQuery(kpis=("transactions",)))
    rolling = rows[rows["start_at"].dt.month != 1]
    told = {(row.service, str(row.start_at.date())): row.value for row in rolling.itertuples()}
    labels = {
        f"{year}-Q{quarter}": f"{year - 1}-{3 * quarter - 2:02}-01"
        for year in range(2013, 2018)
        for quarter in (2, 3, 4)
    } | {"2012-Q4": "2011-04-01"}
    published = {
        (row["Slug"], start): float(volume)
        for row in cells
        for label, start in labels.items()
        if (volume := number(row[f"{label} Vol."])) is not None
    }
    assert told == published


def test_a_calendar_year_is_published_or_the_sum_of_all_its_four_quarters(
    loaded: Loaded, cells: Cells
) -> None:
    rows = loaded.reader.run(
        KpiQuery(kpis=("transactions",), start_at=date(2016, 1, 1), end_at=date(2017, 1, 1))
    )
    found = {row.service: (row.value, row.status) for row in rows.itertuples()}
    spans = ("Jan - Mar", "Apr - Jun", "Jul - Sep", "Oct - Dec")
    headers = [f"Total transactions\n{span} 2016" for span in spans]
    for row in cells:
        year = number(row["2017-Q1 Vol."])
        quarters = [value for name in headers if (value := number(row[name])) is not None]
        if year is not None:
            assert found[row["Slug"]] == (float(year), "reported")
        elif quarters:
            status = "reported" if len(quarters) == 4 else "partial"
            assert found[row["Slug"]] == (float(sum(quarters)), status)
        else:
            assert row["Slug"] not in found


def test_coverage_agrees_with_the_totals(loaded: Loaded) -> None:
    coverage = loaded.reader.run(CoverageQuery("year")).set_index("start_at")
    for start, services, *_ in LABELS.values():
        row = coverage.loc[pd.Timestamp(start)]
        assert (row["services"], row["end_at"].year) == (734, start.year + 1)
        if start.month != 1:
            assert row["services_reporting"] == services


def test_the_latest_figure_is_the_one_of_the_latest_published_year(loaded: Loaded) -> None:
    latest = loaded.reader.run(LatestQuery())
    ended = latest[(latest["kpi"] == "transactions") & (latest["period"] == "year")]
    at_end = ended[ended["end_at"] == pd.Timestamp("2017-10-01")]
    assert (len(at_end), at_end["value"].sum()) == (414, 1_039_075_681)


def test_loading_the_file_again_changes_nothing(loaded: Loaded) -> None:
    before = loaded.world.rows()
    receipt = deliver(loaded.world.engine, read(PUBLISHED).delivery, Sender("again"))
    assert loaded.world.rows() == before
    assert not receipt.changed_anything
    assert {kind: count.same for kind, count in receipt.counts.items()} == {
        "departments": 18,
        "agencies": 79,
        "services": 734,
        "data sets": 1,
        "declarations": 0,
        "records": len(before["record"]),
        "measurements": len([row for row in before["measurement"] if row[-1] is not None]),
    }
