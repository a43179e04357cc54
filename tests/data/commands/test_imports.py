"""The commands that make the database and load figures, as someone types them."""

from __future__ import annotations

import pytest

from data.entries import Delivery
from tests.data.commands.shell import Shell
from tests.data.published_file import CARERS, DIRECT, LATEST, text
from tests.data.world import AGENCY, ALLOWANCE, DEPARTMENT, channels, counted

ROWS = (
    {**CARERS, f"{LATEST} Vol.": "1,000", f"{LATEST} CPT (£)": "2.5"},
    {**DIRECT, f"{LATEST} Vol.": "#REF!", "2013-Q1 Vol.": "5"},
)


@pytest.fixture
def short_demonstration(monkeypatch: pytest.MonkeyPatch) -> None:
    """A demonstration of one figure; the real one has tests of its own."""
    first = channels(counted("2017-10-02", "digital", 40))
    later = channels(counted("2017-10-03", "digital", 41))
    whole = Delivery((DEPARTMENT, AGENCY), (ALLOWANCE,), (first,))
    monkeypatch.setattr("data.demonstration.delivery", lambda _now: whole)
    monkeypatch.setattr("data.demonstration.live", lambda _now, _since: [later])


def test_upgrade_makes_the_tables_and_may_be_repeated(shell: Shell) -> None:
    for _ in range(2):
        result = shell.run("database", "upgrade")
        assert (result.exit_code, result.output) == (0, "The database has its 16 tables.\n")


def test_an_import_says_how_much_was_new_and_what_could_not_be_read(shell: Shell) -> None:
    shell.run("database", "upgrade")
    result = shell.load(text(*ROWS))
    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "Departments: 1 new, 0 changed, 0 the same.",
        "Agencies: 2 new, 0 changed, 0 the same.",
        "Services: 2 new, 0 changed, 0 the same.",
        "Data sets: 1 new, 0 changed, 0 the same.",
        "Records: 2 new, 0 changed, 0 the same.",
        "Measurements: 3 new, 0 changed, 0 the same.",
        "1 cell could not be read:",
        "  row 3, column '2017-Q4 Vol.': '#REF!'",
    ]


def test_a_second_import_says_that_everything_is_the_same(shell: Shell) -> None:
    shell.load(text(*ROWS))
    before = shell.world.rows()
    result = shell.load(text(*ROWS))
    assert "Records: 0 new, 0 changed, 2 the same." in result.stdout
    assert "Measurements: 0 new, 0 changed, 3 the same." in result.stdout
    assert shell.world.rows() == before


def test_an_import_needs_no_other_command_before(shell: Shell) -> None:
    assert shell.load(text(*ROWS)).exit_code == 0
    assert shell.world.revision() == 1


def test_an_import_shows_how_far_it_is(shell: Shell) -> None:
    assert "Adding up" in shell.load(text(*ROWS)).stderr


def test_the_audit_names_the_file(shell: Shell) -> None:
    shell.load(text(*ROWS))
    assert [row[2] for row in shell.world.rows()["audit"]] == ["import of figures.csv"]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"\x89PNG\r\n\x1a\n", "Error: figures.csv is not UTF-8 text: byte 0 cannot be read."),
        ("a,b\n1,2\n", "Error: figures.csv is not the transactional services file:"),
        (b"", "Error: figures.csv is empty. Nothing was written."),
        (text(*ROWS)[:-40], "Error: figures.csv, row 3:"),
        (
            text({**CARERS, "Slug": "a slug", f"{LATEST} Vol.": "5"}),
            'Error: transactional-services/summaries, record 1: _id "a slug.year.2016-10-01" '
            "is not a valid id",
        ),
    ],
)
def test_a_refused_import_says_why_without_a_traceback_and_changes_nothing(
    shell: Shell, content: str | bytes, sentence: str
) -> None:
    shell.load(text(*ROWS))
    before = shell.world.rows()
    result = shell.load(content)
    assert result.exit_code == 1
    assert result.stderr.splitlines()[-1].startswith(sentence)
    assert "Traceback" not in result.output
    assert shell.world.rows() == before


def test_a_file_that_is_not_there_is_refused_in_a_sentence(shell: Shell) -> None:
    missing = shell.folder / "missing.csv"
    result = shell.run("import", "transactional-services", str(missing))
    assert result.exit_code == 1
    assert f"Error: {missing} cannot be read: No such file or directory." in result.stderr
    assert "Traceback" not in result.output


def test_every_fault_that_the_write_finds_is_told(shell: Shell) -> None:
    rows = [
        {**CARERS, "Slug": slug, f"{LATEST} Vol.": "5"} for slug in ("one slug", "another slug")
    ]
    lines = shell.load(text(*rows)).stderr.splitlines()
    assert "There are 1 more faults." not in lines[-2]
    assert lines[-2].endswith("There is 1 more fault. Nothing was written.")
    about = "  transactional-services/summaries, record 2: "
    assert lines[-1] == f'{about}_id "another slug.year.2016-10-01" is not a valid id'


