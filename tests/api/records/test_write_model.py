"""A thousand random batches and more, answered and stored as a plain-Python model has it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.api.records.write_model import Answer, Model
from tests.api.records.writing import Api, told
from tests.fixtures.databases import remove_databases

Strategy = st.SearchStrategy[Any]


def weighted(*choices: tuple[int, Strategy]) -> Strategy:
    """One of several strategies, each as often as its number says."""
    spread = [strategy for times, strategy in choices for _ in range(times)]
    return st.sampled_from(spread).flatmap(lambda chosen: chosen)


KEYS = st.sampled_from(["k1", "k2", "k3", "2013-03-11.week"])
GOOD_TIMES = st.sampled_from(
    [
        "2013-03-11T00:00:00Z",
        "2013-03-11T01:00:00+01:00",
        "2013-03-10T19:00:00-0500",
        "2013-03-11T00:00:00",
        "2013-03-11 00:00:00.5",
        "2013-03-11",
        "1969-12-31T23:59:59.5Z",
        "2012-02-29",
    ]
)
BAD_TIMES: Strategy = st.one_of(
    st.sampled_from(
        ["hammer time", "", "2013", "11/03/2013", "2013-02-30", "2013-03-11T25:00:00Z"]
    ),
    st.sampled_from(["0001-01-01T00:00:00+05:00", "2013-02-29 00:00:00"]),
    st.sampled_from([5, True, None, ["2013-03-11"], {}]),
)
GOOD_NAMES = st.sampled_from(["ff", "gg", "count", "Kind", "x_1"])
BAD_NAMES = st.sampled_from(["", "b", "x-y", "x.y", "1a", "_updated_at", "_Id", "__", "$where"])
GOOD_VALUES = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([2**63 - 1, -(2**63), 0.5, 1.0, 1e308]),
    st.sampled_from(["", "text", "two words", "true", "\N{GRINNING FACE}"]),
)
BAD_VALUES: Strategy = st.sampled_from(
    [[], [1], {}, {"deep": {}}, 2**63, -(2**63) - 1, 10**30, "a\0b"]
)
BAD_IDS: Strategy = st.sampled_from(["", " ", "a b", "a\n", 5, None, True, ["k1"], {}])
FIELDS = st.dictionaries(GOOD_NAMES, GOOD_VALUES, max_size=3)
TIMES = st.dictionaries(st.sampled_from(["_timestamp", "_start_at", "_end_at"]), GOOD_TIMES)
# Most have what the settings of some of the data sets ask for.
ASKED = st.fixed_dictionaries({"_timestamp": GOOD_TIMES, "ff": st.sampled_from(["a", True, 1.5])})
GOOD = st.builds(
    lambda fields, times, asked, ids: {**ids, **times, **fields, **asked},
    FIELDS,
    TIMES,
    weighted((1, st.just({})), (9, ASKED)),
    weighted((1, st.just({})), (4, st.fixed_dictionaries({"_id": KEYS}))),
)
BAD = st.one_of(
    st.dictionaries(BAD_NAMES, GOOD_VALUES, min_size=1, max_size=2),
    st.dictionaries(GOOD_NAMES, BAD_VALUES, min_size=1, max_size=2),
    st.dictionaries(st.sampled_from(["_timestamp", "_start_at", "_end_at"]), BAD_TIMES, min_size=1),
    st.fixed_dictionaries({"_id": BAD_IDS}),
)
# What is bad comes before or after what is good.
MIXED = st.builds(
    lambda good, bad, first: {**bad, **good} if first else {**good, **bad},
    GOOD,
    BAD,
    st.booleans(),
)
ODD = st.sampled_from([5, "text", None, True, [], [1]])
BATCHES = weighted(
    (2, GOOD),
    (6, st.lists(GOOD, max_size=4)),
    (1, MIXED),
    (2, st.lists(st.one_of(GOOD, MIXED), max_size=4)),
    (1, st.lists(st.one_of(GOOD, MIXED, ODD), max_size=4)),
)
# Which record is changed or deleted: of those that are there, or none of them.
PLACES = st.integers(0, 4)
CHANGES = weighted((3, FIELDS), (2, TIMES), (1, GOOD), (1, MIXED))
STEPS = weighted(
    (10, st.tuples(st.just("POST"), PLACES, BATCHES)),
    (6, st.tuples(st.just("PATCH"), PLACES, CHANGES)),
    (3, st.tuples(st.just("DELETE"), PLACES, st.none())),
    (1, st.tuples(st.just("PUT"), PLACES, st.just([]))),
)
SETTINGS: dict[str, dict[str, Any]] = {
    "plain": {},
    "automatic": {"auto_ids": ("ff", "_timestamp")},
    "timed": {
        "schema": {
            "required": ["_timestamp"],
            "properties": {"_timestamp": {"format": "date-time"}},
        }
    },
}


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Api]:
    made = Api(tmp_path_factory.mktemp("model"))
    for kind, more in SETTINGS.items():
        made.make("model", kind, **more)
    yield made
    made.engine.dispose()


def modelled(model: Model, kind: str, method: str, key: str, body: Any) -> Answer:
    if method == "POST":
        return model.post(body)
    if method == "PUT":
        return model.put(f"model_{kind}")
    return model.delete(key) if method == "DELETE" else model.patch(key, body)


def exact(body: Any) -> str:
    """A record as text: true is not 1, though 1 is 1.0."""
    plain = {
        name: value if isinstance(value, bool) or not isinstance(value, int) else float(value)
        for name, value in body.items()
    }
    return json.dumps(plain, sort_keys=True)


def without_id(body: Any) -> str:
    return exact({name: value for name, value in body.items() if name != "_id"})


RANDOM = settings(
    deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck)
)


@pytest.mark.parametrize("kind", SETTINGS)
@settings(RANDOM, max_examples=40)
@given(steps=st.lists(STEPS, min_size=5, max_size=20))
def test_random_batches_are_answered_and_stored_as_the_model_has_it(
    api: Api, kind: str, steps: list[tuple[str, int, Any]]
) -> None:
    model = Model(SETTINGS[kind].get("auto_ids", ()), timed=kind == "timed")
    address = f"/data/model/{kind}"
    api.send("PUT", address, [])
    for method, place, body in steps:
        keys = [*model.records, "none-of-them"]
        key = keys[place % len(keys)]
        of_one = method in ("PATCH", "DELETE")
        answer = told(api.send(method, f"{address}/{quote(key)}" if of_one else address, body))
        assert answer == modelled(model, kind, method, key, body)
        stored = api.stored("model", kind)
        named = {k: exact(body) for k, body in stored.items() if k in model.records}
        assert named == {k: exact(body) for k, body in model.records.items()}
        others = sorted(without_id(body) for k, body in stored.items() if k not in named)
        assert others == sorted(map(without_id, model.unnamed))


WEEKS = st.sampled_from(["2013-03-04", "2013-03-11", "2013-04-01", "2013-12-30"])
COUNTS = weighted(
    (1, st.none()),
    (9, st.sampled_from([0, 1, 2, 3, 0.5, 1e12])),
    (1, st.sampled_from([-1, "5", True])),
)
REPORTS = st.fixed_dictionaries(
    {"_timestamp": WEEKS, "count": COUNTS},
    optional={"_id": KEYS, "note": st.just("free")},
).flatmap(
    lambda body: st.builds(
        lambda period, channel: {**body, "period": period, "channel": channel},
        st.sampled_from(["week", "week", "day", "month"]),
        st.sampled_from(["digital", "paper", "telephone", "assisted digital"]),
    )
)
REPORTING = weighted(
    (6, st.tuples(st.just("POST"), st.just(""), st.lists(REPORTS, max_size=2))),
    (2, st.tuples(st.just("PATCH"), KEYS, st.fixed_dictionaries({"count": COUNTS}))),
    (2, st.tuples(st.just("PATCH"), KEYS, st.fixed_dictionaries({"_timestamp": WEEKS}))),
    (2, st.tuples(st.just("DELETE"), KEYS, st.none())),
    (1, st.tuples(st.just("PUT"), st.just(""), st.just([]))),
)


@settings(RANDOM, max_examples=25)
@given(steps=st.lists(REPORTING, min_size=5, max_size=15))
def test_figures_are_those_of_the_records_that_are_left(
    steps: list[tuple[str, str, Any]], tmp_path_factory: pytest.TempPathFactory
) -> None:
    address, figures = "/data/allowance/transactions-by-channel", []
    folder = tmp_path_factory.mktemp("figures")
    first, second = (Api(folder, name=name) for name in ("first", "second"))
    for api in (first, second):
        api.make("allowance", "transactions-by-channel", service="allowance")
    for method, key, body in steps:
        path = f"{address}/{quote(key)}" if key else address
        assert told(first.send(method, path, body))[0] in (200, 400)
    left = list(first.stored("allowance", "transactions-by-channel").values())
    assert told(second.post(left, address))[0] == 200
    for api in (first, second):
        figures.append(api.world.told())
        api.engine.dispose()
    remove_databases(folder)
    assert figures[0] == figures[1]
