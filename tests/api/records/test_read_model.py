"""Random questions about random records, answered by the platform and by a plain model alike."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

from data.deliveries import Sender, deliver
from data.entries import Batch, DataSetKey, Delivery
from data.reader import Reader
from tests.api.records.asking import address, body
from tests.api.records.conftest import NOW
from tests.api.records.model import Asked, Model, Record, Refused, Row
from tests.api.records.writing import WEATHER, Api

EXAMPLES = 300
REFUSALS = (
    "invalid collect function",
    "A query must be about times in the years 1900 to 9999.",
)
WRITTEN = datetime(2013, 3, 21, 9, 30, tzinfo=UTC)
# Around the turn of a month, a quarter, a year; before 1970; at both ends of what can be asked.
DAYS = [
    datetime(2013, 3, 11, tzinfo=UTC),
    datetime(2013, 3, 18, tzinfo=UTC),
    datetime(2012, 12, 30, tzinfo=UTC),
    datetime(1969, 12, 28, tzinfo=UTC),
    datetime(1901, 12, 28, tzinfo=UTC),
]
NUMBERS = st.one_of(
    st.integers(-3, 3),
    st.sampled_from([2**63 - 1, -(2**63), 2**62, 2**32, 2**32 - 1, -(2**32)]),
    st.integers(-40, 40).map(lambda quarters: quarters / 4),
)
TEXTS = st.sampled_from(["a", "", "A", "ab", "a%", "a_b", "true", "é", 'é\n"', "😀"])
# What is the same in one language is not in another.
ALIKE = st.sampled_from([1, 1.0, "1", True, 0, False, "", None])
# Names that differ only in their letters' case are different fields.
FIELDS = {
    "authority": ALIKE,
    "kind": TEXTS,
    "Kind": st.one_of(ALIKE, NUMBERS, TEXTS),
    "value": NUMBERS | st.none(),
    "flag": st.booleans(),
}
METHODS = ["", ":sum", ":count", ":set", ":mean"]
# How many days each period lasts at most.
DAYS_OF = {"hour": 1 / 24, "day": 1, "week": 7, "month": 31, "quarter": 92, "year": 366}


def often(draw: DrawFn, times: int) -> bool:
    """So many times in ten."""
    return draw(st.integers(0, 9)) < times


def moment(draw: DrawFn, near: datetime, span: float) -> datetime:
    """A moment up to so many days after another one, often at the start of an hour or a day."""
    seconds = draw(st.integers(0, int(span * 86_400)))
    found = near + timedelta(seconds=seconds)
    unit = draw(st.sampled_from([1, 3600, 86_400, 86_400]))
    return found - timedelta(seconds=(found - DAYS[0]) // timedelta(seconds=1) % unit)


def record(draw: DrawFn, key: str, near: datetime, span: float) -> Record:
    """A record; some have no time, some times have a part of a second."""
    found: Record = {"_id": key}
    for name, values in FIELDS.items():
        if often(draw, 8):
            found[name] = draw(values)
    if often(draw, 9):
        micros = draw(st.sampled_from([0, 0, 1, 999_999]))
        at = moment(draw, near, span) + timedelta(microseconds=micros)
        found["_timestamp"] = at.isoformat()
    return found


@st.composite
def cases(draw: DrawFn) -> tuple[list[Record], list[Asked]]:
    """A few records of one time, and questions about that time."""
    near = draw(st.sampled_from(DAYS))
    span = draw(st.sampled_from([0.2, 4, 40, 400]))
    count = draw(st.sampled_from([8, 12, 12, 1, 0]))
    sent = [record(draw, f"r{number}", near, span) for number in range(count)]
    return sent, [question(draw, near, span) for _ in range(draw(st.integers(1, 4)))]


def question(draw: DrawFn, near: datetime, span: float) -> Asked:
    """A question that breaks none of the contract's rules, raw queries allowed."""
    groups = draw(st.lists(st.sampled_from(sorted(FIELDS)), max_size=2, unique=True))
    asked: Asked = {"group_by": groups}
    if often(draw, 8):
        # Neither so short that there would be very many, nor so long that there is only one.
        long = [name for name, days in DAYS_OF.items() if 0.3 <= span / days <= 60]
        asked["period"] = [draw(st.sampled_from(long))]
    add_times(draw, asked, near, span)
    add_filters(draw, asked)
    free = [name for name in sorted(FIELDS) if name not in groups]
    if groups or "period" in asked:
        asked["collect"] = [collected(draw, free) for _ in range(draw(st.integers(0, 3)))]
    add_order(draw, asked, groups)
    if often(draw, 5):
        asked["flatten"] = [draw(st.sampled_from(["true", "true", "false"]))]
    return {name: texts for name, texts in asked.items() if texts}


