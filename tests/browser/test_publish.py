"""Publishing in a real browser: good, wrong and awkward files, corrections, and undoing them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
import xlsxwriter
from selenium.webdriver import Chrome
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from data import people_changes
from data.deliveries import Sender
from data.people import PUBLISHER, PersonEntry
from tests.api.conftest import TOLLS
from tests.browser.server import served
from tests.browser.visitor import Visitor
from tests.fixtures.databases import database_url
from tests.fixtures.small_world import report, small_world

pytestmark = pytest.mark.browser
Visit = Callable[[str], Visitor]
ANN, PASSWORD = "ann@example.com", "three plain words"
PAGE = "/publish/tolls/transactions-by-channel"
SERVICE = "/services/pay-a-toll"
HEADER = "Month,Channel,Count\n"
FINDING = "return document.activeElement.matches('[data-finding]') && document.activeElement"
LARGEST = 100_000
WIDTH = "return document.scrollingElement.scrollWidth"


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a platform where Ann publishes for a toll.

    Its July and September 2017 are there: 60 of 100 and 70 of 100 were digital.
    """
    folder = tmp_path_factory.mktemp("publish")
    engine = small_world(folder)
    about = {"group": "tolls", "service": "pay-a-toll", "channels": ("digital", "phone")}
    report(engine, "transactions-by-channel", TOLLS, **about)
    entry = PersonEntry(ANN, "Ann Example", PUBLISHER, services=("pay-a-toll",))
    people_changes.add(engine, entry, Sender("a test"))
    people_changes.set_password(engine, ANN, PASSWORD, Sender("a test"))
    engine.dispose()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SECRET_KEY", "a key")
        patch.setenv("UPLOAD_BYTES_MOST", str(LARGEST))
        with served(database_url(folder)) as address:
            yield address


@pytest.fixture
def ann(visit: Visit, office: str) -> Iterator[Visitor]:
    """Ann, signed in, on the page of her data set; signed out afterwards."""
    visitor = visit(office)
    visitor.sign_in(ANN, PASSWORD, PAGE)
    yield visitor
    visitor.driver.delete_all_cookies()


def choose(visitor: Visitor, file: Path) -> str:
    """Choose a file; the words of what is found, which has the focus."""
    visitor.run("document.activeElement.blur()")
    visitor.find(".upload input[type=file]").send_keys(str(file))
    return answered(visitor)


def answered(visitor: Visitor) -> str:
    """Wait for a finding; its words."""
    visitor.wait(FINDING)
    visitor.settle()
    return visitor.text("#publish-outlook, #correct-outlook")


def press(visitor: Visitor, selector: str) -> None:
    """Reach a button with Tab and press it."""
    visitor.tab_to(visitor.find(selector))
    visitor.press(Keys.ENTER)


def lead_on(visitor: Visitor, selector: str) -> None:
    """Press a button that leads to another page."""
    visitor.tab_to(visitor.find(selector))
    with visitor.new_page():
        visitor.press(Keys.ENTER)


def reread(visitor: Visitor) -> str:
    """Have the file read again as chosen."""
    press(visitor, "#publish-reread")
    return answered(visitor)


def select(visitor: Visitor, label: str, words: str) -> None:
    """Choose in the field of that label."""
    fields = visitor.find_all(".field")
    field = next(one for one in fields if one.text.startswith(label))
    Select(field.find_element("css selector", "select")).select_by_visible_text(words)


def text_file(folder: Path, text: str, name: str = "") -> Path:
    """A file of its own: to the browser, the same name again would be no other choice."""
    path = folder / (name or f"figures-{len(list(folder.iterdir()))}.csv")
    path.write_text(text, encoding="utf-8")
    return path


def take_up(visitor: Visitor) -> list[str]:
    """Value and period on the card of digital take-up."""
    visitor.go(SERVICE)
    (card,) = (one for one in visitor.find_all(".kpi") if one.text.startswith("Digital take-up"))
    return list(card.text.split("\n")[1:3])


