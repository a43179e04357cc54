"""What a file that is taken away is called: the question in a name."""

from __future__ import annotations

import re

from flask import request

from kpi.views import LINK

_UNNAMED = ("format", "limit", "offset", LINK)


def file_name(ending: str) -> str:
    """'kpis-year-2016-10-01-2017-10-01.csv'."""
    asked = [text for name, text in request.args.items(multi=True) if name not in _UNNAMED]
    words = "-".join([request.path.removeprefix("/api/"), *asked])
    return f"{re.sub(r'[^a-z0-9]+', '-', words.lower()).strip('-')[:100].strip('-')}.{ending}"