def collected(draw: DrawFn, fields: list[str]) -> str:
    """A field to collect; text is seldom added up."""
    name = draw(st.sampled_from(fields))
    if name in ("value", "flag") or often(draw, 1):
        return name + draw(st.sampled_from(METHODS))
    return name + draw(st.sampled_from(["", ":count", ":set"]))


def add_times(draw: DrawFn, asked: Asked, near: datetime, span: float) -> None:
    """Both ends, or a duration with at most one of them."""
    if "period" in asked and often(draw, 5):
        asked["duration"] = [str(draw(st.sampled_from([8, 5, 3, 1])))]
        side = draw(st.sampled_from(["start_at", "end_at", "start_at", "end_at", ""]))
        if side:
            beside = near + timedelta(days=span * (0.6 if side == "end_at" else -0.2))
            asked[side] = [written(draw, moment(draw, beside, span / 2))]
    elif "period" in asked or often(draw, 5):
        start = moment(draw, near, span / 2)
        end = moment(draw, near + timedelta(days=span * 0.4), span)
        asked["start_at"] = [written(draw, start)]
        asked["end_at"] = [written(draw, end)]
    if ("start_at" in asked or "end_at" in asked) and often(draw, 5):
        asked["inclusive"] = [draw(st.sampled_from(["true", "true", "false"]))]


def written(draw: DrawFn, moment: datetime) -> str:
    """A moment in one of the ways to write it."""
    ways = [moment.isoformat(), moment.isoformat().replace("+00:00", "Z")]
    ways.append((moment + timedelta(hours=5, minutes=30)).isoformat()[:19] + "+0530")
    return draw(st.sampled_from(ways))


def add_filters(draw: DrawFn, asked: Asked) -> None:
    """One or two filters of a kind, now and then."""
    if often(draw, 3):
        kind = draw(st.sampled_from(["filter_by", "filter_by_prefix"]))
        value = st.sampled_from(["", "a", "true", "false", "1", "é", "%", "_"]) | TEXTS
        one = st.tuples(st.sampled_from(sorted(FIELDS)), value).map(":".join)
        asked[kind] = draw(st.lists(one, min_size=1, max_size=2, unique=True))


def add_order(draw: DrawFn, asked: Asked, groups: list[str]) -> None:
    """What to sort by, and a limit, where they may be given."""
    if "period" in asked and not groups:
        return
    keys = ["_count", *groups, *(item for item in asked.get("collect", []) if ":" in item)]
    if not groups:
        keys = ["_timestamp", "_id", "_week_start_at", "nothing", *sorted(FIELDS)]
    if often(draw, 5):
        direction = draw(st.sampled_from(["ascending", "descending"]))
        asked["sort_by"] = [f"{draw(st.sampled_from(keys))}:{direction}"]
    if often(draw, 4):
        asked["limit"] = [str(draw(st.integers(0, 4)))]


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(tmp_path_factory.mktemp("model"))
    made.make(raw_queries_allowed=True)
    yield made
    made.engine.dispose()


@pytest.fixture(scope="module", autouse=True)
def now() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Reader, "clock", lambda _: NOW)
        yield


@settings(
    max_examples=EXAMPLES,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
@given(cases())
def test_the_platform_answers_as_the_model_does(
    api: Api, case: tuple[list[Record], list[Asked]]
) -> None:
    sent, asked = case
    model = stored(api, sent)
    for one in asked:
        answer = api.client.get(address(WEATHER, **one))
        try:
            expected = model.answer(one, NOW)
        except Refused:
            assert answer.status_code == 400
            assert body(answer)["message"] in REFUSALS
            continue
        assert answer.status_code == 200, (answer.text, one)
        assert plain(one, body(answer)["data"]) == plain(one, expected), one


def stored(api: Api, sent: list[Record]) -> Model:
    """The model of a data set that holds these records alone, after they were written."""
    batch = Batch(DataSetKey("group", "weather"), sent, emptied=True)
    deliver(api.engine, Delivery(batches=[batch]), Sender("a test", now=WRITTEN))
    return Model({one["_id"]: one for one in sent}, {one["_id"]: WRITTEN for one in sent})


def plain(question: Asked, rows: list[Row]) -> str:
    """Rows as text in which equal numbers are equal; in any order where the order is free."""
    found = [json.dumps(canonical(row), sort_keys=True) for row in rows]
    if question.get("flatten") == ["true"] and "group_by" in question:
        is_sorted = "period" not in question
        return "\n".join(found if is_sorted else sorted(found, key=_start))
    return "\n".join(found)


def _start(text: str) -> tuple[str, str]:
    return json.loads(text)["_start_at"], text


def canonical(value: Any) -> Any:
    """A value in which whole numbers have no decimal point."""
    if isinstance(value, dict):
        return {name: canonical(item) for name, item in value.items()}
    if isinstance(value, list):
        return [canonical(item) for item in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value
