"""The spreadsheet among the examples is one that the upload page takes."""

from __future__ import annotations

from pathlib import Path

from config import ROOT
from data import data_sets
from data.deliveries import Sender, deliver
from data.entries import DataSetEntry, Delivery, OrganisationEntry, ServiceEntry
from data.publishing.uploads import Upload, confirm, preview
from data.spreadsheets.files import Limits
from layouts.sending import DATA_SET
from tests.fixtures.small_world import empty_engine

FILE = ROOT / "examples" / "transactions-by-channel.csv"
SENDER = Sender("someone@example.com")
LIMITS = Limits(size=1_000_000, unpacked=1_000_000, rows=1000)


def test_the_upload_page_takes_the_spreadsheet_as_it_is(tmp_path: Path) -> None:
    engine = empty_engine(tmp_path)
    department = OrganisationEntry("work", "Department for Work")
    service = ServiceEntry("allowance", "Carers allowance", "work")
    deliver(engine, Delivery([department], [service]), SENDER)
    group, kind = DATA_SET.split("/")
    stored = data_sets.put(engine, DataSetEntry(group, kind, service="allowance"), SENDER)
    upload = Upload(FILE.read_bytes(), FILE.name)
    shown = preview(engine, stored, upload, LIMITS, SENDER)
    assert (shown.problem, shown.faults) == ("", ())
    receipt = confirm(engine, stored, upload, LIMITS, SENDER)
    assert receipt.counts["records"].new == 4
    engine.dispose()
