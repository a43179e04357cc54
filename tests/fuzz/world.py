"""A platform with something of everything, and someone who may publish to it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from data import people_changes
from data.people import PUBLISHER, PersonEntry
from layouts import ids
from tests.api.conftest import HELP, LIVE, RATINGS, TOLLS
from tests.api.sign_in.office import SENDER, Office
from tests.callbacks.publisher import CHECK, Publisher
from tests.fixtures.hidden_world import hide_services
from tests.fixtures.small_world import report

TOM, PASSWORD = "tom@example.com", "four rather plain words"
TEXT = "Month,Channel,Count\nOctober 2017,digital,75\nOctober 2017,phone,25\n"
_WEEKS = [
    {
        "_id": f"{start}.{stage}",
        "_timestamp": f"{start}T00:00:00Z",
        "period": "week",
        "stage": stage,
        "count": count,
    }
    for start in ("2017-07-03", "2017-07-10")
    for stage, count in (("start", 100), ("pay", 50), ("done", 40))
]
# What every client may ask is not to be refused here for its number.
_UNBOUNDED = {"reads_per_minute": 0, "writes_per_minute": 0}


def make_office(folder: Path) -> Office:
    """The platform, in a folder; Tom may publish for the toll."""
    made = Office(folder, **_UNBOUNDED)
    tolls: dict[str, Any] = {"group": "tolls", "service": "pay-a-toll"}
    report(made.engine, "transactions-by-channel", TOLLS, channels=("digital", "phone"), **tolls)
    report(made.engine, "journey", _WEEKS, stages=("start", "pay", "done"), **tolls)
    report(made.engine, "customer-satisfaction", RATINGS, group="tests", service="book-a-test")
    report(made.engine, "realtime", LIVE, group="tax", service="tax-a-vehicle", realtime=True)
    report(made.engine, "help-usage", HELP, group="tax", service="tax-a-vehicle")
    hide_services(made.engine)
    entry = PersonEntry(TOM, "Tom", PUBLISHER, services=("pay-a-toll",))
    people_changes.add(made.engine, entry, SENDER)
    people_changes.set_password(made.engine, TOM, PASSWORD, SENDER)
    return made


def tom(office: Office) -> Publisher:
    """Tom's browser: he has chosen a file and checked a correction, and confirmed neither."""
    person = Publisher(office, TOM, PASSWORD)
    person.publish_to("tolls", "transactions-by-channel")
    person.choose(TEXT)
    person.correct("09.phone", "10", "Counted twice", CHECK)
    return person


def held_by(person: Publisher) -> dict[str, Any]:
    """What the pages of someone hold."""
    names = (ids.PUBLISH_CHOICE, ids.CORRECT_FIELD)
    return {**{name: {} for name in names}, **person.values}
