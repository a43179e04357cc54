"""Batches of records as nobody would send them, and the bodies that carry them."""

from __future__ import annotations

import gzip
import json
from dataclasses import dataclass
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from data.rules import DataType

Record = dict[str, Any]
# Moments at which a period of every kind begins, and the periods that begin there.
STARTS = (
    ("2018-01-01T00:00:00Z", ("day", "week", "month", "quarter", "year")),
    ("2018-10-01T01:00:00+01:00", ("day", "week", "month", "quarter", "year")),
    ("2017-10-01", ("day", "month", "quarter", "year")),
    ("1900-01-01 00:00:00", ("day", "week", "month", "quarter", "year")),
    ("2199-10-01T00:00:00.000000", ("day", "month", "quarter", "year")),
)
NUMBERS = (0, 1, 7, 0.5, 0.1, 1e-6, 1e-9, 5e-324, 10**6 + 1, 10**12 - 1, 10**12, None)
TEXTS = ("digital", "paper", "telephone", "Ж", "é" * 50, " x ", "=1+1", "eligibility")
ODD_TIMES = (
    "2018-02-30",
    "9999-12-31T23:59:59-23:59",
    "0001-01-01T00:00:00+23:59",
    "2018-01-01T00:00:00.123456789Z",
    "2018-W01-1",
    "٢٠١٨-01-01",
    "2018-01-01T24:00:00Z",
    "now",
)
ODD_NUMBERS = (-1, 10**12 + 1, 2**63 - 1, 2**63, -(2**63), 10**400, 1e308, -0.0, True, False)
ODD_TEXTS = ("", "a/b", " ", "\0", "\ud800", "😀", "x" * 101, "x" * 5_000, "\u2028", "a b", "null")
DEEP: tuple[Any, ...] = ([], {}, [[[]]], {"count": {"count": 1}})
ODD_NAMES = (
    *("_updated_at", "_week_start_at", "_ID", "_start_at", "_end_at", "__", "a", "", "é1", "a-b"),
    *("$where", "a.b", "x" * 300, "\0\0", "Period", "service", "more"),
)


def _batch(draw: DrawFn, kind: DataType) -> list[Record]:
    """A few records that are as they should be, but for a few fields of one of them, if at all."""
    # One fault refuses all of a batch: what is to be taken must have none.
    batch = [_good(draw, kind, n) for n in range(draw(st.sampled_from([5, 3, 8, 1, 0])))]
    if batch and draw(st.sampled_from([False, False, True])):
        _make_odd(draw, draw(st.sampled_from(batch)), kind)
    if batch and draw(st.sampled_from([False, False, False, True])):
        batch.append(draw(st.sampled_from(batch)))
    return batch


def _make_odd(draw: DrawFn, made: Record, kind: DataType) -> None:
    names = [*made, *(item.name for item in kind.fields), "_id", "_timestamp", *ODD_NAMES]
    for _ in range(draw(st.integers(1, 2))):
        name = draw(st.sampled_from(names))
        if draw(st.booleans()):
            made[name] = draw(_odd())
        else:
            made.pop(name, None)


def _good(draw: DrawFn, kind: DataType, number: int) -> Record:
    # Most are of one day, so that there is something to add up.
    at, periods = draw(st.sampled_from([*[STARTS[0]] * 4, *STARTS]))
    made: Record = {**kind.example, "_timestamp": at}
    if "period" in made:
        made["period"] = draw(st.sampled_from(["day", "day", *periods]))
    for item in kind.fields:
        if item.name not in ("period", "service") and draw(st.sampled_from([True, True, False])):
            shares = [number for number in NUMBERS if number is None or number <= 1]
            known = TEXTS if item.kind == "text" else shares if item.most else NUMBERS
            made[item.name] = draw(st.sampled_from(known))
    # Two without an _id are often told apart by nothing, and refused.
    made["_id"] = draw(st.sampled_from([str(number)] * 12 + ["1", "a/b", "%00", "x" * 500, ""]))
    return made if made["_id"] else {name: made[name] for name in made if name != "_id"}


def _odd() -> SearchStrategy[Any]:
    return st.one_of(
        st.sampled_from(ODD_TIMES),
        st.sampled_from(ODD_NUMBERS),
        st.sampled_from(ODD_TEXTS),
        st.sampled_from(DEEP),
        st.none(),
        st.integers(-(2**65), 2**65),
        st.floats(allow_nan=True, allow_infinity=True),
        st.text(max_size=5),
    )


@dataclass(frozen=True)
class Body:
    """What is sent: bytes, what their headers say, and the records if it is plain JSON of some."""

    sent: bytes
    headers: dict[str, str]
    records: list[Record]


@st.composite
def bodies(draw: DrawFn, kind: DataType) -> Body:
    """A body with a few records of a type, most often as JSON, now and then spoilt."""
    batch = _batch(draw, kind)
    text = json.dumps(batch, ensure_ascii=draw(st.booleans()))
    plain = text.encode("utf-8", "surrogatepass")
    headers = {"Content-Type": "application/json"}
    spoilt = draw(st.sampled_from([*["whole"] * 24, *SPOILT]))
    if spoilt == "whole":
        return Body(plain, headers, batch)
    if spoilt.startswith("gzip"):
        headers["Content-Encoding"] = "gzip"
    sent = _spoil(spoilt, plain, draw(st.integers(0, 100)))
    return Body(sent, headers, [{}] if sent == b"{}" else batch)


SPOILT = (
    *("gzip", "gzip cut short", "gzip damaged", "gzip of nothing", "gzip of gzip", "cut short"),
    *("UTF-16", "a mark before it", "a field twice", "nested deeply", "NaN", "no list", "twice"),
)


def _spoil(how: str, plain: bytes, percent: int) -> bytes:
    packed = gzip.compress(plain, mtime=0)
    at = len(packed) * percent // 101
    ways = {
        "gzip": packed,
        "gzip cut short": packed[:at],
        "gzip damaged": packed[:at] + bytes([packed[at] ^ 0xFF]) + packed[at + 1 :],
        "gzip of nothing": b"",
        "gzip of gzip": gzip.compress(packed, mtime=0),
        "cut short": plain[: len(plain) * percent // 101],
        "UTF-16": plain.decode("utf-8", "replace").encode("utf-16"),
        "a mark before it": b"\xef\xbb\xbf" + plain,
        "a field twice": b'[{"count": 1, "count": 2}]',
        "nested deeply": b'[{"count": ' + b"[" * 50_000 + b"]" * 50_000 + b"}]",
        "NaN": b'[{"count": NaN, "_id": "1"}, {"count": -Infinity}]',
        "no list": (b"1", b'"x"', b"null", b"{}", b"[1]", b"[null]", b"[[]]")[percent % 7],
        "twice": plain + plain,
    }
    return ways[how]