def test_a_workbook_is_uploaded_confirmed_seen_and_undone(ann: Visitor, tmp_path: Path) -> None:
    path = tmp_path / "tolls.xlsx"
    workbook = xlsxwriter.Workbook(path)
    sheet, dates = workbook.add_worksheet(), workbook.add_format({"num_format": "mmm yyyy"})
    sheet.write_row("A1", ["Month", "Channel", "Count"])
    for row, (channel, count) in enumerate((("Digital", 95), ("Phone", 5)), start=1):
        sheet.write_datetime(row, 0, date(2017, 10, 1), dates)
        sheet.write_row(row, 1, [channel, count])
    workbook.close()
    before = take_up(ann)
    ann.go("/publish")
    ann.follow(ann.find("main a[href^='/publish/']"))
    found = choose(ann, path)
    assert found.startswith("2 new records\nOctober 2017.")
    assert "Digital take-up\nOctober 2017\nnot reported 95.00%" in found
    lead_on(ann, "#publish-confirm")
    assert ann.text("h1") == "Published: 2 new records"
    receipt = ann.address
    assert take_up(ann) == ["95.0%", "October 2017"]
    ann.go(receipt)
    lead_on(ann, "#publish-undo")
    assert ann.text("h1") == "Undone: the records are as they were"
    assert take_up(ann) == before


def test_a_file_that_says_the_same_again_has_nothing_to_confirm(
    ann: Visitor, tmp_path: Path
) -> None:
    same = text_file(tmp_path, HEADER + "July 2017,digital,60\nJuly 2017,phone,40\n")
    assert choose(ann, same).startswith("Nothing would change: 2 records")
    assert not ann.find("#publish-confirm").is_displayed()


def test_wrong_files_are_refused_with_a_sentence(ann: Visitor, tmp_path: Path) -> None:
    page = text_file(tmp_path, "<html><table><tr><td>1</td></tr></table></html>", "page.xls")
    assert "This is a web page with the name of a spreadsheet." in choose(ann, page)
    program = tmp_path / "figures.xlsx"
    program.write_bytes(b"MZ\x90\x00" + bytes(200))
    assert "This is a program, not a spreadsheet." in choose(ann, program)
    assert "This file is empty." in choose(ann, text_file(tmp_path, ""))
    assert not ann.find("#publish-confirm").is_displayed()


def test_faults_are_told_by_row_and_column_and_put_right(ann: Visitor, tmp_path: Path) -> None:
    wrong = HEADER + "October 2017,digital,abc\n02/10/2017,phone,5\n"
    found = choose(ann, text_file(tmp_path, wrong))
    assert found.startswith("2 things are wrong with this file")
    assert ann.rows("#publish-outlook table")[1:] == [
        ["2", "C ‘Count’", "‘abc’ is not a number."],
        ["3", "A ‘Month’", "‘02/10/2017’ is not where a month starts: that is the 1st."],
    ]
    right = wrong.replace("abc", "95").replace("02/10", "01/10")
    assert choose(ann, text_file(tmp_path, right)).startswith("2 new records")


def test_a_file_too_large_is_told_before_it_is_sent(ann: Visitor, tmp_path: Path) -> None:
    huge = text_file(tmp_path, "x" * (LARGEST + 1))
    ann.find(".upload input[type=file]").send_keys(str(huge))
    ann.wait("return document.getElementById('publish-chosen').textContent")
    assert ann.text("#publish-chosen").startswith("This file is larger than")
    assert ann.find_all("#publish-outlook [data-finding]") == []


def test_how_an_awkward_file_is_read_can_be_changed(ann: Visitor, tmp_path: Path) -> None:
    awkward = (
        "Toll bookings by telephone\n\nMonth,Last year,This year\n01/10/2017,3,5\n"
        "01/11/2017,4,6\nTotal,7,11\nSource: call centre,,\n"
    )
    found = choose(ann, text_file(tmp_path, awkward))
    assert found.startswith("4 new records")
    select(ann, "Column B", "Leave out")
    select(ann, "Column C", "Count")
    found = reread(ann)
    assert "Each row needs a channel, and no column has it." in found
    select(ann, "Channel of every row", "Phone")
    found = reread(ann)
    assert found.startswith("2 new records\nOctober to November 2017.")
    assert "2 rows were passed over" in ann.text("#publish-reading")
    select(ann, "Dates", "Month first: 3/4 is 4 March")
    found = reread(ann)
    assert "‘01/10/2017’ is not where a month starts: that is the 1st." in found


