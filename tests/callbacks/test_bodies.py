"""Callbacks get what they declare; all else is refused in words, and breaks nothing."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable
from copy import deepcopy
from typing import Any

import pytest
from flask.testing import FlaskClient

from callbacks.value_kinds import kind_of
from layouts import ids
from tests.fuzz.calls import ADDRESS, Body, bodies

Change = Callable[[Body], object]


def body_of(client: FlaskClient, input: str) -> Body:
    """What a page sends when one of its components changes: an id, or the type of one."""
    return next(one for one in bodies(client, {}) if input in one["changedPropIds"][0])


def refusal(client: FlaskClient, sent: Any, **how: Any) -> str:
    """The sentence with which it is refused."""
    given = {"data": sent} if isinstance(sent, bytes) else {"json": sent}
    answer = client.post(ADDRESS, **given, **how)
    assert (answer.status_code, answer.mimetype) == (400, "application/json"), answer.text
    assert answer.json is not None
    message = answer.json["message"]
    assert message.startswith("This could not be read. ")
    assert message.endswith(" Nothing was changed. Load the page again, then try once more.")
    return str(message)


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        (b"", "It is not JSON that can be read."),
        (b"{", "It is not JSON that can be read."),
        (b"[" * 100_000, "It is nested too deeply."),
        (b"1" * 5_000, "It is not JSON that can be read."),
        (b"null", "It is not a JSON object."),
        (b"[]", "It is not a JSON object."),
        (b"{}", "Its ‘output’ names no callback of this platform."),
        (b'{"output": ["x"]}', "Its ‘output’ names no callback of this platform."),
        (b'{"output": "x.y"}', "Its ‘output’ names no callback of this platform."),
        # A browser runs this one itself.
        (b'{"output": "_pages_dummy.children"}', "Its ‘output’ names no callback"),
    ],
)
def test_what_is_no_call_at_all_is_refused(client: FlaskClient, sent: bytes, told: str) -> None:
    assert told in refusal(client, sent, content_type="application/json")


def test_what_is_not_said_to_be_json_is_refused(client: FlaskClient) -> None:
    assert "It is not JSON." in refusal(client, b"{}", content_type="text/plain")


def set_value(body: Body, part: str, place: int, value: Any) -> None:
    body[part][place]["value"] = value


CHANGES: dict[str, tuple[str, Change, str]] = {
    "no inputs": (
        ids.SERVICE_FROM,
        lambda body: body.pop("inputs"),
        "Its ‘inputs’ are not a list of 4",
    ),
    "no outputs": (
        ids.SERVICE_FROM,
        lambda body: body.pop("outputs"),
        "Its ‘outputs’ are not a list of 1",
    ),
    "no state": (
        ids.SERVICE_FROM,
        lambda body: body.pop("state"),
        "Its ‘state’ are not a list of 2",
    ),
    "nothing that changed": (
        ids.SERVICE_FROM,
        lambda body: body.pop("changedPropIds"),
        "Its ‘changedPropIds’ are not a list of text",
    ),
    "something else changed": (
        ids.SERVICE_FROM,
        lambda body: body.update(changedPropIds=["x.y"]),
        "name what is no input of this callback",
    ),
    "an id that is no JSON changed": (
        ids.SERVICE_CHART,
        lambda body: body.update(changedPropIds=["{.clickData"]),
        "name what is no input of this callback",
    ),
    "another component": (
        ids.SERVICE_FROM,
        lambda body: body["inputs"][1].update(id="x"),
        "have another component in place of ‘service-from’",
    ),
    "another property": (
        ids.SERVICE_FROM,
        lambda body: body["inputs"][1].update(property="x"),
        "do not have ‘service-from.value’ where it belongs",
    ),
    "one where there are several": (
        ids.SERVICE_CHART,
        lambda body: body.update(inputs=[body["inputs"][0][0], body["inputs"][1]]),
        "have no list for ‘service-chart’",
    ),
    "several that are not the same": (
        ids.ANNOTATION_SAVE,
        lambda body: body["state"][2].pop(),
        "has not the same ‘annotation-field’ each time",
    ),
    "the id of another component": (
        ids.ANNOTATION_SAVE,
        lambda body: body["state"][2][0].update(value={"name": "x", "type": "x"}),
        "‘annotation-field.id’ is not the component's own.",
    ),
    "a number for text": (
        ids.SERVICE_FROM,
        lambda body: set_value(body, "inputs", 1, 7),
        "‘service-from.value’ is not text.",
    ),
    "text that no database holds": (
        ids.COMPARE_Q,
        lambda body: set_value(body, "inputs", 0, "a\0b"),
        "‘compare-q.value’ is not text.",
    ),
    "half a letter": (
        ids.COMPARE_Q,
        lambda body: set_value(body, "inputs", 0, "\ud800"),
        "‘compare-q.value’ is not text.",
    ),
    "no number at all": (
        ids.SERVICES_LEAST,
        lambda body: set_value(body, "inputs", 5, float("nan")),
        "‘services-least.value’ is not text or a number.",
    ),
    "a KPI that is none": (
        ids.SERVICES_RANGE_KPI,
        lambda body: set_value(body, "inputs", 0, "x"),
        "‘services-range-kpi.value’ is not a KPI.",
    ),
    "a length that is none": (
        ids.SERVICE_PERIOD,
        lambda body: set_value(body, "inputs", 0, "fortnight"),
        "‘service-period.value’ is not a length of period.",
    ),
    "nothing that the page opens with": (
        ids.SERVICE_FROM,
        lambda body: set_value(body, "state", 0, None),
        "‘service-opening.data’ is not what the page opens with.",
    ),
    "no data set": (
        ids.PUBLISH_UNDO,
        lambda body: set_value(body, "state", 1, None),
        "‘publish-data-set.data’ is not a group and a type.",
    ),
    "an address that is no path": (
        "_pages_location",
        lambda body: set_value(body, "inputs", 0, "x"),
        "‘_pages_location.pathname’ is not a path.",
    ),
}


@pytest.mark.parametrize("name", CHANGES)
def test_what_the_callback_does_not_declare_is_refused(client: FlaskClient, name: str) -> None:
    input, change, told = CHANGES[name]
    body = body_of(client, input)
    assert client.post(ADDRESS, json=body).status_code == 200
    changed = deepcopy(body)
    change(changed)
    assert told in refusal(client, changed)


def test_it_is_logged_without_what_was_sent(
    client: FlaskClient, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.WARNING):
        refusal(client, {"output": "a secret of somebody"})
    assert f"{ADDRESS}: Its ‘output’ names no callback" in caplog.text
    assert "a secret" not in caplog.text


def test_what_every_callback_takes_is_known(client: FlaskClient) -> None:
    known = json.loads(client.get("/_dash-dependencies").text)
    taken = [given for one in known for given in (*one["inputs"], *one["state"])]
    unknown = set()
    for one in taken:
        component = json.loads(one["id"])["type"] if one["id"].startswith("{") else one["id"]
        if one["property"] != "id" and kind_of(component, one["property"]) is None:
            unknown.add(f"{component}.{one['property']}")
    assert unknown <= {"_pages_store.data"}, "say in callbacks/value_kinds.py what these hold"


def test_a_year_of_five_digits_in_a_filter_is_no_day(client: FlaskClient) -> None:
    body = body_of(client, ids.SERVICE_FROM)
    set_value(body, "inputs", 1, "20177-08-01")
    answer = client.post(ADDRESS, json=body)
    assert answer.json is not None
    assert "from=" not in answer.json["response"][ids.SERVICE_URL]["search"]


def test_a_year_of_five_digits_on_the_comparison_is_no_day(client: FlaskClient) -> None:
    body = body_of(client, ids.COMPARE_FROM)
    set_value(body, "inputs", 1, "20177-08-01")
    answer = client.post(ADDRESS, json=body)
    assert answer.json is not None
    assert "from=" not in answer.json["response"][ids.COMPARE_URL]["search"]


def test_a_day_that_is_none_compares_no_journeys(client: FlaskClient) -> None:
    body = body_of(client, ids.SERVICE_COMPARE)
    set_value(body, "state", 0, "20177-08-01")
    answer = client.post(ADDRESS, json=body)
    assert (answer.status_code, answer.json) == (200, {"multi": True, "response": {}})


@pytest.mark.parametrize("text", ["2017", "x/y/z", "2017-07-01/later", None, {"x": 1}])
def test_a_point_of_no_period_chooses_nothing(client: FlaskClient, text: Any) -> None:
    body = body_of(client, ids.SERVICE_CHART)
    chosen = {"points": [{"curveNumber": 99, "text": text}]}
    set_value({"inputs": body["inputs"][0]}, "inputs", 0, chosen)
    answer = client.post(ADDRESS, json=body)
    assert (answer.status_code, answer.json) == (200, {"multi": True, "response": {}})
