"""How to send us data: by a call, a script, a scheduled job or a spreadsheet."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dash import dcc, html
from dash.development.base_component import Component

from layouts.aria import aria
from layouts.frame import PUBLISH_HREF, title_row
from layouts.record_types import RecordType, record_type

TITLE = "Send us data"
DESCRIPTION = (
    "How to put a service’s figures here: with curl, from Python, by a scheduled job or from a "
    "spreadsheet; what records hold, how to correct them, and what happens to mistakes."
)
LEDE = "One call, a script, a scheduled job or a spreadsheet: four ways to put figures here."
DATA_SET = "carers-allowance/transactions-by-channel"
MAKE = f".venv/bin/flask --app app data-sets create {DATA_SET} --service SERVICE"
# A record that is wrong, and what is answered.
WRONG = '[{"_timestamp": "2017-10-02T00:00:00Z", "period": "week", "count": "many"}]'
REFUSAL = """{
  "messages": [
    "channel is missing: how the transaction was done, such as digital.",
    "count must be a number, not 'many'."
  ],
  "faults": [
    {
      "record": 1,
      "field": "channel",
      "message": "channel is missing: how the transaction was done, such as digital."
    },
    {"record": 1, "field": "count", "message": "count must be a number, not 'many'."}
  ]
}"""
# The files of the folder examples/ that the page shows.
FILES = (
    "send.sh",
    "records.json",
    "send.py",
    "last_week.py",
    "crontab",
    "last-week.service",
    "last-week.timer",
    "transactions-by-channel.csv",
)
Content = Component | str
Files = Mapping[str, str]


def build_sending(files: Files, kinds: Sequence[RecordType]) -> list[Component]:
    """The page. files: the text of each of FILES by its name. kinds: the standard data types."""
    return [
        title_row(TITLE, LEDE),
        _section("first", "What you need first", _first()),
        _section("curl", "With curl", _curl(files)),
        _section("python", "From Python", _python(files)),
        _section("schedule", "By a scheduled job", _schedule(files)),
        _section("spreadsheet", "From a spreadsheet", _spreadsheet(files)),
        _section("records", "What records hold", _records(kinds)),
        _section("rules", "What happens to them", _rules()),
    ]


def _section(id: str, heading: str, inside: Sequence[Component]) -> html.Section:
    title = html.H2(heading, id=f"{id}-heading")
    label = aria(labelledby=f"{id}-heading")
    return html.Section([title, *inside], id=id, className="module words", **label)


def _first() -> list[Component]:
    return [
        html.P(
            [
                "Figures are sent to a data set: one type of data of one service, such as ",
                html.Code(DATA_SET),
                ". Whoever runs the platform makes it, which prints its token once, for programs; "
                "for spreadsheets they give you an account.",
            ]
        ),
        _typed(MAKE),
        html.P(
            [
                "In the examples ",
                html.Code("PLATFORM"),
                " is the address of this platform, and ",
                html.Code("TOKEN"),
                " that token. Keep it like a password. A data set can have several, so that you "
                "can change to a new one before the old one is revoked or expires.",
            ]
        ),
    ]


def _curl(files: Files) -> list[Component]:
    return [
        html.P(
            [
                "A POST to ",
                html.Code(f"/data/{DATA_SET}"),
                " adds records, or replaces those that are the same. The answer is ",
                html.Code('{"status": "ok"}'),
                ".",
            ]
        ),
        *_file(files, "send.sh"),
        html.P("What is sent is a list of records:"),
        *_file(files, "records.json"),
    ]


def _python(files: Files) -> list[Component]:
    return [
        html.P(
            "The same with the standard library alone: compressed, a thousand records at a time, "
            "and again where the platform could not be reached:"
        ),
        _typed(f"python3 send.py {DATA_SET} records.json"),
        *_folded(files, "send.py"),
    ]


def _schedule(files: Files) -> list[Component]:
    return [
        html.P(
            "Count what there is to report, and hand it to the script above. Running a job twice "
            "does no harm. With cron:"
        ),
        *_file(files, "crontab"),
        html.P("The counting is the part that you would write yourself:"),
        *_folded(files, "last_week.py"),
        html.P("With systemd, the same job and when it runs:"),
        *_folded(files, "last-week.service"),
        *_folded(files, "last-week.timer"),
    ]


def _spreadsheet(files: Files) -> list[Component]:
    steps = [
        "Choose the data set, and the file: .csv, .xlsx, .xls or .ods.",
        "See how it was understood: which column is which field, and every fault by its row.",
        "See what would change, with the KPIs before and after. Nothing is written yet.",
        "Confirm. The receipt links to the page, and can undo all of it.",
    ]
    return [
        html.P([_link("Sign in and upload a file", PUBLISH_HREF), ". No program is needed:"]),
        html.Ol([html.Li(words) for words in steps]),
        html.P("A file may look like this, with more columns and other headers:"),
        *_file(files, "transactions-by-channel.csv"),
    ]


def _records(kinds: Sequence[RecordType]) -> list[Component]:
    return [
        html.P(
            [
                "A record is one flat object. ",
                html.Code("_timestamp"),
                " is when its period starts: midnight in UTC, a Monday for a week, the first for "
                "a month. These types become figures on the service’s page; any other type can be "
                "made as well and is kept and read as it was sent.",
            ]
        ),
        *map(record_type, kinds),
    ]


def _rules() -> list[Component]:
    points = [
        _point(
            "All or nothing.",
            "A batch is checked whole. If anything is wrong with any of its records, nothing is "
            "written, and the answer names every fault with its record and field:",
            _typed(WRONG),
            _typed(REFUSAL),
        ),
        _point(
            "Sending again replaces.",
            "What a record is known by is its _id. Without one, it is made of the period and the "
            "text fields, so the same figure sent again, or corrected, takes the old one’s place "
            "and never counts twice.",
        ),
        _point(
            "Corrections",
            "are sent the same way; PATCH changes some fields of one record, and DELETE removes "
            "one. Everyone can see on the data set’s page what was corrected and when.",
        ),
        _point(
            "Missing is not zero.",
            "Send 0 where nothing happened. Leave out, or send null for, what you do not know: it "
            "is shown as not reported, and totals say so.",
        ),
        _point(
            "At once.",
            "Pages, downloads and the API have the new figures as soon as the answer is there.",
        ),
        _point(
            "Answers other than 200",
            "say what is wrong: 401 without a valid token, 404 where there is no such data set, "
            "413 for a body that is too large, 400 for everything else about it. Try again after "
            "those of 500 and above, and when there is no answer.",
        ),
    ]
    more: list[Content] = ["Every address, parameter and answer: ", _link("the API", "/api"), "."]
    return [html.Ul(points, className="points"), html.P(more)]


def _point(title: str, words: str, *more: Component) -> html.Li:
    return html.Li([html.Strong(title), f" {words}", *more])


def _link(words: str, href: str) -> dcc.Link:
    return dcc.Link(words, href=href)


def _typed(text: str) -> html.Pre:
    return html.Pre(html.Code(text))


def _file(files: Files, name: str) -> list[Component]:
    """A file of examples/, and a link to take it away."""
    return [_typed(files[name]), _download(name)]


def _folded(files: Files, name: str) -> list[Component]:
    """A longer file, which unfolds."""
    return [html.Details([html.Summary(f"Show {name}"), _typed(files[name])]), _download(name)]


def _download(name: str) -> html.P:
    return html.P(html.A(f"Download {name}", href=f"/examples/{name}"))
