"""Files as nobody would choose them: text in odd codings, workbooks that are damaged anywhere."""

from __future__ import annotations

import io
import zipfile
from functools import cache

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from odf.table import Table

from tests.data.spreadsheets.workbooks import ods, ods_sheet, rows_xls, rows_xlsx

ROWS = [
    ("Month", "Channel", "Count"),
    ("October 2017", "digital", 75),
    ("October 2017", "phone", 25),
    ("01/11/2017", "digital", 5),
]
CODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-32", "latin-1", "cp1252", "utf-7")
_CELLS = (
    *("October 2017", "2017-10-01", "31/12/2017", "1/2/3", "W/e 1 Oct 17", "0001-01-01", "Q9 2017"),
    *("99/99/9999", "43009", "1e400", "-0", "NaN", "£1,000.50", "(5)", "1 000,5", "10%", "١٢"),
    *(
        "digital",
        "phone",
        "=1+1",
        "\t@x",
        "'x",
        '"',
        '""',
        "\0",
        "é😀",
        "\u2028",
        "",
        " ",
        "x" * 999,
    ),
)
_ENDS = ("\n", "\r\n", "\r", "\n\n", "\x0b", "\u2028")
# So long that a line of it is longer than any of a report, and no longer than is read at once.
_LONG = 200_000


@st.composite
def texts(draw: DrawFn) -> bytes:
    """A file of text with a few rows, more or less of a table, in some coding or none."""
    delimiter = draw(st.sampled_from([",", ",", ";", "\t", "|", ":", ""]))
    row = st.lists(st.sampled_from(_CELLS) | st.text(max_size=4), max_size=5)
    rows = draw(st.lists(row, max_size=6))
    header = draw(st.sampled_from([["Month", "Channel", "Count"], ["Date", "Digital"], [], ["x"]]))
    quoted = draw(st.booleans())
    lines = [delimiter.join(_cell(cell, quoted) for cell in one) for one in [header, *rows]]
    text = draw(st.sampled_from(_ENDS)).join(lines)
    made = text.encode(draw(st.sampled_from(CODINGS)), "replace")
    return _spoilt_text(made, draw(st.integers(0, 24)), draw(st.integers(0, 100)))


def _cell(text: str, quoted: bool) -> str:
    return f'"{text}"' if quoted else text


def _spoilt_text(made: bytes, how: int, percent: int) -> bytes:
    at = len(made) * percent // 101
    ways = {
        0: made[:at] + b"\0" + made[at:],
        1: made[:at] + b"\xff\xfe" + made[at:],
        2: made[:at] + b'"' + made[at:],
        3: made[:at] + b"x" * _LONG + made[at:],
        4: made[:at] + b"," * _LONG + made[at:],
        5: made[:at] + b'"' * (_LONG + 1) + made[at:],
        6: made[:at] + b"\n" * _LONG + made[at:],
        7: made[:at] + b"9" * _LONG + made[at:],
    }
    return ways.get(how, made)


@cache
def workbooks() -> tuple[bytes, ...]:
    """A workbook of each kind that is read."""
    return rows_xlsx(ROWS), rows_xls(ROWS), ods(ods_sheet(ROWS)), ods(Table(name="A"))


@st.composite
def damaged(draw: DrawFn) -> bytes:
    """A workbook in which a few bytes are others, or that was cut short."""
    made = bytearray(draw(st.sampled_from(workbooks())))
    for _ in range(draw(st.integers(0, 3))):
        made[draw(st.integers(0, len(made) - 1))] = draw(st.integers(0, 255))
    if draw(st.integers(0, 4)) == 0:
        return bytes(made[: draw(st.integers(0, len(made)))])
    return bytes(made)


@st.composite
def rewritten(draw: DrawFn) -> bytes:
    """An xlsx that is a sound archive, with one part of it damaged, gone, empty or very large."""
    whole = zipfile.ZipFile(io.BytesIO(workbooks()[0]))
    parts = {name: whole.read(name) for name in whole.namelist()}
    name = draw(st.sampled_from(sorted(parts)))
    part = bytearray(parts[name])
    how = draw(st.sampled_from(["a byte", "gone", "empty", "cut short", "a bomb", "again"]))
    if how == "a byte":
        part[draw(st.integers(0, len(part) - 1))] = draw(st.integers(0, 255))
    elif how == "cut short":
        del part[draw(st.integers(0, len(part))) :]
    elif how == "again":
        part = part * 2
    elif how == "a bomb":
        # Above what is packed too well; what it unpacks to is bounded here as well.
        part = part + bytes(8 * 1024**2)
    parts = {**parts, name: b"" if how == "empty" else bytes(part)}
    return _archive({key: text for key, text in parts.items() if (key, how) != (name, "gone")})


def _archive(parts: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, content in parts.items():
            made.writestr(name, content)
    return out.getvalue()


def names() -> SearchStrategy[str]:
    """What a file may be called; its content tells what it is."""
    return st.sampled_from(["figures.csv", "figures.xlsx", "", "../../x", "é" * 300, ".xls"])