def test_one_figure_is_corrected_and_everyone_reads_the_history(ann: Visitor) -> None:
    ann.go(f"{PAGE}/correct")
    with ann.new_page():
        Select(ann.find("#correct-start")).select_by_visible_text("September 2017")
    ann.follow(ann.find("#which a[href$='record=09.phone']"))
    figure, why = ann.find_all("#correct-form input")
    figure.clear()
    figure.send_keys("x")
    press(ann, "#correct-check")
    assert answered(ann).startswith("Not yet\n‘x’ is not a number.")
    figure, why = ann.find_all("#correct-form input")
    figure.send_keys(Keys.BACKSPACE, "20")
    why.send_keys("Ten were counted twice")
    press(ann, "#correct-check")
    assert answered(ann).startswith("1 replaced record\nSeptember 2017.")
    lead_on(ann, "#correct-save")
    assert ann.text("h1") == "Corrected: 1 replaced record"
    receipt = ann.address
    # 70 of 90 were digital.
    assert take_up(ann) == ["77.8%", "September 2017"]
    ann.driver.delete_all_cookies()
    ann.go("/data/tolls/transactions-by-channel")
    history = ann.text("#corrections")
    assert "September 2017, phone: Count 30 → 20" in history
    assert "‘Ten were counted twice’" in history
    assert ANN not in history
    ann.driver.get(f"{ann.host}/sign-in?next={PAGE}")
    ann.find("#email").send_keys(ANN)
    ann.find("#password").send_keys(PASSWORD, Keys.ENTER)
    ann.wait(f"return location.pathname === '{PAGE}'")
    ann.go(receipt)
    lead_on(ann, "#publish-undo")
    assert take_up(ann) == ["70.0%", "September 2017"]


def test_the_button_that_chooses_a_file_is_reached_and_pressed_by_keyboard(ann: Visitor) -> None:
    ann.run(
        "window.opened = 0; HTMLInputElement.prototype.click = function () { window.opened += 1; }"
    )
    press(ann, ".upload button")
    ann.wait("return window.opened === 1")


def states(visitor: Visitor, folder: Path) -> Iterator[str]:
    """Each state of the pages for publishing, one after another; its name."""
    visitor.go("/publish")
    yield "data sets"
    visitor.go(PAGE)
    yield "choose"
    choose(visitor, text_file(folder, HEADER + "July 2017,digital,61\nMay 2017,phone,40\n"))
    visitor.open_all()
    yield "outlook"
    choose(visitor, text_file(folder, HEADER + "July 2017,digital,x\nTotal,,7\n"))
    visitor.open_all()
    yield "faults"
    choose(visitor, text_file(folder, "<html>"))
    yield "refused"
    visitor.go(f"{PAGE}/correct?start=2017-07-01T00:00:00%2Fmonth")
    yield "which record"
    visitor.go(f"{PAGE}/correct?record=07.phone")
    press(visitor, "#correct-check")
    answered(visitor)
    yield "correction"
    visitor.go(PAGE)
    visitor.follow(visitor.find("a[href*='receipt=']"))
    yield "receipt"


@pytest.mark.parametrize("width", ["desktop", "phone"])
def test_every_state_is_accessible_and_fits(
    *,
    ann: Visitor,
    tmp_path: Path,
    axe: Callable[[Chrome], list[str]],
    width: str,
    request: pytest.FixtureRequest,
) -> None:
    request.getfixturevalue(width)(ann.driver)
    for name in states(ann, tmp_path):
        assert axe(ann.driver) == [], name
        if width == "phone":
            assert ann.run(WIDTH) <= 320, name
