"""Answers about services beside one another: the rows that the comparison page draws."""

from __future__ import annotations

from api.answers import Answer
from api.catalogue import selected
from api.cells import rows_of
from api.errors import BadRequest
from api.questions import Call
from api.routes import COMPARE_ROW
from data.comparisons import ComparisonQuery, comparison
from kpi.comparisons import MOST
from kpi.views import Wanted


def compare(call: Call) -> Answer:
    """The figures of up to six services on the same periods, beside the medians."""
    asked = call.question
    slugs: tuple[str, ...] = asked["service"]
    if not slugs:
        raise BadRequest("service must be given, at least once and at most six times.")
    if len(slugs) > MOST:
        raise BadRequest(f"service can be given at most six times, not {len(slugs)}.")
    abouts = [selected(call.reader, slug) for slug in slugs]
    previews = tuple(about.service for about in abouts if about.preview)
    wanted = Wanted(asked["period"] or "")
    query = ComparisonQuery(slugs, previews, wanted, asked["start_at"], asked["end_at"])
    found = comparison(call.reader, query).frame
    page = found.iloc[asked["offset"] : asked["offset"] + asked["limit"]]
    return Answer(rows_of(page, COMPARE_ROW), len(found), personal=bool(previews))