@pytest.mark.usefixtures("short_demonstration")
def test_the_demonstration_fills_an_empty_database_and_real_figures_replace_it(
    shell: Shell,
) -> None:
    result = shell.run("import", "demonstration", "--if-empty")
    assert result.exit_code == 0
    assert "Services: 1 new, 0 changed, 0 the same." in result.stdout
    assert shell.world.rows()["revision"][0][3] is True
    result = shell.load(text(*ROWS))
    assert result.stdout.startswith("The demonstration data was replaced.")
    assert "allowance" not in {row[1] for row in shell.world.rows()["service"]}


@pytest.mark.usefixtures("short_demonstration")
def test_the_demonstration_again_brings_live_users_up_to_now(shell: Shell) -> None:
    shell.run("import", "demonstration")
    result = shell.run("import", "demonstration", "--if-empty")
    assert result.output == "Demonstration data: live users brought up to now.\n"
    assert {about[4] for about in shell.world.told(period="day")} == {"2017-10-02", "2017-10-03"}


@pytest.mark.usefixtures("short_demonstration")
def test_the_demonstration_leaves_real_figures_alone(shell: Shell) -> None:
    shell.load(text(*ROWS))
    before = shell.world.rows()
    quiet = shell.run("import", "demonstration", "--if-empty")
    assert (quiet.exit_code, quiet.output) == (0, "")
    loud = shell.run("import", "demonstration")
    assert loud.exit_code == 1
    assert "holds real figures" in loud.stderr
    assert shell.world.rows() == before


_CLAIMS = "allowance/transactions-by-channel"
_HEADER = "_timestamp,period,channel,count"


@pytest.fixture
def office(shell: Shell) -> Shell:
    """A command line on a database with a data set of claims, without records."""
    shell.world.send(channels(), services=(ALLOWANCE,), organisations=(DEPARTMENT, AGENCY))
    return shell


def _file(shell: Shell, *lines: str, encoding: str = "utf-8") -> str:
    path = shell.folder / "claims.csv"
    path.write_text("\n".join([*lines, ""]), encoding=encoding)
    return str(path)


def test_records_of_a_file_are_loaded_and_added_up(office: Shell) -> None:
    rows = ("2017-10-02T00:00:00Z,day,digital,40", '2017-10-03,day,digital,"1,041"')
    said = office.says("import", "records", _CLAIMS, _file(office, _HEADER, *rows))
    assert "Records: 2 new, 0 changed, 0 the same." in said
    # 2 of the week's 7 days.
    assert office.world.total("week", "2017-10-02") == (1081, "partial", 2, 7, "day")


def test_an_empty_count_is_not_reported_and_no_nought(office: Shell) -> None:
    office.says("import", "records", _CLAIMS, _file(office, _HEADER, "2017-10-02,day,digital,"))
    assert office.world.told() == {}
    [row] = office.world.rows()["record"]
    assert "count" in str(row)


def test_what_the_platform_exports_is_loaded_again_as_it_was(office: Shell) -> None:
    header = "_day_start_at,_id,_timestamp,_updated_at,channel,count,note,period"
    row = (
        "2017-10-02T00:00:00+00:00,one,2017-10-02T00:00:00+00:00,2019-05-01T00:00:00+00:00,"
        "digital,40,'=later,day"
    )
    office.says("import", "records", _CLAIMS, _file(office, header, row))
    [stored] = office.world.rows()["record"]
    assert next(value for value in stored if isinstance(value, dict)) == {
        "_id": "one",
        "_timestamp": "2017-10-02T00:00:00+00:00",
        "channel": "digital",
        "count": 40,
        "note": "=later",
        "period": "day",
    }


@pytest.mark.parametrize(
    ("lines", "words"),
    [
        ([_HEADER, "2017-10-02,day,digital,many"], "record 1: count must be a number, not 'many'"),
        ([_HEADER, "2017-10-02,day,digital"], "row 2 has 3 cells, and the header 4"),
        ([_HEADER, "", "2017-10-02,day,digital,1"], "row 2 is blank. Remove it"),
        (["channel,count,count"], "two columns are named 'count'"),
        ([""], "its first row must name the fields of the records"),
        ([_HEADER, '"2017-10-02,day,digital,1'], "it is no CSV"),
    ],
)
def test_a_file_that_is_wrong_is_refused_in_words_and_nothing_is_written(
    office: Shell, lines: list[str], words: str
) -> None:
    before = office.world.rows()
    assert words in office.refusal("import", "records", _CLAIMS, _file(office, *lines))
    assert office.world.rows() == before


def test_a_file_of_other_letters_than_utf_8_is_refused(office: Shell) -> None:
    path = _file(office, _HEADER, "2017-10-02,day,café,1", encoding="latin-1")
    assert "it is not UTF-8 text" in office.refusal("import", "records", _CLAIMS, path)


def test_records_need_a_data_set_that_is_there(office: Shell) -> None:
    said = office.refusal("import", "records", "allowance/unknown", _file(office, _HEADER))
    assert said == "There is no data set allowance/unknown."
