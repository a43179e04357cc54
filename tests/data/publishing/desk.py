"""Someone at a desk who publishes: uploads files, corrects records, undoes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from data import data_sets
from data.data_sets import StoredDataSet
from data.deliveries import Sender
from data.entries import Record
from data.publishing import forms, receipts, uploads
from data.publishing.forms import Corrected
from data.publishing.history import history
from data.publishing.uploads import Upload
from data.records import StoredRecords
from data.spreadsheets.choices import Choices
from data.spreadsheets.files import Limits
from kpi.corrections import Correction
from kpi.publishing import CorrectionAnswer, Outlook, ReceiptAnswer, UploadAnswer
from tests.data.world import NOW, World

ANN = Sender("ann@example.com", now=NOW)
LIMITS = Limits(size=1024**2, unpacked=10 * 1024**2, rows=5000)
CHANNELS = "transactions-by-channel"


class Desk:
    """A publisher of one data set of a service."""

    def __init__(self, world: World, group: str = "allowance", type: str = CHANNELS) -> None:
        self.world = world
        self.group, self.type = group, type

    @property
    def stored(self) -> StoredDataSet:
        """The data set as it is now."""
        with self.world.engine.connect() as connection:
            found = data_sets.find(connection, self.group, self.type)
        assert found is not None
        return found

    def preview(self, text: str, choices: Choices | None = None) -> UploadAnswer:
        """What a CSV is told to change."""
        upload = Upload(text.encode(), "figures.csv", choices)
        return uploads.preview(self.world.engine, self.stored, upload, LIMITS, ANN)

    def outlook(self, text: str) -> Outlook:
        """The outlook of a CSV that has nothing wrong with it."""
        answer = self.preview(text)
        assert answer.outlook is not None, (answer.problem, answer.faults)
        return answer.outlook

    def faults(self, text: str) -> list[str]:
        """What is wrong with a CSV, each as a sentence with its place."""
        told = self.preview(text).faults
        return [f"{one.row}{one.column} {one.message}" for one in told]

    def confirm(self, text: str, stored: StoredDataSet | None = None) -> int:
        """Publish a CSV; the number of its receipt. stored: as it was when it was shown."""
        upload = Upload(text.encode(), "figures.csv")
        shown = stored or self.stored
        return uploads.confirm(self.world.engine, shown, upload, LIMITS, ANN).audit_id

    def undo(self, number: int) -> int:
        """Undo what a receipt is of; the number of the undoing's own."""
        return receipts.undo(self.world.engine, self.stored, number, ANN)

    def receipt(self, number: int) -> ReceiptAnswer | None:
        """A receipt of this data set."""
        with self.world.engine.connect() as connection:
            return receipts.receipt(connection, self.stored, number)

    def receipts(self) -> list[ReceiptAnswer]:
        """The newest receipts."""
        with self.world.engine.connect() as connection:
            return receipts.newest(connection, self.stored, 10)

    def check(self, key: str, why: str = "A slip", **texts: str) -> CorrectionAnswer:
        """What a correction is told to change."""
        typed = Corrected(texts, why)
        return forms.check(self.world.engine, self.stored, key, typed, ANN)

    def correct(self, key: str, why: str = "A slip", **texts: str) -> int:
        """Correct a record; the number of the receipt."""
        typed = Corrected(texts, why)
        return forms.correct(self.world.engine, self.stored, key, typed, ANN)

    def history(self) -> list[Correction]:
        """The history of corrections."""
        with self.world.engine.connect() as connection:
            return history(connection, self.stored, 20)

    def records(self) -> dict[str, Record]:
        """Every record, by its _id."""
        with self.world.engine.connect() as connection:
            stored = StoredRecords(connection, self.stored.id, self.stored.entry)
            return stored.bodies(stored.keys())

    def counts(self) -> dict[str, Any]:
        """Each record's count, by its _id."""
        return {key: body["count"] for key, body in sorted(self.records().items())}


def told(outlook: Outlook) -> tuple[int, int, int]:
    """New, replaced and unchanged records."""
    return outlook.new, outlook.replaced, outlook.same


def figures(outlook: Outlook) -> Mapping[tuple[str, str], tuple[Any, Any]]:
    """The KPIs that change, by name and period: before and after."""
    return {(one.kpi, one.period.label): (one.before, one.after) for one in outlook.figures}
