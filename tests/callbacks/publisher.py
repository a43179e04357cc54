"""Someone's browser that calls what the pages for publishing call, or tries to."""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from typing import Any

from flask.testing import FlaskClient

from layouts import ids
from tests.api.sign_in.office import Office, sign_in

READ, CONFIRM, UNDO = ids.PUBLISH_FILE, ids.PUBLISH_CONFIRM, ids.PUBLISH_UNDO
CHECK, SAVE = ids.CORRECT_CHECK, ids.CORRECT_SAVE
Answer = dict[str, dict[str, Any]]


class Publisher:
    """A browser of someone, signed in or not. ``values`` are what its page holds."""

    def __init__(self, office: Office, email: str = "", password: str = "") -> None:
        self.client: FlaskClient = office.browser()
        self.values: dict[str, Any] = {}
        if email:
            assert sign_in(self.client, password, email=email).status_code == 303
        self.client.get("/about")

    def publish_to(self, group: str, type: str) -> None:
        """Open the page of a data set."""
        self.values[f"{ids.PUBLISH_DATA_SET}.data"] = {"group": group, "type": type}

    def choose(self, text: str, name: str = "figures.csv") -> Answer:
        """Choose a file of that text."""
        return self.choose_bytes(text.encode(), name)

    def choose_bytes(self, data: bytes, name: str) -> Answer:
        """Choose a file of those bytes."""
        encoded = base64.b64encode(data).decode()
        self.values[f"{ids.PUBLISH_FILE}.contents"] = f"data:text/csv;base64,{encoded}"
        self.values[f"{ids.PUBLISH_FILE}.filename"] = name
        return self.call(READ)

    def confirm(self) -> Answer:
        """Publish what was shown."""
        return self.call(CONFIRM)

    def undo(self, receipt: int) -> Answer:
        """Undo what a receipt is of."""
        self.values[f"{ids.PUBLISH_RECEIPT}.data"] = receipt
        return self.call(UNDO)

    def correct(self, record: str, count: str, why: str, button: str) -> Answer:
        """Fill in the form of a record, and press a button of it."""
        self.values |= {
            f"{ids.CORRECT_RECORD}.data": record,
            f"{ids.CORRECT_WHY}.value": why,
            ids.CORRECT_FIELD: {"count": count},
        }
        return self.call(button)

    def call(self, trigger: str) -> Answer:
        """Call what an element of the page triggers; what it changes, by id and property."""
        question = self._question(trigger)
        changed = next(one for one in question["inputs"] if one["id"] == trigger)
        asked = {
            "output": question["output"],
            "outputs": _outputs(question["output"]),
            "inputs": [self._filled(one, trigger) for one in question["inputs"]],
            "state": [self._filled(one, trigger) for one in question["state"]],
            "changedPropIds": [f"{changed['id']}.{changed['property']}"],
        }
        answer = self.client.post(
            "/_dash-update-component", json=asked, headers={"X-CSRFToken": self.token}
        )
        assert answer.status_code == 200, answer.text
        found: Answer = json.loads(answer.text)["response"]
        self._keep(found)
        return found

    @property
    def token(self) -> str:
        cookie = self.client.get_cookie("_csrf_token")
        return cookie.value if cookie else ""

    def _question(self, trigger: str) -> dict[str, Any]:
        known = json.loads(self.client.get("/_dash-dependencies").text)
        found: dict[str, Any] = next(
            one for one in known if any(given["id"] == trigger for given in one["inputs"])
        )
        return found

    def _filled(self, given: Mapping[str, Any], trigger: str) -> Any:
        if given["id"].startswith("{"):
            return self._many(json.loads(given["id"])["type"], given["property"])
        key = f"{given['id']}.{given['property']}"
        clicked = 1 if given["id"] == trigger else 0
        value = self.values.get(key, clicked if given["property"] == "n_clicks" else None)
        return {"id": given["id"], "property": given["property"], "value": value}

    def _many(self, kind: str, property: str) -> list[dict[str, Any]]:
        """The fields of one kind that the page has, each by its name."""
        found = []
        for name, text in self.values.get(kind, {}).items():
            id = {"name": name, "type": kind}
            value = id if property == "id" else text
            found.append({"id": id, "property": property, "value": value})
        return found

    def _keep(self, found: Answer) -> None:
        """What the answer changes stays on the page."""
        for id in (ids.PUBLISH_SHOWN, ids.CORRECT_SHOWN):
            if "data" in found.get(id, {}):
                self.values[f"{id}.data"] = found[id]["data"]
        shown = (self.values.get(f"{ids.PUBLISH_SHOWN}.data") or {}).get("values")
        if shown is not None:
            self.values[ids.PUBLISH_CHOICE] = dict(shown)


def _outputs(text: str) -> list[dict[str, str]] | dict[str, str]:
    names = text.strip(".").split("...")
    found = [dict(zip(("id", "property"), name.rsplit(".", 1), strict=True)) for name in names]
    return found if text.startswith("..") else found[0]
