"""A CSV as a spreadsheet reads it."""

from __future__ import annotations

import csv
import io

import requests


def rows_of(href: str) -> list[dict[str, str]]:
    """The rows of a CSV at an address, as its header names them."""
    answer = requests.get(href, timeout=20)
    answer.raise_for_status()
    assert answer.headers["Content-Type"].startswith("text/csv")
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
